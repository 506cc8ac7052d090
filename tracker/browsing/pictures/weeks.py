"""Changes by week and level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.browsing.pictures.scale import AXIS, WIDTH, Row, Tick
from tracker.model import LEVELS

WEEKS = 26


@dataclass(frozen=True, slots=True)
class Block:
    """The changes of one level in one week."""

    y: float
    height: float
    level: str
    count: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week's column, from its Monday to its Sunday (ISO)."""

    x: float
    width: float
    monday: str
    sunday: str
    blocks: tuple[Block, ...]

    @property
    def changes(self) -> int:
        return sum(block.count for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Changes by week and level: the most material at the foot of each column."""

    height: float
    foot: float
    columns: tuple[Week, ...]
    ticks: tuple[Tick, ...]
    most: int


def weeks(counts: Iterable[Row], until: date) -> Weeks:
    """The picture of the last weeks from records of weekly_levels (week's Monday, level, how many)."""
    found = {(row["monday"], row["level"]): int(row["changes"]) for row in counts}
    last = until - timedelta(days=until.weekday())
    mondays = [last - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    levels = LEVELS[:0:-1]
    most = max(sum(found.get((f"{monday}", level), 0) for level in levels) for monday in mondays)
    wide, foot = WIDTH / WEEKS, 84.0
    columns = []
    for place, monday in enumerate(mondays):
        stack = [(level, found[f"{monday}", level]) for level in levels if (f"{monday}", level) in found]
        columns.append(
            Week(
                x=round(place * wide + 3, 1),
                width=round(wide - 6, 1),
                monday=f"{monday}",
                sunday=f"{monday + timedelta(days=6)}",
                blocks=tuple(_stacked(stack, (foot - 16) / max(most, 4), foot)),
            )
        )
    ticks = tuple(Tick(column.x, column.monday) for column in columns[::6])
    return Weeks(height=foot + AXIS, foot=foot, columns=tuple(columns), ticks=ticks, most=most)


def _stacked(stack: Iterable[tuple[str, int]], unit: float, foot: float) -> Iterable[Block]:
    for level, count in stack:
        height = round(count * unit, 1)
        foot = round(foot - height, 1)
        yield Block(foot, height, level, count)
