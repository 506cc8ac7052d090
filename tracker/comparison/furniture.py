"""The furniture of a site among the clauses of a policy: menus, boxes and surveys, which only the clauses around them tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from tracker.comparison.boxes import boxed, chains
from tracker.comparison.clauses import titled
from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import Lexicon, data, lexicon, terms
from tracker.comparison.pointing import names
from tracker.comparison.signals import Reading, parties, reading
from tracker.comparison.surroundings import surroundings
from tracker.model import Clause

_CUES, _APART = 3, 12
"""Clauses that only a survey has, of which it takes so many, and how many clauses may lie from one to the next."""
_ASKED = 40
"""Words that a clause of a survey may have."""
_LONGEST = 12 * _ASKED
"""Characters that it may have."""
_FIRST = re.compile(r"[^\W\d_][\w']*")
_SENTENCE = re.compile(r"[.:;!?。：；！？]$")
_NAMING = 3
"""Words in which an entry may name a fact, as the name of a section does, or somebody, as "Why choose us" does."""
_DIALOGS = frozenset({"using", "storing", "advertising"})
_COUNTS = frozenset({"watching", "collecting"})
"""What a dialog says in so many words that is done with cookies, and what it says of nobody's in particular."""
_PAIRED = re.compile(r"(?<=\w )[A-ZÀ-ÖØ-Þ][\w’'-]+ (?=[A-ZÀ-ÖØ-Þ])")
_GERMAN = frozenset(
    {"der", "die", "das", "und", "für", "ist", "sind", "diese", "dieser", "wir", "sie", "wie", "werden", "auf", "mit"}
)
"""Words of a tongue in which nouns have capitals, so that one alone is no name."""

_ALSO = frozenset({"and", "while", "et", "und", "y", "then", "puis", "dann"})
"""What leads from how a dialog is used to what the vendor does."""


@cache
def _survey() -> Lexicon[str]:
    return lexicon({"survey": data("furniture")["survey"]["begins"]})


@cache
def _openings() -> frozenset[str]:
    """The words of which one opens every clause that only a survey has."""
    return frozenset(word for phrase in data("furniture")["survey"]["begins"] for word in phrase.split()[0].split("|"))


def furnished(clauses: Sequence[Clause], others: Sequence[Clause]) -> dict[int, str]:
    """The positions of clauses of a text that are furniture, and what it is: "menu", "around", "survey", "related", "consent" or "form".
    `others` are those of the text that it is compared with."""
    surveys, boxes = dict.fromkeys(_surveys(clauses), "survey"), boxed(clauses, others)
    return _quiet({**dict(surroundings(clauses)), **surveys, **boxes}, clauses, others)


def _quiet(found: dict[int, str], clauses: Sequence[Clause], others: Sequence[Clause]) -> dict[int, str]:
    """The positions of furniture that says nothing of anybody and names nobody of whom the other text is silent, as no menu does."""
    return {
        at: kind
        for at, kind in found.items()
        if kind == "menu" or not (_speaks(clauses[at], kind) or _names(clauses[at], kind, others))
    }


def _speaks(clause: Clause, kind: str) -> bool:
    """Whether a piece of furniture says what somebody does; what stands around marks was asked before."""
    if kind == "around":
        return False
    if kind == "survey" and (_is_cue(clause.text) or clause.text.rstrip().endswith(("?", "？"))):
        return False
    told = [reading(sentence) for sentence in sentences(clause.text)]
    if kind in ("consent", "form"):
        return any(_does(each) or each.values("practices") - _harmless(each) for each in told)
    brief = kind == "related" and len(terms(clause.text)) <= _NAMING
    return any(
        parties(each) and (not brief or each.values("practices") or (each.found("we") and each.found("you")))
        for each in told
    )


def _harmless(sentence: Reading) -> frozenset[str]:
    return _DIALOGS if sentence.found("you") else _DIALOGS | _COUNTS


def _does(sentence: Reading) -> bool:
    """Whether somebody of the vendor's does something to the reader besides what the sentence begins with."""
    ours = [start for _, start, _ in sentence.found("we")]
    return any(sentence.words[at - 1] in _ALSO for at in ours if at)


def _names(clause: Clause, kind: str, others: Sequence[Clause]) -> bool:
    """Whether a piece of furniture names somebody of whom the other text is silent."""
    if (kind == "survey" and _is_cue(clause.text)) or (kind == "around" and clause.text.endswith(("!", "?"))):
        return False
    named = names(clause.text)
    if (
        not clause.links
        and kind == "around"
        and clause.text[:1].isupper()
        and len(named) + 1 == len(clause.text.split())
    ):
        named = [*named, clause.text.split()[0]]
    if not _GERMAN.isdisjoint(terms(clause.text)) and not _PAIRED.search(clause.text):
        return False
    page = clause.links and titled(clause.text)
    labelled = kind in ("consent", "form") and not _SENTENCE.search(clause.text)
    return not (page or labelled or all(any(name in other.text for other in others) for name in named))


def _surveys(clauses: Sequence[Clause]) -> Iterator[int]:
    """All from the first of some clauses that only a survey has, where nothing among them tells a fact."""
    cues = [at for at, clause in enumerate(clauses) if _is_cue(clause.text)]
    for chain in chains(cues, _APART, clauses, lambda clause: _asks(clause.text)):
        if len(chain) >= _CUES:
            last = chain[-1] + 1
            yield from range(chain[0], last)
            yield from takewhile(lambda at: _is_answer(clauses[at]), range(last, min(last + _APART, len(clauses))))


@lru_cache(maxsize=16_384)
def _is_cue(text: str) -> bool:
    first = _FIRST.search(text) if len(text) <= _LONGEST else None
    if first is None or first[0].casefold() not in _openings():
        return False
    return any(start == 0 for _, start, _ in _survey().find(terms(text))) and _asks(text)


def _asks(text: str) -> bool:
    return len(terms(text)) <= _ASKED and not said(text)


def _is_answer(clause: Clause) -> bool:
    return clause.kind != "heading" and not _SENTENCE.search(clause.text) and _asks(clause.text)
