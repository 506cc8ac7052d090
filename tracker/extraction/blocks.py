"""What the readers of HTML, PDF, Markdown and plain text hand over: blocks of text in reading order, not yet clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.extraction.canonical import canonical
from tracker.model import ClauseKind, Link

_DRAWN = re.compile(r"\s*[o§ØüvqnàÞ·•▪■\uf000-\uf0ff][ \n]*\xa0[\s\xa0]*[ \xa0]")
"""A word processor's bullet, a letter in a font of signs as a rule, with the blanks that it sets after it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands by itself.

    `text` is canonical and keeps the page's line breaks. `level` is 1…6 for a heading, and the nesting of an item, from 0. `strong`
    counts the characters at the start that are set in bold. `number` is an enumerator that the page shows and does not write ("3.").
    """

    kind: ClauseKind
    text: str
    level: int = 0
    links: tuple[Link, ...] = ()
    strong: int = 0
    number: str = ""


@dataclass(slots=True)
class Run:
    """Collects the inline content of one block."""

    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    lead: int = 0
    """How many pieces from the start are bold."""

    def add(self, text: str, *, strong: bool = False) -> None:
        if (strong and self.lead == len(self.pieces)) or (self.lead == len(self.pieces) and not text.strip()):
            self.lead += 1
        self.pieces.append(text)

    def cut(self, start: int) -> None:
        """Drops the pieces from `start` on."""
        del self.pieces[start:]
        self.lead = min(self.lead, start)

    def link(self, text: str, url: str) -> None:
        text = canonical(text).replace("\n", " ")
        if text and url:
            self.links.append(Link(text, url))

    def block(self, kind: ClauseKind, level: int = 0, number: str = "") -> Block | None:
        """The block collected so far, or None where nothing can be read in it."""
        raw = "".join(self.pieces)
        drawn = _DRAWN.match(raw) if kind == "paragraph" and "\xa0" in raw else None
        text = canonical(raw)
        if not any(map(str.isalnum, text)):
            return None
        lead = text if self.lead == len(self.pieces) else canonical("".join(self.pieces[: self.lead]))
        strong = len(lead) if text.startswith(lead) else 0
        if not text[strong:].strip(" :.："):
            strong = len(text)
        if drawn and (rest := canonical(raw[drawn.end() :])):
            return Block("item", rest, level, tuple(self.links), 0, number)
        return Block(kind, text, level, tuple(self.links), strong, number)
