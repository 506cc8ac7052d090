"""How a report names the value of a fact."""

from __future__ import annotations

from functools import cache

from babel import Locale

from tracker.comparison.measures import MEASURES, humane
from tracker.model import Fact

_SPOKEN = {
    ("choice", "opt out"): "opting out",
    ("choice", "opt in"): "opting in",
    ("contact", "contact form"): "online form",
    ("conduct", "prohibition"): "what is forbidden",
    ("conduct", "eligibility"): "who may use it",
    ("fee", "price"): "prices",
    ("data", "ip address"): "IP address",
}
_WITH_ARTICLE = ("AE", "BS", "CD", "CF", "CG", "CZ", "DO", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC")
"""Countries whose English names take an article."""


def shown(fact: Fact) -> str:
    """The value in words: a country by its English name, a measure in the unit that the text uses."""
    if fact.kind in MEASURES:
        return humane(fact)
    if fact.kind == "country":
        return _territories().get(fact.value, fact.value)
    if fact.kind == "phone":
        return fact.words
    return _SPOKEN.get((fact.kind, fact.value), fact.value)


@cache
def _territories() -> dict[str, str]:
    return {code: name for code, name in Locale("en").territories.items() if len(code) == 2} | {
        **{code: f"the {Locale('en').territories[code]}" for code in _WITH_ARTICLE},
        "EU": "the EU",
        "US": "the US",
        "GB": "the UK",
        "HK": "Hong Kong",
    }
