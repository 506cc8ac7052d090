""" "03/04/2025": the third of April or the fourth of March?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.extraction.dates.grammar import Expression

_AHEAD = timedelta(days=120)
"""A document rarely announces a date further ahead of the look than this."""
_MONTH_FIRST = frozenset(("US", "PH", "PR", "GU"))


def reader(
    found: Sequence[Expression], language: str | None, region: str | None, observed: date | None
) -> Callable[[Expression], tuple[Expression, bool]]:
    """How to read the numeric dates of one document: each as it is meant, and whether that remains ambiguous.

    The document's other dates settle it ("25/04/2025" is no month 25), then the separator (a dot: day first), the language (English
    alone is read both ways), the region, and the day of the look. What is left is read as in the United States, and flagged.
    """
    custom = next((x.order for x in found if x.order in ("dmy", "mdy")), None)

    def read(x: Expression) -> tuple[Expression, bool]:
        if x.order not in ("/", "-", "."):
            return x, False
        month_first = replace(x, month=x.day, day=x.month)
        if custom:
            return (month_first if custom == "mdy" else x), False
        if x.order == "." or language not in (None, "en"):
            return x, False
        if region:
            return (month_first if region.upper() in _MONTH_FIRST else x), True
        if observed and _day(month_first) > observed + _AHEAD >= _day(x):
            return x, True
        return month_first, True

    return read


def _day(x: Expression) -> date:
    return date(x.year, x.month or 1, x.day or 1)
