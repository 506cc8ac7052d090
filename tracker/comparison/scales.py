"""Words that say to how much, how soon or how a thing is done: where a firm one gives way to a loose one, less is promised than before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from tracker.comparison.lexicon import Lexicon, data, terms
from tracker.model import WordEdit

_TURN = 10
"""Words up to which a run is a turn of phrase, in which such a word is the point of the edit."""
_BESIDE = 2
"""Unchanged words on either side that a phrase may take in."""
Turn = Literal["weakened", "strengthened", "turned"]


def turns(edits: Sequence[WordEdit]) -> Iterator[tuple[Turn, int]]:
    """The edits in which a word of a scale gives way to one of its other end, each with the place of the run that comes."""
    for at, ((sign, lost), (next_sign, gained)) in enumerate(pairwise(edits), 1):
        if (sign, next_sign) == ("-", "+"):
            lead = terms(edits[at - 2][1])[-_BESIDE:] if at > 1 else ()
            trail = terms(edits[at + 1][1])[:_BESIDE] if at + 1 < len(edits) else ()
            before, after = _ends(terms(lost), lead, trail), _ends(terms(gained), lead, trail)
            for name, turned in ((name, (before[name], after[name])) for name in before.keys() & after.keys()):
                if turned in (({"firm"}, {"loose"}), ({"loose"}, {"firm"})):
                    yield ("weakened" if "loose" in turned[1] else "strengthened") if _weakening(name) else "turned", at


def _ends(run: tuple[str, ...], lead: tuple[str, ...], trail: tuple[str, ...]) -> Mapping[str, set[str]]:
    """The ends of the scales that a turn of phrase names, with the unchanged words beside it."""
    ends: dict[str, set[str]] = {}
    for (name, end), _, _ in _words().find((*lead, *run, *trail)) if len(run) <= _TURN else ():
        ends.setdefault(name, set()).add(end)
    return ends


@cache
def _words() -> Lexicon[tuple[str, str]]:
    return Lexicon(
        ((scale["name"], end), phrase)
        for scale in data("scales")["scale"]
        for end in ("firm", "loose")
        for phrases in scale[end].values()
        for phrase in phrases
    )


@cache
def _weakening(name: str) -> bool:
    return any(scale["weaker"] for scale in data("scales")["scale"] if scale["name"] == name)
