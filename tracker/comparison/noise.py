"""Text that is caught with a policy and is no part of it: share bars, menus, feedback buttons, error banners, announcements."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.comparison.boxes import is_right
from tracker.comparison.clauses import is_link
from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import Lexicon, data, terms
from tracker.comparison.signals import parties, reading, vital
from tracker.comparison.surroundings import is_row
from tracker.model import Clause

STUCK = 80
"""Characters that what is stuck to a text may have."""
_ENTRIES, _ENTRY = 3, 4  # entries that make a menu, and words that an entry may have
_MARKS = "•·|›»>"
_BETWEEN = re.compile(rf"\s*[{_MARKS}]\s*")
_FILE = re.compile(r"(?i)^\S+\.(?:png|jpe?g|gif|svg|webp|ico|pdf)$")
_COUNTED = re.compile(r"^\d{1,4}(?:[./,-]\d{1,4}){0,2}$")
"""A day, a year or a date in digits."""
_ENDS = re.compile(r"(?<!\d\.)(?<=[.!?;。！？])\s+")
"""Where a sentence ends, and no number of a day."""
_BESIDE = 2
"""Words that may stand as a sentence of their own beside what tells a kind, as the answers on buttons do."""
_FIRST = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of noise.toml, as its head explains; its phrases are in `_phrases`."""

    words: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    names: str = ""
    longest: int = 14
    states: frozenset[str] = frozenset()
    linked: bool = False
    links: bool = False


@cache
def _entries() -> dict[str, _Entry]:
    return {name: _entry(table) for name, table in data("noise").items()}


def _entry(table: Mapping[str, Any]) -> _Entry:
    told = {key: frozenset(value) if isinstance(value, list) else value for key, value in table.items()}
    known: dict[str, Any] = {key: value for key, value in told.items() if key in _Entry.__slots__}
    return _Entry(**known)


@cache
def _phrases() -> Lexicon[str]:
    """Every phrase of every entry; the value is "place\\tname", the place "head", "any" or "needs"."""
    return Lexicon(
        (f"{place}\t{name}", phrase)
        for name, entry in data("noise").items()
        for place, keys in (("head", ("begins", "whole")), ("any", ("has",)), ("needs", ("needs",)))
        for key in keys
        for phrase in entry.get(key, ())
    )


@cache
def _longest() -> int:
    return max(entry.longest for entry in _entries().values())


@cache
def _stuck() -> re.Pattern[str]:
    return re.compile("|".join(data("noise")["stuck"]["patterns"]), re.IGNORECASE)


def unstuck(text: str) -> str:
    """The text without what is stuck to it and is none of its words: a way back, what a link will do."""
    return _stuck().sub("", text)


def noise(clause: Clause, known: Callable[[str], bool] = lambda _word: False) -> str | None:
    """What kind of text this is, if it is no part of the policy: an entry of noise.toml, "picture" or "blank"; else None.

    `known` says of a folded word whether both policies hold it, so that a name is no news.
    """
    spoken = terms(clause.text)
    if not spoken:
        return "blank"
    if _FILE.match(clause.text.strip()):
        return "picture"
    if clause.kind != "row" and (_is_menu(clause.text) or is_row(clause.text, spoken)):
        return "menu"
    if clause.text.lstrip().startswith("©") and not (
        _small(clause.text) or _states(clause.text, _entries()["copyright"])
    ):
        return "copyright"
    if len(spoken) <= _longest():
        found = {value for value, start, _ in _phrases().find(spoken) if start == 0 or not value.startswith("head")}
        named = {value.partition("\t")[2] for value in found}
        for name, entry in _entries().items():
            if (name in named or not entry.needs) and _is(name, entry, clause, spoken, found, known):
                return name
    return "stuck" if len(clause.text) <= STUCK and not terms(unstuck(clause.text)) else None


def _is(
    name: str, entry: _Entry, clause: Clause, spoken: Sequence[str], found: set[str], known: Callable[[str], bool]
) -> bool:
    """Whether a clause is of the kind of an entry, the phrases of all entries that stand in it given."""
    if len(spoken) > entry.longest or (entry.kinds and clause.kind not in entry.kinds):
        return False
    if entry.needs and f"needs\t{name}" not in found:
        return False
    phrased = not found.isdisjoint((f"head\t{name}", f"any\t{name}"))
    consists = _consists(clause.text, spoken, entry, known) and _stands(clause, spoken, entry)
    if not (consists or (phrased and _throughout(name, entry, clause.text, known))):
        return False
    if entry.linked and (is_right(spoken) or not is_link(clause)):
        return False
    without = entry.without | _entries()["binding"].without
    if not without.isdisjoint(spoken):
        return False
    if entry.words.issuperset(spoken):
        return not (entry.dated and _told(clause.text, entry))
    return not _states(clause.text, entry)


def _throughout(name: str, entry: _Entry, text: str, known: Callable[[str], bool]) -> bool:
    """Whether every sentence of a text is of a kind, and not only the first."""
    return all(_sounds(name, entry, sentence, known) for sentence in _ENDS.split(text) if sentence.strip())


def _sounds(name: str, entry: _Entry, sentence: str, known: Callable[[str], bool]) -> bool:
    spoken = terms(sentence)
    if (
        sentence.startswith("©")
        or entry.words.issuperset(spoken)
        or (len(spoken) <= _BESIDE and all(map(known, spoken)) and not any(map(vital, spoken)))
    ):
        return True
    places = _phrases().find(spoken)
    return any(
        value.endswith(f"\t{name}") and (start == 0 or not value.startswith("head")) for value, start, _ in places
    )


def _states(text: str, entry: _Entry) -> bool:
    """Whether a text says something of its own: a fact that is not in the nature of its kind, or what somebody does."""
    return _told(text, entry) or _done(text, entry)


def _told(text: str, entry: _Entry) -> bool:
    return any(entry.states.isdisjoint((fact.kind, f"{fact.kind} {fact.value}")) for fact in said(text))


def _done(text: str, entry: _Entry) -> bool:
    return any(acted - entry.states for acted in map(_acted, sentences(text)))


def _acted(sentence: str) -> set[str]:
    """The practices of a sentence that speaks of somebody."""
    understood = reading(sentence)
    return understood.values("practices") if parties(understood) else set()


def _stands(clause: Clause, spoken: Sequence[str], entry: _Entry) -> bool:
    """Whether a clause stands where the words of an entry tell it: a list of partners names them one by one as a share bar does."""
    if not entry.listed or not entry.listed.isdisjoint(spoken):
        return True
    if clause.kind == "paragraph":
        return entry.links or len(spoken) > 1
    return entry.links and is_link(clause)


def _consists(text: str, spoken: Sequence[str], entry: _Entry, known: Callable[[str], bool]) -> bool:
    """Whether a text has no words but those of an entry and, where it allows them, dates and names."""
    if not entry.words or not (entry.names or entry.words.issuperset(spoken)):
        return False
    others = {*spoken} - entry.words
    names = {word for word in others if not _COUNTED.match(word)}
    if names == others and not entry.dated.isdisjoint(spoken):
        return False
    if not names.isdisjoint(_small(text)):
        return False
    return entry.names == "any" or all(map(known, names))


def _small(text: str) -> frozenset[str]:
    """The words that a text writes with a small letter."""
    raw = ((word, _FIRST.search(word)) for word in text.split())
    return frozenset(term for word, first in raw if first and first[0].islower() for term in terms(word))


def _is_menu(text: str) -> bool:
    """Whether a text is a row of entries set apart by marks, most of them such as menus have."""
    parts = _BETWEEN.split(text) if any(mark in text for mark in _MARKS) else ()
    if len(parts) < _ENTRIES:
        return False
    entries = [terms(part) for part in parts]
    known = sum(_entries()["menu"].words.issuperset(entry) for entry in entries)
    brief = all(len(entry) <= _ENTRY for entry in entries) and 2 * known > len(entries)
    return brief and not any(said(part) or _acted(part) for part in parts)
