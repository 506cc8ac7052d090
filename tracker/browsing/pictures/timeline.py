"""Reigns as bars over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tracker.browsing.pictures.scale import AXIS, LANES, SMALLEST, Row, Scale, Tick, moment_of, scale

LANE = 26
NUMBERS, NAMES = 56, 230
"""Room on the left for a version's number, and for a document's name."""
_THICKNESS = {"none": 6, "low": 8, "medium": 12, "high": 16, "critical": 20}
"""Of a bar, by the level of the change that began it: levels are told apart without colour, too."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the picture, for all that has the same `key`."""

    key: Any
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A reign: from its first to its last sight, and `unsure` before it, where no look was taken."""

    x: float
    width: float
    y: float
    height: float
    unsure: float
    level: str
    silent: bool
    change: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch inside or after a reign over which its text was not seen."""

    x: float
    width: float
    y: float
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A stated date on the lane of the text that states it."""

    x: float
    y: float
    role: str
    value: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes from the top down, and reigns as bars over time."""

    height: float
    left: int
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    left_out: int
    """How many lanes there would be besides."""


def of_versions(reigns: Sequence[Row], until: str | None = None, gaps: Sequence[Row] = ()) -> Timeline | None:
    """The picture of a document: a lane for each version, the newest on top. None where nothing was ever seen."""
    numbers = sorted({row["number"] for row in reigns}, reverse=True)
    return _timeline(reigns, "number", numbers, scale(reigns, until, NUMBERS), gaps) if reigns else None


def of_documents(reigns: Sequence[Row], until: str | None = None) -> Timeline | None:
    """The picture of a vendor: a lane for each document, by name. None where nothing was ever seen."""
    names = sorted({row["document"] for row in reigns})
    return _timeline(reigns, "document", names, scale(reigns, until, NAMES), ()) if reigns else None


def _timeline(reigns: Sequence[Row], key: str, keys: Sequence[Any], across: Scale, gaps: Sequence[Row]) -> Timeline:
    rows = {each: LANE * place for place, each in enumerate(keys[:LANES])}
    drawn = [row for row in reigns if row[key] in rows]
    return Timeline(
        height=LANE * len(rows) + AXIS,
        left=across.left,
        lanes=tuple(Lane(each, y) for each, y in rows.items()),
        bars=tuple(_bar(row, rows[row[key]], across) for row in drawn),
        gaps=tuple(gap for row in gaps if (gap := _gap(row, drawn, rows, across))),
        marks=tuple(_marks(drawn, key, rows, across)),
        ticks=across.ticks,
        left_out=len(keys) - len(rows),
    )


def _bar(reign: Row, y: float, scale: Scale) -> Bar:
    first, last = moment_of(reign["first_seen"]), moment_of(reign["last_seen"])
    x = scale.across(first)
    before = scale.across(moment_of(reign["looked_before"])) if reign["looked_before"] else x
    level = reign["level"] or "none"
    return Bar(
        x=x,
        width=max(round(scale.across(last) - x, 1), SMALLEST),
        y=y + (LANE - _THICKNESS[level]) / 2,
        height=_THICKNESS[level],
        unsure=round(max(x - before, 0.0), 1),
        level=level,
        silent=bool(reign["silent"]),
        change=reign["change"],
        title=f"Version {reign['number']}: seen from {first:%Y-%m-%d} to {last:%Y-%m-%d}",
    )


def _gap(gap: Row, reigns: Sequence[Row], rows: Mapping[Any, float], scale: Scale) -> Gap | None:
    """Drawn on the lane of the version that was seen last before it; between two reigns the bars say it themselves."""
    held = [r for r in reigns if r["first_seen"] <= gap["seen"] <= r["last_seen"]]
    if not held or (gap["again"] and gap["again"] > held[0]["last_seen"]):
        return None
    begin, end = moment_of(gap["seen"]), moment_of(gap["again"]) if gap["again"] else scale.end
    x = scale.across(begin)
    looks = f"{gap['looks']} looks saw no text" if gap["looks"] else "nobody looked"
    return Gap(
        x=x,
        width=round(scale.across(end) - x, 1),
        y=rows[held[0]["number"]],
        title=f"Not seen from {begin:%Y-%m-%d} to {end:%Y-%m-%d}: {looks}",
    )


def _marks(reigns: Iterable[Row], key: str, rows: Mapping[Any, float], scale: Scale) -> Iterable[Mark]:
    stated = {(r[key], role, r[role]) for r in reigns for role in ("effective", "updated") if r[role]}
    for each, role, value in sorted(stated):
        moment = _stated(value)
        if moment is not None and scale.begin <= moment <= scale.end:
            yield Mark(scale.across(moment), rows[each] + LANE / 2, role, value)


def _stated(value: str) -> datetime | None:
    """A stated date at the start of what it states: "2023-11" is drawn at the first of November."""
    try:
        return datetime.fromisoformat(f"{value}-01-01"[:10] + "T00:00:00+00:00")
    except ValueError:
        return None
