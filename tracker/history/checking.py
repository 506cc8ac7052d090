"""Whether the record is as it was written: the file, the chain over all looks, the stored bodies, the texts of the versions.

Each check walks through what there is to check and yields a `Step` for everything it looked at, so that long ones can show progress and
be left early.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.history import chain
from tracker.history.connection import DatabaseError, maybe, stamp
from tracker.history.snapshots import SnapshotError, digest, unpack

if TYPE_CHECKING:
    from tracker.history import History


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was checked; `problem` is a sentence where it is not as it was written."""

    problem: str | None = None


def structure(history: History) -> Iterator[Step]:
    """SQLite's own check of the whole file, and whether every reference leads somewhere."""
    try:
        for (said,) in history.db.execute("PRAGMA integrity_check(100)").fetchall():
            yield Step(None if said == "ok" else f"the database file is damaged: {said}")
        for table, row, parent, _ in history.db.execute("PRAGMA foreign_key_check").fetchall():
            yield Step(f"row {row} of {table} refers to a row of {parent} that is not there")
    except DatabaseError as error:
        yield Step(f"the database file is damaged: {error}")


def looks(history: History) -> Iterator[Step]:
    """The chain over all looks; what follows a break is judged from there on."""
    for each in chain.linked(history.db):
        yield Step(None if each.whole else f"look {each.id} of {each.seen['at']} is not what was recorded")


def bodies(history: History) -> Iterator[Step]:
    """Every stored body against its hash. Each delta is unpacked once: those that build on a body come right after it."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for snapshot, base in history.db.execute("SELECT id, base FROM snapshots ORDER BY id DESC"):
        children[base].append(snapshot)
    pending: list[tuple[int, bytes | None]] = [(snapshot, None) for snapshot in children[None]]
    while pending:
        snapshot, base = pending.pop()
        data, sha256 = history.db.execute("SELECT data, sha256 FROM snapshots WHERE id = ?", [snapshot]).fetchone()
        body: bytes | None = None
        try:
            body = unpack(data, base)
        except SnapshotError as error:
            yield Step(f"snapshot {snapshot}: {error}")
        else:
            yield Step(None if digest(body) == sha256 else f"snapshot {snapshot} is not the body that its hash names")
        if body is None:
            yield from (Step(f"snapshot {lost} builds on a damaged one") for lost in _below(children, snapshot))
        else:
            pending += [(child, body) for child in children[snapshot]]


def latest_bodies(history: History, most: int) -> Iterator[Step]:
    """The bodies that the last looks at documents saw, and so all that they build on: a sample of `bodies` that takes a second."""
    rows = history.db.execute(
        """SELECT s.id, s.sha256 FROM documents d JOIN observations o ON o.id = d.observation JOIN snapshots s ON s.id = o.snapshot
           ORDER BY o.at DESC LIMIT ?""",
        [most],
    ).fetchall()
    for snapshot, sha256 in rows:
        try:
            sound = digest(history.body(snapshot)) == sha256
        except SnapshotError:
            sound = False
        yield Step(None if sound else f"snapshot {snapshot} is damaged, or one that it builds on")


def _below(children: dict[int | None, list[int]], snapshot: int) -> Iterator[int]:
    for child in children[snapshot]:
        yield child
        yield from _below(children, child)


def texts(history: History) -> Iterator[Step]:
    """Every version's text, put together from its clauses, against its hash."""
    rows = history.db.execute(
        "SELECT v.id, v.text_hash, v.number, d.name FROM versions v JOIN documents d ON d.id = v.document ORDER BY v.id"
    )
    for version, text_hash, number, name in rows.fetchall():
        said = f"version {number} of {name}"
        try:
            same = history.policy(version).text_hash == text_hash
        except Exception as error:  # whatever a damaged row leads to, it is this version's problem
            yield Step(f"{said} cannot be put together: {type(error).__name__}: {error}")
        else:
            yield Step(None if same else f"{said} is not the text that its hash names")


@dataclass(frozen=True, slots=True)
class Condition:
    """What can be told of a history at a glance."""

    damage: str | None
    looks: int
    last_look: datetime | None
    deliveries: dict[str, int]
    """How many are in which state."""
    late: int
    """Deliveries that were due before `late_since`."""


def condition(history: History, late_since: datetime) -> Condition:
    """How a history is, without reading all of it. Raises DatabaseError where not even that can be read."""
    ask = history.db.execute
    said = [row[0] for row in ask("PRAGMA quick_check(3)")]
    looks, last = ask("SELECT count(*), max(at) FROM observations").fetchone()
    deliveries = dict(ask("SELECT state, count(*) FROM deliveries GROUP BY state").fetchall())
    late = ask("SELECT count(*) FROM deliveries WHERE due < ?", [stamp(late_since)]).fetchone()[0]
    return Condition(None if said == ["ok"] else said[0], looks, maybe(last), deliveries, late)


CHECKS = {"file": structure, "looks": looks, "bodies": bodies, "texts": texts}
"""What is checked, by what it is called."""


def sizes(history: History) -> dict[str, int]:
    """How many steps each check will take, about."""
    count = (
        "SELECT (SELECT count(*) FROM observations), (SELECT count(*) FROM snapshots), (SELECT count(*) FROM versions)"
    )
    return dict(zip(CHECKS, (1, *history.db.execute(count).fetchone()), strict=True))
