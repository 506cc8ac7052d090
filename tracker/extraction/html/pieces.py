"""What a walk over a page leaves behind: pieces of text in reading order, and the regions that they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from tracker.extraction.blocks import Block


@dataclass(slots=True)
class Region:
    """A stretch of the page: the pieces `first` to `last` (exclusive) stand in `element`."""

    element: HtmlElement
    tag: str
    parent: int
    first: int
    last: int = 0


@dataclass(slots=True)
class Piece:
    """A block, where it stands, and how much of it is links. `row` is the region of its table row, if it is in one."""

    block: Block
    region: int
    linked: int = 0
    inward: int = 0
    row: int | None = None
    cell: int | None = None
    role: str = ""
    """ "button", "summary", "term" or "label": a title or a control, to be told apart later."""


@dataclass(slots=True)
class Walked:
    pieces: list[Piece] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    elements: int = 0
