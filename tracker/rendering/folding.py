"""Long texts with few places of interest: two columns of a row, and what lies between the interesting rows folded away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracker.model import WordEdit
from tracker.rendering.layout import Row, moved
from tracker.rendering.picking import edits

AROUND = 1
"""Clauses of context that stay on either side of an interesting one."""
_LEAST = 3
"""Fewer are not worth folding."""

Runs = tuple[WordEdit, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that are shown, or that are folded away together."""

    rows: tuple[Row, ...]
    folded: bool = False


def stretches(rows: Sequence[Row], interesting: Callable[[Row], bool], around: int = AROUND) -> list[Stretch]:
    """The rows in their order, with those folded that are further than `around` rows from any interesting one."""
    near = [False] * len(rows)
    for at, row in enumerate(rows):
        if interesting(row):
            first, end = max(0, at - around), min(len(rows), at + around + 1)
            near[first:end] = [True] * (end - first)
    folded: list[Stretch] = []
    for shown, group in groupby(range(len(rows)), key=near.__getitem__):
        part = tuple(rows[at] for at in group)
        folded.append(Stretch(part, folded=not shown and len(part) >= _LEAST))
    return folded


def sides(row: Row) -> tuple[Runs, Runs]:
    """What of a row stands in the old column and what in the new one. What moved stands in each at its own place."""
    runs: Runs = edits(row.change) if row.change else (("=", row.clause.text),)
    old, new = (tuple(edit for edit in runs if edit[0] != other) for other in ("+", "-"))
    if row.change is None or not moved(row.change):
        return old, new
    return (old, ()) if row.left else ((), new)
