"""Blocks become clauses: headings in disguise are recognised, every clause gets its label and the trail of headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.extraction.blocks import Block
from tracker.extraction.canonical import one_line
from tracker.extraction.labels import label
from tracker.extraction.titles import could_be_heading, heads_lines, rooted, undisguised
from tracker.model import Clause

_BULLET = re.compile(r"[•·●○◦▪▫■□◼◾‣⁃∙✓✔➢➤►▶→*–—-]\s+(?=\S)|[•●▪■◼➢]\s*(?=\w)")
_ITEM_LINE = re.compile(r"^(?:[•·●○◦▪▫■□◼◾‣⁃∙➢➤►▶*–—-]\s+\S|\(?(?:\d{1,2}|[a-z])[.)]\s+[^\W\d])", re.MULTILINE)


def settled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """One block for each clause: disguised headings and items shown as what they are."""
    return tuple(undisguised(_split_leads(blocks)))


def tree(blocks: Sequence[Block]) -> tuple[Clause, ...]:
    """The clauses of settled blocks, one each. A heading's depth is the number of headings above it and one."""
    clauses: list[Clause] = []
    above: list[tuple[int, str]] = []
    for block in rooted(blocks):
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
        title, _, rest = block.text.partition("\n")
        bold = block.strong == len(title) and could_be_heading(title)
        if rest and (bold or heads_lines(title, rest.partition("\n")[0])):
            yield replace(block, text=title, strong=len(title), links=tuple(x for x in block.links if x.text in title))
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
