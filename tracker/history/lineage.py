"""Since when each clause of a version reads as it does, followed back through every change that the document has seen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.comparison import compare
from tracker.history.packing import clause_hash, dumps, runs_from
from tracker.history.rows import ReignRow
from tracker.model import Change, Clause, Kind, Level, Op

if TYPE_CHECKING:
    from tracker.history import History


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a clause had, and what gave it that form.

    It came between `otherwise`, the last look that saw another one, and `since`, the first that saw this one. `change` is None where
    it stood there at the first look at the document: since when is not known, then. `text` is None where the clause was not there.
    """

    text: str | None
    since: datetime
    otherwise: datetime | None = None
    change: int | None = None
    op: Op | None = None
    kind: Kind | None = None
    level: Level | None = None

    @property
    def worded(self) -> bool:
        """Whether it differs from the form before in its words, or was not there before at all."""
        return self.kind in ("editorial", "substantive") or self.op in ("added", "date", None)


@dataclass(frozen=True, slots=True)
class Lineage:
    """A clause of a version, its forms from the newest to the oldest, and the first and last time it read so before, if it did."""

    clause: Clause
    forms: tuple[Form, ...]
    before: tuple[datetime, datetime] | None = None

    @property
    def origin(self) -> Form:
        """What made it read as it does. Changes of form alone are passed over."""
        return next(form for form in self.forms if form.worded)


@dataclass(frozen=True, slots=True)
class _Step:
    """What a change did to a few clauses."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    old_text: str | None
    new_text: str | None
    op: Op
    kind: Kind
    level: Level


@dataclass(frozen=True, slots=True)
class _Link:
    """From a version to the one before it, by positions of clauses."""

    kept: dict[int, int]
    steps: dict[int, _Step]


def lineages(history: History, reign: ReignRow) -> list[Lineage]:
    """The lineage of every clause of the version of a reign, in the order of its text, as it was known in that reign."""
    reigns = [r for r in history.reigns(reign.document) if (r.first_seen, r.id) <= (reign.first_seen, reign.id)]
    clauses = history.policy(reign.version).clauses
    forms: list[list[Form]] = [[] for _ in clauses]
    fronts: list[tuple[int, ...]] = [(at,) for at in range(len(clauses))]
    for earlier, later in zip(reversed(reigns[:-1]), reversed(reigns[1:]), strict=True):
        if earlier.version == later.version:
            continue
        link = _link(history, earlier, later)
        for at, front in enumerate(fronts):
            steps = list(dict.fromkeys(link.steps[j] for j in front if j in link.steps))
            forms[at] += [
                Form(s.new_text, later.first_seen, earlier.last_seen, later.change, s.op, s.kind, s.level)
                for s in steps
            ]
            fronts[at] = (*(link.kept[j] for j in front if j in link.kept), *(i for s in steps for i in s.old))
    oldest = history.policy(reigns[0].version).clauses
    for at, front in enumerate(fronts):
        if front:
            forms[at].append(Form("\n".join(oldest[i].text for i in front), reigns[0].first_seen))
    known = [Lineage(clause, tuple(found)) for clause, found in zip(clauses, forms, strict=True)]
    return list(_returned(history, reigns, known))


def _link(history: History, earlier: ReignRow, later: ReignRow) -> _Link:
    """The stored change, or where the versions were extracted anew since, the comparison of what they are now."""
    row = history.db.execute("SELECT old, new, kept FROM changes WHERE id = ?", [later.change]).fetchone()
    if row is None or (row[0], row[1]) != (earlier.version, later.version):
        change = compare(history.policy(earlier.version), history.policy(later.version))
        return _linked(change.kept, list(_compared(change)))
    parts = history.db.execute(
        "SELECT old_at, new_at, old_text, new_text, op, kind, level FROM clause_changes WHERE change = ?",
        [later.change],
    )
    steps = [_Step(tuple(json.loads(old)), tuple(json.loads(new)), *rest) for old, new, *rest in parts]
    return _linked(runs_from(row[2]), steps)


def _compared(change: Change) -> Iterator[_Step]:
    for c in change.clauses:
        old, new = ("\n".join(clause.text for clause in side) or None for side in (c.old, c.new))
        yield _Step(c.old_at, c.new_at, old, new, c.op, c.kind, c.level)


def _linked(kept: Sequence[tuple[int, int]], steps: Sequence[_Step]) -> _Link:
    return _Link({j: i for i, j in kept}, {j: step for step in steps for j in step.new})


def _returned(history: History, reigns: Sequence[ReignRow], known: Sequence[Lineage]) -> Iterator[Lineage]:
    """The same, and of clauses that a change made, whether an earlier text had had them already."""
    hashes = [clause_hash(lineage.clause) for lineage in known]
    holding: dict[str, set[int]] = defaultdict(set)
    rows = history.db.execute(
        """SELECT c.hash, vc.version FROM clauses c JOIN version_clauses vc ON vc.clause = c.id
           WHERE c.hash IN (SELECT value FROM json_each(?)) AND vc.version IN (SELECT value FROM json_each(?))""",
        [dumps(hashes), dumps([reign.version for reign in reigns])],
    )
    for found, version in rows:
        holding[found].add(version)
    for lineage, own in zip(known, hashes, strict=True):
        since = lineage.origin.since
        seen = [r for r in reigns if r.first_seen < since and r.version in holding[own]]
        yield Lineage(lineage.clause, lineage.forms, (seen[0].first_seen, seen[-1].last_seen) if seen else None)
