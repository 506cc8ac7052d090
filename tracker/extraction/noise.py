"""Lines that change with every visit, or belong to the page and not to its document; the patterns are in noise.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from tracker.extraction.blocks import Block
from tracker.extraction.dates.grammar import YEAR

_ENDS = " \t.:;,!?…|·•*-–—<>›»✓×"
_LONGEST = 600
_EDGE = 12
"""Blocks at the end of a document among which its page's tail is looked for."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    table = tomllib.loads(files(__package__).joinpath("noise.toml").read_text(encoding="utf-8"))
    anywhere, edges = ("|".join(f"(?:{pattern})" for pattern in table[key]) for key in ("anywhere", "edges"))
    return re.compile(anywhere), re.compile(f"{anywhere}|{edges}"), frozenset(table["places"])


@lru_cache(maxsize=1)
def _invitations() -> re.Pattern[str]:
    table = tomllib.loads(files(__package__).joinpath("noise.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(table["invitations"]))


def invites(lines: Iterable[str]) -> bool:
    """Whether a few lines ask the reader to take a newsletter."""
    return any(_invitations().search(line.casefold()) for line in lines)


def without_noise(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that belong to the document."""
    anywhere, edges, _ = _patterns()
    kept = [block for block in blocks if not _matches(anywhere, block.text)]
    last = len(kept)
    while last > max(0, len(kept) - _EDGE) and (_matches(edges, kept[last - 1].text) or _heads_nothing(kept[:last])):
        last -= 1
    first = 0
    while first < min(last, _EDGE) and kept[first].kind != "heading" and _matches(edges, kept[first].text):
        first += 1
    return kept[first:last]


def is_control(text: str) -> bool:
    """Whether a text is what controls of a page say: accept, settings, print."""
    return _matches(_patterns()[1], text)


def _heads_nothing(blocks: list[Block]) -> bool:
    """A heading at the end of a text of some length is that of a menu, unless it is a date."""
    return len(blocks) > _EDGE and blocks[-1].kind == "heading" and not YEAR.search(blocks[-1].text)


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    line = text.replace("\n", " ").casefold().strip(_ENDS)
    return not line or bool(pattern.fullmatch(line)) or (len(line) < 200 and _is_share_bar(line))


def _is_share_bar(line: str) -> bool:
    words = re.split(r"[\s,|/·•]+", line.strip(_ENDS))
    return len(words) >= 3 and _patterns()[2].issuperset(words)
