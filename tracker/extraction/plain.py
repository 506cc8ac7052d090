"""Plain text → blocks: paragraphs by lines, headings guessed from how they stand and look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tracker.extraction.blocks import Block
from tracker.extraction.canonical import canonical, one_line
from tracker.extraction.labels import label
from tracker.extraction.titles import could_be_heading

_REMOVED = re.compile(r"\{\s*removed [\w -]{1,30}\}")
_LINE_END = re.compile(r"\n")
_WRAPPED_BREAK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*•·o–]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]+\S)")
_UNDERLINED = re.compile(
    r"^[ \t]*(\S[^\n]{0,118}\S)[ \t]*\n[ \t]*(={3,}|-{3,}|~{3,}|\^{3,}|\*{3,}|#{3,}|\+{3,})[ \t]*$", re.MULTILINE
)
"""A line with another of one sign below it, as headings stand in texts for programmers."""
_STOPS, _SENTENCE = tuple(".:;!?。：；！？"), 60
_WRAPPED = 50
"""A text whose lines that go on below are mostly this long, and never longer than a screen, is wrapped: there a line is no paragraph."""
_SCREEN = 100


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs of a text file in order."""
    text = _REMOVED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    underlines: list[str] = []
    before = 0
    for found in _UNDERLINED.finditer(text):
        title = canonical(found[1])
        if not could_be_heading(title):
            continue  # the line below it parts sections
        yield from _paragraphs(text[before : found.start()])
        if found[2][0] not in underlines:
            underlines.append(found[2][0])
        yield Block("heading", title, min(6, underlines.index(found[2][0]) + 1))
        before = found.end()
    yield from _paragraphs(text[before:])


def _paragraphs(text: str) -> Iterator[Block]:
    lines = [one_line(canonical(part)) for part in paragraph_break(text).split(text)]
    lines = [line for line in lines if any(map(str.isalnum, line))]
    for line, below in pairwise([*lines, ""]):
        yield Block("paragraph", line, strong=len(line) if _looks_like_heading(line, below) else 0)


def paragraph_break(text: str) -> re.Pattern[str]:
    """What parts the paragraphs of a text: every line end, or in a wrapped text an empty line or an item's mark."""
    parts = _WRAPPED_BREAK.split(text)
    lines = [part.strip("\n").split("\n") for part in parts]
    continued = [line for part in lines for line in part[:-1] if line.strip()]
    wrapped = bool(continued) and max(map(len, text.split("\n"))) <= _SCREEN
    wrapped = wrapped and sum(len(line) >= _WRAPPED for line in continued) > len(continued) / 2
    return _WRAPPED_BREAK if wrapped else _LINE_END


def _looks_like_heading(line: str, below: str) -> bool:
    """Few words, capitals, and below it a sentence: lines of an address are no headings. What numbers alone mark is told elsewhere."""
    if (label(line, heading=True) and not line.isupper()) or (below[-1:] not in _STOPS and len(below) <= _SENTENCE):
        return False
    words = line.rstrip(".").split()
    if len(words) > 12 or not (line[0].isupper() or line[0].isdigit() or line[0] == "("):
        return False
    capital = all(w[0].isupper() or len(w) < 4 for w in words)
    if line[-1] == ".":
        return line.isupper() or (capital and len(words) <= 6)
    return line[-1] not in ",;:!"
