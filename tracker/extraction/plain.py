"""Plain text → blocks: paragraphs by lines, headings guessed from how they stand and look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.extraction.blocks import Block
from tracker.extraction.canonical import canonical

_REMOVED = re.compile(r"\{\s*removed [\w -]{1,30}\}")
_RULE = re.compile(r"[\s*_=~#.\-–—]*\Z")
_WRAPPED = 60
"""A file whose lines are mostly this long and never longer than a screen is wrapped: there a line is no paragraph."""
_SCREEN = 100


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs of a text file in order."""
    text = _REMOVED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    for part in _paragraphs(text.split("\n")):
        line = canonical(part)
        if any(map(str.isalnum, line)):
            yield Block("paragraph", line, strong=len(line) if _looks_like_heading(line) else 0)


def _paragraphs(lines: list[str]) -> Iterator[str]:
    full = [line for line in lines if line.strip()]
    wrapped = bool(full) and max(map(len, full)) <= _SCREEN and sum(len(x) >= _WRAPPED for x in full) > len(full) / 2
    if not wrapped:
        yield from (line for line in lines if not _RULE.match(line))
        return
    together: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            together.append(line.strip())
        elif together:
            yield " ".join(together)
            together = []


def _looks_like_heading(line: str) -> bool:
    words = line.rstrip(".").split()
    if len(words) > 12 or not (line[0].isupper() or line[0].isdigit() or line[0] == "("):
        return False
    capital = all(w[0].isupper() or len(w) < 4 for w in words)
    if line[-1] == ".":
        return line.isupper() or (capital and len(words) <= 6)
    return line[-1] not in ",;:!"
