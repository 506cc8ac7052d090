"""What a clause is about: the ten OPP-115 categories, from words and facts that can be pointed at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

from tracker.comparison.facts import said
from tracker.comparison.lexicon import Lexicon, data, terms
from tracker.model import TOPICS, Clause

_EDITED, _SAID, _HEADING = 2.0, 1.0, 1.5
"""Weights of evidence: in the words that changed, in the clause, in the nearest heading (less in those above)."""
_SHARE = 0.55
"""Share of the strongest topic's weight that another one needs to be named as well."""
_MOST = 3
_OTHER = "Other"


@cache
def _lexicon() -> Lexicon:
    table = data("topics")
    return Lexicon((topic, phrase) for topic in TOPICS for phrase in table[topic]["phrases"])


def topics(clause: Clause) -> tuple[str, ...]:
    """The categories of a clause, the strongest first; ("Other",) where nothing points anywhere."""
    return topics_of(clause.text, clause.trail)


def topics_of(text: str, trail: Sequence[str], edited: str = "") -> tuple[str, ...]:
    """The categories of a text under headings; what was edited in it counts most."""
    weights: dict[str, float] = defaultdict(float)
    for distance, heading in enumerate(reversed(trail[-3:])):
        for topic in _lexicon().values(terms(heading)):
            weights[topic] += _HEADING / (1 + distance)
    for part, weight in ((text, _SAID), (edited, _EDITED)):
        for topic, count in _evidence(part).items():
            weights[topic] += weight * min(count, 3)
    specific = {topic: weight for topic, weight in weights.items() if topic != _OTHER}
    top = max(specific.values(), default=0.0)
    if weights[_OTHER] > top or not specific:
        return (_OTHER,)
    named = [topic for topic in TOPICS if specific.get(topic, 0.0) >= _SHARE * top]
    return tuple(sorted(named, key=lambda topic: -specific[topic])[:_MOST])


def _evidence(text: str) -> Counter[str]:
    """How often the words and facts of a text point to each category."""
    found = Counter(topic for topic, _, _ in _lexicon().find(terms(text)))
    by_kind = data("topics")["facts"]
    found.update(by_kind[kind] for kind in {fact.kind for fact in said(text)} if kind in by_kind)
    return found
