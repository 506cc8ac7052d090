"""Time across a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

WIDTH = 1000
AXIS = 24
"""Height of the line of dates below a picture."""
LANES = 20
"""Lanes drawn; what has no room stands in the tables only."""
SMALLEST = 4.0
"""Width of what took no time, so that it can be seen."""
_RIGHT = 12
"""Room on the right for what stands on the last moment."""

Row = Mapping[str, Any]
"""A record of tracker.browsing.queries.documents.reigns, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """From moments to places: `left` is where the time begins, the time before it belongs to the labels."""

    begin: datetime
    end: datetime
    left: int

    def across(self, moment: datetime) -> float:
        span = max((self.end - self.begin).total_seconds(), 1.0)
        share = (min(max(moment, self.begin), self.end) - self.begin).total_seconds() / span
        return round(self.left + share * (WIDTH - self.left - _RIGHT), 1)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.across(moment), text) for moment, text in _ticks(self.begin, self.end))


def scale(reigns: Sequence[Row], until: str | None, left: int) -> Scale:
    """The time from the first sight to the last, or to `until`, the last look."""
    moments = [moment_of(row[key]) for row in reigns for key in ("first_seen", "last_seen")]
    return Scale(min(moments), max(moments + ([moment_of(until)] if until else [])), left)


def moment_of(text: str) -> datetime:
    """A stored moment."""
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
