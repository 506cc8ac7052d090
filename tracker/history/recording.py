"""Writing down one look, in one transaction: observation, snapshot, version, reign, change, events, and when to look again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tracker import schedule
from tracker.comparison import RULESET
from tracker.decision import SECOND_LOOK, Decision, Known, Pending
from tracker.history.chain import extend
from tracker.history.connection import insert, maybe, moment, stamp, writing
from tracker.history.outbox import enqueue
from tracker.history.packing import clause_hash, dumps, hops_to, links_to, runs_to
from tracker.history.rows import QuarantineRow
from tracker.history.snapshots import Base, Packed, SnapshotError, digest, pack
from tracker.history.triage import muted_rules
from tracker.history.work import upsert
from tracker.model import LIVE, Change, Clause, Document, Event, Fact, Observation, Policy, State

if TYPE_CHECKING:
    from sqlite_utils import Database

    from tracker.history import History


class Outdated(Exception):
    """Somebody else wrote of this document since it was read: look again at what is known, and decide anew."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A body that the history has: its snapshot, its hash, and as what it was read."""

    snapshot: int
    sha256: str
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A document's id, its revision, and what a decision needs to know of it; besides, how the version in force was understood."""

    document: int
    revision: int
    known: Known
    fingerprint: str | None
    """Of the last look that saw the version in force."""
    stored: Stored | None
    """What that look saw."""
    last_seen: datetime | None
    """When that was."""
    told_seen: datetime | None
    """The last look that saw the version last told."""
    last_look: datetime | None
    muted_rules: frozenset[str] = frozenset()
    """Whose reasons raise no level in what is told."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in the rows of a version besides its policy. Made where policies are understood, because it takes its time."""

    wording_hash: str
    facts: Sequence[tuple[int, Fact]]
    """Each with the position of the clause that states it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be recorded of one look, besides the decision. `contents` is needed where its policy becomes a version."""

    observation: Observation
    body: bytes | int | None
    """The body that the look stands for, or the snapshot that has it: after a 304, and where the bytes are those of last time."""
    content_type: str | None = None
    """As what it was read."""
    policy: Policy | None = None
    contents: Contents | None = None
    fingerprint: str | None = None
    extractor: str = ""
    older: int | None = None
    change: Change | None = None
    news: Change | None = None


def standing(history: History, document: Document, now: datetime) -> Standing:
    """Where a document stands; one not met before is made known."""
    row = _standing_row(history, document.name)
    if row is None:
        with writing(history.db):
            upsert(history, document, now)
        row = _standing_row(history, document.name)
        assert row is not None
    known = Known(
        version=row["version"],
        text_hash=row["text_hash"],
        in_force_since=maybe(row["in_force_since"]),
        told=row["told"],
        last_look=maybe(row["last_look"]),
        failures=row["failures"],
        failing_since=maybe(row["failing_since"]),
        broken=State(row["broken"]) if row["broken"] else None,
        pending=Pending(State(row["doubt"]), row["doubtful_text"], moment(row["doubted_since"]))
        if row["doubt"]
        else None,
        returned=bool(row["returned"]),
        muted=bool(row["muted"]),
        reader=row["reader"] or "",
    )
    return Standing(
        row["id"],
        row["revision"],
        known,
        row["fingerprint"],
        Stored(row["snapshot"], row["sha256"], row["content_type"]) if row["snapshot"] is not None else None,
        maybe(row["last_seen"]),
        maybe(row["told_seen"]),
        maybe(row["last_look"]),
        muted_rules(history),
    )


def _standing_row(history: History, name: str) -> dict[str, Any] | None:
    rows = history.db.query(
        """SELECT d.id, d.revision, d.version, d.told, d.failures, d.failing_since, d.broken, v.text_hash,
                  r.first_seen AS in_force_since, r.last_seen,
                  q.state AS doubt, q.text_hash AS doubtful_text, q.since AS doubted_since,
                  o.fingerprint, o.snapshot, o.content_type, s.sha256,
                  -- of a text that the page itself showed too, an archive's reading says nothing else
                  CASE WHEN o.reader IS NOT NULL AND NOT EXISTS (
                      SELECT 1 FROM observations p
                      WHERE p.document = d.id AND p.version = d.version AND p.at >= r.first_seen AND p.reader IS NULL
                  ) THEN o.reader END AS reader,
                  EXISTS (SELECT 1 FROM reigns e WHERE e.document = d.id AND e.version = d.version AND e.after IS NOT NULL) AS returned,
                  EXISTS (SELECT 1 FROM muted m WHERE m.document = d.name) AS muted,
                  (SELECT max(t.last_seen) FROM reigns t WHERE t.document = d.id AND t.version = d.told) AS told_seen,
                  (SELECT max(o.at) FROM observations o WHERE o.document = d.id) AS last_look
           FROM documents d
           LEFT JOIN versions v ON v.id = d.version
           LEFT JOIN reigns r ON r.document = d.id AND r.after IS NULL
           LEFT JOIN quarantine q ON q.document = d.id
           LEFT JOIN observations o ON o.id = (SELECT l.id FROM observations l WHERE l.document = d.id AND l.version = d.version
                                               ORDER BY l.at DESC, l.id DESC LIMIT 1)
           LEFT JOIN snapshots s ON s.id = o.snapshot
           WHERE d.name = ?""",
        [name],
    )
    return next(rows, None)


Tell = Callable[[int | None], Sequence[Event]]
"""Makes the events of a look, given the id of the version in force after it."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The ids of the observation and of the version in force after it, and what is told."""

    observation: int
    version: int | None
    events: tuple[Event, ...]


def record(
    history: History, document: Document, stand: Standing, look: Look, decision: Decision, tell: Tell, now: datetime
) -> Recorded:
    """Write one look down; the next one is planned from `now`, however this one is dated.

    Raises Outdated, and writes nothing, where the document was written of since `stand` was read.
    """
    seen = look.observation
    packed = _packed(history, stand.document, look.body)
    with writing(history.db):
        _still(history, stand)
        snapshot = store(history.db, packed)[0] if isinstance(packed, Packed) else packed
        version, change = _in_force(history, stand, look, decision, snapshot)
        observation = _observation(history, stand, look, decision, version, snapshot)
        _validators(history, stand.document, seen, snapshot)
        _reign(history, stand, look, decision, version, change)
        _quarantine(history, stand, decision, look, snapshot, observation)
        events = _events(history, stand, look, version, observation, tell)
        _stand(history, document, stand, decision, version, observation, seen.at, now)
    return Recorded(observation, version, events)


def settle(
    history: History,
    stand: Standing,
    look: Look,
    decision: Decision,
    tell: Tell,
    waiting: QuarantineRow,
    *,
    judged: bool,
) -> Recorded:
    """Bring a text from quarantine into force; `judged` where that is a person's verdict."""
    at = look.observation.at
    with writing(history.db):
        _still(history, stand)
        version, change = _in_force(history, stand, look, decision, waiting.snapshot)
        _reign(history, stand, look, decision, version, change)
        if judged:
            _verdict(history, stand, "accepted", waiting, at)
        history.db.execute("DELETE FROM quarantine WHERE document = ?", [stand.document])
        events = _events(history, stand, look, version, waiting.observation, tell)
        history.db.execute(
            """UPDATE documents SET revision = revision + 1, version = ?, told = CASE WHEN ? THEN ? ELSE told END,
               failures = 0, failing_since = NULL, broken = NULL WHERE id = ?""",
            [version, decision.told, version, stand.document],
        )
    return Recorded(waiting.observation, version, events)


def reject(history: History, stand: Standing, waiting: QuarantineRow, at: datetime) -> None:
    """Refuse the text in quarantine for good: seen again, it stays out."""
    with writing(history.db):
        _still(history, stand)
        _verdict(history, stand, "rejected", waiting, at)
        history.db.execute("DELETE FROM quarantine WHERE document = ?", [stand.document])
        history.db.execute("UPDATE documents SET revision = revision + 1 WHERE id = ?", [stand.document])


def rederive(
    history: History, stand: Standing, understood: Mapping[int, tuple[Policy, Contents]], extractor: str
) -> None:
    """Put a new understanding of versions beside the old one, because the extractor or the document's own rules changed.

    That is no change of the policy. Where a version's text is the same, what else is read out of it is written anew; where it differs, a
    version is made beside it and takes its place in its reigns, in force and as the one last told.
    """
    with writing(history.db):
        _still(history, stand)
        for version, (policy, contents) in understood.items():
            derived = _derived(history, stand.document, version, policy, contents, extractor)
            if derived != version:
                _supersede(history, stand.document, version, derived)
        history.db.execute("UPDATE documents SET revision = revision + 1 WHERE id = ?", [stand.document])
    history.forget()


def _derived(history: History, document: int, version: int, policy: Policy, contents: Contents, extractor: str) -> int:
    same = history.older(document, policy.text_hash)
    if same is None:
        [(snapshot,)] = history.db.execute("SELECT snapshot FROM versions WHERE id = ?", [version]).fetchall()
        return _version(history, document, policy, contents, extractor, snapshot)
    row = _readings(policy, contents, extractor)
    history.db.execute(
        f"UPDATE versions SET superseded = NULL, {', '.join(f'{column} = ?' for column in row)} WHERE id = ?",
        [*row.values(), same],
    )
    for table in ("version_clauses", "facts"):
        history.db.execute(f"DELETE FROM {table} WHERE version = ?", [same])
    _contents(history, same, policy, contents)
    return same


def _supersede(history: History, document: int, version: int, derived: int) -> None:
    history.db.execute("UPDATE versions SET superseded = ? WHERE id = ?", [derived, version])
    history.db.execute("UPDATE reigns SET version = ? WHERE version = ?", [derived, version])
    for column in ("version", "told"):
        history.db.execute(
            f"UPDATE documents SET {column} = ? WHERE id = ? AND {column} = ?", [derived, document, version]
        )


# --- the parts -----------------------------------------------------------------------------------------------------------------


def _text_hash(stand: Standing, look: Look) -> str | None:
    """Of the text that a look saw; where its visible text was as last time, that is the one in force."""
    return look.policy.text_hash if look.policy else stand.known.text_hash


def _in_force(
    history: History, stand: Standing, look: Look, decision: Decision, snapshot: int | None
) -> tuple[int | None, int | None]:
    """The version in force after a look, and the change that brought it, made where they are new."""
    if decision.reign != "start":
        return stand.known.version, None
    version = look.older
    if version is not None:
        history.db.execute("UPDATE versions SET superseded = NULL WHERE id = ?", [version])
    else:
        assert look.policy is not None
        assert look.contents is not None
        version = _version(history, stand.document, look.policy, look.contents, look.extractor, snapshot)
    # a text that was only read by other rules is no change of the one before it
    change = look.change if decision.outcome != "reformatted" else None
    return version, _change(history, stand.document, stand.known.version, version, change)


def _observation(
    history: History, stand: Standing, look: Look, decision: Decision, version: int | None, snapshot: int | None
) -> int:
    seen = look.observation
    row = {
        "document": stand.document,
        "at": stamp(seen.at),
        "outcome": decision.outcome,
        "state": decision.state,
        "why": decision.why,
        "version": version if decision.reign != "none" else None,
        "snapshot": snapshot,
        "fingerprint": look.fingerprint,
        "text_hash": None if seen.failure else _text_hash(stand, look),
        "evidence": dumps(look.policy.evidence) if look.policy and look.policy.evidence else None,
        "url": seen.url,
        "final_url": seen.final_url,
        "redirects": hops_to(seen.redirects),
        "status": seen.status,
        "headers": dumps(seen.headers) if seen.headers else None,
        "content_type": look.content_type if snapshot is not None else None,
        "seconds": seen.seconds,
        "address": seen.address,
        "source": seen.source,
        "reader": seen.reader or None,
    }
    identity = insert(history.db, "observations", row)
    extend(history.db, identity)
    return identity


def _still(history: History, stand: Standing) -> None:
    row = history.db.execute("SELECT revision FROM documents WHERE id = ?", [stand.document]).fetchone()
    if row != (stand.revision,):
        raise Outdated


def _packed(history: History, document: int, body: bytes | int | None) -> int | Packed | None:
    """The id of the snapshot that holds these bytes, or the bytes packed. Outside the transaction: it takes its time."""
    if body is None or isinstance(body, int):
        return body
    sha256 = digest(body)
    row = history.db.execute("SELECT id FROM snapshots WHERE sha256 = ?", [sha256]).fetchone()
    if row:
        return int(row[0])
    last = history.db.execute(
        """SELECT s.id, s.depth FROM observations o JOIN snapshots s ON s.id = o.snapshot
           WHERE o.document = ? ORDER BY o.at DESC, o.id DESC LIMIT 1""",
        [document],
    ).fetchone()
    base = None
    if last is not None:
        with suppress(SnapshotError):  # a damaged body is no ground to build on: a full copy, then
            base = Base(last[0], last[1], history.body(last[0]))
    return pack(body, base)


def store(db: Database, packed: Packed) -> tuple[int, bool]:
    """The snapshot of a packed body, and whether it is new: another process may have stored the same bytes since they were packed."""
    found = db.execute("SELECT id FROM snapshots WHERE sha256 = ?", [packed.sha256]).fetchone()
    if found:
        return int(found[0]), False
    row = {
        "sha256": packed.sha256,
        "bytes": packed.size,
        "base": packed.base,
        "depth": packed.depth,
        "data": packed.data,
    }
    return insert(db, "snapshots", row), True


def _version(
    history: History, document: int, policy: Policy, contents: Contents, extractor: str, snapshot: int | None
) -> int:
    number = history.db.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM versions WHERE document = ?", [document]
    ).fetchone()[0]
    row = {"document": document, "number": number, "text_hash": policy.text_hash, "snapshot": snapshot}
    version = insert(history.db, "versions", {**row, **_readings(policy, contents, extractor)})
    _contents(history, version, policy, contents)
    return version


def _readings(policy: Policy, contents: Contents, extractor: str) -> dict[str, Any]:
    """What is read out of a text, besides its clauses: columns of a version."""
    return {
        "wording_hash": contents.wording_hash,
        "title": policy.title,
        "language": policy.language,
        "effective": policy.effective_date,
        "updated": policy.updated_date,
        "dates": dumps(policy.dates),
        "hints": dumps(policy.hints),
        "words": sum(len(clause.text.split()) for clause in policy.clauses),
        "extractor": extractor,
    }


def _contents(history: History, version: int, policy: Policy, contents: Contents) -> None:
    keys = [clause_hash(clause) for clause in policy.clauses]
    many = history.db.conn.executemany
    many(
        "INSERT OR IGNORE INTO clauses (hash, kind, label, text) VALUES (?, ?, ?, ?)",
        [(key, clause.kind, clause.label, clause.text) for key, clause in zip(keys, policy.clauses, strict=True)],
    )
    many(
        """INSERT INTO version_clauses (version, position, clause, depth, trail, links)
           VALUES (?, ?, (SELECT id FROM clauses WHERE hash = ?), ?, ?, ?)""",
        [
            (version, position, key, clause.depth, dumps(clause.trail), links_to(clause.links))
            for position, (key, clause) in enumerate(zip(keys, policy.clauses, strict=True))
        ],
    )
    many(
        "INSERT INTO facts (version, position, kind, value, modality, negated, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (version, at, fact.kind, fact.value, fact.modality, int(fact.negated), fact.words)
            for at, fact in contents.facts
        ],
    )


def _change(history: History, document: int, old: int | None, new: int | None, change: Change | None) -> int | None:
    if old is None or new is None or change is None:
        return None
    row = history.db.execute(
        "SELECT id FROM changes WHERE old = ? AND new = ? AND ruleset = ?", [old, new, RULESET]
    ).fetchone()
    if row:
        return int(row[0])
    identity = insert(
        history.db,
        "changes",
        {
            "digest": change.id,
            "document": document,
            "old": old,
            "new": new,
            "kind": change.kind,
            "level": change.level,
            "summary": change.summary,
            "silent": None if change.silent is None else int(change.silent),
            "reasons": dumps(change.reasons),
            "dates": dumps(change.dates),
            "kept": runs_to(change.kept),
            "complete": int(change.complete),
            "ruleset": RULESET,
        },
    )
    for number, clause in enumerate(change.clauses, 1):
        first = (clause.new or clause.old)[0]
        insert(
            history.db,
            "clause_changes",
            {
                "change": identity,
                "number": number,
                "op": clause.op,
                "kind": clause.kind,
                "level": clause.level,
                "moved": int(clause.moved),
                "section": " › ".join(first.trail),
                "old_text": _joined(clause.old),
                "new_text": _joined(clause.new),
                "old_at": dumps(clause.old_at),
                "new_at": dumps(clause.new_at),
                "words": dumps(clause.words),
                "similarity": clause.similarity,
                "topics": dumps(clause.topics),
                "reasons": dumps(clause.reasons),
                "facts": dumps(clause.facts),
            },
        )
    return identity


def _joined(clauses: Iterable[Clause]) -> str | None:
    return "\n".join(clause.text for clause in clauses) or None


def _validators(history: History, document: int, seen: Observation, snapshot: int | None) -> None:
    if seen.status != 200 or snapshot is None:
        return
    etag, last_modified = seen.headers.get("etag"), seen.headers.get("last-modified")
    url = seen.final_url or seen.url
    if etag or last_modified:
        history.db.execute(
            """INSERT OR REPLACE INTO validators (document, url, etag, last_modified, content_type, snapshot)
               VALUES (?, ?, ?, ?, ?, ?)""",
            [document, url, etag, last_modified, seen.headers.get("content-type"), snapshot],
        )
    else:
        history.db.execute("DELETE FROM validators WHERE document = ? AND url = ?", [document, url])


def _reign(
    history: History, stand: Standing, look: Look, decision: Decision, version: int | None, change: int | None
) -> None:
    at = look.observation.at
    if decision.reign == "extend":
        history.db.execute(
            "UPDATE reigns SET last_seen = max(last_seen, ?) WHERE document = ? AND after IS NULL",
            [stamp(at), stand.document],
        )
    elif decision.reign == "start":
        since = stamp(decision.since or at)
        history.db.execute("UPDATE reigns SET after = ? WHERE document = ? AND after IS NULL", [since, stand.document])
        # looks that saw this text while it was in doubt saw this version
        history.db.execute(
            """UPDATE observations SET version = :version WHERE document = :document AND version IS NULL AND at >= :since
               AND (text_hash = :text OR snapshot = (SELECT snapshot FROM quarantine WHERE document = :document))""",
            {"version": version, "document": stand.document, "since": since, "text": _text_hash(stand, look)},
        )
        history.db.execute(
            """INSERT INTO reigns (document, version, change, first_seen, last_seen, before)
               SELECT :document, :version, :change, :since,
                      (SELECT coalesce(max(at), :since) FROM observations
                       WHERE document = :document AND version = :version AND at >= :since),
                      (SELECT max(at) FROM observations WHERE document = :document AND at < :since)""",
            {"document": stand.document, "version": version, "change": change, "since": since},
        )


def _quarantine(
    history: History, stand: Standing, decision: Decision, look: Look, snapshot: int | None, observation: int
) -> None:
    if decision.quarantine == "clear":
        history.db.execute("DELETE FROM quarantine WHERE document = ?", [stand.document])
    elif decision.quarantine == "start":
        history.db.execute(
            """INSERT OR REPLACE INTO quarantine (document, since, state, text_hash, snapshot, observation)
               VALUES (?, ?, ?, ?, ?, ?)""",
            [
                stand.document,
                stamp(look.observation.at),
                decision.state,
                _text_hash(stand, look),
                snapshot,
                observation,
            ],
        )


def _verdict(history: History, stand: Standing, verdict: str, waiting: QuarantineRow, at: datetime) -> None:
    row = {
        "document": stand.document,
        "at": stamp(at),
        "verdict": verdict,
        "text_hash": waiting.text_hash,
        "observation": waiting.observation,
    }
    insert(history.db, "verdicts", row)


def _events(
    history: History,
    stand: Standing,
    look: Look,
    version: int | None,
    observation: int,
    tell: Tell,
) -> tuple[Event, ...]:
    events = tuple(tell(version))
    for event in events:
        change = None
        if event.type in ("changed", "dates"):
            change = _change(history, stand.document, stand.known.told, version, look.news)
        # the id says what happened: told once, it is not told again
        history.db.execute(
            """INSERT INTO events (id, type, at, document, observation, change, level, summary, payload)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING""",
            [
                event.id,
                event.type,
                stamp(event.at),
                stand.document,
                observation,
                change,
                event.level,
                str(event.payload["summary"]),
                dumps(event.payload),
            ],
        )
        if look.observation.source in LIVE:  # imports fill the history and tell nobody
            enqueue(history, event)
    return events


def _stand(
    history: History,
    document: Document,
    stand: Standing,
    decision: Decision,
    version: int | None,
    observation: int,
    at: datetime,
    now: datetime,
) -> None:
    due = schedule.next_due(document.schedule, now, document.name, decision.failures)
    if decision.outcome == "quarantined":
        due = min(due, now + SECOND_LOOK)
    history.db.execute(
        """UPDATE documents SET revision = revision + 1, version = :version, observation = :observation,
             told = CASE WHEN :told THEN :version ELSE told END,
             failures = :failures, failing_since = CASE WHEN :failures THEN coalesce(failing_since, :at) END, broken = :broken,
             next_due = :due, requested = NULL, lease = NULL, lease_until = NULL
           WHERE id = :id""",
        {
            "id": stand.document,
            "version": version,
            "told": decision.told,
            "observation": observation,
            "failures": decision.failures,
            "broken": decision.broken,
            "at": stamp(at),
            "due": stamp(due),
        },
    )
