"""What a clause is about: the ten OPP-115 categories, from words and facts that can be pointed at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import data
from tracker.comparison.signals import reading
from tracker.model import TOPICS, Clause, Fact, FactChange

_EDITED, _SAID, _HEADING = 2.0, 1.0, 1.5
"""Weights of evidence: in the words that changed, in the clause, in the nearest heading (less in those above)."""
_SHARE = 0.6
"""Share of the strongest topic's weight that another one needs to be named as well."""
_MOST = 2
_OTHER = "Other"
_BACKGROUND = {"First Party Collection/Use": 0.7}
"""Weights of topics that are spoken of in most clauses, whatever these are about: evidence of data and their use stands in 57 % of the
clauses of privacy policies, that of any other topic in 27 % at most."""
_ELSEWHERE = 3.0
"""Weight that "Other" starts with in a document that is hardly about personal data."""


def topics(clause: Clause) -> tuple[str, ...]:
    """The categories of a clause, the strongest first; ("Other",) where nothing points anywhere."""
    return _named(_weights(clause.text, clause.trail))


def topics_of_change(
    clauses: Sequence[Clause], edited: str, facts: Sequence[FactChange], *, personal: bool
) -> tuple[str, ...]:
    """The categories of a change in clauses: what was edited, and the facts that differ, count most. `personal` says that the document is
    about personal data, as a privacy policy is and terms of service are not.

    "Other" gains less: whom to write to is said in every section.
    """
    weights = _weights("\n".join(clause.text for clause in clauses), clauses[0].trail)
    for topic, count in _evidence(edited).items():
        weights[topic] += (_SAID if topic == _OTHER else _EDITED) * min(count, 3)
    for topic in _told(fact for change in facts for fact in (change.old, change.new) if fact):
        weights[topic] += _SAID if topic == _OTHER else _EDITED
    weights[_OTHER] += 0.0 if personal else _ELSEWHERE
    return _named(weights)


def _weights(text: str, trail: Sequence[str]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for distance, heading in enumerate(reversed(trail[-3:])):
        for topic in reading(heading).values("topics"):
            weights[topic] += _HEADING / (1 + distance)
    for topic, count in _evidence(text).items():
        weights[topic] += _SAID * min(count, 3)
    return weights


def _named(weights: dict[str, float]) -> tuple[str, ...]:
    """The strongest topics, if anything points anywhere."""
    weights = {topic: weight * _BACKGROUND.get(topic, 1.0) for topic, weight in weights.items()}
    top = max(weights.values(), default=0.0)
    if not top:
        return (_OTHER,)
    named = sorted(TOPICS, key=lambda topic: -weights.get(topic, 0.0))[:_MOST]
    return tuple(topic for topic in named if weights.get(topic, 0.0) >= _SHARE * top)


def _evidence(text: str) -> Counter[str]:
    """How many different words and facts of a text point to each category: one that is repeated tells no more."""
    found = Counter(
        topic
        for topic, _ in {
            (topic, reading(sentence).words[start:end])
            for sentence in sentences(text)
            for topic, start, end in reading(sentence).found("topics")
        }
    )
    found.update(_told(said(text)))
    return found


def _told(facts: Iterable[Fact]) -> set[str]:
    """The categories that facts point to, by their kind and value or else by their kind."""
    table = data("topics")["facts"]
    named = (table.get(f"{fact.kind} {fact.value}", table.get(fact.kind)) for fact in facts)
    return {topic for topic in named if topic}
