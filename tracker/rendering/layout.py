"""The new text with the changes in place: what stands where, also what no longer does."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from tracker.model import Change, Clause, ClauseChange, ClauseKind, Policy
from tracker.rendering.picking import most_material_first


@dataclass(frozen=True, slots=True)
class Row:
    """A clause that stands unchanged, or a clause change. `left` marks the place that moved text has left."""

    clause: Clause
    change: ClauseChange | None = None
    number: int | None = None
    left: bool = False

    @property
    def kind(self) -> ClauseKind:
        return self.clause.kind


def in_place(change: Change, new: Policy) -> list[Row]:
    """Both texts as one, in the order of the new; what was removed or moved away stands after what was before it."""
    stays = sorted({*change.kept, *_stays(change)})
    ahead = [before for before, _ in stays]

    def place(at: int) -> tuple[int, int, int]:
        """Where in the new text the clause at `at` of the old would stand."""
        index = bisect_left(ahead, at)
        return (stays[index - 1][1] if index else -1, 1, at)

    rows: list[tuple[tuple[int, int, int], Row]] = [((j, 0, 0), Row(new.clauses[j])) for _, j in change.kept]
    for number, c in enumerate(most_material_first(change.clauses), 1):
        if c.new:
            rows.append(((c.new_at[0], 0, 0), Row(c.new[0], c, number)))
        if c.old and (moved(c) or not c.new):
            rows.append((place(c.old_at[0]), Row(c.old[0], c, number, left=bool(c.new))))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def moved(change: ClauseChange) -> bool:
    return change.moved or change.op == "moved"


def _stays(change: Change) -> list[tuple[int, int]]:
    """Positions of the clauses that were edited where they stand."""
    return [(c.old_at[0], c.new_at[-1]) for c in change.clauses if c.old_at and c.new_at and not moved(c)]
