"""Small words that turn the meaning of a sentence: negations, modal verbs, limits, and who is spoken of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from tracker.comparison.lexicon import Lexicon, data, lexicon, terms

REACH = 9
"""How many words before something said a negation or modal verb may stand and still govern it."""
_SUPPOSED = 2 * REACH
"""The same for what makes it a mere possibility, where nothing else begins between them."""
_BRIEF = 3
"""The same for "without" and its kin."""
_LATE = 3
"""How many words may stand between something said and a negation that follows it."""

Modality = Literal["does", "may", "will", "must", "only with consent"]
_MODALS: tuple[Modality, ...] = ("may", "will", "must")
_PLAINLY: Modality = "does"


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


def within(places: tuple[int, ...], start: int, end: int) -> tuple[int, ...]:
    """The places, of many in order, from `start` to before `end`: a text may hold thousands, and each is asked for."""
    return places[bisect_left(places, start) : bisect_left(places, end)]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text, and where the small words stand that govern others.

    `modals` are (end, modality); `denials` are the negations that deny what is said, `late` those that may follow it, `brief` those that
    do not reach far.
    """

    words: Sequence[str]
    negations: tuple[int, ...]
    denials: tuple[int, ...]
    late: tuple[int, ...]
    brief: frozenset[int]
    breaks: tuple[int, ...]
    modals: tuple[tuple[int, Modality], ...]
    consent: bool
    hypothetical: tuple[int, ...]
    classed: tuple[int, ...]

    def governor(self, start: int) -> int | None:
        """The position of the negation that governs what is said at `start`, if any."""
        before = [
            at for at in within(self.denials, start - REACH, start) if at not in self.brief or start - _BRIEF <= at
        ]
        if not before or within(self.breaks, before[-1] + 1, start):
            return None
        return before[0]

    def follower(self, end: int) -> int | None:
        """The position of a negation that follows what is said and ends at `end`: "we sell them not", as German and Japanese have it."""
        after = next(iter(within(self.late, end, end + _LATE + 1)), None)
        return None if after is None or within(self.breaks, end, after) else after

    def supposed(self, start: int) -> bool:
        """Whether what is said at `start` is a possibility or the object of a right, and not said to be done."""
        if within(self.hypothetical, start - REACH, start + 1):
            return True
        far = within(self.hypothetical, start - _SUPPOSED, start)
        return bool(far) and not within(self.breaks, far[-1] + 1, start)

    def merely_classed(self, start: int) -> bool:
        """Whether what is said at `start` names a kind of practice or purpose, and not that it is done."""
        return bool(within(self.classed, start - REACH, start + 1))

    def modality(self, start: int) -> Modality:
        """How what is said at `start` is said: the nearest modal verb before it decides."""
        near = self.modals[bisect_left(self.modals, (start - REACH + 1,)) : bisect_left(self.modals, (start + 1,))]
        return near[-1][1] if near else _PLAINLY


@cache
def _governing() -> Lexicon:
    names = ("negation", "exempt", "idle", "late", "brief", "break", "consent", "hypothetical", "classed", *_MODALS)
    table = data("signals")
    return Lexicon((name, phrase) for name in names for phrases in table[name].values() for phrase in phrases)


@lru_cache(maxsize=32_768)
def reading(spoken: tuple[str, ...]) -> Reading:
    """The words of a sentence with what governs them. "Not limited to" and its kin negate nothing, unless something else within does:
    "ne … que" is "only", and "ne … pas … que" is not."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, start, end in _governing().find(spoken):
        found[name].append((start, end))
    negating = {start for start, _ in found["negation"]}
    exempt = (range(start, end) for start, end in found["exempt"])
    covered = {at for places in exempt if len(negating.intersection(places)) == 1 for at in places}
    idle = {at for start, end in found["idle"] for at in range(start, end)}
    negations = negating - covered
    return Reading(
        words=spoken,
        negations=tuple(sorted(negations)),
        denials=tuple(sorted(negations - idle)),
        late=tuple(sorted({start for start, _ in found["late"]} - covered - idle)),
        brief=frozenset(start for start, _ in found["brief"]),
        breaks=tuple(sorted(start for start, _ in found["break"])),
        modals=tuple(sorted((end, name) for name in _MODALS for _, end in found[name])),
        consent=bool(found["consent"]),
        hypothetical=tuple(sorted(start for start, _ in found["hypothetical"])),
        classed=tuple(sorted(start for start, _ in found["classed"])),
    )


def parties(text: str | Sequence[str]) -> bool:
    """Whether a text speaks of the person bound by it or of the one who wrote it."""
    folded = terms(text) if isinstance(text, str) else text
    return any(signal("you").find(folded)) or any(signal("we").find(folded))
