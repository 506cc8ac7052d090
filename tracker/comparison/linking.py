"""Links that are called otherwise than before, "here" by the name of the page, and lead where they led."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

from tracker.comparison.boxes import is_right
from tracker.comparison.clauses import titled
from tracker.comparison.facts import said
from tracker.comparison.lexicon import data, terms
from tracker.comparison.signals import vital
from tracker.model import Clause, Link, WordEdit

_NAME = 10
"""Words that the name of a page may have: a link may also be set on a sentence that says something."""
_ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_PARTS = re.compile(r"(?:[a-zA-Z][\w+.-]*:)?//([^/?#]+)([^?#]*)")
_LANGUAGE = re.compile(r"/[a-z]{2}(?:[-_][a-zA-Z]{2})?(?=/|$)")
"""A part of a path that names a language or region."""


def renamed(old: Sequence[Clause], new: Sequence[Clause], edits: Sequence[WordEdit]) -> bool:
    """Whether clauses differ in nothing but what links are called that lead where they led, and in what bids the reader follow them. On one
    side each of these is no more than "here", or its own address."""
    before, after = (_named(chain(*(clause.links for clause in side))) for side in (old, new))
    pairs = [(before[target], after[target]) for target in before.keys() & after.keys()]
    known = [pair for pair in pairs if any(map(_bare, pair)) and all(map(_names_a_page, pair))]
    names = {sign: [f" {' '.join(terms(pair[side]))} " for pair in known] for side, sign in enumerate("-+")}
    return bool(known) and all(_follows(terms(text), names[sign]) for sign, text in edits if sign != "=")


def _follows(run: Sequence[str], names: Iterable[str]) -> bool:
    """Whether a run is what a link is called, or part of it, with what bids the reader follow it; alone, what points to nobody."""
    own = [at for at, word in enumerate(run) if word not in _following()]
    if not own:
        return _meant().isdisjoint(run) or any(f" {' '.join(run)} " in name for name in names)
    return any(f" {' '.join(run[own[0] : own[-1] + 1])} " in name for name in names)


def _names_a_page(name: str) -> bool:
    """Whether a link may be called so without saying anything: a title of a page, or words that name no right, fact or limit."""
    spoken = terms(name)
    if len(spoken) == 1 or _ADDRESS.fullmatch(name.strip()):
        return not is_right(spoken)
    if len(spoken) > _NAME or any(map(vital, spoken)):
        return False
    return titled(name) or not (is_right(spoken) or said(name))


def _named(links: Iterable[Link]) -> dict[str, str]:
    """What each target of links is called, where all that lead there are called the same."""
    found: dict[str, set[str]] = {}
    for link in links:
        found.setdefault(_target(link), set()).add(link.text)
    return {target: min(names) for target, names in found.items() if target and len(names) == 1}


def _target(link: Link) -> str:
    """Where a link leads, whatever the language; nothing for a place on the same page."""
    parts = _PARTS.match(link.url)  # which takes also what is no address at all, as pages have it
    return parts[1].removeprefix("www.").casefold() + _LANGUAGE.sub("", parts[2]).rstrip("/") if parts else ""


def _bare(name: str) -> bool:
    return bool(_ADDRESS.fullmatch(name.strip())) or _following().issuperset(terms(name))


@cache
def _following() -> frozenset[str]:
    return frozenset(chain(*data("signals")["following"].values()))


@cache
def _meant() -> frozenset[str]:
    """Words that bid follow a link beside it, and mean somebody, more, less or a permission elsewhere."""
    return frozenset(data("signals")["followed"]["words"])
