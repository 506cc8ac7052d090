"""Headings that no tag declares: bold, upper-case and numbered lines that stand before other text, and a document's plain title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.extraction.blocks import Block
from tracker.extraction.labels import label, rank
from tracker.extraction.lexicon import kinds
from tracker.wording import fold

_YEAR = re.compile(r"(?:19|20)\d\d")
_DISGUISED = 7
"""The level of a heading that no tag declares: below all that are declared."""
_LONGEST, _MOST_WORDS = 120, 16
_NUMBERED, _NUMBERED_WORDS = 80, 10
"""Characters and words that a heading has at most which nothing but its number marks."""
_TITLE_WORDS, _TITLE_AT = 8, 4
"""Words that a title has at most, and blocks among which it is looked for."""
_ENDS = tuple(".,:;!?。！？：；،؛")
_ROMAN, _COUNT = re.compile(r"\b[IVX]+\b"), re.compile(r"\b(?!I\b)\w+")


def undisguised(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with headings shown as what they are; a title told twice in a row is told once."""
    given = list(blocks)
    if given and _is_title(given[0]):
        given[0] = replace(given[0], kind="heading", level=1)
    numbered = [_is_numbered(block) for block in given]
    before: Block | None = None
    for at, block in enumerate(given):
        below = given[at + 1] if at + 1 < len(given) else None  # where nothing stands below, a line heads nothing
        shown = block
        if below is not None and (below.kind != "row" or block.strong):
            shown = _as_heading(block, below, counted=numbered[at] and _counts_alone(given, numbered, at))
        if before is None or not _repeats(before, shown):
            yield shown
            before = shown


def rooted(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the title above all: where sections are marked up like the title before them, they still stand below it."""
    headings = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    if not headings or headings[0] >= _TITLE_AT or not kinds(blocks[headings[0]].text):
        return list(blocks)
    first, *others = headings
    beside = next((n for n, at in enumerate(others) if blocks[at].level <= blocks[first].level), len(others))
    level = (
        0 if beside < 2 else blocks[first].level
    )  # two and more of its own: the next one like it begins another document
    return [*blocks[:first], replace(blocks[first], level=level), *blocks[first + 1 :]]


def could_be_heading(text: str) -> bool:
    """Whether a line is short, is no sentence, and neither a date nor an address."""
    words = text.split()
    return (
        "\n" not in text
        and len(text) <= _LONGEST
        and 1 <= len(words) <= _MOST_WORDS
        and (text[-1] not in ".,;!" or text.isupper() or len(words) <= 6)
        and not _YEAR.search(text)
        and "@" not in text
        and "://" not in text
    )


def heads_lines(title: str, line: str) -> bool:
    """Whether a paragraph's first line is the heading of the line below it, by its letters or its number."""
    return len(line) > max(60, len(title)) and could_be_heading(title) and (_is_shouted(title) or _numbers(title))


def _as_heading(block: Block, below: Block, *, counted: bool) -> Block:
    if not could_be_heading(block.text):
        return block
    level = _DISGUISED + rank(label(block.text, heading=True) or block.number or None)
    bold = block.strong == len(block.text)
    if block.kind == "paragraph" and (bold or _is_shouted(block.text) or counted):
        return replace(block, kind="heading", level=level)
    if block.kind == "item" and bold and block.number and block.level == 0 and below.kind != "item":
        return replace(block, kind="heading", level=level)
    return block


def _is_shouted(text: str) -> bool:
    return text.isupper() and (label(text, heading=True) is not None or len(text.split()) > 1)


def _is_numbered(block: Block) -> bool:
    return block.kind == "paragraph" and _numbers(block.text)


def _numbers(text: str) -> bool:
    """Whether a line is an enumerator of sections and a few words that are no sentence."""
    mark = label(text, heading=True)
    if mark is None or len(text) > _NUMBERED or len(text.split()) > _NUMBERED_WORDS or text.endswith(_ENDS):
        return False
    rest = text[len(mark) :].lstrip(" .:)–—-、．")
    return bool(rest) and not rest[0].islower() and could_be_heading(text)


def _counts_alone(blocks: Sequence[Block], numbered: Sequence[bool], at: int) -> bool:
    """Whether a numbered line has text below it, and is not one of a list of such lines."""
    below, own = blocks[at + 1], _style(blocks[at])
    if _style(below) == own or (at > 0 and numbered[at - 1] and _style(blocks[at - 1]) == own):
        return False
    return numbered[at + 1] or (below.kind != "heading" and len(below.text) > len(blocks[at].text))


def _style(block: Block) -> tuple[str, int]:
    """How an enumerator looks, whatever it counts: "1" and "2" alike, "a)" and "1.1" not."""
    mark = label(block.text, heading=True)
    return _COUNT.sub("1", _ROMAN.sub("I", mark or "")), rank(mark)


def _is_title(block: Block) -> bool:
    """A first line that is nothing but the name of a legal document."""
    named = kinds(block.text) if block.kind == "paragraph" and len(block.text) <= _NUMBERED else frozenset()
    few = len(block.text.split()) <= _TITLE_WORDS
    return bool(named & {"other", "terms"}) and few and not block.text.endswith(_ENDS) and could_be_heading(block.text)


def _repeats(before: Block, block: Block) -> bool:
    return before.kind == block.kind == "heading" and fold(before.text) == fold(block.text)
