"""Boxes that stand on a page beside a policy and are told by their parts: consent dialogs, forms, lists of other articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import Lexicon, data, terms
from tracker.comparison.promises import statement
from tracker.comparison.signals import parties, reading, vital
from tracker.model import Clause

_BOXES = ("consent", "form", "related")
_CUES, _APART = 3, 8
"""Different marks that make a box, and how many clauses may lie from one to the next."""
_BRIEF = 9
"""Words that a label, a button or the name of an article may have."""
_LONGEST = 60
"""Words that may be said of one kind of cookies."""
_LISTED = 15
"""Articles that a list of them may name."""
_HEAD = 20
"""Clauses among which a title stands again, where a menu parts it from its text."""
_SENTENCE = re.compile(r"[.;。；]$")
_JOINED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][^\W\d_A-Z])")
"""Where two labels ran together: "Accept allReject all"."""
_FIRST = re.compile(r"[^\W\d_]+")
_LINE = 90
"""Characters that a label may have."""
_SUBJECTS = frozenset({"country"})
"""Kinds of facts that the name of an article may be about."""
_HARMLESS, _GRAVE = frozenset({"data", "purpose"}), frozenset({"profiling"})
"""Kinds of facts that a dialog states of cookies, which the policy beside it states more fully, and what it may not tell in passing."""


@cache
def _marks() -> Lexicon[str]:
    """The phrases of all boxes; the value is "box\\tpart\\tphrase"."""
    return Lexicon(
        (f"{name}\t{part}\t{phrase}", phrase)
        for name in _BOXES
        for part, phrases in data("furniture")[name].items()
        if part != "words"
        for phrase in phrases
    )


@cache
def _openings() -> frozenset[str]:
    """How the first word of a mark may be spelled."""
    tables = (data("furniture")[name] for name in _BOXES)
    phrases = (phrase for table in tables for part in table if part != "words" for phrase in table[part])
    return frozenset(_FIRST.findall(word)[0] for phrase in phrases for word in phrase.split()[0].split("|"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset[str](data("furniture")[name]["words"])


def boxed(clauses: Sequence[Clause], others: Sequence[Clause]) -> dict[int, str]:
    """The positions of clauses of a text that belong to a box, and to what kind: a category of cookies or a field of a form only where
    the whole box comes or goes, since a box that stays may gain one that says something."""
    found = dict(boxes(clauses))
    parts = {clauses[at].text for at, kind in found.items() if kind not in ("around", "related")}
    whole = not parts or parts.isdisjoint(clause.text for clause in others)
    return {at: kind.removesuffix("-box") for at, kind in found.items() if whole or not kind.endswith("-box")}


def boxable(clause: Clause) -> bool:
    """Whether a clause by itself may name another article or be a button: of most clauses this tells enough."""
    return bool(clause.links or marked(clause.text))


def boxes(clauses: Sequence[Clause]) -> Iterator[tuple[int, str]]:
    """The positions of clauses that belong to a box, and how: "consent" where a button or a label is meant that no policy has,
    "consent-box" and "form-box" where only the whole box can tell, "related" where it names another article, "around" before a title."""
    brief = [at for at, clause in enumerate(clauses) if len(clause.text) <= _LINE and clause.kind != "row"]
    found = {at: marks for at in brief if (marks := marked(clauses[at].text))}
    if found:
        yield from _dialogs(clauses, found)
        yield from _forms(clauses, found)
        yield from ((at, "related") for at in _related(clauses, found))
    yield from ((at, "around") for at in _titled(clauses))


@lru_cache(maxsize=16_384)
def marked(line: str) -> frozenset[str]:
    """The phrases of boxes that a brief line begins with; where labels ran together, also those within it."""
    text = _JOINED.sub(" ", line)
    first = _FIRST.search(text)
    joined = text != line
    if not first or not (joined or first[0].casefold() in _openings()) or _SENTENCE.search(text):
        return frozenset()
    spoken = terms(text)
    if len(spoken) > _BRIEF:
        return frozenset()
    return frozenset(value for value, start, _ in _marks().find(spoken) if start == 0 or joined)


def _of(found: dict[int, frozenset[str]], prefix: str) -> dict[int, frozenset[str]]:
    parts = ((at, frozenset(mark for mark in marks if mark.startswith(prefix))) for at, marks in found.items())
    return {at: marks for at, marks in parts if marks}


def is_right(spoken: Sequence[str]) -> bool:
    """Whether a brief text, by its terms, leads to the use of a right."""
    return not _words("right").isdisjoint(spoken)


def chains(
    marks: Iterable[int], apart: int, clauses: Sequence[Clause], among: Callable[[Clause], bool]
) -> Iterator[list[int]]:
    """The marks of each box: at most so far apart, with nothing between them that could not be part of it."""
    chain: list[int] = []
    for at in marks:
        if chain and (at - chain[-1] > apart or not all(map(among, clauses[chain[-1] + 1 : at]))):
            yield chain
            chain = []
        chain.append(at)
    if chain:
        yield chain


def _dialogs(clauses: Sequence[Clause], found: dict[int, frozenset[str]]) -> Iterator[tuple[int, str]]:
    """The parts of consent dialogs."""
    marks = _of(found, "consent\tmarks")
    for chain in chains(marks, _APART, clauses, _is_of_dialog):
        if len({part for at in chain for part in _labels(clauses[at])}) < _CUES:
            continue
        for at in range(chain[0], chain[-1] + 1):
            clause = clauses[at]
            if not _named(clause):
                yield at, "consent" if at in marks or _guides(clause) else "consent-box"


def _labels(clause: Clause) -> Sequence[str]:
    """The labels that a clause consists of."""
    return _JOINED.sub("\n", clause.text).casefold().split("\n")


def _named(clause: Clause) -> bool:
    """Whether a label is followed by what it labels: "Applicable cookies: Lampcount"."""
    return ":" in clause.text.rstrip()[:-1]


def _is_of_dialog(clause: Clause) -> bool:
    return clause.kind != "row" and (_is_label(clause) or _describes(clause) or _guides(clause) or _named(clause))


def _is_label(clause: Clause) -> bool:
    spoken = terms(clause.text)
    return 0 < len(spoken) <= _BRIEF and _words("consent").issuperset(spoken)


def _describes(clause: Clause) -> bool:
    """Whether a clause says of some cookies of a dialog what they are for, and neither promises anything nor gives anything away."""
    return len(terms(clause.text)) <= _LONGEST and _begins(clause, "consent\ttells") and not _tells_more(clause)


def _guides(clause: Clause) -> bool:
    """Whether a clause says how to use a dialog."""
    return len(terms(clause.text)) <= _LONGEST // 2 and _begins(clause, "consent\tguides") and not _tells_more(clause)


def _begins(clause: Clause, prefix: str) -> bool:
    """Whether every sentence of a clause begins with a phrase of these."""
    found = (_marks().find(terms(sentence)) for sentence in sentences(clause.text))
    return all(any(start == 0 and mark.startswith(prefix) for mark, start, _ in each) for each in found)


def _tells_more(clause: Clause) -> bool:
    """Whether a clause says something of its own: a fact that is not in the nature of cookies, or what is not done with them."""
    if any(fact.kind not in _HARMLESS or fact.value in _GRAVE for fact in said(clause.text)):
        return True
    return any(statement(sentence).denied or _denies(sentence) for sentence in sentences(clause.text))


def _denies(sentence: str) -> bool:
    """Whether a sentence says what is not done, and not merely what fails to work without some cookies."""
    if not reading(sentence).denials:
        return False
    return not any(mark.startswith("consent\tlacks") for mark, _, _ in _marks().find(terms(sentence)))


def _forms(clauses: Sequence[Clause], found: dict[int, frozenset[str]]) -> Iterator[tuple[int, str]]:
    """The fields and buttons of forms: several fields, one of which must be filled in, and a button."""
    parts = _of(found, "form\t")
    marks = [at for at in parts if clauses[at].kind == "paragraph"]
    for chain in chains(marks, _APART, clauses, _is_of_form):
        held = {mark for at in chain for mark in parts[at]}
        fields = {mark for mark in held if mark.startswith("form\tfields")}
        asked = any("*" in clauses[at].text[-2:] or "*" in clauses[at].text[:2] for at in chain)
        if asked and len(fields) >= _CUES and len(fields) < len(held):
            yield from ((at, "form-box") for at in range(chain[0], chain[-1] + 1) if at in parts)


def _is_of_form(clause: Clause) -> bool:
    """Whether a clause may stand in a form: no field of those in which a right is used."""
    spoken = terms(clause.text)
    return clause.kind == "paragraph" and len(spoken) <= 4 * _BRIEF and not is_right(spoken)


def _related(clauses: Sequence[Clause], found: dict[int, frozenset[str]]) -> Iterator[int]:
    """The names of other articles, after what leads into them: links, or lines up to the end of the text."""
    for lead in _of(found, "related\t"):
        following = clauses[lead + 1 : lead + 1 + _LISTED]
        entries = list(takewhile(_names_article, following))
        linked = bool(entries) and all(clause.links for clause in entries)
        if linked or lead + 1 + len(entries) == len(clauses):
            yield from range(lead + 1, lead + 1 + len(entries))


def _names_article(clause: Clause) -> bool:
    if clause.kind not in ("paragraph", "item") or _SENTENCE.search(clause.text):
        return False
    spoken = terms(clause.text)
    about = {fact.kind for fact in said(clause.text)}
    return len(spoken) <= _BRIEF + 3 and not is_right(spoken) and about <= _SUBJECTS


def _titled(clauses: Sequence[Clause]) -> Iterator[int]:
    """The lines between the title of a text and the same title once more: a way through a site, or a list of what it holds."""
    if clauses and clauses[0].kind == "heading":
        title = clauses[0].text
        again = next((at for at, clause in enumerate(clauses[1:_HEAD], 1) if clause.text == title), 0)
        if all(map(_is_line, clauses[1:again])):
            yield from range(1, again)


def _is_line(clause: Clause) -> bool:
    """Whether a brief text says nothing of anybody, as an entry of a menu does not."""
    if len(clause.text) > _LINE or clause.links or _SENTENCE.search(clause.text):
        return False
    spoken = terms(clause.text)
    return len(spoken) <= _BRIEF and not (any(map(vital, spoken)) or parties(reading(clause.text)) or said(clause.text))
