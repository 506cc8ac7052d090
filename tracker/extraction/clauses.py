"""Blocks become clauses: headings in disguise are recognised, every clause gets its label and the trail of headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.extraction.blocks import Block
from tracker.extraction.canonical import one_line
from tracker.extraction.labels import label, rank
from tracker.model import Clause

_BULLET = re.compile(r"[•·●○◦▪▫■□◼◾‣⁃∙✓✔➢➤►▶→*–—-]\s+(?=\S)|[•●▪■◼➢]\s*(?=\w)")
_ITEM_LINE = re.compile(r"^(?:[•·●○◦▪▫■□◼◾‣⁃∙➢➤►▶*–—-]\s+\S|\(?(?:\d{1,2}|[a-z])[.)]\s+[^\W\d])", re.MULTILINE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DISGUISED = 7
"""The level of a heading that no tag declares: below all that are declared."""
_LONGEST_HEADING = 120


def settled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """One block for each clause: disguised headings and items shown as what they are."""
    return tuple(_undisguised(_split_leads(blocks)))


def tree(blocks: Sequence[Block]) -> tuple[Clause, ...]:
    """The clauses of settled blocks, one each. A heading's depth is the number of headings above it and one."""
    clauses: list[Clause] = []
    above: list[tuple[int, str]] = []
    for block in blocks:
        text = one_line(block.text)
        heading = block.kind == "heading"
        mark = label(text, heading=heading)
        if block.number and mark is None:
            text, mark = f"{block.number} {text}", block.number.rstrip(".")
        if heading:
            while above and above[-1][0] >= block.level:
                above.pop()
        trail = tuple(title for _, title in above)
        depth = min(6, len(above) + 1) if heading else block.level
        clauses.append(Clause(text, block.kind, trail, mark, depth, block.links))
        if heading:
            above.append((block.level, text))
    return tuple(clauses)


def _split_leads(blocks: Iterable[Block]) -> Iterator[Block]:
    """A bold first line before a line break is a title of its own; a bullet written as text makes an item."""
    for block in blocks:
        if block.kind != "paragraph":
            yield block
            continue
        if 0 < block.strong < len(block.text) and block.text[block.strong] == "\n":
            title, rest = block.text[: block.strong], block.text[block.strong + 1 :]
            if _could_be_heading(title):
                yield Block(
                    "paragraph", title, strong=len(title), links=tuple(x for x in block.links if x.text in title)
                )
                block = replace(block, text=rest, strong=0)
        yield from map(_shown_item, _lines(block))


def _lines(block: Block) -> Iterator[Block]:
    """A paragraph in whose lines marks of items stand, two at least, is the items' lines, each with what goes on below it."""
    starts = [found.start() for found in _ITEM_LINE.finditer(block.text)] if "\n" in block.text else []
    if len(starts) < 2:
        yield block
        return
    for start, end in pairwise([0, *filter(None, starts), len(block.text)]):
        text = block.text[start:end].strip("\n")
        yield replace(block, text=text, strong=0, links=tuple(link for link in block.links if link.text in text))


def _shown_item(block: Block) -> Block:
    bullet = _BULLET.match(block.text)
    if not bullet or len(block.text) == bullet.end():
        return block
    return replace(block, kind="item", text=block.text[bullet.end() :], strong=0)


def _undisguised(blocks: Iterable[Block]) -> Iterator[Block]:
    """Bold-only and upper-case lines that stand before other text are headings."""
    before: Block | None = None
    for block in blocks:
        if before is not None:
            yield _as_heading(before) if block.kind != "row" or before.strong else before
        before = block
    if before is not None:
        yield before  # nothing stands below the last block: it heads nothing


def _as_heading(block: Block) -> Block:
    if block.kind != "paragraph" or not _could_be_heading(block.text):
        return block
    mark = label(block.text, heading=True)
    shouted = block.text.isupper() and (mark is not None or len(block.text.split()) > 1)
    if block.strong == len(block.text) or shouted:
        return replace(block, kind="heading", level=_DISGUISED + min(rank(mark), 4))
    return block


def _could_be_heading(text: str) -> bool:
    words = text.split()
    return (
        "\n" not in text
        and len(text) <= _LONGEST_HEADING
        and 1 <= len(words) <= 16
        and (text[-1] not in ".,;!" or text.isupper() or len(words) <= 6)
        and not _YEAR.search(text)
        and "@" not in text
        and "://" not in text
    )
