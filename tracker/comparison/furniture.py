"""The furniture of a site among the clauses of a policy: menus and surveys, which only the clauses around them tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from urllib.parse import urlsplit

from tracker.comparison.boxes import boxed, chains, is_right
from tracker.comparison.clauses import unlabelled
from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import Lexicon, data, lexicon, terms
from tracker.comparison.pointing import names
from tracker.comparison.signals import Reading, parties, reading
from tracker.model import Clause

_CUES, _APART = 3, 12
"""Clauses that only a survey has, of which it takes so many, and how many clauses may lie from one to the next."""
_ASKED = 40
"""Words that a clause of a survey may have."""
_LONGEST = 12 * _ASKED
"""Characters that it may have."""
_LINKS, _NAMED = 6, 3
"""Clauses that are wholly links, and entries that only a site's menu has, of which it takes so many."""
_BRIEF = 8
"""Words that a line between two entries may have."""
_ROW, _ROW_NAMED = 12, 5
"""Words, and entries that only a site's menu has, from which on a text in capitals is a menu."""
_CAPITALS = 0.85
_LONG = re.compile(r"[^\W\d_]{4,}")
_FIRST = re.compile(r"[^\W\d_][\w']*")
_SENTENCE = re.compile(r"[.:;!?。：；！？]$")
_NAMING = 3
"""Words in which an entry may name a fact, as the name of a section does, or somebody, as "Why choose us" does."""
_HARMLESS = frozenset({"country", "data", "purpose", "recipient", "contact"})
"""Kinds of facts that the name of a section may be taken for."""
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
def _site() -> frozenset[str]:
    return frozenset[str](data("furniture")["site"]["words"])


@cache
def _survey() -> Lexicon[str]:
    return lexicon({"survey": data("furniture")["survey"]["begins"]})


@cache
def _openings() -> frozenset[str]:
    """The words of which one opens every clause that only a survey has."""
    return frozenset(word for phrase in data("furniture")["survey"]["begins"] for word in phrase.split()[0].split("|"))


def is_link(clause: Clause) -> bool:
    """Whether all that a clause says is the text of its links."""
    if 2 * sum(len(link.text) for link in clause.links) < len(clause.text):  # of most clauses this tells enough
        return False
    linked = {word for link in clause.links for word in terms(link.text)}
    return bool(linked) and linked.issuperset(terms(unlabelled(clause)))


def is_row(text: str, spoken: Sequence[str]) -> bool:
    """Whether a text, its terms given, is a menu whose entries ran together: no sentence, and many entries that only menus have."""
    if len(spoken) < _ROW or len(_site().intersection(spoken)) < _ROW_NAMED or text.isupper():
        return False
    long: list[str] = _LONG.findall(text)
    return sum(word[0].isupper() for word in long) >= _CAPITALS * len(long)


def furnished(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[dict[int, str], dict[int, str]]:
    """The positions of clauses of two texts that are furniture, and what it is: "survey", "menu", "related", "consent" or "form"."""
    before, after = boxed(old, new)
    return _quiet({**furniture(old), **before}, old, new), _quiet({**furniture(new), **after}, new, old)


def _quiet(found: dict[int, str], clauses: Sequence[Clause], others: Sequence[Clause]) -> dict[int, str]:
    """The positions of furniture that says nothing of anybody and names nobody of whom the other text is silent."""
    return {
        at: kind for at, kind in found.items() if not (_speaks(clauses[at], kind) or _names(clauses[at], kind, others))
    }


def _speaks(clause: Clause, kind: str) -> bool:
    """Whether a piece of furniture says what somebody does."""
    if kind == "survey" and (_is_cue(clause.text) or clause.text.rstrip().endswith(("?", "？"))):
        return False
    told = [reading(sentence) for sentence in sentences(clause.text)]
    if kind in ("consent", "form"):
        return any(_does(each) or each.values("practices") - _harmless(each) for each in told)
    brief = kind in ("menu", "related") and len(terms(clause.text)) <= _NAMING
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
    if kind == "survey" and _is_cue(clause.text):
        return False
    named = names(clause.text)
    if not clause.links and kind == "menu" and clause.text[:1].isupper() and len(named) + 1 == len(clause.text.split()):
        named = [*named, clause.text.split()[0]]
    if not _GERMAN.isdisjoint(terms(clause.text)) and not _PAIRED.search(clause.text):
        return False
    titled = clause.links and all(word[0].isupper() for word in _LONG.findall(clause.text))
    labelled = kind in ("consent", "form") and not _SENTENCE.search(clause.text)
    return not (titled or labelled or all(any(name in other.text for other in others) for name in named))


def furniture(clauses: Sequence[Clause]) -> dict[int, str]:
    """The positions of clauses that are menus or surveys of a site, and which."""
    return {**dict.fromkeys(_menus(clauses), "menu"), **dict.fromkeys(_surveys(clauses), "survey")}


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


def _menus(clauses: Sequence[Clause]) -> Iterator[int]:
    """The entries of the menus of a site: in a stretch of brief lines, most of them links that lead about the site."""
    links = [at for at, clause in enumerate(clauses) if clause.links and is_link(clause)]
    named = [at for at in links if not _site().isdisjoint(terms(clauses[at].text))]
    if len(links) < _LINKS or len(named) < _NAMED:
        return
    wide = (run for run in _stretches(clauses, range(len(clauses)), _may_be_entry) if _holds(run, links, named))
    for run in (run for each in wide for run in _stretches(clauses, each, _is_entry)):
        if not _holds(run, links, named):
            continue
        within = [at for at in links if at in run]
        if 2 * len(within) < len(run):
            continue
        home = Counter(site for at in within for site in _sites(clauses[at])).most_common(1)[0][0]
        for at in range(within[0], within[-1] + 1):
            if (
                clauses[at].kind != "heading"
                and is_link(clauses[at])
                and not {home, ""}.isdisjoint(_sites(clauses[at]))
            ):
                yield at


def _holds(run: range, links: Sequence[int], named: Sequence[int]) -> bool:
    """Whether a stretch has as many links, and entries that only a menu has, as a menu takes."""
    return sum(map(run.__contains__, links)) >= _LINKS and sum(map(run.__contains__, named)) >= _NAMED


def _stretches(clauses: Sequence[Clause], among: range, accepted: Callable[[Clause], bool]) -> Iterator[range]:
    """The longest stretches of accepted lines."""
    start = among.start
    for at in among:
        if not accepted(clauses[at]):
            yield range(start, at)
            start = at + 1
    yield range(start, among.stop)


def _may_be_entry(clause: Clause) -> bool:
    """What of most clauses tells that they are no entries."""
    return bool(clause.links) or len(clause.text) <= 20 * _BRIEF


def _is_entry(clause: Clause) -> bool:
    spoken = terms(clause.text)
    brief = len(spoken) <= _BRIEF and _SENTENCE.search(clause.text) is None
    if is_right(spoken) or not (brief or is_link(clause)):
        return False
    return all(fact.kind in _HARMLESS and _bare(fact.words, spoken) for fact in said(clause.text))


def _bare(words: str, spoken: Sequence[str]) -> bool:
    """Whether an entry is hardly more than the name that is taken for a fact."""
    return len(spoken) <= max(_NAMING - 1, len(terms(words)))


def _sites(clause: Clause) -> set[str]:
    """The sites that the links of a clause lead to, "" for its own."""
    return {".".join((urlsplit(link.url).hostname or "").rsplit(".", 2)[-2:]) for link in clause.links}
