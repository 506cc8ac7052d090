""" "03/04/2025": the third of April or the fourth of March?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from tracker.extraction.dates.grammar import Expression
from tracker.model import DateRole

_DONE: frozenset[DateRole] = frozenset({"updated", "published"})
"""Roles of dates that are hardly ahead when they are stated."""
_AHEAD, _DONE_AHEAD = timedelta(days=120), timedelta(days=45)
"""A document rarely announces a date further ahead of the look than this, and one of these roles."""
_MONTH_FIRST = frozenset(("US", "PH", "PR", "GU"))
_SPELLED = re.compile(
    r"(?i)\b(?:(?:organi|personali|authori|recogni|utili|customi|minimi|anonymi|optimi|summari|categori|finali|prioriti)"
    r"(?:(s)|z)(?=[aei])|(?:behavi|fav|hon|col)(?:(ou)|o)r|cent(?:(re)|er)s?\b)"
)
"""Words that are spelled in one way in Britain, which is one of the groups, and in another in America."""
_BRITISH = 5
"""Words spelled as in Britain, and times as many as American ones, that tell where a text comes from."""


def reader(
    found: Sequence[Expression], language: str | None, region: str | None, observed: date | None, texts: Iterable[str]
) -> Callable[[Expression, DateRole], tuple[Expression, bool]]:
    """How to read the numeric dates of one document: each as it is meant in its role, and whether that remains ambiguous.

    The document's other dates settle it ("25/04/2025" is no month 25), then the separator (a dot: day first), the language (English
    alone is read both ways), the region, the day of the look, and how its `texts` spell. What is left is read as in the United States,
    and flagged.
    """
    custom = next((x.order for x in found if x.order in ("dmy", "mdy")), None)

    @cache
    def british() -> bool:
        return _british(texts)

    def read(x: Expression, role: DateRole) -> tuple[Expression, bool]:
        if x.order not in ("/", "-", "."):
            return x, False
        month_first = replace(x, month=x.day, day=x.month)
        if custom:
            return (month_first if custom == "mdy" else x), False
        if x.order == "." or language not in (None, "en"):
            return x, False
        if region:
            return (month_first if region.upper() in _MONTH_FIRST else x), True
        latest = observed + (_DONE_AHEAD if role in _DONE else _AHEAD) if observed else date.max
        possible = [reading for reading in (month_first, x) if _day(reading) <= latest] or [month_first, x]
        return (possible[-1] if british() else possible[0]), True

    return read


def _british(texts: Iterable[str]) -> bool:
    """Whether texts are spelled as in Britain, where the day comes first."""
    told = [any(match.groups()) for text in texts for match in _SPELLED.finditer(text)]
    return sum(told) >= max(_BRITISH, _BRITISH * (len(told) - sum(told)))


def _day(x: Expression) -> date:
    return date(x.year, x.month or 1, x.day or 1)
