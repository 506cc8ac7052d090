"""What stands around a policy on its page, or between its parts: what comes before its title, and stretches of lines of which many are such
as only sites have.

A line that only sites have (an entry of a menu, a language, a button) speaks for a stretch, any other brief line a little against it, and
what only a policy says ends it. Of each text between two such ends the part with the highest sum is taken, if it is high enough: a
maximal scoring subsequence (Ruzzo and Tompa, 1999).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from tracker.comparison.boxes import is_right, marked
from tracker.comparison.clauses import is_link, owner, unlabelled
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
_PERSONAL = frozenset(
    ("data", "information", "privacy", "daten", "informationen", "données", "informations", "datos", "información")
)
"""What a line that speaks of somebody may not name."""
_LEADS = re.compile(r"(?:[:：]|\s\S*(?:…|\.\.\.))$")
_LEADING = (":", "：", "…", "...")
"""What such words end with: of most texts this tells enough."""
_IDLE = re.compile(r"[:：\d]|[.。;；]$")
_LANGUAGES = 10
"""Languages that no document of a vendor is written in, but its site."""
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
    marks = [at for at, clause in enumerate(clauses) if _is_mark(clause)]
    title = title_at(clauses)
    if title or len(marks) >= _FEWEST:  # most policies have none
        led = _led(clauses)
        yield from _among_marks(clauses, marks, led)
        yield from ((at, "menu") for at in range(title) if at not in led and _is_idle(clauses[at]))


def title_at(clauses: Sequence[Clause]) -> int:
    """The position of the heading that names the document, 0 where another stands before it, or where something that a policy says does."""
    headings = [at for at, clause in enumerate(clauses[:HEAD]) if clause.kind == "heading"]
    if not headings:
        return 0
    title = clauses[headings[0]]
    names = title.depth <= min(clauses[at].depth for at in headings) and _names_document(title)
    counted = unlabelled(title) != title.text
    return 0 if not names or counted or sum(map(_is_policy, clauses[: headings[0]])) > _BANNERS else headings[0]


def _names_document(heading: Clause) -> bool:
    return bool(_titles().find(terms(heading.text)))


def _heads_menu(text: str) -> bool:
    return _is_of_site(text) or bool(marked(text))


@cache
def _titles() -> Lexicon[str]:
    return lexicon({"title": data("furniture")["title"]["words"]})


def _is_idle(clause: Clause) -> bool:
    """Whether a line before a title says nothing: no sentence, no label with what it labels, no number, no fact."""
    if clause.kind == "heading" or _IDLE.search(clause.text) or _is_policy(clause):
        return False
    return not _tells(clause.text)


def _led(clauses: Sequence[Clause]) -> frozenset[int]:
    """The positions of the lines that belong to what stands above them: a heading that no menu has, or words that lead up to a list."""
    led, found = False, []
    before: Clause | None = None
    for at, clause in enumerate(clauses):
        ends = before is not None and before.kind == "item" != clause.kind
        if clause.kind == "heading":
            led = not (
                _heads_menu(clause.text) or (before.links and is_link(before) if before else _names_document(clause))
            )
        elif clause.text.rstrip().endswith(_LEADING) and _LEADS.search(clause.text):
            led = True
        elif ends or _is_policy(clause):
            led = False
        elif led:
            found.append(at)
        before = clause
    return frozenset(found)


def _among_marks(clauses: Sequence[Clause], lines: Sequence[int], led: frozenset[int]) -> Iterator[tuple[int, str]]:
    languages = [at for at, clause in enumerate(clauses) if _names_language(clause.text)]
    spared = led.difference(range(languages[0], languages[-1] + 1) if len(languages) >= _LANGUAGES else ())
    marks = [at for at in lines if at not in spared]
    if len(marks) < _FEWEST:
        return
    among = set(marks)
    homes = frozenset(_site_of(clauses[at]) for at in marks if clauses[at].links)
    for stretch in _stretches(clauses, marks):
        scores = [_score(clauses[at], at in among, homes) for at in stretch]
        total, start, stop = _best(scores)
        if total < _ENOUGH or scores[start:stop].count(_MARK) < _FEWEST:
            continue
        for at in stretch[start:stop]:
            if at in among:
                yield at, "menu"
            elif at not in spared and not (_leads_away(clauses[at], homes) or _tells(clauses[at].text)):
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


def _site_of(clause: Clause) -> str:
    """Whose site the first link of a clause leads to, "" for a place in its own text."""
    host = _HOST.match(clause.links[0].url)
    return owner(host[1]) if host else ""


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
    if clause.kind == "item" and not clause.links:  # a list of a policy may well consist of such words
        return _names_language(clause.text)
    return _is_of_site(clause.text) or (bool(clause.links) and _leads_about(clause))


@lru_cache(maxsize=16_384)
def _names_language(text: str) -> bool:
    """Whether a line is the name of a language, perhaps with a country or a script."""
    if len(text) > 5 * _BRIEF:
        return False
    aside = _ASIDE.search(text)
    plain = text[: aside.start()] if aside else text
    small = aside is not None and any(word[0].islower() for word in _WORD.findall(aside[0]))
    return not small and " ".join(terms(plain)) in _languages()


@lru_cache(maxsize=16_384)
def _is_of_site(text: str) -> bool:
    if text.lstrip().startswith("©"):
        return not _acts(text)
    if _ENDS.search(text):
        return False
    spoken = terms(text)
    if len(spoken) > _BRIEF:
        return _is_row(text, spoken)
    if not spoken or is_right(spoken):
        return False
    if _entries().issuperset(spoken) or _names_language(text):
        return True
    return any("\tfields\t" not in mark for mark in marked(text))


def _leads_about(clause: Clause) -> bool:
    """Whether a clause is a link to a part of a site."""
    spoken = terms(clause.text)
    return len(spoken) <= _BRIEF and not _site().isdisjoint(spoken) and is_link(clause) and not _tells(clause.text)


def is_row(text: str, spoken: Sequence[str]) -> bool:
    """Whether a text, its terms given, is a menu whose entries ran together: no sentence, and many words that only menus have."""
    if not _runs_on(text, spoken, _site(), _ROW_NAMED):
        return False
    long: list[str] = _LONG.findall(text)
    return sum(word[0].isupper() for word in long) >= _CAPITALS * len(long)


def _is_row(text: str, spoken: Sequence[str]) -> bool:
    """The same where it stands among marks: every word has a capital, and a few are such as menus have."""
    return _runs_on(text, spoken, _entries(), _ROW_LISTED) and all(word[0].isupper() for word in _WORD.findall(text))


def _runs_on(text: str, spoken: Sequence[str], known: frozenset[str], least: int) -> bool:
    """Whether a text may be a row: long, with so many known words, and neither in capitals all through nor parted by commas."""
    return len(spoken) >= _ROW and len(known.intersection(spoken)) >= least and not (text.isupper() or _listed(text))


def _listed(text: str) -> bool:
    """Whether a text sets its entries apart by commas, as a sentence does."""
    return text.count(",") + text.count("、") > 1


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
    if text.rstrip().endswith((".", "。")):  # a sentence; what calls out or asks may still be furniture
        return True
    spoken_of = any(parties(reading(sentence)) for sentence in sentences(text))
    if not spoken_of:
        return False
    return (len(spoken) > _NAMING and not _ENDS.search(text)) or not _PERSONAL.isdisjoint(spoken) or _acts(text)


def _acts(text: str) -> bool:
    """Whether a text says what somebody does."""
    return any(parties(each) and each.values("practices") for each in map(reading, sentences(text)))
