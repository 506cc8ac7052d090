"""Markdown → blocks: the constructs that texts use, read line by line and forgivingly."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.extraction.blocks import Block, Run
from tracker.extraction.html.elements import INLINE
from tracker.extraction.marking import plainly_marked
from tracker.model import ClauseKind

_QUOTE = re.compile(r"\A\s{0,3}(?:>\s?)+")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*\Z")
_UNDERLINE = re.compile(r"\s{0,3}(?:(=+)|-+)\s*\Z")
_ATX = re.compile(r"\s*(#{1,6})(?:\s+(.*?))?(?:\s#+)?\s*\Z")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])(?:\s+(?=\S)|\s*\Z)")
_DELIMITERS = re.compile(r"[\s|:-]*\Z")
_FRAME = re.compile(r"\A\s*\|?|(?<!\\)\|?\s*\Z")
_CELL = re.compile(r"(?<!\\)\|")

_INLINE = re.compile(
    r"\\([!-/:-@\[-`{-~])"  # 1 an escaped character
    r"|!\[[^\]]{0,500}\]\([^)]{0,2000}\)"  # a picture
    r"|\[((?:[^\[\]\\]|\\.|\[[^\[\]]{0,500}\]){0,2000})\]"  # 2 a link's text …
    r"\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*){0,5})>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"  # 3 … and its target
    r"|<((?:https?|mailto):[^<>\s]+|[^<>@\s]+@[^<>\s]+)>"  # 4 a bare address
    r"|<(/?[a-zA-Z][a-zA-Z0-9]*)\b[^<>]{0,2000}>"  # 5 a tag
    r"|(\*+|(?<![^\W_])_+|_+(?![^\W_])|`+)"  # 6 emphasis
)


@dataclass(slots=True)
class _Reader:
    """Where the reading stands: the lines of the open paragraph, and the lists it is in (the columns of their markers)."""

    lines: list[str] = field(default_factory=list)
    kind: ClauseKind = "paragraph"
    level: int = 0
    number: str = ""
    lists: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def flush(self, kind: ClauseKind | None = None, level: int | None = None) -> Iterator[Block]:
        """The open paragraph as a block."""
        if self.lines:
            raw = "".join(_soft(line) for line in self.lines)
            block = _run(raw).block(kind or self.kind, self.level if level is None else level, self.number)
            if block:
                yield block
        yield from _table(self.rows)
        self.lines, self.kind, self.level, self.number, self.rows = [], "paragraph", 0, "", []

    def leave_lists(self, column: int) -> None:
        while self.lists and self.lists[-1] >= column:
            self.lists.pop()


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text in order."""
    reader, fenced = _Reader(), False
    lines = plainly_marked(text.replace("\r\n", "\n").replace("\r", "\n")).expandtabs(4).split("\n")
    for raw, below in zip(lines, [*lines[1:], ""], strict=True):
        if _FENCE.match(raw):
            fenced = not fenced
            yield from reader.flush()
            continue
        line = raw if fenced else _QUOTE.sub("", raw, count=1)
        if not line.strip():
            yield from reader.flush()
        elif line.lstrip().startswith("|") or (reader.rows and "|" in line) or _heads_table(line, below):
            if reader.lines:
                yield from reader.flush()
            if not _DELIMITERS.match(line):
                reader.rows.append([cell.strip() for cell in _CELL.split(_FRAME.sub("", line))])
        else:
            if reader.rows:
                yield from reader.flush()
            yield from _line(reader, line)
    yield from reader.flush()


def _line(reader: _Reader, line: str) -> Iterator[Block]:
    underline = _UNDERLINE.match(line)
    if underline and reader.lines:
        yield from reader.flush("heading", 1 if underline[1] else 2)
        return
    if _RULE.match(line):
        yield from reader.flush()
        return
    rest = line
    item = _ITEM.match(rest)
    column = 0
    while item:
        yield from reader.flush()
        column += len(item[1])
        reader.leave_lists(column)
        reader.kind, reader.level = "item", len(reader.lists)
        reader.number = item[2].rstrip(")").rstrip(".") + "." if item[2][0].isdigit() else ""
        reader.lists.append(column)
        column += item.end() - len(item[1])
        rest = rest[item.end() :]
        item = _ITEM.match(rest) if rest else None
    heading = _ATX.match(rest)
    if heading:
        if not reader.lines and reader.kind == "item":
            number = reader.number
        else:
            yield from reader.flush()
            number = ""
        reader.lines, reader.number = [heading[2] or ""], number
        yield from reader.flush("heading", len(heading[1]))
        return
    if not reader.lines and reader.kind == "paragraph":
        reader.leave_lists(len(rest) - len(rest.lstrip()))
    if rest.strip():
        reader.lines.append(rest)


def _soft(line: str) -> str:
    """A line with what its end means: a break, or a mere space."""
    if line.endswith("  "):
        return line.strip() + "\n"
    if line.endswith("\\"):
        return line[:-1].strip() + "\n"
    return line.strip() + " "


def _heads_table(line: str, below: str) -> bool:
    """Whether a line is the first of a table whose rows have no marks at their ends."""
    return "|" in line and "|" in below and "-" in below and _DELIMITERS.match(below) is not None


def _table(rows: list[list[str]]) -> Iterator[Block]:
    """The rows of a table, without the columns that are empty throughout; other empty cells keep their place."""
    columns = {at for row in rows for at, cell in enumerate(row) if cell}
    for row in rows:
        cells = [cell or "–" for at, cell in enumerate(row) if at in columns]
        while cells and cells[-1] == "–":
            cells.pop()
        if cells[:-1].count("–") == len(cells) - 1:
            del cells[:-1]
        run = Run()
        for at, cell in enumerate(cells):
            if at:
                run.add(" | ")
            _inline(cell, run)
        block = run.block("row")
        if block:
            yield block


def _run(raw: str) -> Run:
    run = Run()
    _inline(raw, run)
    return run


def _inline(raw: str, run: Run) -> None:
    """Adds the text of inline Markdown to `run`: emphasis dropped, links noted, escapes undone."""
    at, strong, linked = 0, False, -1
    for found in _INLINE.finditer(raw):
        if found.start() > at:
            run.add(_text(raw[at : found.start()]), strong=strong)
        at = found.end()
        escaped, shown, target, address, tag, emphasis = found.groups()
        if escaped:
            run.add(escaped, strong=strong)
        elif shown is not None:
            if linked == found.start():
                run.add(" ", strong=strong)
            linked = at
            inner = Run()
            _inline(shown, inner)
            run.add("".join(inner.pieces), strong=strong or (bool(inner.pieces) and inner.lead == len(inner.pieces)))
            run.link("".join(inner.pieces), target)
        elif address:
            run.add(address, strong=strong)
        elif tag:
            name = tag.lower().lstrip("/")
            if name in ("b", "strong"):
                strong = not tag.startswith("/")
            elif name not in INLINE:
                run.add("\n" if name == "br" else " ", strong=strong)
        elif emphasis:
            if emphasis[0] == "*" and _lonely(raw, found.start(), found.end()):
                run.add(emphasis, strong=strong)
            elif len(emphasis) > 1 and emphasis[0] != "`":
                strong = strong != (len(emphasis) in (2, 3))
    if at < len(raw):
        run.add(_text(raw[at:]), strong=strong)


def _text(raw: str) -> str:
    return html.unescape(raw) if "&" in raw else raw


def _lonely(raw: str, start: int, end: int) -> bool:
    """An asterisk with white space on both sides stands for itself."""
    return raw[start - 1 : start].strip() == "" and raw[end : end + 1].strip() == ""
