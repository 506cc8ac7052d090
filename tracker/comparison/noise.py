"""Text that is caught with a policy and is no part of it: share bars, menus, feedback buttons, error banners, announcements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tracker.comparison.facts import said
from tracker.comparison.lexicon import Lexicon, data, terms
from tracker.model import Clause

_LONGEST_MENU = 14
_NEWS = "announcement"
"""What says that the text changes; with a fact of its own it is the text."""
_ENTRIES, _ENTRY = 3, 4  # entries that make a menu, and words that an entry may have
_BETWEEN = re.compile(r"\s*[•·|›»>]\s*")
_FILE = re.compile(r"(?i)^\S+\.(?:png|jpe?g|gif|svg|webp|ico|pdf)$")


@cache
def _phrases() -> Lexicon[str]:
    """Every phrase of every entry; the value is "place\\tname", the place "head" or "any"."""
    return Lexicon(
        (f"{place}\t{name}", phrase)
        for name, entry in data("noise").items()
        for place, keys in (("head", ("begins", "whole")), ("any", ("has",)))
        for key in keys
        for phrase in entry.get(key, ())
    )


@cache
def _longest() -> dict[str, int]:
    """The words that a clause of each kind may have."""
    return {name: entry.get("longest", _LONGEST_MENU) for name, entry in data("noise").items()}


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
    if len(spoken) > max(_longest().values()):
        return None
    found = {name for name in _longest() if len(spoken) <= _LONGEST_MENU and _consists(spoken, name)}
    for value, start, _ in _phrases().find(spoken):
        place, name = value.split("\t")
        if (place == "any" or start == 0) and len(spoken) <= _longest()[name]:
            found.add(name)
    if found == {_NEWS} and said(clause.text):
        return None
    return next((name for name in _longest() if name in found), None)


def _consists(spoken: Sequence[str], name: str) -> bool:
    return bool(_vocabulary(name)) and _vocabulary(name).issuperset(spoken)


def _is_menu(text: str) -> bool:
    """Whether a text is a row of entries set apart by marks, most of them such as menus have."""
    parts = _BETWEEN.split(text)
    if len(parts) < _ENTRIES:
        return False
    entries = [terms(part) for part in parts]
    known = sum(_vocabulary("menu").issuperset(entry) for entry in entries)
    return all(len(entry) <= _ENTRY for entry in entries) and 2 * known > len(entries)
