"""Clauses that do nothing but say where to read on."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import Lexicon, data, lexicon, terms
from tracker.comparison.signals import parties, reading, signal, vital
from tracker.model import Clause

_LONGEST = 25
"""Words that such a clause may have."""
_STEPS = ("click", "tap", "cliqu", "klick", "haga", "haz")
"""How a step of an instruction begins, which tells how something is done."""
_NAME = re.compile(r"(?<=[^\W_,] |.,| [(\"“])\s*((?!(?:I|It|You|They|There)\b)[A-ZÀ-ÖØ-Þ][\w’'-]+)")
_DOERS = frozenset({"we", "nous", "wir", "nosotros", "nosotras", "they", "ils", "elles", "ellos"})
_HOW = frozenset({"how", "comment", "wie", "cómo"})
"""What leads into what somebody does."""


@cache
def _pointers() -> Lexicon[str]:
    return lexicon({"pointer": data("furniture")["pointer"]["begins"]})


@cache
def _pages() -> frozenset[str]:
    return frozenset[str](
        (*data("noise")["menu"]["words"], *data("noise")["saving"]["words"], *data("furniture")["site"]["words"])
    )


@cache
def _adds() -> frozenset[str]:
    return frozenset[str](data("furniture")["pointer"]["adds"])


def points(clause: Clause, known: Callable[[str], bool] = lambda _word: True) -> bool:
    """Whether a clause says where to read on and nothing else: no fact, nobody who does something, none of the small words that bind, and
    no name but of a page or `known`, a folded word, to both policies."""
    spoken = terms(clause.text)
    if len(spoken) > _LONGEST or clause.kind == "heading" or not _adds().isdisjoint(spoken):
        return False
    if said(clause.text) or not all(map(_points, sentences(clause.text))):
        return False
    return all(known(word) for name in names(clause.text) for word in terms(name))


def _points(sentence: str) -> bool:
    spoken = terms(sentence)
    understood = reading(sentence)
    if not spoken or spoken[0].startswith(_STEPS) or understood.consent or sentence.rstrip().endswith((":", ";")):
        return False
    ends = [end for _, start, end in _pointers().find(spoken) if start == 0]
    if not (ends or understood.points):
        return False
    rest = spoken[max((*ends, *(end for _, start, end in understood.found("pointer") if start == 0))) :]
    return not (any(map(vital, rest)) or _does(rest) or (":" in sentence and parties(understood)))


def _does(spoken: tuple[str, ...]) -> bool:
    """Whether what follows speaks of the reader, whose things are no page, or of what somebody does."""
    if signal("you").find(spoken) or not _DOERS.isdisjoint(spoken):
        return True
    return bool(signal("we").find(spoken)) and not _HOW.isdisjoint(spoken)


def names(text: str) -> list[str]:
    """The words of a text with a capital that begin no sentence, but for those that pages and menus are named with."""
    return [name for name in _NAME.findall(text) if not _pages().issuperset(terms(name))]
