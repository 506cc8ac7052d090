"""What a clause is about: the ten OPP-115 categories, from words and facts that can be pointed at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

from tracker.comparison.facts import said
from tracker.comparison.lexicon import Lexicon, data, terms
from tracker.model import TOPICS, Clause

_HEADING, _WORD, _FACT = 3.0, 1.0, 1.0
_SHARE = 0.6
"""Share of the strongest topic's weight that another one needs to be named as well."""
_MOST = 3


@cache
def _lexicon() -> Lexicon:
    table = data("topics")
    return Lexicon((topic, phrase) for topic in TOPICS for phrase in table[topic]["phrases"])


def topics(clause: Clause) -> tuple[str, ...]:
    """The categories of a clause, the strongest first; ("Other",) where nothing points anywhere. The nearest heading counts most."""
    return topics_of(clause.text, clause.trail)


def topics_of(text: str, trail: Sequence[str]) -> tuple[str, ...]:
    """The categories of a text under headings."""
    weights: dict[str, float] = defaultdict(float)
    for distance, heading in enumerate(reversed(trail[-3:])):
        for topic in _lexicon().values(terms(heading)):
            weights[topic] += _HEADING / (1 + distance)
    found = _lexicon().find(terms(text))
    for topic, count in Counter(topic for topic, _, _ in found).items():
        weights[topic] += _WORD * min(count, 3)
    for fact in said(text):
        if fact.kind in data("topics")["facts"]:
            weights[data("topics")["facts"][fact.kind]] += _FACT
    if not weights:
        return ("Other",)
    top = max(weights.values())
    named = [topic for topic in TOPICS if weights[topic] >= _SHARE * top]
    return tuple(sorted(named, key=lambda topic: -weights[topic])[:_MOST])
