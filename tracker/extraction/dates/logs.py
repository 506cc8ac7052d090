"""A document's own list of its changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.extraction.blocks import Block
from tracker.extraction.dates.cues import Cues
from tracker.extraction.dates.grammar import YEAR, Expression, digits, expressions, lowered
from tracker.extraction.dates.roles import MARKS
from tracker.extraction.lexicon import count

TAIL = 25
"""Blocks at the end of a document, where lists of changes stand."""
_NUMBER = 15
_AFTER = tuple(":-–—|)]：")
_TITLE = 40
"""Characters of a line that may head a list of changes without being marked up as a heading."""
_LEAD = 60
"""Characters within which an entry names its date."""


def newest_entry(blocks: Sequence[Block], words: Cues, language: str | None) -> tuple[Expression, str, int] | None:
    """The newest entry of the list of changes, at the document's end or under a heading that says so: its date, its words, and
    the position of its block."""
    entries = list(_entries(blocks, words, language))
    return max(entries, key=lambda entry: entry[0].value, default=None)


def _entries(blocks: Sequence[Block], words: Cues, language: str | None) -> Iterator[tuple[Expression, str, int]]:
    under = False
    for at, block in enumerate(blocks):
        heads = block.kind == "heading" or (block.kind == "paragraph" and len(block.text) <= _TITLE)
        if heads and words.log.search(lowered(block.text)):
            under = True
        elif block.kind == "heading":
            under = False
        elif under or at >= len(blocks) - TAIL:
            line = block.text.split("\n")[0]
            x = next(expressions(digits(line[:_LEAD]), language), None) if YEAR.search(line[:_LEAD]) else None
            if x is not None and _is_entry(line, x, language, number=_NUMBER if under else 0):
                yield x, line[:160], at


def _is_entry(line: str, x: Expression, language: str | None, number: int) -> bool:
    """Whether a line is a date and what was changed on it; before it may stand the `number` of characters that a version number has."""
    rest = line[x.end :].strip(" *_")
    if x.loose or x.day is None or len(line[: x.start].strip(MARKS)) > number or rest[:1] not in _AFTER:
        return False
    said = rest.strip(MARKS)
    again = next(expressions(digits(said[:40]), language), None)
    return count(said) >= 2 and (again is None or again.start > 0)
