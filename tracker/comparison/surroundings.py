"""What stands around a policy on its page, or between its parts: what comes before its title, and stretches of lines of which many are such
as only sites have.

A line that only sites have (an entry of a menu, a language, a button) speaks for a stretch, any other brief line a little against it, and
what only a policy says ends it. Of each text between two such ends the part with the highest sum is taken, if it is high enough: a
maximal scoring subsequence (Ruzzo and Tompa, 1999).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice

from tracker.comparison.boxes import is_right, marked
from tracker.comparison.clauses import is_link
from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import Lexicon, data, lexicon, terms
from tracker.comparison.signals import parties, reading, vital
from tracker.model import Clause

_MARK, _HOME, _AWAY, _CALL, _LINE, _SENTENCE = 1.0, 0.03, -0.05, -0.1, -0.3, -0.7
"""What a line that only sites have counts, and what do a link about the site, one that leads away or to a place in the text, what calls out
or asks, another brief line and a sentence."""
_ENOUGH, _FEWEST = 3.0, 2
"""The sum from which a stretch is no part of the policy, and the lines that it must have which only sites have."""
_BRIEF, _SPOKEN = 8, 25
"""Words that a line, and that a sentence in such a stretch may have."""
_LONGEST = 250
"""Characters that either may have, and a row of entries as well."""
HEAD, _BANNERS = 100, 2
"""Clauses among which the title of a document stands, and longer texts, of banners, that may stand before it."""
_ROW, _ROW_NAMED, _ROW_LISTED, _CAPITALS = 12, 5, 3, 0.85
"""Words, and words of menus, from which on a line in which nearly all have capitals is a row of entries that ran together."""
_WORD, _LONG = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]{4,}")
_HOST = re.compile(r"(?i)[a-z]+://([^/?#]+)")
_ASIDE = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]$")
_ENDS = re.compile(r"[.;!?。；！？]['\"”’)]?$")
_CALLS = re.compile(r"[!?！？]$")
_NAMES = frozenset({"country", "data", "purpose", "recipient"})
"""Kinds of facts that the name of a page may be taken for, if it is hardly more than that."""
_NAMING = 3
"""Words in which an entry may name a fact, or somebody as "Why choose us" does."""


@cache
def _entries() -> frozenset[str]:
    """The words of which the entries of menus consist."""
    return frozenset[str](data("noise")["menu"]["words"]) | _site()


@cache
def _site() -> frozenset[str]:
    """The words that name no part of a policy but a part of a site."""
    return frozenset[str](data("furniture")["site"]["words"])


@cache
def _languages() -> frozenset[str]:
    return frozenset[str](data("languages")["names"])


def surroundings(clauses: Sequence[Clause]) -> Iterator[tuple[int, str]]:
    """The positions of such clauses, but for those that say what a reader of the policy would want to know: "menu" for a line that only
    sites have and for what stands before the title, "around" for what else stands in a stretch."""
    yield from _among_marks(clauses)
    title = title_at(clauses)
    yield from ((at, "menu") for at in range(title) if not (_is_policy(clauses[at]) or _tells(clauses[at].text)))


def title_at(clauses: Sequence[Clause]) -> int:
    """The position of the heading that names the document, 0 where something that a policy says stands before it, or where none does."""
    headings = [at for at, clause in enumerate(clauses[:HEAD]) if clause.kind == "heading"]
    top = min((clauses[at].depth for at in headings), default=0)
    title = next((at for at in headings if clauses[at].depth == top and _titles().find(terms(clauses[at].text))), 0)
    return 0 if sum(map(_is_policy, clauses[:title])) > _BANNERS else title


@cache
def _titles() -> Lexicon[str]:
    return lexicon({"title": data("furniture")["title"]["words"]})


def _among_marks(clauses: Sequence[Clause]) -> Iterator[tuple[int, str]]:
    marks = [at for at, clause in enumerate(clauses) if _is_mark(clause)]
    if len(marks) < _FEWEST:
        return
    among = set(marks)
    homes = _homes(clauses, marks)
    for stretch in _stretches(clauses, marks):
        scores = [_score(clauses[at], at in among, homes) for at in stretch]
        total, start, stop = _best(scores)
        if total < _ENOUGH or scores[start:stop].count(_MARK) < _FEWEST:
            continue
        # A menu may begin and end with pages that have names of their own.
        while start > 0 and scores[start - 1] == _HOME:
            start -= 1
        while stop < len(scores) and scores[stop] == _HOME:
            stop += 1
        for at in stretch[start:stop]:
            if at in among:
                yield at, "menu"
            elif not (_leads_away(clauses[at], homes) or _tells(clauses[at].text)):
                yield at, "around"


def _stretches(clauses: Sequence[Clause], marks: Sequence[int]) -> Iterator[range]:
    """The texts around marks in which nothing is said that only a policy says."""
    stop = 0
    for mark in marks:
        if mark < stop:
            continue
        start, stop = mark, mark + 1
        while start > 0 and not _is_policy(clauses[start - 1]):
            start -= 1
        while stop < len(clauses) and not _is_policy(clauses[stop]):
            stop += 1
        yield range(start, stop)


def _best(scores: Sequence[float]) -> tuple[float, int, int]:
    """The highest sum of consecutive scores, and where they begin and end."""
    best, total, start = (0.0, 0, 0), 0.0, 0
    for at, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, at
        total += score
        if total > best[0]:
            best = (total, start, at + 1)
    return best


def _homes(clauses: Sequence[Clause], marks: Sequence[int]) -> frozenset[str]:
    """The sites of the vendor: the one to which most links lead, and those to which lines lead that only sites have."""
    sites = Counter(_site_of(clause) for clause in clauses if clause.links)
    most = (site for site, _ in sites.most_common(2) if site)
    return frozenset((*islice(most, 1), *(_site_of(clauses[at]) for at in marks if clauses[at].links))) - {""}


def _site_of(clause: Clause) -> str:
    """The site to which the first link of a clause leads, "" for a place in its own text."""
    host = _HOST.match(clause.links[0].url)
    return ".".join(host[1].rsplit(".", 2)[-2:]) if host else ""


def _leads_away(clause: Clause, homes: frozenset[str]) -> bool:
    return bool(clause.links) and _site_of(clause) not in ("", *homes)


def _score(clause: Clause, mark: bool, homes: frozenset[str]) -> float:
    if mark:
        return _MARK
    if clause.links and is_link(clause):
        return _HOME if _site_of(clause) in homes else _AWAY
    if _CALLS.search(clause.text):
        return _CALL
    return _LINE if len(terms(clause.text)) <= _BRIEF else _SENTENCE


def _is_mark(clause: Clause) -> bool:
    """Whether a clause is a line such as only sites have."""
    if clause.kind in ("heading", "row") or len(clause.text) > _LONGEST:
        return False
    return _is_of_site(clause.text) or (bool(clause.links) and _leads_about(clause))


@lru_cache(maxsize=16_384)
def _is_of_site(text: str) -> bool:
    if text.lstrip().startswith("©"):
        return True
    if _ENDS.search(text):
        return False
    spoken = terms(text)
    if len(spoken) > _BRIEF:
        return _is_row(text, spoken)
    if not spoken or is_right(spoken):
        return False
    consists = _entries().issuperset(spoken) or " ".join(terms(_ASIDE.sub("", text))) in _languages()
    return consists or any("\tfields\t" not in mark for mark in marked(text))


def _leads_about(clause: Clause) -> bool:
    """Whether a clause is a link to a part of a site."""
    spoken = terms(clause.text)
    return len(spoken) <= _BRIEF and not _site().isdisjoint(spoken) and is_link(clause) and not _tells(clause.text)


def is_row(text: str, spoken: Sequence[str]) -> bool:
    """Whether a text, its terms given, is a menu whose entries ran together: no sentence, and many words that only menus have."""
    if len(spoken) < _ROW or len(_site().intersection(spoken)) < _ROW_NAMED or text.isupper():
        return False
    long: list[str] = _LONG.findall(text)
    return sum(word[0].isupper() for word in long) >= _CAPITALS * len(long)


def _is_row(text: str, spoken: Sequence[str]) -> bool:
    """The same where it stands among marks: every word has a capital, and a few are such as menus have."""
    if len(spoken) < _ROW or len(_entries().intersection(spoken)) < _ROW_LISTED or text.isupper():
        return False
    return all(word[:1].isupper() for word in _WORD.findall(text))


def _is_policy(clause: Clause) -> bool:
    """Whether a clause can be nothing but a part of a policy."""
    if clause.kind == "row" or len(clause.text) > _LONGEST:
        return True
    spoken = terms(clause.text)
    if len(spoken) <= _BRIEF or _is_mark(clause):
        return False
    return len(spoken) > _SPOKEN or _tells(clause.text)


@lru_cache(maxsize=16_384)
def _tells(text: str) -> bool:
    """Whether a line says what a reader of the policy would want to know: a right, a limit, a fact, what somebody does."""
    spoken = terms(text)
    if is_right(spoken) or any(vital(word) and not word.isdigit() for word in spoken):
        return True
    if any(fact.kind not in _NAMES or len(spoken) > max(_NAMING - 1, len(terms(fact.words))) for fact in said(text)):
        return True
    spoken_of = [each for sentence in sentences(text) if parties(each := reading(sentence))]
    return any(each.values("practices") for each in spoken_of) or bool(
        spoken_of and len(spoken) > _NAMING and not _ENDS.search(text)
    )
