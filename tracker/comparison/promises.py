"""Promises: sentences in which a vendor says what it does not do with what it learns of people, and what becomes of them.

A promise is a negated practice (of practices.toml) about the person's things, whatever those are called: "we do not share your recipes".
Taking one back is told even where no list knows the data, purposes or recipients that it speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from tracker.comparison.clauses import wording
from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.signals import Reading, begins, reading, shared, signal, within
from tracker.model import Fact, FactChange

Side = Literal["old", "new"]

_BEFORE, _AFTER, _CHAINED = 6, 6, 2
"""Words between a negation and the verb after it; between a verb and the negation after it; between verbs that share a negation."""
_BEFORE_UNSPACED = 12
_SUBJECT, _NEAREST = 6, 3
"""Words before a negation in which its subject stands, and in which nobody else's may."""
_OBJECT = 8
"""Words after a verb among which its object stands."""
_OUR_VERBS = ("amos", "emos", "imos", "iamo")
"""Endings of the verbs that need no "we"."""
_NAMED = re.compile(
    r"\b(?!You|User|Customer|Member|Consumer|Creator|Buyer|Seller|Player)[A-Z]\w+ (?:does|has|will|would)(?: not| never|n['’]t)\b"
)
"""A company that speaks of itself by name."""
_ALIKE = 0.5
"""Share of a promise's words that another negated sentence must have to be the same promise in other words."""
_SUBJECT_MATTER = 0.34
"""Share of words in common by which two sentences speak of the same thing."""
_JOINING = frozenset({"and", "or", "nor", "und", "oder", "noch", "et", "ou", "ni", "y", "o", "e", "u"})
_JOINT = ","
_LISTED = re.compile(r",?\s*\b(?:and|or|nor|und|oder|noch|et|ou|ni|y|o|e|u)\b|,|\w+(?:[.'’@-]\w+)*")
"""Words, and what joins the entries of an enumeration."""
_ENTRY = 6
"""Words that an entry may have, with what joins it; and words around it among which its enumeration ends by "and" or "or"."""
_NO_OBJECT = frozenset({"advertising"})
_ANONYMOUS = "anonymisation"
_OBJECTS = frozenset({"data", "recipient", "sale", "sharing", "training"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, the practices that it denies and those that it states, and the beginnings of its words of substance.

    `consent` is asked for in it, and where it is `liftable` what it denies is done with consent. `wholly` are the practices that it denies
    of all personal data: "we do not sell your data", but not "… of children", "… to banks".
    """

    text: str
    denied: frozenset[str]
    wholly: frozenset[str]
    stated: frozenset[str]
    negated: bool
    consent: bool
    liftable: bool
    hedged: bool
    stems: frozenset[str]


@lru_cache(maxsize=8192)
def statements(text: str) -> tuple[Statement, ...]:
    """The sentences of a clause, read for promises."""
    return tuple(map(statement, sentences(text)))


@lru_cache(maxsize=16_384)
def statement(sentence: str) -> Statement:
    """A sentence, read for promises."""
    understood = reading(sentence)
    spoken = understood.words
    denials: dict[str, int] = {}
    whole = set()
    stated: set[str] = set()
    last, negation = -_BEFORE_UNSPACED, 0
    for action, start, end in sorted(understood.found("practices"), key=lambda place: place[1:]):
        denial = _denial(understood, start, end)
        if denial is not None or start - last <= _CHAINED:
            last, negation = end, negation if denial is None else denial
            denials.setdefault(action, negation)
            if not understood.breaks and _of_all(spoken, end):
                whole.add(action)
        else:
            stated.add(action)
    told = {action: at for action, at in denials.items() if not _theirs(understood, at)}
    ours = any(_ours(understood, sentence, at, things=action not in _NO_OBJECT) for action, at in told.items())
    about_people = ours and (_about_people(sentence) or _leading(sentence))
    promised = frozenset(action for action in told if about_people or (ours and action in _NO_OBJECT))
    return Statement(
        sentence.strip(),
        shared(promised),
        shared(promised & whole),
        shared(frozenset(stated)),
        bool(understood.negations),
        understood.consent or understood.liftable,
        understood.liftable,
        bool(understood.found("hedge")),
        frozenset(word[:5] for word in spoken if len(word) > 3 or not word.isascii()),
    )


def _leading(sentence: str) -> bool:
    """Whether a sentence leads into the things that it speaks of: "we never share:"."""
    return sentence.rstrip().endswith(":") and any(signal("we").find(terms(sentence)))


def acts(text: str) -> bool:
    """Whether a text says, in so many words, that something is done with the person's things."""
    return any(
        understood.found("you") and understood.found("practices") and not _bids(understood.text)
        for understood in map(reading, sentences(text))
    )


def _bids(sentence: str) -> bool:
    """Whether a sentence bids the reader do something; what stands in the midst of one says what somebody does: "… use your data"."""
    return sentence.lstrip()[:1].isupper() and begins(sentence, "bidding")


def _denial(sentence: Reading, start: int, end: int) -> int | None:
    """The negation that stands close enough to a verb, on either hand, with no other subject or turn between."""
    near = _BEFORE if sentence.words[start].isascii() or len(sentence.words[start]) > 1 else _BEFORE_UNSPACED
    before = max(within(sentence.denials, start - near, end), default=None)
    if before is not None and not _parted(sentence, before, start):
        return before
    after = min(within(sentence.late, end, end + _AFTER), default=None)
    if after is None:
        return sentence.closing(end)
    return None if within(sentence.breaks, end, after) else after


def _parted(sentence: Reading, start: int, end: int) -> bool:
    between = sentence.words[start + 1 : end]
    return (
        (any(signal("we").find(between)) and not any(signal("inverted").find(between)))
        or any(signal("person").find(between))
        or bool(within(sentence.breaks, start + 1, end))
    )


def _of_all(spoken: tuple[str, ...], end: int) -> bool:
    """Whether a verb that ends here speaks of personal data, and of all of them."""
    after = spoken[end : end + _OBJECT]
    thing = max((stop for _, start, stop in signal("personal").find(after)), default=None)
    return thing is not None and not signal("narrowing").values(after[thing : thing + 1])


def _theirs(sentence: Reading, at: int) -> bool:
    """Whether what the negation at `at` denies is supposed or the person's: "if we do not", "you may not"."""
    before = sentence.words[max(0, at - _SUBJECT) : at]
    supposed = not _main(sentence, at) and any(signal("conditional").find((*sentence.words[:1], "", *before)))
    return supposed or any(signal("person").find(before[-_NEAREST:]))


def _main(sentence: Reading, at: int) -> bool:
    """Whether the negation at `at` stands in the main clause after a condition: "if you pay by card, we never store its number"."""
    text, words = sentence.text.casefold(), sentence.words
    ours = (place for place in range(max(0, at - 2), at) if signal("we").values(words[place : place + 1]))
    return any(f", {words[place]} {words[place + 1]}" in text for place in ours)


def _ours(sentence: Reading, text: str, at: int, *, things: bool) -> bool:
    """Whether the vendor is who does not do what the negation at `at` denies, and not the person: "do not tell"."""
    before = sentence.words[max(0, at - _SUBJECT) : at]
    here = sentence.words[max(0, at - 2) : at + 5]
    return (
        any(signal("we").find(before if text[:1].isascii() else sentence.words))
        or (things and any(signal("passive").find(here)))
        or (things and any(signal("product").find(before)))
        or any(signal("inverted").find(here))
        or any(signal("existence").find(sentence.words[:at]))
        or any(word.endswith(_OUR_VERBS) for word in here)
        or bool(_NAMED.search(text))
    )


def _about_people(sentence: str) -> bool:
    """Whether the things that a sentence speaks of are the person's: "your …", personal data, or a kind of data or recipient."""
    understood = reading(sentence)
    return any(map(understood.found, ("you", "personal", "things"))) or any(
        fact.kind in _OBJECTS for fact in said(sentence)
    )


def promise_changes(old: str, new: str, held: Callable[[Statement, Side], frozenset[str]]) -> Iterator[FactChange]:
    """What becomes of promises between two clauses: reversed, withdrawn or made. `held` gives the practices of a promise that the policy
    across from a side denies elsewhere as well."""
    if not any(map(denying, (*sentences(old), *sentences(new)))):
        return
    before, after = _unequal(statements(old), statements(new))
    for promise in before:
        given_up = promise.denied - _kept(promise, after)
        if given_up:
            against = _reversal(promise, after) if given_up == promise.denied else None
            left = given_up if against else given_up - held(promise, "old")
            if left:
                yield FactChange(_fact(promise, left), against)
    for promise in after:
        given = promise.denied - _kept(promise, before)
        made = given - held(promise, "new") if given else given
        if made:
            yield FactChange(None, _fact(promise, made))


def both_deny(practice: str) -> Callable[[str, str], bool]:
    """What tells of two texts whether each promises not to do one thing."""
    return lambda old, new: all(any(practice in each.denied for each in statements(text)) for text in (old, new))


def denying(sentence: str) -> bool:
    """Whether a sentence denies anything: others make no promise."""
    understood = reading(sentence)
    return bool(understood.denials or understood.late)


def upheld(promise: Statement, others: Iterable[Statement]) -> frozenset[str]:
    """The practices of a promise that these sentences deny as well: the same promise in other words, or one that covers it."""
    return promise.denied & frozenset().union(
        *(other.denied if _same(promise, other) else other.wholly for other in others)
    )


def _same(promise: Statement, other: Statement) -> bool:
    common = len(promise.stems & other.stems)
    return other.denied >= promise.denied and common >= _ALIKE * max(1, len(promise.stems))


def _kept(promise: Statement, others: Sequence[Statement]) -> frozenset[str]:
    """The practices of a promise that other sentences deny as well: all of them where one says the same in words that no list knows."""
    asked = frozenset().union(*(other.stated for other in others if promise.liftable and other.consent))
    denied = promise.denied & asked.union(*(other.denied for other in others))
    same = any(
        other.negated
        and not promise.denied & (other.stated | other.denied)
        and len(promise.stems & other.stems) >= _ALIKE * len(promise.stems)
        for other in others
    )
    return promise.denied if same else denied


def _unequal(old: Sequence[Statement], new: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """What each side says and the other does not, word by word."""
    known, said_now = ({wording(s.text) for s in side} for side in (old, new))
    return [s for s in old if wording(s.text) not in said_now], [s for s in new if wording(s.text) not in known]


def _reversal(promise: Statement, after: Sequence[Statement]) -> Fact | None:
    """The sentence that now says what was promised not to be done."""
    for statement in after:
        common = sorted(promise.denied & statement.stated)
        if common and len(promise.stems & statement.stems) >= _SUBJECT_MATTER * min(
            len(promise.stems), len(statement.stems)
        ):
            return Fact("promise", "selling" if "selling" in common else common[0], words=statement.text)
    return None


def _fact(promise: Statement, denied: frozenset[str]) -> Fact:
    return Fact("promise", "selling" if "selling" in denied else min(denied), negated=True, words=promise.text)


def softened(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Promises that leave a back door now: (the old sentence, the new one)."""
    if not any(reading(sentence).found("hedge") for sentence in sentences(new)):
        return
    before, after = _unequal(statements(old), statements(new))
    for firm in (statement for statement in before if statement.denied and not statement.hedged):
        for soft in (statement for statement in after if statement.hedged):
            same = firm.denied & (soft.denied | soft.stated)
            if same and len(firm.stems & soft.stems) >= _ALIKE * len(firm.stems):
                yield firm.text, soft.text
                break


def narrowed(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Promises that leave something out now, "except to our partners", "your raw readings": (the old sentence, the new one)."""
    if not any(_excepting(sentence) or _qualifying(sentence) for sentence in sentences(new)):
        return
    before, after = _unequal(statements(old), statements(new))
    for whole in (statement for statement in before if statement.denied):
        for part in (statement for statement in after if whole.denied >= statement.denied != frozenset()):
            less = _excepting(part.text) > _excepting(whole.text) or _qualifying(part.text) - _qualifying(whole.text)
            if less and _alike(whole, part) >= _ALIKE:
                yield whole.text, part.text
                break


def shortened(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Promises that leave out an entry of what they list, "your letters, notes and photos": (the old sentence, the new one)."""
    if not any(map(denying, sentences(old))):
        return
    before, after = _unequal(statements(old), statements(new))
    for whole in (statement for statement in before if statement.denied and not _excepting(statement.text)):
        for part in (statement for statement in after if statement.denied == whole.denied):
            if _lacks_entry(whole.text, part.text):
                yield whole.text, part.text
                break


def _lacks_entry(old: str, new: str) -> bool:
    """Whether one sentence is another one without an entry of an enumeration in it."""
    spoken = _LISTED.findall(old.casefold())
    whole, part = (
        [_JOINT if _joins(word) else word for word in _LISTED.findall(text.casefold())] for text in (old, new)
    )
    left = len(whole) - len(part)
    if not 1 < left <= _ENTRY:
        return False
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(whole, part, strict=False)))
    for start in range(alike, max(0, alike - left), -1):  # "B, " and ", B" leave the same
        end = start + left
        if whole[end:] == part[start:] and _is_entry(whole[start:end]):
            return any(_joins(word) and word != _JOINT for word in spoken[max(0, start - _ENTRY) : end + _ENTRY])
    return False


def _is_entry(entry: Sequence[str]) -> bool:
    """Whether words are an entry with what joins it to the others, on one hand: no turn of speech between commas, nothing that is said."""
    understood = reading(" ".join(word for word in entry if word != _JOINT))
    said_of = understood.found("practices") or understood.found("hedge") or signal("we").find(understood.words)
    return (entry[0] == _JOINT) != (entry[-1] == _JOINT) and not said_of


def _joins(word: str) -> bool:
    return word == _JOINT or word.strip(", ") in _JOINING


def _excepting(sentence: str) -> int:
    return len(signal("excepting").find(terms(sentence))) if denying(sentence) else 0


def _qualifying(sentence: str) -> frozenset[str]:
    """The words that narrow what a sentence speaks of: "raw"."""
    spoken = terms(sentence)
    return frozenset(" ".join(spoken[start:end]) for _, start, end in signal("qualifying").find(spoken))


def _alike(one: Statement, other: Statement) -> float:
    """Share of the shorter sentence's words that the other has as well."""
    return len(one.stems & other.stems) / max(1, min(len(one.stems), len(other.stems)))


def unbound(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Practices that had a condition and have none now, "only if a court orders it": (the old sentence, the new one)."""
    if not any(signal("only-if").find(terms(old))):
        return
    before, after = _unequal(statements(old), statements(new))
    for bound in before:
        conditioned = _conditioned(bound)
        if not conditioned or not _about_people(bound.text):
            continue
        common = {other: _alike(bound, other) for other in after}
        if not any(share >= _ALIKE and _limited(other) for other, share in common.items()):
            freed = (o for o, share in common.items() if share >= _SUBJECT_MATTER and conditioned & o.stated)
            yield from ((bound.text, free.text) for free in list(freed)[:1])


def unmasked(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Practices that were said to leave nobody known and are not now: (the old sentence, the new one)."""
    if not any(map(_masked, sentences(old))):
        return
    before, after = _unequal(statements(old), statements(new))
    if not any(_masked(statement.text) for statement in after):
        for veiled in (statement for statement in before if _masked(statement.text)):
            plain = (o for o in after if veiled.stated & o.stated and _alike(veiled, o) >= _ALIKE)
            yield from ((veiled.text, open_.text) for open_ in list(plain)[:1])


def _masked(sentence: str) -> bool:
    return any(fact.value == _ANONYMOUS and not fact.negated for fact in said(sentence))


def _limited(statement: Statement) -> bool:
    return any(signal(name).find(terms(statement.text)) for name in ("limit", "only-if"))


def _conditioned(statement: Statement) -> frozenset[str]:
    """The practices that stand next to a condition."""
    spoken = terms(statement.text)
    conditions = signal("only-if").find(spoken)
    return frozenset(
        action
        for action, start, end in (reading(statement.text).found("practices") if conditions else ())
        if any(start - _BEFORE <= at and first <= end + _BEFORE for _, first, at in conditions)
    )


def consents(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """A practice that needed consent before and does not now: (signal, the old sentence, the new one)."""
    if not any(reading(sentence).consent for sentence in sentences(old)):
        return
    before, after = _unequal(statements(old), statements(new))
    if any(statement.consent for statement in after):
        return
    for asked in (statement for statement in before if statement.consent):
        for free in after:
            objected = any(signal("objection").find(terms(free.text)))
            common = len(asked.stems & free.stems) / max(1, min(len(asked.stems), len(free.stems)))
            same = asked.stated & free.stated and common >= _SUBJECT_MATTER
            if same or (objected and common >= _ALIKE):
                yield ("consent-opt-out" if objected else "consent-lost"), asked.text, free.text
                return
