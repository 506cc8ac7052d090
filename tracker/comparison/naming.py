"""How a report names the value of a fact."""

from __future__ import annotations

from functools import cache

from babel import Locale

from tracker.comparison.measures import MEASURES, humane
from tracker.model import Fact


def shown(fact: Fact) -> str:
    """The value in words: a country by its English name, a measure in the unit that the text uses."""
    if fact.kind in MEASURES:
        return humane(fact)
    if fact.kind == "country":
        return _territories().get(fact.value, fact.value)
    return fact.words if fact.kind == "phone" else fact.value


@cache
def _territories() -> dict[str, str]:
    return {code: name for code, name in Locale("en").territories.items() if len(code) == 2} | {
        "EU": "the EU",
        "US": "the US",
        "GB": "the UK",
        "HK": "Hong Kong",
    }
