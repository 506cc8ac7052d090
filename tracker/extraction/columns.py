"""Reading order on a printed page: where its text stands in two columns, the left one is read before the right one."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """A stretch of a line and where it stands, in points from the lower left corner."""

    @property
    def left(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def top(self) -> float: ...


Part = TypeVar("Part", bound=Placed)
_LEAST = 4
"""Lines that a column has at least."""
_FILLED = 0.6
"""Of a column's width that half of its lines fill: the cells of a table do not."""
_CROSSING = 0.2
"""Of the lines that may stand across both columns: titles, running heads."""
_MIDDLE = (0.35, 0.65)
_MOST = 1000
"""Parts of a page in which columns are looked for."""
_APART = 20.0
"""Points between the text of a page and what stands alone at its head or foot."""


def in_columns(parts: Sequence[Part]) -> list[Part] | None:
    """The parts in reading order, where the page has two columns; else None."""
    gutter = _gutter(parts)
    if gutter is None:
        return None
    ordered: list[Part] = []
    left: list[Part] = []
    right: list[Part] = []
    down = sorted(parts, key=lambda p: -p.top)
    alone = [one for one, other in (down[:2], down[:-3:-1]) if abs(one.top - other.top) > _APART]
    for part in down:
        if part in alone:
            ordered += [*left, *right, part]
            left, right = [], []
        elif part.right <= gutter:
            left.append(part)
        elif part.left >= gutter:
            right.append(part)
        else:
            ordered += [*left, *right, part]
            left, right = [], []
    return [*ordered, *left, *right]


def _gutter(parts: Sequence[Part]) -> float | None:
    """Where the right column begins."""
    if not 2 * _LEAST <= len(parts) <= _MOST:
        return None
    start, end = min(p.left for p in parts), max(p.right for p in parts)
    low, high = (start + share * (end - start) for share in _MIDDLE)
    for x in sorted({part.left for part in parts if low <= part.left <= high}):
        left, right = [p for p in parts if p.right <= x], [p for p in parts if p.left >= x]
        crossing = len(parts) - len(left) - len(right)
        if crossing <= _CROSSING * len(parts) and _is_column(left, x - start) and _is_column(right, end - x):
            return x
    return None


def _is_column(parts: Sequence[Part], width: float) -> bool:
    return len(parts) >= _LEAST and statistics.median(p.right - p.left for p in parts) >= _FILLED * width
