"""Text that is caught with a policy and is no part of it: share bars, menus, feedback buttons, error banners, announcements."""

from __future__ import annotations

import re
from functools import cache

from tracker.comparison.lexicon import Lexicon, data, terms
from tracker.model import Clause

_LONGEST_MENU = 14
_HEAD = 12  # words at the head of a clause, enough for every phrase
_ENTRIES, _ENTRY = 3, 4  # entries that make a menu, and words that an entry may have
_BETWEEN = re.compile(r"\s*[•·|›»>]\s*")
_FILE = re.compile(r"(?i)^\S+\.(?:png|jpe?g|gif|svg|webp|ico|pdf)$")


@cache
def _begins(name: str) -> Lexicon:
    entry = data("noise")[name]
    return Lexicon((name, phrase) for phrase in (*entry.get("begins", ()), *entry.get("whole", ())))


@cache
def _has(name: str) -> Lexicon:
    return Lexicon((name, phrase) for phrase in data("noise")[name].get("has", ()))


@cache
def _vocabulary(name: str) -> frozenset[str]:
    return frozenset(data("noise")[name].get("words", ()))


def noise(clause: Clause) -> str | None:
    """What kind of text this is, if it is no part of the policy: an entry of noise.toml, "picture" or "blank"; else None."""
    spoken = terms(clause.text)
    if not spoken:
        return "blank"
    if _FILE.match(clause.text.strip()):
        return "picture"
    if _is_menu(clause.text):
        return "menu"
    for name, entry in data("noise").items():
        if len(spoken) <= _LONGEST_MENU and _vocabulary(name) and _vocabulary(name).issuperset(spoken):
            return str(name)
        longest = entry.get("longest", len(spoken) if "begins" in entry else _LONGEST_MENU)
        if len(spoken) <= longest and (
            any(start == 0 for _, start, _ in _begins(name).find(spoken[:_HEAD])) or any(_has(name).find(spoken))
        ):
            return str(name)
    return None


def _is_menu(text: str) -> bool:
    """Whether a text is a row of entries set apart by marks, most of them such as menus have."""
    entries = [terms(entry) for entry in _BETWEEN.split(text)]
    known = sum(_vocabulary("menu").issuperset(entry) for entry in entries)
    return len(entries) >= _ENTRIES and all(len(entry) <= _ENTRY for entry in entries) and 2 * known > len(entries)
