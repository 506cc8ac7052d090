"""Questions to the history. All answer with the frozen rows of rows.py or with values of the model."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from tracker.history.connection import maybe, moment, reading, stamp
from tracker.history.packing import (
    date_changes_from,
    dates_from,
    document_from,
    dumps,
    fact_changes_from,
    links_from,
    reasons_from,
    runs_from,
    words_from,
)
from tracker.history.rows import (
    ChangeRow,
    DocumentRow,
    EventRow,
    ObservationRow,
    QuarantineRow,
    ReignRow,
    VersionRow,
)
from tracker.history.snapshots import unpack
from tracker.history.standings import STANDINGS
from tracker.model import LEVELS, Change, Clause, ClauseChange, Document, Fact, Level, Policy, State

if TYPE_CHECKING:
    from tracker.history import History


class Unknown(LookupError):
    """There is no such document, version or change; the message is a sentence for the user."""


def _named(names: Collection[str] | None, column: str = "d.name") -> tuple[str, list[str]]:
    if names is None:
        return "1", []
    return f"{column} IN (SELECT value FROM json_each(?))", [dumps(sorted(names))]


# --- documents ---------------------------------------------------------------------------------------------------------------


def find(history: History, patterns: Iterable[str], *, watched: bool = True) -> list[str]:
    """The names of the documents that match any pattern: a whole name ("sonoff/privacy"), a vendor's part of it ("sonoff"), or either
    with * and ?. In the order of the names."""
    names = [
        name
        for (name,) in history.db.execute("SELECT name FROM documents WHERE watched >= ? ORDER BY name", [int(watched)])
    ]
    patterns = list(patterns)
    return [name for name in names if matches(name, patterns)]


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether a document's name matches any pattern, as in find()."""
    wanted = [pattern.casefold() for pattern in patterns]
    return any(fnmatchcase(name, each) or fnmatchcase(name.split("/")[0], each) for each in wanted)


def documents(history: History, names: Collection[str] | None = None) -> list[DocumentRow]:
    """The documents and where each stands; without names, the watched ones. In the order of their names."""
    where, values = _named(names) if names is not None else ("d.watched", [])
    rows = history.db.execute(
        f"""SELECT d.id, d.name, d.vendor, d.kind, d.url, d.language, d.region, d.watched, d.version,
                   (SELECT count(*) FROM versions WHERE document = d.id AND superseded IS NULL),
                   r.first_seen, v.effective, v.updated, o.at, o.outcome, o.state, o.why, r.last_seen,
                   d.failures, d.failing_since, q.state, q.since, d.next_due, d.requested, d.found
            FROM documents d
            LEFT JOIN versions v ON v.id = d.version
            LEFT JOIN reigns r ON r.document = d.id AND r.after IS NULL
            LEFT JOIN observations o ON o.id = d.observation
            LEFT JOIN quarantine q ON q.document = d.id
            WHERE {where} ORDER BY d.name""",
        values,
    ).fetchall()
    return [_document(row) for row in rows]


def _document(row: Sequence[Any]) -> DocumentRow:
    return DocumentRow(
        id=row[0],
        name=row[1],
        vendor=row[2],
        kind=row[3],
        url=row[4],
        language=row[5],
        region=row[6],
        watched=bool(row[7]),
        version=row[8],
        versions=row[9],
        in_force_since=maybe(row[10]),
        effective=row[11],
        updated=row[12],
        last_look=maybe(row[13]),
        last_outcome=row[14],
        last_state=State(row[15]) if row[15] else None,
        last_why=row[16],
        last_seen_ok=maybe(row[17]),
        failures=row[18],
        failing_since=maybe(row[19]),
        quarantined=State(row[20]) if row[20] else None,
        quarantined_since=maybe(row[21]),
        next_due=maybe(row[22]),
        requested=maybe(row[23]),
        found=row[24],
    )


_LOOK = """
    SELECT o.id, d.name, o.at, o.outcome, o.state, o.why, o.version, o.status, o.url, o.final_url, s.sha256, s.bytes, o.seconds, o.source
    FROM observations o JOIN documents d ON d.id = o.document LEFT JOIN snapshots s ON s.id = o.snapshot"""


def observations(history: History, name: str, limit: int = 100) -> list[ObservationRow]:
    """The looks at a document, newest first."""
    rows = history.db.execute(
        f"{_LOOK} WHERE d.name = ? ORDER BY o.at DESC, o.id DESC LIMIT ?", [name, limit]
    ).fetchall()
    return [_look(row) for row in rows]


def looks(history: History, name: str, since: datetime, until: datetime) -> list[ObservationRow]:
    """The looks at a document between two moments, both included, in order of time."""
    rows = history.db.execute(
        f"{_LOOK} WHERE d.name = ? AND o.at BETWEEN ? AND ? ORDER BY o.at, o.id", [name, stamp(since), stamp(until)]
    ).fetchall()
    return [_look(row) for row in rows]


def _look(row: Sequence[Any]) -> ObservationRow:
    return ObservationRow(*(*row[:2], moment(row[2]), row[3], State(row[4]), *row[5:]))


def quarantined(history: History, names: Collection[str] | None = None) -> list[QuarantineRow]:
    """The doubtful texts that wait, oldest first."""
    where, values = _named(names)
    rows = history.db.execute(
        f"""SELECT d.name, q.state, q.since, q.text_hash, q.snapshot, q.observation FROM quarantine q JOIN documents d ON d.id = q.document
            WHERE {where} ORDER BY q.since""",
        values,
    ).fetchall()
    return [QuarantineRow(*(row[0], State(row[1]), moment(row[2]), *row[3:])) for row in rows]


# --- versions and reigns ----------------------------------------------------------------------------------------------------


_VERSION = """
    SELECT v.id, d.name, v.number, v.text_hash, v.wording_hash, v.title, v.language, v.effective, v.updated, v.words,
           min(r.first_seen), max(r.last_seen), d.version IS v.id
    FROM versions v JOIN documents d ON d.id = v.document JOIN reigns r ON r.version = v.id"""


def versions(history: History, name: str) -> list[VersionRow]:
    """The distinct texts of a document that were in force, by number."""
    rows = history.db.execute(f"{_VERSION} WHERE d.name = ? GROUP BY v.id ORDER BY v.number", [name]).fetchall()
    return [_version(row) for row in rows]


def version(history: History, identity: int) -> VersionRow:
    """One version by its id. Raises Unknown."""
    rows = history.db.execute(f"{_VERSION} WHERE v.id = ? GROUP BY v.id", [identity]).fetchall()
    if not rows:
        raise Unknown(f"There is no version {identity}.")
    return _version(rows[0])


def _version(row: Sequence[Any]) -> VersionRow:
    return VersionRow(*(*row[:10], moment(row[10]), moment(row[11]), bool(row[12])))


def reigns(history: History, name: str) -> list[ReignRow]:
    """When which version of a document was observed in force, in order of time."""
    rows = history.db.execute(
        """SELECT r.id, d.name, r.version, v.number, r.first_seen, r.last_seen, r.before, r.after, r.change
           FROM reigns r JOIN documents d ON d.id = r.document JOIN versions v ON v.id = r.version
           WHERE d.name = ? ORDER BY r.first_seen, r.id""",
        [name],
    ).fetchall()
    return [ReignRow(*(*row[:4], moment(row[4]), moment(row[5]), maybe(row[6]), maybe(row[7]), row[8])) for row in rows]


def in_force(history: History, name: str, at: datetime) -> ReignRow | None:
    """The last reign of a document that had begun by then; None before the first sight."""
    begun = [reign for reign in reigns(history, name) if reign.first_seen <= at]
    return begun[-1] if begun else None


def policy(history: History, version: int) -> Policy:
    """A version as a Policy, rebuilt from its clauses. Raises Unknown."""
    head = history.db.execute("SELECT language, dates, title, hints FROM versions WHERE id = ?", [version]).fetchone()
    if head is None:
        raise Unknown(f"There is no version {version}.")
    rows = history.db.execute(
        """SELECT c.text, c.kind, vc.trail, c.label, vc.depth, vc.links FROM version_clauses vc JOIN clauses c ON c.id = vc.clause
           WHERE vc.version = ? ORDER BY vc.position""",
        [version],
    )
    clauses = tuple(
        Clause(text, kind, tuple(json.loads(trail)), label, depth, links_from(links))
        for text, kind, trail, label, depth, links in rows
    )
    language, dates, title, hints = head
    return Policy(clauses, language=language, dates=dates_from(dates), title=title, hints=json.loads(hints))


def extractor(history: History, version: int) -> str:
    """What made the text of a version: the extractor, and the rules of its document. Raises Unknown."""
    row = history.db.execute("SELECT extractor FROM versions WHERE id = ?", [version]).fetchone()
    if row is None:
        raise Unknown(f"There is no version {version}.")
    return str(row[0])


def facts(history: History, version: int) -> list[tuple[int, Fact]]:
    """What a version says, read out of its clauses: each fact with the position of the clause that states it, in the order of the text."""
    rows = history.db.execute(
        "SELECT position, kind, value, modality, negated, words FROM facts WHERE version = ? ORDER BY position, rowid",
        [version],
    )
    return [
        (at, Fact(kind, value, modality, bool(negated), words)) for at, kind, value, modality, negated, words in rows
    ]


def older(history: History, document: int, text_hash: str) -> int | None:
    """The version of a document that has this text, if it ever had it."""
    row = history.db.execute(
        "SELECT id FROM versions WHERE document = ? AND text_hash = ?", [document, text_hash]
    ).fetchone()
    return int(row[0]) if row else None


@dataclass(frozen=True, slots=True)
class Bytes:
    """What a look saw: a snapshot, as what it was read, from where and when."""

    snapshot: int
    content_type: str | None
    url: str
    at: datetime
    reader: str = ""


_BYTES = "o.snapshot, o.content_type, coalesce(o.final_url, o.url), o.at, coalesce(o.reader, '')"


def seen_by(history: History, observation: int) -> Bytes:
    """The bytes that a look saw. Raises Unknown where it saw none."""
    row = history.db.execute(
        f"SELECT {_BYTES} FROM observations o WHERE o.id = ? AND o.snapshot IS NOT NULL", [observation]
    ).fetchone()
    if row is None:
        raise Unknown(f"Look {observation} saw nothing that is stored.")
    return Bytes(*(*row[:3], moment(row[3]), row[4]))


def understood_otherwise(history: History, document: int, extractor: str) -> list[tuple[int, Bytes]]:
    """The versions of a document that another extractor, or other rules, made; each with the bytes that last showed it."""
    rows = history.db.execute(
        f"""SELECT v.id, {_BYTES} FROM versions v JOIN observations o ON o.id = coalesce(
                (SELECT max(id) FROM observations WHERE document = v.document AND version = v.id AND snapshot IS NOT NULL),
                (SELECT max(id) FROM observations WHERE document = v.document AND snapshot = v.snapshot))
            WHERE v.document = ? AND v.superseded IS NULL AND v.extractor <> ? ORDER BY v.number""",
        [document, extractor],
    ).fetchall()
    return [(row[0], Bytes(*(*row[1:4], moment(row[4]), row[5]))) for row in rows]


def defined(history: History, name: str) -> Document:
    """A document as the registry last described it. Raises Unknown."""
    row = history.db.execute("SELECT definition FROM documents WHERE name = ?", [name]).fetchone()
    if row is None:
        raise Unknown(f"There is no document {name}.")
    return document_from(row[0])


def rejected(history: History, document: int) -> tuple[frozenset[str], int | None]:
    """The texts of a document that a person refused and has not accepted since, by hash; and the look that saw the last of them."""
    rows = history.db.execute(
        "SELECT text_hash, verdict, observation FROM verdicts WHERE document = ? ORDER BY id", [document]
    ).fetchall()
    last = {text_hash: (verdict, observation) for text_hash, verdict, observation in rows}
    refused = {text_hash: observation for text_hash, (verdict, observation) in last.items() if verdict == "rejected"}
    return frozenset(refused), max(refused.values(), default=None)


# --- bodies ----------------------------------------------------------------------------------------------------------------------


def body(history: History, snapshot: int) -> bytes:
    """The bytes of a snapshot. Raises SnapshotError where its chain is damaged."""
    chain: list[bytes] = []
    at: int | None = snapshot
    while at is not None:
        row = history.db.execute("SELECT data, base FROM snapshots WHERE id = ?", [at]).fetchone()
        if row is None:
            raise Unknown(f"There is no snapshot {at}.")
        chain.append(row[0])
        at = row[1]
    content: bytes | None = None
    for data in reversed(chain):
        content = unpack(data, content)
    assert content is not None
    return content


def body_of(history: History, sha256: str) -> bytes:
    """The bytes of the snapshot with this hash. Raises Unknown, and SnapshotError where its chain is damaged."""
    row = history.db.execute("SELECT id FROM snapshots WHERE sha256 = ?", [sha256]).fetchone()
    if row is None:
        raise Unknown(f"There is no snapshot with the hash {sha256}.")
    return body(history, row[0])


def validated(history: History, document: int, url: str) -> tuple[int, str | None] | None:
    """The snapshot that a 304 from this URL stands for, and the Content-Type that it came with."""
    row: tuple[int, str | None] | None = history.db.execute(
        "SELECT snapshot, content_type FROM validators WHERE document = ? AND url = ?", [document, url]
    ).fetchone()
    return row


# --- changes and events ------------------------------------------------------------------------------------------------------

# a change from what was last told may have begun no reign of its own: its new version's first sight dates it, or where all was told anew
# since, the first sight of the bytes that it was read from
_CHANGE = """
    SELECT c.id, d.name, d.vendor, d.kind, d.url, c.old, c.new, ov.number, nv.number,
           coalesce(r.first_seen, (SELECT min(first_seen) FROM reigns WHERE version = c.new),
                    (SELECT min(at) FROM observations WHERE document = c.document AND snapshot = nv.snapshot), d.added), r.before,
           c.digest, c.kind, c.level, c.reasons, c.summary, c.silent, c.dates, c.complete, c.kept, c.ruleset
    FROM changes c JOIN documents d ON d.id = c.document JOIN versions ov ON ov.id = c.old JOIN versions nv ON nv.id = c.new"""


def changes(
    history: History,
    names: Collection[str] | None = None,
    *,
    since: datetime | None = None,
    level: Level = "none",
    triage: str | None = None,
    limit: int = 50,
) -> list[ChangeRow]:
    """The transitions from one version to the next as they happened, newest first, from `level` up; `triage` is one of STANDINGS."""
    where, values = _named(names)
    levels = LEVELS[LEVELS.index(level) :]
    said = f"c.id IN (SELECT change FROM change_log WHERE {STANDINGS[triage]})" if triage else "1"
    rows = history.db.execute(
        f"""{_CHANGE} JOIN reigns r ON r.change = c.id
            WHERE {where} AND r.first_seen >= ? AND c.level IN (SELECT value FROM json_each(?)) AND {said}
            ORDER BY r.first_seen DESC, r.id DESC LIMIT ?""",
        [*values, stamp(since) if since else "", dumps(levels), limit],
    ).fetchall()
    return [_change(row) for row in rows]


def change(history: History, identity: int) -> ChangeRow:
    """One change, whole, with the last time it happened. Raises Unknown."""
    rows = history.db.execute(
        f"{_CHANGE} LEFT JOIN reigns r ON r.change = c.id WHERE c.id = ? ORDER BY r.first_seen DESC LIMIT 1", [identity]
    ).fetchall()
    if not rows:
        raise Unknown(f"There is no change {identity}.")
    with reading(history.db):
        row = rows[0]
        old, new = history.policy(row[5]), history.policy(row[6])
        parts = history.db.execute(
            """SELECT op, old_at, new_at, words, similarity, moved, kind, level, reasons, topics, facts
               FROM clause_changes WHERE change = ? ORDER BY number""",
            [identity],
        ).fetchall()
    return _change(row, tuple(_clause_change(part, old, new) for part in parts), runs_from(row[19]))


def _change(
    row: Sequence[Any], clauses: tuple[ClauseChange, ...] = (), kept: tuple[tuple[int, int], ...] = ()
) -> ChangeRow:
    inner = Change(
        id=row[11],
        kind=row[12],
        level=row[13],
        reasons=reasons_from(row[14]),
        summary=row[15],
        silent=None if row[16] is None else bool(row[16]),
        dates=date_changes_from(row[17]),
        complete=bool(row[18]),
        clauses=clauses,
        kept=kept,
    )
    return ChangeRow(*(*row[:9], moment(row[9]), maybe(row[10]), inner, row[20]))


def _clause_change(row: Sequence[Any], old: Policy, new: Policy) -> ClauseChange:
    op, old_at, new_at, words, similarity, moved, kind, level, reasons, topics, facts = row
    old_at, new_at = tuple(json.loads(old_at)), tuple(json.loads(new_at))
    return ClauseChange(
        op,
        old=tuple(old.clauses[i] for i in old_at),
        new=tuple(new.clauses[i] for i in new_at),
        old_at=old_at,
        new_at=new_at,
        words=words_from(words),
        similarity=similarity,
        moved=bool(moved),
        kind=kind,
        level=level,
        reasons=reasons_from(reasons),
        topics=tuple(json.loads(topics)),
        facts=fact_changes_from(facts),
    )


def events(
    history: History,
    names: Collection[str] | None = None,
    *,
    since: datetime | None = None,
    level: Level = "none",
    limit: int = 50,
) -> list[EventRow]:
    """What subscribers were told, newest first, from `level` up."""
    where, values = _named(names)
    levels = LEVELS[LEVELS.index(level) :]
    rows = history.db.execute(
        f"""SELECT e.id, e.type, e.at, d.name, e.level, e.summary, e.payload FROM events e JOIN documents d ON d.id = e.document
            WHERE {where} AND e.at >= ? AND e.level IN (SELECT value FROM json_each(?)) ORDER BY e.at DESC, e.rowid DESC LIMIT ?""",
        [*values, stamp(since) if since else "", dumps(levels), limit],
    ).fetchall()
    return [EventRow(*(*row[:2], moment(row[2]), *row[3:6], json.loads(row[6]))) for row in rows]
