"""Plain text → blocks: paragraphs by lines, headings guessed from how they stand and look."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.extraction.blocks import Block
from tracker.extraction.canonical import canonical

_REMOVED = re.compile(r"\{\s*removed [\w -]{1,30}\}")
_LINE_END = re.compile(r"\n")
_WRAPPED_BREAK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*•·o–]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]+\S)")
_WRAPPED = 50
"""A text whose lines that go on below are mostly this long, and never longer than a screen, is wrapped: there a line is no paragraph."""
_SCREEN = 100


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs of a text file in order."""
    text = _REMOVED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    for part in paragraph_break(text).split(text):
        line = canonical(part).replace("\n", " ")
        if any(map(str.isalnum, line)):
            yield Block("paragraph", line, strong=len(line) if _looks_like_heading(line) else 0)


def paragraph_break(text: str) -> re.Pattern[str]:
    """What parts the paragraphs of a text: every line end, or in a wrapped text an empty line or an item's mark."""
    parts = _WRAPPED_BREAK.split(text)
    lines = [part.strip("\n").split("\n") for part in parts]
    continued = [line for part in lines for line in part[:-1] if line.strip()]
    wrapped = bool(continued) and max(map(len, text.split("\n"))) <= _SCREEN
    wrapped = wrapped and sum(len(line) >= _WRAPPED for line in continued) > len(continued) / 2
    return _WRAPPED_BREAK if wrapped else _LINE_END


def _looks_like_heading(line: str) -> bool:
    words = line.rstrip(".").split()
    if len(words) > 12 or not (line[0].isupper() or line[0].isdigit() or line[0] == "("):
        return False
    capital = all(w[0].isupper() or len(w) < 4 for w in words)
    if line[-1] == ".":
        return line.isupper() or (capital and len(words) <= 6)
    return line[-1] not in ",;:!"
