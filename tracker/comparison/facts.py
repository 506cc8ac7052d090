"""What a clause says, as facts: data types, purposes, recipients, countries, periods, ages, rights, choices, contacts…

Facts come from the phrases in facts.toml and from measures.py. Negation and modality belong to a fact: "we do not sell", "may", "only
with consent".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tracker.comparison.clauses import MAIL
from tracker.comparison.lexicon import terms
from tracker.comparison.measures import MEASURES, measured
from tracker.comparison.signals import Reading, reading
from tracker.model import Fact, FactChange

# A full stop before a small letter, or after initials, ends an abbreviation, not a sentence: "U.S. State law", "Art. 6 Abs. 1".
_SENTENCE = re.compile(
    r"(?<=;)\s+|(?<=[.!?])(?<![A-Za-z]\.[A-Za-z]\.)(?<!\b[Aa]rt\.)(?<!\bAbs\.)(?<!\b[Nn]r\.)(?<!\bS\.)\s++(?![a-zß-ÿ])|"
    r"(?<=[。；！？])|\n+|\s\|\s|\s[•·]\s"
)
# The same for most texts, and several times quicker.
_PLAIN = re.compile(
    r"\s(?<=;\s)\s*|\s(?<=[.!?]\s)(?<![A-Za-z]\.[A-Za-z]\.\s)"
    r"(?<!\b[Aa]rt\.\s)(?<!\bAbs\.\s)(?<!\b[Nn]r\.\s)(?<!\bS\.\s)\s*+(?![a-zß-ÿ])"
)
_SPECIAL = re.compile(r"[。；！？\n|•·]")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d{1,4}\)?(?:\s?\(0\))?(?:/(?=\d{3}))?(?:[ .\u00a0-]?\(?\d{2,5}\)?){2,5}(?!\w)")
_SUBSCRIBER = 8
"""Last digits by which a telephone number is the same one, written for callers from here or from abroad."""
_DIGITS = re.compile(r"\d\D{0,3}\d")
_ENTITY = re.compile(
    r"(?<!\w)(?:[A-Z\u00c0-\u00dd][\w&.'’-]*\s+){0,4}?[A-Z\u00c0-\u00dd][\w&.'’-]*,?\s+"
    r"(?:Inc|LLC|L\.L\.C|Ltd|Limited|LLP|PLC|plc|Corp|Corporation|GmbH|AG|SE|S\.?A\.?S?|SARL|S\.?r\.?l|S\.?p\.?A|B\.?V|N\.?V|AB|ApS|A/S|Oy|"
    r"S\.?L|Pty|Pte|K\.?K|Sdn\.? Bhd|Co)\b\.?(?:,?\s*(?:Ltd|Inc|KG)\b\.?)*"
)

_FORMS = "inc llc l ltd limited llp plc corp corporation gmbh ag se sa sas s sarl srl spa bv b nv n ab aps a oy sl pty pte kk k sdn co"
_INCORPORATED = frozenset(form + ending for form in _FORMS.split() for ending in ("", "'s"))
"""The folded words of which one stands in every name of a company that is found: most sentences have none."""

_PAPER = re.compile(
    r"^.*\b(?:Regulation|Act|Law|Directive|Policy|Notice|Terms|Agreement|Contact|By|The|Controller)\b,?\s+"
)
"""What may stand before a company's name with a capital and is no part of it."""

_OPEN = frozenset({"mail", "phone", "entity", "name"}) | MEASURES
_REPLACED = frozenset({"mail", "phone", "entity"}) | MEASURES
"""Kinds of which one value gives way to another, so that a report can say from what to what."""
_CONSENTED = frozenset({"data", "sale", "sharing", "training"})


@lru_cache(maxsize=16_384)
def sentences(text: str) -> tuple[str, ...]:
    """The text in pieces within which a negation or modal verb can govern something."""
    ends = _SENTENCE if _SPECIAL.search(text) else _PLAIN
    return tuple(piece for piece in ends.split(text) if piece and piece.strip())


@lru_cache(maxsize=16_384)
def said(text: str) -> tuple[Fact, ...]:
    """The facts that a text states, in the order in which it does."""
    out: dict[object, Fact] = {}
    for sentence in sentences(text):
        for fact in _stated(sentence):
            out.setdefault(_sense(fact), fact)
    return tuple(out.values())


@lru_cache(maxsize=8192)
def _stated(sentence: str) -> tuple[Fact, ...]:
    """The facts that a sentence states; remembered, since a clause that changed keeps most of its sentences."""
    understood = reading(sentence)
    contacts = tuple(_contacts(understood))
    return (*_outside(contacts, _phrased(understood)), *measured(understood), *contacts)


def _outside(contacts: Sequence[Fact], phrased: Iterable[Fact]) -> Iterator[Fact]:
    """The facts that are no part of a company's name: "Research Ireland Ltd" tells neither a purpose nor a country."""
    names = [f" {' '.join(terms(fact.words))} " for fact in contacts if fact.kind == "entity"]
    yield from (fact for fact in phrased if not any(f" {fact.words} " in name for name in names))


def _phrased(sentence: Reading) -> Iterator[Fact]:
    pointing = sentence.points
    for name, start, end in sentence.found("facts"):
        kind, value = name.split("\t")
        if pointing and kind in _TOUCHED:
            continue
        governed = _governed(kind, sentence, start, end)
        if kind in _PROMISED and (
            sentence.forbidden(start)
            or (governed is None and (sentence.supposed(start) or sentence.merely_classed(start)))
        ):
            continue
        bound = governed is not None and sentence.liftable and sentence.lifted(start, end)
        consented = kind in _CONSENTED and (bound or sentence.consent)
        yield Fact(
            kind,
            value,
            "only with consent" if consented else sentence.modality(start),
            negated=governed is not None and not bound,
            words=" ".join(sentence.words[start if governed is None else min(start, governed) : end]),
        )


def _contacts(understood: Reading) -> Iterator[Fact]:
    sentence = understood.text
    for match in MAIL.finditer(sentence) if "@" in sentence else ():
        yield Fact("mail", match[0].casefold(), words=match[0])
    for match in _PHONE.finditer(sentence) if _DIGITS.search(sentence) else ():
        digits = re.sub(r"\(0\)|\D", "", match[0])
        if 8 <= len(digits) <= 15 and (understood.found("phone") or match[0][0] in "+("):
            yield Fact("phone", digits, words=match[0].strip())
    for match in () if _INCORPORATED.isdisjoint(understood.words) else _ENTITY.finditer(sentence):
        name = _PAPER.sub("", match[0]).strip()
        yield Fact("entity", re.sub(r"[\s,.]+", " ", name).strip(), words=name)


_DONE = frozenset({"data", "purpose", "recipient", "automated", "mechanism", "country"})
"""Kinds that German denies at the end of a sentence: "Standortdaten erheben wir nicht"."""
_TOUCHED = frozenset({"data", "purpose", "recipient"})
"""Kinds that a sentence does not state that only says where to read on: "learn more about advertising"."""
_PROMISED = frozenset({"sale", "sharing", "training"})
"""Kinds whose promise not to is worth as much as the fact: "we never sell" is no mention of selling."""


def mentions(sentence: Reading) -> Iterator[tuple[str, str, bool]]:
    """Kind, value and negation of all facts whose phrases stand anywhere in a sentence; only promises have negation told apart."""
    for name, start, end in sentence.found("facts"):
        kind, value = name.split("\t")
        yield kind, value, kind in _PROMISED and _governed(kind, sentence, start, end) is not None


def is_promise(fact: Fact) -> bool:
    """Whether saying that it is not so is a promise."""
    return fact.kind in _PROMISED


def mention(fact: Fact) -> tuple[str, str, bool] | None:
    """How `mentions` would tell what a fact speaks of; None for kinds that no list holds, which are looked up by their words."""
    return None if fact.kind in _OPEN else (fact.kind, fact.value, fact.kind in _PROMISED and fact.negated)


@lru_cache(maxsize=16)
def lowered(text: str) -> str:
    """A policy's text for looking names up in it; remembered, since each clause change asks for the same two."""
    return unmarked(text)


def unmarked(text: str) -> str:
    """A text without case, commas and full stops: names are the same names with or without them."""
    lines = map(str.casefold, text.split("\n"))  # of which most are ASCII, and those are quick
    return "\n".join(lines).replace(",", "").replace(".", "")


def _governed(kind: str, sentence: Reading, start: int, end: int) -> int | None:
    """The negation over a phrase; in "your data are never sold" it stands inside."""
    outside = sentence.governor(start)
    if outside is not None:
        return outside
    if kind not in _PROMISED:
        last = sentence.closing(end) if kind in _DONE else None
        return sentence.undone(end) if last is None and kind == "data" else last
    inside = sentence.governor(end)
    behind = sentence.follower(end) if inside is None else inside
    return sentence.closing(end) if behind is None else behind


def differences(old: Sequence[Fact], new: Sequence[Fact]) -> tuple[FactChange, ...]:
    """Facts gained, lost and altered between two texts.

    A fact that both sides state equally is no difference. One whose value stays and whose negation or modality differs is altered, and
    so is a measure (a period, an age) that gives way to another of its kind.
    """
    before, after = _minus(old, new), _minus(new, old)
    out: list[FactChange] = []
    for index in (_by_value, _by_length, _by_kind) if before and after else ():
        waiting: dict[object, list[Fact]] = defaultdict(list)
        for fact in before:
            waiting[index(fact)].append(fact)
        for fact in list(after):
            partners = waiting.get(index(fact), [])
            if index(fact) is not None and partners:
                partner = partners.pop(0)
                before.remove(partner)
                after.remove(fact)
                out.append(FactChange(partner, fact))
    gone, come = _unsaid(before, new), _unsaid(after, old)
    return (*out, *(FactChange(fact, None) for fact in gone), *(FactChange(None, fact) for fact in come))


def _unsaid(some: Iterable[Fact], others: Iterable[Fact]) -> Iterator[Fact]:
    """The facts that the other side does not state once more: "may" and "will" of the same are told by the words themselves."""
    known = {_gist(fact) for fact in others}
    return (fact for fact in some if _gist(fact) not in known)


def _gist(fact: Fact) -> object:
    return fact.kind, fact.value, fact.negated, fact.modality == "only with consent"


def _by_value(fact: Fact) -> object:
    return fact.kind, fact.value


def _by_length(fact: Fact) -> object:
    """A period is the same period where its sentence now says, or says no longer, what it is a period of."""
    return (fact.value, fact.negated) if fact.kind in MEASURES else None


def _by_kind(fact: Fact) -> object:
    return fact.kind if fact.kind in _REPLACED else None


def _minus(some: Sequence[Fact], others: Sequence[Fact]) -> list[Fact]:
    """The facts of one side that the other does not state in the same way; each once."""
    known = {_sense(fact) for fact in others}
    out: dict[object, Fact] = {}
    for fact in some:
        if _sense(fact) not in known:
            out.setdefault(_sense(fact), fact)
    return list(out.values())


def _sense(fact: Fact) -> object:
    value = fact.value[-_SUBSCRIBER:] if fact.kind == "phone" else fact.value
    return fact.kind, value, fact.modality, fact.negated
