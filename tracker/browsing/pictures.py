"""Geometry of the pages' pictures: pure numbers, drawn as SVG by the templates. Units are those of the SVG's viewBox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

WIDTH = 1000
LANE = 26
AXIS = 24
LABEL = 44
"""Left of the lanes: the version's number."""
_SMALLEST_BAR = 4.0
LANES = 20
"""Versions drawn; older ones are in the table only."""

WEEKS = 26
_LEVELS = ("low", "medium", "high", "critical")


@dataclass(frozen=True, slots=True)
class Bar:
    """A reign: from its first to its last sight, and `unsure` before it, where no look was taken."""

    x: float
    width: float
    y: float
    unsure: float
    level: str
    silent: bool
    change: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stated date on the lane of the version that states it."""

    x: float
    y: float
    role: str
    value: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Versions as lanes, newest on top; reigns as bars over time."""

    height: float
    lanes: tuple[tuple[int, float], ...] = ()
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    ticks: tuple[Tick, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """The changes of one level in one week."""

    x: float
    y: float
    width: float
    height: float
    level: str
    title: str


@dataclass(frozen=True, slots=True)
class Weeks:
    """Changes by week and level: the most material at the foot of each column."""

    height: float
    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    most: int


def timeline(reigns: Sequence[dict[str, Any]], until: str | None = None) -> Timeline | None:
    """The picture of a document's reigns (records of document_reigns, in any order) up to the last look; None where there is none."""
    if not reigns:
        return None
    begin = min(_time(r["first_seen"]) for r in reigns)
    end = max(*(_time(r["last_seen"]) for r in reigns), _time(until) if until else begin)
    span = max((end - begin).total_seconds(), 1.0)

    def across(moment: datetime) -> float:
        share = (moment - begin).total_seconds() / span
        return round(LABEL + share * (WIDTH - LABEL - _SMALLEST_BAR), 1)

    numbers = sorted({r["number"] for r in reigns}, reverse=True)
    rows = {number: LANE * place for place, number in enumerate(numbers[:LANES])}
    drawn = [r for r in reigns if r["number"] in rows]
    return Timeline(
        height=LANE * len(rows) + AXIS,
        lanes=tuple(rows.items()),
        bars=tuple(_bar(r, rows[r["number"]], across) for r in drawn),
        marks=tuple(_marks(drawn, rows, across, begin, end)),
        ticks=tuple(Tick(across(moment), text) for moment, text in _ticks(begin, end)),
        left_out=len(numbers) - len(rows),
    )


def _bar(reign: dict[str, Any], y: float, across: Any) -> Bar:
    first, last = _time(reign["first_seen"]), _time(reign["last_seen"])
    x = across(first)
    before = max(across(_time(reign["looked_before"])), LABEL) if reign["looked_before"] else x
    return Bar(
        x=x,
        width=max(round(across(last) - x, 1), _SMALLEST_BAR),
        y=y,
        unsure=round(max(x - before, 0.0), 1),
        level=reign["level"] or "none",
        silent=bool(reign["silent"]),
        change=reign["change"],
        title=f"Version {reign['number']}: seen from {first:%Y-%m-%d} to {last:%Y-%m-%d}",
    )


def _marks(
    reigns: Iterable[dict[str, Any]], rows: dict[int, int], across: Any, begin: datetime, end: datetime
) -> Iterable[Mark]:
    stated = {(r["number"], role, r[role]) for r in reigns for role in ("effective", "updated") if r[role]}
    for number, role, value in sorted(stated):
        moment = _stated(value)
        if moment is not None and begin <= moment <= end:
            yield Mark(across(moment), rows[number] + LANE / 2, role, value)


def _stated(value: str) -> datetime | None:
    """A stated date at the start of what it states: "2023-11" is drawn at the first of November."""
    try:
        return datetime.fromisoformat(f"{value}-01-01T00:00:00+00:00"[:10] + "T00:00:00+00:00")
    except ValueError:
        return None


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _ticks(begin: datetime, end: datetime) -> list[tuple[datetime, str]]:
    """Up to about ten round dates: first days of years, else of months, else days."""
    days = (end - begin).days
    midnight = begin.replace(hour=0, minute=0, second=0, microsecond=0)
    every = [midnight + timedelta(days=n) for n in range(days + 2)]
    inside = [day for day in every if begin <= day <= end]
    if days > 3 * 365:
        return _thin([(day, f"{day:%Y}") for day in inside if (day.month, day.day) == (1, 1)])
    if days > 60:
        return _thin([(day, f"{day:%Y-%m}") for day in inside if day.day == 1])
    return _thin([(day, f"{day:%m-%d}") for day in inside])


def _thin(ticks: list[tuple[datetime, str]]) -> list[tuple[datetime, str]]:
    return ticks[:: len(ticks) // 10 + 1]


def weeks(counts: Iterable[dict[str, Any]], until: date) -> Weeks:
    """The picture of the last weeks from records of weekly_levels (week's Monday, level, how many)."""
    found = {(row["monday"], row["level"]): int(row["changes"]) for row in counts}
    last = until - timedelta(days=until.weekday())
    mondays = [(last - timedelta(weeks=back)).isoformat() for back in reversed(range(WEEKS))]
    most = max((sum(found.get((monday, level), 0) for level in _LEVELS) for monday in mondays), default=0)
    column, tallest = WIDTH / WEEKS, 64.0
    blocks = []
    for place, monday in enumerate(mondays):
        foot = tallest
        for level in reversed(_LEVELS):
            count = found.get((monday, level), 0)
            if count:
                height = round(count / max(most, 4) * (tallest - 4), 1)
                foot = round(foot - height, 1)
                title = f"Week of {monday}: {count} {level}"
                blocks.append(Block(round(place * column + 3, 1), foot, round(column - 6, 1), height, level, title))
    ticks = [Tick(round(place * column + 3, 1), monday) for place, monday in enumerate(mondays) if place % 6 == 0]
    return Weeks(height=tallest + AXIS, blocks=tuple(blocks), ticks=tuple(ticks), most=most)
