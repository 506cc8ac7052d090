"""Clauses that do nothing but say where to read on."""

from __future__ import annotations

from functools import cache

from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import Lexicon, data, lexicon, terms
from tracker.comparison.signals import reading, vital
from tracker.model import Clause

_LONGEST = 25
"""Words that such a clause may have."""
_STEPS = ("click", "tap", "cliqu", "klick", "haga", "haz")
"""How a step of an instruction begins, which tells how something is done."""


@cache
def _pointers() -> Lexicon[str]:
    return lexicon({"pointer": data("furniture")["pointer"]["begins"]})


@cache
def _adds() -> frozenset[str]:
    return frozenset[str](data("furniture")["pointer"]["adds"])


def points(clause: Clause) -> bool:
    """Whether a clause says where to read on and nothing else: no fact, and none of the small words that bind."""
    spoken = terms(clause.text)
    if len(spoken) > _LONGEST or clause.kind == "heading" or not _adds().isdisjoint(spoken):
        return False
    return not said(clause.text) and all(map(_points, sentences(clause.text)))


def _points(sentence: str) -> bool:
    spoken = terms(sentence)
    understood = reading(sentence)
    if not spoken or spoken[0].startswith(_STEPS) or understood.consent or sentence.rstrip().endswith((":", ";")):
        return False
    ends = [end for _, start, end in _pointers().find(spoken) if start == 0]
    if not (ends or understood.points):
        return False
    return not any(map(vital, spoken[max(ends, default=0) :]))
