"""Where a clause states a fact, and what stands around it there: who does it to what, and whether it is said to be done at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from tracker.comparison.facts import sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.lists import ENTRIES, LISTED, denying, leads
from tracker.comparison.prose import cues
from tracker.comparison.signals import REACH, parties, reading, signal
from tracker.model import Clause, Fact, Policy

_GIVING = frozenset({"sharing", "selling"})
"""Practices of which a lead-in says that its entries are given to others."""


def around(fact: Fact, policy: Policy, positions: Sequence[int], *, personal: bool) -> frozenset[str]:
    """The cues (of measures.toml) in the sentence that states a fact, and where that is an entry of a list, in what leads into it.

    What is only supposed, defined or the object of a right has none. In a text that is not about personal data (`personal`) only
    clauses in which the vendor or the person acts have any.
    """
    found = next(((at, s) for at in positions for s in _stating(policy.clauses[at], fact.words)), None)
    if found is None:
        return frozenset().union(*(cues(policy.clauses[at].text) for at in positions))
    at, (sentence, start) = found
    if reading(sentence).supposed(start):
        return frozenset({"supposed"}) | (cues(sentence) & {"claim"})
    clause = policy.clauses[at]
    own = cues(sentence) - ({"abroad"} if fact.kind == "country" and _whence(terms(sentence)[:start]) else set())
    alone = own or fact.kind == "country"  # an address under "Transfers" sends nothing abroad
    led = clause.kind in LISTED or not alone
    above = leads(policy, at) if led else ()
    if any(denying(text) for text in above):
        return frozenset({"denied"})
    if not personal and not any(parties(reading(text)) for text in (*sentences(clause.text), *above)):
        return frozenset()
    return own.union(*(cues(text) for text in above))


def _whence(before: Sequence[str]) -> bool:
    """Whether the words before a country make it the one that data come from."""
    places = [(at, name) for name in ("origin", "goal") for _, at, _ in signal(name).find(before[-REACH:])]
    return max(places, default=(0, "goal"))[1] == "origin"


def _stating(clause: Clause, words: str) -> list[tuple[str, int]]:
    """The sentences of a clause that hold folded words, with the place where these begin."""
    wanted = terms(words)
    return [
        (sentence, at) for sentence in sentences(clause.text) if (at := _place(terms(sentence), wanted)) is not None
    ]


def _place(spoken: Sequence[str], wanted: Sequence[str]) -> int | None:
    text = f" {' '.join(spoken)} "
    start = text.find(f" {' '.join(wanted)} ") if wanted else 0
    return None if start < 0 else text.count(" ", 0, start)


def crossed(old: Policy, i: int, new: Policy, j: int) -> bool:
    """Whether an entry that moved stands under what denies it, or under what gives it away, on one side alone; or what denies moved to
    other entries: "We never ask:"."""
    if old.clauses[i].kind in LISTED:
        return _denied(old, i) != _denied(new, j) or _given(old, i) != _given(new, j)
    others = _entries(old, i) ^ _entries(new, j)
    if not others or not reading(old.clauses[i].text).denials:
        return False
    return bool(others.intersection(c.text for c in old.clauses).intersection(c.text for c in new.clauses))


def _denied(policy: Policy, at: int) -> bool:
    return any(reading(lead).denials for lead in leads(policy, at))


def _given(policy: Policy, at: int) -> bool:
    """Whether what leads into an entry says that it is given to others: "Data we share with advertisers"."""
    return any(_GIVING & reading(lead).values("practices") for lead in leads(policy, at))


def _entries(policy: Policy, at: int) -> frozenset[str]:
    """The entries of the list that a clause leads into."""
    below = takewhile(lambda clause: clause.kind in LISTED, policy.clauses[at + 1 : at + 1 + ENTRIES])
    return frozenset(clause.text for clause in below)
