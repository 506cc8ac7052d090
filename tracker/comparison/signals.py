"""Small words that turn the meaning of a sentence: negations, modal verbs, limits, and who is spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from tracker.comparison.lexicon import Lexicon, data, lexicon, terms

REACH = 9
"""How many words before something said a negation or modal verb may stand and still govern it."""

Modality = Literal["does", "may", "will", "must", "only with consent"]
_MODALS: tuple[Modality, ...] = ("may", "will", "must")


@cache
def signal(name: str) -> Lexicon:
    """The lexicon of one kind of signal, in all languages at once: their words hardly collide, and texts quote each other."""
    return lexicon(data("signals")[name])


@cache
def _small_words() -> frozenset[str]:
    """Every signal of one word that an edit must not swallow."""
    table = data("signals")
    return frozenset(
        phrase
        for name in ("negation", "may", "will", "must", "limit")
        for phrases in table[name].values()
        for phrase in phrases
        if " " not in phrase
    )


@lru_cache(maxsize=65_536)
def vital(token: str) -> bool:
    """True for numbers, negations, modal verbs and limits: what a reader of a redline must see change or stay."""
    return any(map(str.isdigit, token)) or token.casefold().replace("’", "'") in _small_words()


def negations(text: Sequence[str]) -> list[int]:
    """Where in the words of a sentence something is negated. "Not limited to" and its kin negate nothing."""
    covered = {i for _, start, end in signal("exempt").find(text) for i in range(start, end)}
    return sorted({start for _, start, _ in signal("negation").find(text)} - covered)


def governor(text: Sequence[str], start: int) -> int | None:
    """The position of the negation that governs what is said at `start`, if any."""
    reach = max(0, start - REACH)
    window = text[reach:start]
    before = negations(window)
    if not before or any(signal("break").find(window[before[-1] :])):
        return None
    return reach + before[0]


def modality(text: Sequence[str], start: int) -> Modality:
    """How what is said at `start` is said: "does", "may", "will", "must"; the nearest modal verb before it decides."""
    reach = max(0, start - REACH)
    found = [(end, name) for name in _MODALS for _, _, end in signal(name).find(text[reach:start])]
    return max(found)[1] if found else "does"


def parties(text: str | Sequence[str]) -> bool:
    """Whether a text speaks of the person bound by it or of the one who wrote it."""
    folded = terms(text) if isinstance(text, str) else text
    return any(signal("you").find(folded)) or any(signal("we").find(folded))
