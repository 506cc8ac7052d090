"""How much a change says anew: a text that is rewritten at large is more than anyone takes in clause by clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker.comparison.facts import sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.signals import parties, reading
from tracker.model import LEVELS, ClauseChange, Reason

_BROAD = 130
"""New words of substance from which a change is high by their number alone. Of 220 pairs that readers labelled, 19 of the 24 that reach
it and hold nothing weightier are high by their labels, and of the 51 that do not, 13 are."""
_DONE = 50
"""The same for words in sentences that say what is done: sharing, collecting, watching. Of 788 labelled pairs it alone makes 23
high, of which 18 are high or critical by their labels."""
_UNSPACED = 0.4
"""Words to a character of the scripts that set none apart."""
_SUBSTANTIVE = LEVELS.index("medium")


def breadth(clauses: Sequence[ClauseChange]) -> Iterator[Reason]:
    """The reason that a change of this breadth is high, if it is."""
    told = [change for change in clauses if LEVELS.index(change.level) >= _SUBSTANTIVE]
    anew = [run for change in told for run in _runs(change)]
    broad, done = _count(anew), _count(_practised(anew))
    if broad >= _BROAD:
        yield Reason("change.broad", "high", f"much is said anew: {broad} words in {len(told)} clauses", "unclear")
    elif done >= _DONE:
        text = f"much is said anew of what is done: {done} words in {len(told)} clauses"
        yield Reason("change.practices", "high", text, "unclear")


def _runs(change: ClauseChange) -> list[str]:
    """What a clause says anew."""
    return [text for sign, text in change.words if sign == "+"] if change.words else [c.text for c in change.new]


def _practised(runs: Iterable[str]) -> Iterator[str]:
    """The sentences, of what is said anew, that say what is done with the person's things or by the vendor."""
    for sentence in (sentence for run in runs for sentence in sentences(run)):
        understood = reading(sentence)
        if understood.found("practices") and (parties(understood) or understood.found("personal")):
            yield sentence


def _count(texts: Iterable[str]) -> int:
    """How many words texts have, characters of unspaced scripts for less."""
    found = (word for text in texts for word in terms(text))
    return round(sum(_UNSPACED if len(word) == 1 and not word.isascii() else 1 for word in found))
