"""Small words that turn the meaning of a sentence: negations, modal verbs, limits, and who is spoken of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import Literal

from tracker.comparison.lexicon import Lexicon, data, lexicon, terms
from tracker.model import TOPICS

REACH = 9
"""How many words before something said a negation or modal verb may stand and still govern it."""
_SUPPOSED = 2 * REACH
"""The same for what makes it a mere possibility, where nothing else begins between them."""
_BRIEF = 3
"""The same for "without" and its kin."""
_CLOSING = 3
"""Words from a negation that closes a sentence to the end of it, counted with it: "nicht weitergegeben werden"."""
_NOT = frozenset({"nicht", "nie", "niemals", "niet", "nooit"})
_VERB = 3
"""Words after a negation among which the verb in the passive stands: "are not being recorded", "ne sont pas enregistrées"."""
_LATE = 3
"""How many words may stand between something said and a negation that follows it."""

Modality = Literal["does", "may", "will", "must", "only with consent"]
_MODALS: tuple[Modality, ...] = ("may", "will", "must")
_PLAINLY: Modality = "does"

_Places = tuple[tuple[str, int, int], ...]
_NOTHING: Mapping[str, _Places] = {}
_NOWHERE: frozenset[int] = frozenset()


@cache
def signal(name: str) -> Lexicon[str]:
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


@lru_cache(maxsize=4096)
def shared(names: frozenset[str]) -> frozenset[str]:
    """The same set for equal ones: of the names that rules go by there are few sets, with which thousands of texts are remembered."""
    return names


def within(places: tuple[int, ...], start: int, end: int) -> tuple[int, ...]:
    """The places, of many in order, from `start` to before `end`: a text may hold thousands, and each is asked for."""
    return places[bisect_left(places, start) : bisect_left(places, end)]


@dataclass(frozen=True, eq=False)
class Reading:
    """The words of a sentence, and each place where a phrase of the data files stands in them: what all readers of facts, promises, topics
    and small words ask for is looked up once."""

    text: str
    words: tuple[str, ...]

    def found(self, table: str) -> _Places:
        """The places of the phrases of one table, as (value, start, end)."""
        return (self._told if table in _TELLING else self._meant).get(table, ())

    @cached_property
    def _meant(self) -> Mapping[str, _Places]:
        return _by_table(meaning().find(self.words))

    @cached_property
    def _told(self) -> Mapping[str, _Places]:
        return _by_table(telling().find(self.words))

    def values(self, table: str) -> set[str]:
        """The values of one table whose phrases stand here."""
        return {value for value, _, _ in self.found(table)}

    @cached_property
    def negations(self) -> tuple[int, ...]:
        """The words that negate. "Not limited to" and its kin negate nothing, unless something else within does: "ne … que" is "only", and
        "ne … pas … que" is not."""
        negating = self._starts("negation")
        return tuple(sorted(negating - self._covered)) if negating else ()

    @cached_property
    def denials(self) -> tuple[int, ...]:
        """The negations that deny what is said."""
        return tuple(at for at in self.negations if at not in self._idle)

    @cached_property
    def late(self) -> tuple[int, ...]:
        """The negations that may follow what they deny."""
        late = self._starts("late")
        return tuple(sorted(late - self._covered - self._idle)) if late else ()

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Where a negation reaches no further: not at "we share" in "the data we share"."""
        related = {at for _, start, end in self.found("relative") for at in range(start, end)}
        return tuple(sorted(self._starts("break") - related))

    @property
    def points(self) -> bool:
        """Whether it does nothing but say where to read on: not "for more information, we ask your bank"."""
        pointing = any(start == 0 for _, start, _ in self.found("pointer"))
        return pointing and not (self.found("practices") and (self.found("we") or self.found("you")))

    @property
    def consent(self) -> bool:
        """Whether something is said to be done with consent only."""
        unasked = [place for place in self.found("unless-consent") if place not in self._lifting]
        asked = (
            (first, last)
            for _, first, last in self.found("consent")
            if not any(start < last and first < end for _, start, end in unasked)
        )
        return any(asked)

    @cached_property
    def _covered(self) -> frozenset[int]:
        negating = self._starts("negation")
        exempt = (range(start, end) for _, start, end in self.found("exempt"))
        return (
            frozenset(at for places in exempt if len(negating.intersection(places)) == 1 for at in places) or _NOWHERE
        )

    @cached_property
    def _idle(self) -> frozenset[int]:
        return frozenset(at for _, start, end in self.found("idle") for at in range(start, end)) or _NOWHERE

    @cached_property
    def _brief(self) -> frozenset[int]:
        """The negations that do not reach far."""
        return frozenset(self._starts("brief")) or _NOWHERE

    @cached_property
    def _modals(self) -> tuple[tuple[int, Modality], ...]:
        return tuple(sorted((end, name) for name in _MODALS for _, _, end in self.found(name)))

    @cached_property
    def _hypothetical(self) -> tuple[int, ...]:
        return tuple(sorted(self._starts("hypothetical")))

    @cached_property
    def _forbidding(self) -> tuple[int, ...]:
        return tuple(sorted(self._starts("forbidding")))

    @cached_property
    def _classed(self) -> tuple[int, ...]:
        return tuple(sorted(self._starts("classed")))

    def _starts(self, table: str) -> set[int]:
        return {start for _, start, _ in self.found(table)}

    def governor(self, start: int) -> int | None:
        """The position of the negation that governs what is said at `start`, if any."""
        before = [
            at for at in within(self.denials, start - REACH, start) if at not in self._brief or start - _BRIEF <= at
        ]
        if not before or within(self.breaks, before[-1] + 1, start):
            return None
        return before[0]

    def follower(self, end: int) -> int | None:
        """The position of a negation that follows what is said and ends at `end`: "we sell them not", as German and Japanese have it."""
        after = next(iter(within(self.late, end, end + _LATE + 1)), None)
        return None if after is None or within(self.breaks, end, after) else after

    def closing(self, end: int) -> int | None:
        """The position of a negation that follows what ends at `end` and closes the sentence, but for a verb: "… findet nicht statt"."""
        if not self.late or within(self.breaks, end, len(self.words)):
            return None
        last = self.late[-1]
        return (
            last if max(end, len(self.words) - _CLOSING) <= last <= end + REACH and self.words[last] in _NOT else None
        )

    def undone(self, end: int) -> int | None:
        """The position of a negation that denies what is done with what ends at `end`: "the screen and the keyboard are not recorded"."""
        at = next(iter(within(self.denials, end, end + REACH + 1)), None)
        if at is None or within(self.breaks, end, at) or signal("conditional").values(self.words[:1]):
            return None
        if any(signal(other).find(self.words[end:at]) for other in ("conditional", "person", "we")):
            return None
        passive = signal("passive").find(self.words[max(end, at - 1) : at + _VERB])
        done = any(at < start <= at + _VERB for _, start, _ in self.found("practices"))
        return at if passive and done and not any(end <= by < at for _, by, _ in self.found("practices")) else None

    @cached_property
    def _lifting(self) -> _Places:
        """Where consent is said to lift what is denied here: "not … without your consent", but not "we share it without your consent"."""
        places = self.found("unless-consent")
        outer = tuple(at for at in self.negations if not any(first <= at < last for _, first, last in places))
        return tuple(place for place in places if self._denied_for(place[1], place[2], outer) is not None)

    def _denied_for(self, first: int, last: int, negations: tuple[int, ...]) -> int | None:
        """The negation that consent lifts which stands from `first` to `last`."""
        before = max((at for at in negations if at < first), default=None)
        if before is not None:
            return None if within(self.breaks, before + 1, first) else before
        return min((at for at in negations if at >= last), default=None) if first <= 1 else None

    @property
    def liftable(self) -> bool:
        """Whether consent lifts something that is denied here."""
        return bool(self._lifting)

    @property
    def denied(self) -> int:
        """How many negations stand here, without those that only ask for consent: both words of "ne … pas … sans votre accord"."""
        left = set(self.negations)
        for _, first, last in self._lifting:
            about = self._denied_for(first, last, tuple(sorted(at for at in left if not first <= at < last)))
            left -= {at for at in left if first <= at < last or (about is not None and about - _BRIEF < at <= about)}
        return len(left)

    def lifted(self, start: int, end: int) -> bool:
        """Whether consent lifts the denial of what is said from `start` to `end`: "we do not share it without your consent"."""
        for _, first, last in self._lifting:
            if first >= end and not within(self.denials, end, first) and not within(self.breaks, end, first):
                done = (at for action, at, _ in self.found("practices") if action != "advertising")
                return not any(end <= at < first for at in done)
            if first <= start < last:
                return True
            if first <= 1 and last <= start:
                return True
        return False

    def supposed(self, start: int) -> bool:
        """Whether what is said at `start` is a possibility or the object of a right, and not said to be done."""
        if within(self._hypothetical, start - REACH, start + 1):
            return True
        return self._reached(within(self._hypothetical, start - _SUPPOSED, start), start)

    def forbidden(self, start: int) -> bool:
        """Whether what is said at `start` is what the reader must not do."""
        return self._reached(within(self._forbidding, start - _SUPPOSED, start + 1), start)

    def _reached(self, far: tuple[int, ...], start: int) -> bool:
        """Whether nothing else begins between the last of some places and `start`."""
        return bool(far) and not within(self.breaks, far[-1] + 1, start)

    def merely_classed(self, start: int) -> bool:
        """Whether what is said at `start` names a kind of practice or purpose, and not that it is done."""
        return bool(within(self._classed, start - REACH, start + 1))

    def modality(self, start: int) -> Modality:
        """How what is said at `start` is said: the nearest modal verb before it decides."""
        near = self._modals[bisect_left(self._modals, (start - REACH + 1,)) : bisect_left(self._modals, (start + 1,))]
        return near[-1][1] if near else _PLAINLY


DENYING = ("negation", "late")
"""The tables of which one has a phrase in whatever denies something."""
_GOVERNING = (
    "negation",
    "exempt",
    "idle",
    "late",
    "brief",
    "break",
    "relative",
    "consent",
    "hypothetical",
    "classed",
    "forbidding",
    "pointer",
    "unless-consent",
    *_MODALS,
)
_TELLING = ("practices", "topics", "you", "we", "personal", "things", "hedge")


def everything(table: str) -> Lexicon[tuple[str, str]]:
    """The lexicon that holds a table; its values are (table, value)."""
    return telling() if table in _TELLING else meaning()


@cache
def meaning() -> Lexicon[tuple[str, str]]:
    """All that facts are read from: the whole of a policy is asked for them."""
    tables = {name: {name: chain(*data("signals")[name].values())} for name in (*_GOVERNING, "phone")}
    tables["facts"] = {
        f"{kind}\t{value}": chain(*languages.values())
        for kind, values in data("facts").items()
        for value, languages in values.items()
    }
    return _joined(tables | {name: data("measures")[name] for name in ("cues", "indefinite", "prompt")})


@cache
def telling() -> Lexicon[tuple[str, str]]:
    """All else that is asked of what changed: what is done to whom, and what it is about."""
    tables = {name: {name: chain(*data("signals")[name].values())} for name in _TELLING if name in data("signals")}
    tables["practices"] = {action: chain(*languages.values()) for action, languages in data("practices").items()}
    return _joined(tables | {"topics": {topic: data("topics")[topic]["phrases"] for topic in TOPICS}})


def _joined(tables: Mapping[str, Mapping[str, Iterable[str]]]) -> Lexicon[tuple[str, str]]:
    return Lexicon(
        ((table, value), phrase)
        for table, values in tables.items()
        for value, phrases in values.items()
        for phrase in phrases
    )


def _by_table(found: Iterable[tuple[tuple[str, str], int, int]]) -> Mapping[str, _Places]:
    """In tuples all through, of which the garbage collector loses sight: thousands are remembered."""
    places = defaultdict[str, list[tuple[str, int, int]]](list)
    for (table, value), start, end in found:
        places[table].append((value, start, end))
    return {table: tuple(some) for table, some in places.items()} if places else _NOTHING


@lru_cache(maxsize=8192)
def reading(text: str) -> Reading:
    """A sentence with what stands in it."""
    return Reading(text, terms(text))


def begins(text: str, name: str) -> bool:
    """Whether a text begins with a signal."""
    return any(start == 0 for _, start, _ in signal(name).find(terms(text)))


def parties(sentence: Reading) -> bool:
    """Whether a sentence speaks of the person bound by it or of the one who wrote it."""
    return bool(sentence.found("you") or sentence.found("we"))
