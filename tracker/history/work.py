"""Work to do: what is due, who may fetch it, and which host may be asked from when on.

Leases make it safe for any number of processes to take work: a document or a host belongs to one owner until the lease ends or the
owner gives it back, so a killed process loses nothing and blocks nothing for longer than its lease.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tracker.history.connection import fine_stamp, moment, stamp, writing
from tracker.history.packing import document_from, dumps
from tracker.history.rows import Validators
from tracker.model import Document, State
from tracker.schedule import next_due

if TYPE_CHECKING:
    from tracker.history import History

LEASE = timedelta(minutes=10)
_ALIVE = timedelta(seconds=5)
_MANY = 20
"""Failures, after which the wait for the next look grows no more."""
_GONE = (State.NOT_FOUND, State.PARKED, State.REDIRECTED_HOME)
_GONE_FOR = 2
"""Looks in a row that find a document gone before it is looked for."""
_FARTHEST = timedelta(days=2)
_LEASE_HOST = """INSERT INTO hosts (host, lease, lease_until) VALUES (?, ?, ?)
                 ON CONFLICT (host) DO UPDATE SET lease = excluded.lease, lease_until = excluded.lease_until"""


def register(history: History, documents: Iterable[Document], now: datetime) -> None:
    """Make the documents of a registry the watched ones; those no longer in it keep their history and are left alone."""
    with writing(history.db):
        wanted = list(documents)
        history.db.execute("UPDATE documents SET watched = 0")
        _renamed(history, wanted)
        for document in wanted:
            upsert(history, document, now)


def _renamed(history: History, documents: Sequence[Document]) -> None:
    """A document that comes under a new name, at the address of one that leaves, is that document: its history goes on."""
    rows = history.db.execute("SELECT name, definition FROM documents").fetchall()
    known, named = {name for name, _ in rows}, {document.name for document in documents}
    left = {_place(document_from(definition)): name for name, definition in rows if name not in named}
    for document in documents:
        former = left.get(_place(document)) if document.name not in known and document.url else None
        if former is not None:
            history.db.execute("UPDATE documents SET name = ? WHERE name = ?", [document.name, former])


def _place(document: Document) -> tuple[object, ...]:
    return document.url, tuple(sorted(document.headers.items())), document.select, document.start, document.until


def upsert(history: History, document: Document, now: datetime) -> int:
    """Record what the registry says of a document, by its name; its id."""
    definition = asdict(document)
    row = {
        "name": document.name,
        "vendor": document.vendor,
        "kind": document.kind,
        "url": document.url,
        "home": document.home,
        "host": document.host,
        "language": document.language,
        "region": document.region,
        "definition": dumps(definition),
        "added": stamp(now),
        "next_due": stamp(now),
        "latest": stamp(next_due(document.schedule, now, document.name, failures=_MANY)),
    }
    # a new address is looked at now, not when the old one would have been due; and no later than the longest back-off has it, or else
    # a clock that was far ahead wrote it
    statement = """
        INSERT INTO documents (name, vendor, kind, url, host, language, region, definition, added, next_due)
        VALUES (:name, :vendor, :kind, :url, :host, :language, :region, :definition, :added, :next_due)
        ON CONFLICT (name) DO UPDATE SET
            vendor = :vendor, kind = :kind, host = :host, language = :language, region = :region, watched = 1,
            next_due = CASE WHEN definition IS :definition THEN min(next_due, :latest) ELSE :next_due END,
            found = CASE WHEN json_extract(definition, '$.url') IS :url AND json_extract(definition, '$.home') IS :home
                    THEN found END,
            url = :url, definition = :definition
        RETURNING id, found"""
    [(identity, found)] = history.db.execute(statement, row).fetchall()
    if found is not None:
        _stands_at(history, identity, found)
    return int(identity)


def found(history: History, name: str, url: str) -> None:
    """A document was found at another address than the registry says, or at one where the registry has none: it is looked at there, until
    the registry says something else."""
    with writing(history.db):
        for identity, definition in history.db.execute(
            "SELECT id, definition FROM documents WHERE name = ?", [name]
        ).fetchall():
            declared = document_from(definition).url
            history.db.execute(
                "UPDATE documents SET found = ? WHERE id = ?", [None if url == declared else url, identity]
            )
            _stands_at(history, identity, url)


def _stands_at(history: History, identity: int, url: str) -> None:
    history.db.execute("UPDATE documents SET url = ?, host = ? WHERE id = ?", [url, urlsplit(url).hostname, identity])


def lost(history: History, name: str) -> bool:
    """Whether a document has no address, or was not at its address at the last two looks: the page is gone, or another one stands there."""
    row = history.db.execute("SELECT id, url FROM documents WHERE name = ?", [name]).fetchone()
    if row is None or row[1] is None:
        return row is not None
    last = history.db.execute(
        "SELECT state FROM observations WHERE document = ? ORDER BY at DESC, id DESC LIMIT ?", [row[0], _GONE_FOR]
    ).fetchall()
    return len(last) == _GONE_FOR and all(state in _GONE for (state,) in last)


def shown(history: History, name: str) -> bool:
    """Whether it took a browser to see the text in force the last time."""
    row = history.db.execute(
        """SELECT o.source FROM documents d JOIN observations o ON o.document = d.id
           WHERE d.name = ? AND o.version IS NOT NULL ORDER BY o.at DESC, o.id DESC LIMIT 1""",
        [name],
    ).fetchone()
    return row is not None and row[0] == "browser"


def request(history: History, names: Collection[str], now: datetime) -> None:
    """Ask for a look now (recrawl): these documents are taken before everything else."""
    with writing(history.db):
        for name in names:
            history.db.execute("UPDATE documents SET requested = ? WHERE name = ?", [stamp(now), name])


def claim(
    history: History,
    now: datetime,
    *,
    owner: str,
    limit: int = 100,
    names: Collection[str] | None = None,
    due: bool = True,
    requested: bool = False,
    lease: timedelta = LEASE,
) -> list[Document]:
    """Take documents to look at, those asked for first, then the longest due: leased to `owner`, and their hosts too.

    A document whose host belongs to somebody else or may not be asked yet is left for the next claim. `due=False` takes documents that are
    not due, too; `requested=True` only those that `request()` asked for.
    """
    with writing(history.db):
        rows = list(islice(_free(history, now, owner, names, due=due, requested=requested), limit))
        return [_leased(history, row, owner, now + lease) for row in rows]


def claim_apart(
    history: History,
    now: datetime,
    *,
    owners: Sequence[str],
    names: Collection[str] | None = None,
    due: bool = True,
    requested: bool = False,
    lease: timedelta = LEASE,
) -> list[Document]:
    """The same for many owners at once, each of whom gets one document on a host of its own; the last ones none, where there are fewer."""
    with writing(history.db):
        by_host: dict[str, tuple[Any, ...]] = {}
        for row in _free(history, now, "", names, due=due, requested=requested):
            by_host.setdefault(row[1], row)
            if len(by_host) == len(owners):
                break
        return [_leased(history, row, owner, now + lease) for row, owner in zip(by_host.values(), owners, strict=False)]


def _free(
    history: History, now: datetime, owner: str, names: Collection[str] | None, *, due: bool, requested: bool
) -> Iterator[tuple[Any, ...]]:
    """The documents that `owner` may take, in their order."""
    wanted = [
        "d.watched",
        "coalesce(d.url, d.host) IS NOT NULL",
        "(d.lease IS NULL OR d.lease_until <= :now OR d.lease_until > :never)",
    ]
    # what reaches further ahead than anybody leases or pauses was written while the clock was wrong
    values = {
        "now": fine_stamp(now),
        "second": stamp(now),
        "never": fine_stamp(now + _FARTHEST),
        "owner": owner,
    }
    if requested:
        wanted.append("d.requested IS NOT NULL")
    elif due:
        wanted.append("(d.next_due <= :second OR d.requested IS NOT NULL)")
    if names is not None:
        wanted.append("d.name IN (SELECT value FROM json_each(:names))")
        values["names"] = dumps(sorted(names))
    return history.db.execute(
        f"""SELECT d.id, d.host, d.definition, d.found FROM documents d LEFT JOIN hosts h ON h.host = d.host
            WHERE {" AND ".join(wanted)}
              AND (h.lease IS NULL OR h.lease = :owner OR h.lease_until <= :now OR h.lease_until > :never)
              AND (h.next_allowed IS NULL OR h.next_allowed <= :now OR h.next_allowed > :never OR h.lease = :owner)
            ORDER BY d.requested IS NULL, d.requested, d.next_due, d.id""",
        values,
    )


def _leased(history: History, row: tuple[Any, ...], owner: str, until: datetime) -> Document:
    identity, host, definition, found = row
    history.db.execute(
        "UPDATE documents SET lease = ?, lease_until = ? WHERE id = ?", [owner, fine_stamp(until), identity]
    )
    if host:
        history.db.execute(_LEASE_HOST, [host, owner, fine_stamp(until)])
    document = document_from(definition)
    return document.at(found) if found else document


def take_host(history: History, host: str, owner: str, now: datetime, lease: timedelta = LEASE) -> datetime | None:
    """Lease one more host to `owner`, as a redirect may lead to any. None where it is theirs; or else until when it is not to be asked."""
    values = {"host": host, "owner": owner, "now": fine_stamp(now), "never": fine_stamp(now + _FARTHEST)}
    with writing(history.db):
        busy = history.db.execute(
            """SELECT max(CASE WHEN lease <> :owner AND lease_until > :now AND lease_until <= :never THEN lease_until ELSE '' END,
                          CASE WHEN next_allowed > :now AND next_allowed <= :never THEN next_allowed ELSE '' END)
               FROM hosts WHERE host = :host""",
            values,
        ).fetchone()
        if busy and busy[0]:
            return moment(busy[0])
        history.db.execute(_LEASE_HOST, [host, owner, fine_stamp(now + lease)])
    return None


def renew(history: History, owner: str, now: datetime, lease: timedelta = LEASE) -> None:
    """Keep what `owner` has leased for longer."""
    until = fine_stamp(now + lease)
    with writing(history.db):
        for table in ("documents", "hosts"):
            history.db.execute(f"UPDATE {table} SET lease_until = ? WHERE lease = ?", [until, owner])


def release(history: History, owner: str, now: datetime, delay: float = 1.0) -> None:
    """Give back all that `owner` still holds. Its hosts may be asked again after `delay` seconds; documents not looked at stay due."""
    with writing(history.db):
        history.db.execute("UPDATE documents SET lease = NULL, lease_until = NULL WHERE lease = ?", [owner])
        _free_hosts(history, owner, now, delay)


def leave_hosts(history: History, owner: str, now: datetime, delay: float = 1.0) -> None:
    """Give back the hosts that `owner` holds, and keep the documents."""
    with writing(history.db):
        _free_hosts(history, owner, now, delay)


def _free_hosts(history: History, owner: str, now: datetime, delay: float) -> None:
    history.db.execute(
        """UPDATE hosts SET lease = NULL, lease_until = NULL, next_allowed = max(coalesce(next_allowed, ''), ?)
           WHERE lease = ?""",
        [fine_stamp(now + timedelta(seconds=delay)), owner],
    )


def pause_host(history: History, host: str, until: datetime) -> None:
    """Leave a host alone until then, because it asked for it."""
    with writing(history.db):
        history.db.execute(
            """INSERT INTO hosts (host, next_allowed) VALUES (?, ?) ON CONFLICT (host) DO UPDATE
               SET next_allowed = max(coalesce(next_allowed, ''), excluded.next_allowed)""",
            [host, fine_stamp(until)],
        )


def waiting_hosts(history: History, now: datetime, longer_than: timedelta) -> dict[str, datetime]:
    """The hosts that are to be left alone for longer than that, and until when: those that asked for it."""
    rows = history.db.execute(
        "SELECT host, next_allowed FROM hosts WHERE next_allowed > ? AND next_allowed <= ?",
        [fine_stamp(now + longer_than), fine_stamp(now + _FARTHEST)],
    )
    return {host: moment(until) for host, until in rows}


def validators(history: History, name: str, url: str) -> Validators | None:
    """What a server gave us for this document at this URL, or None where we hold nothing it belongs to."""
    row = history.db.execute(
        """SELECT v.etag, v.last_modified FROM validators v JOIN documents d ON d.id = v.document
           WHERE d.name = ? AND v.url = ?""",
        [name, url],
    ).fetchone()
    return Validators(*row) if row else None


def beat(history: History, owner: str, now: datetime) -> None:
    """The daemon is alive."""
    with writing(history.db):
        history.db.execute(
            """INSERT INTO daemon (id, owner, started, beat) VALUES (1, :owner, :now, :now) ON CONFLICT (id) DO UPDATE
               SET started = CASE WHEN owner = :owner THEN started ELSE :now END, owner = :owner, beat = :now""",
            {"owner": owner, "now": fine_stamp(now)},
        )


def alive(history: History, now: datetime) -> bool:
    """Whether a daemon has beaten lately."""
    row = history.db.execute("SELECT beat FROM daemon").fetchone()
    return bool(row) and abs(now - moment(row[0])) < _ALIVE
