"""What a clause is about: the ten OPP-115 categories, from words and facts that can be pointed at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import data
from tracker.comparison.signals import reading
from tracker.model import TOPICS, Clause, Fact, FactChange

_SAID, _EDITED, _TURNED = 0.5, 1.0, 1.0
"""Weights of a sign: in the clause; besides, in a sentence that differs; besides, where one side alone has it."""
_FACTS, _HEADING = 1.5, 1.5
"""Weights of facts that differ, taken together, and of the nearest heading (less of those above)."""
_ENOUGH = 5
"""Signs beyond which more of them tell no more."""
_OTHER = "Other"
_SPOKEN = {"First Party Collection/Use": 0.75, _OTHER: 0.7, "Do Not Track": 2.0}
"""Weights of topics that are spoken of in clauses that are about others, and of one that is not: signs of data and their use stand in 62 %
of the clauses of privacy policies, those of "Other" and of sharing in 34 %, those of Do Not Track in less than 1 %."""
_ELSEWHERE = 6.0
"""Weight that "Other" starts with in a document that is hardly about personal data."""
_SHARES = (1.0, 0.55, 0.8)
"""Shares of the strongest topic's weight that the first, the second and the third need to be named."""
_PRACTICE = 0.25
"""What a verb counts, of a whole sign, that tells a topic in a document about personal data and nothing elsewhere: to use, to store."""
_SHARED = {"data": 0.5, "purpose": 0.5}
"""What facts of a kind count that are stated of whoever handles the data."""

_Sign = tuple[str, str, float]
"""A topic, the words or the fact that point to it, and how much these count."""


def topics(clause: Clause) -> tuple[str, ...]:
    """The categories of a clause, the strongest first; ("Other",) where nothing points anywhere."""
    return topics_of_change((), (clause,), (), personal=True)


def topics_of_change(
    old: Sequence[Clause], new: Sequence[Clause], facts: Sequence[FactChange], *, personal: bool
) -> tuple[str, ...]:
    """The categories of a change in clauses: the sentences that differ count most, and the facts that do. `personal` says that the
    document is about personal data, as a privacy policy is and terms of service are not."""
    before, after = _sentences(old), _sentences(new)
    lost, gained = _signs(before, personal), _signs(after, personal)
    weights: dict[str, float] = defaultdict(float)
    _add(weights, _SAID, gained if new else lost)
    _add(weights, _EDITED, _signs(before ^ after, personal) if old and new else gained or lost)
    _add(weights, _TURNED, gained ^ lost if old and new else ())
    for topic in {topic for each in facts for fact in (each.old, each.new) if fact for topic in _told(fact)}:
        weights[topic] += _FACTS
    for distance, heading in enumerate(reversed((new or old)[0].trail[-3:])):
        for topic in reading(heading).values("topics"):
            weights[topic] += _HEADING / (1 + distance)
    weights[_OTHER] += 0.0 if personal else _ELSEWHERE
    return _named({topic: weight * _SPOKEN.get(topic, 1.0) for topic, weight in weights.items()})


def _named(weights: Mapping[str, float]) -> tuple[str, ...]:
    """The strongest topics, if anything points anywhere."""
    top = max(weights.values(), default=0.0)
    if not top:
        return (_OTHER,)
    ranked = sorted(TOPICS, key=lambda topic: -weights.get(topic, 0.0))
    return tuple(topic for topic, share in zip(ranked, _SHARES, strict=False) if weights.get(topic, 0.0) >= share * top)


def _add(weights: dict[str, float], weight: float, signs: Iterable[_Sign]) -> None:
    counted: dict[str, float] = defaultdict(float)
    for topic, _, count in signs:
        counted[topic] += count
    for topic, count in counted.items():
        weights[topic] += weight * min(count, _ENOUGH)


def _sentences(clauses: Sequence[Clause]) -> frozenset[str]:
    return frozenset(sentence for clause in clauses for sentence in sentences(clause.text))


def _signs(some: Iterable[str], personal: bool) -> frozenset[_Sign]:
    """What points to the topics of sentences; what is repeated tells no more."""
    return frozenset(sign for sentence in some for sign in _pointing(sentence) if personal or sign[2] > _PRACTICE)


@lru_cache(maxsize=8192)
def _pointing(sentence: str) -> tuple[_Sign, ...]:
    """What points to the topics of a sentence: its phrases, and the facts and practices that these do not tell already."""
    spoken, practised = reading(sentence), data("topics")["practices"]
    found = spoken.found("topics")
    signs = [(topic, " ".join(spoken.words[start:end]), 1.0) for topic, start, end in found]
    facts = [
        (topic, f"{fact.kind} {fact.value}", _SHARED.get(fact.kind, 1.0))
        for fact in said(sentence)
        for topic in _told(fact)
        if not any(topic == known and _overlap(phrase, fact.words) for known, phrase, _ in signs)
    ]
    practices = [
        (topic, " ".join(spoken.words[start:end]), _PRACTICE)
        for practice, start, end in spoken.found("practices")
        if (topic := practised.get(practice))
        and not any(topic == known and start < last and first < end for known, first, last in found)
    ]
    return (*signs, *facts, *practices)


def _overlap(some: str, others: str) -> bool:
    """Whether one phrase holds the words of the other."""
    return f" {some} " in f" {others} " or f" {others} " in f" {some} "


def _told(fact: Fact) -> Iterator[str]:
    """The category that a fact points to, by its kind and value or else by its kind."""
    table = data("topics")["facts"]
    topic = table.get(f"{fact.kind} {fact.value}", table.get(fact.kind))
    if topic:
        yield topic
