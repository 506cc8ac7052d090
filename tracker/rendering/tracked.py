"""Tracked changes in WordprocessingML (ECMA-376 Part 1, § 17.13.5): what a word processor accepts or rejects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, Literal

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from tracker.rendering.picking import visible

Mark = Literal["=", "-", "+", "<", ">"]
"""What becomes of words or of the end of a paragraph: they stay, go, come, move away from here, or move here."""

Run = tuple[Mark, str]

_ELEMENTS = {"-": "del", "+": "ins", "<": "moveFrom", ">": "moveTo"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The runs of one paragraph, and what becomes of its end."""

    runs: tuple[Run, ...]
    end: Mark


def paragraphs(runs: Iterable[Run], end: Mark) -> Iterator[Paragraph]:
    """Runs as paragraphs, parted at line ends; the last one ends as told."""
    current: list[Run] = []
    for mark, text in runs:
        first, *more = text.split("\n")
        current.append((mark, first))
        for line in more:
            yield Paragraph(tuple(current), mark)
            current = [(mark, line)]
    yield Paragraph(tuple(current), end)


@dataclass
class Tracker:
    """Makes tracked changes by an author, at a time where one is known; each has a number of its own."""

    author: str
    at: datetime | None
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def revision(self, name: str, /, **attributes: str) -> Any:
        """An element that says who changed something, and when."""
        known = {"id": str(next(self._numbers)), "author": self.author, **attributes}
        if self.at is not None:
            known["date"] = stamp(self.at)
        return made(name, **known)

    def write(self, paragraph: Any, content: Paragraph) -> None:
        """Put runs into a paragraph that is empty."""
        if content.end != "=":
            properties = paragraph.get_or_add_pPr()
            ending = made("rPr")
            ending.append(self.revision(_ELEMENTS[content.end]))
            properties.append(ending)
        for mark, text in content.runs:
            if text:
                paragraph.append(self._run(mark, text))

    def restyled(self, paragraph: Any, style: str) -> None:
        """Say that a paragraph had another style before."""
        before = made("pPr")
        before.append(made("pStyle", val=style))
        change = self.revision("pPrChange")
        change.append(before)
        paragraph.get_or_add_pPr().append(change)

    def moved(self, written: Sequence[Any], direction: Literal["moveFrom", "moveTo"], name: str) -> None:
        """Say that paragraphs, one after the other, moved as one."""
        start = self.revision(f"{direction}RangeStart", name=name)
        paragraph = written[0]
        paragraph.insert(1 if paragraph.pPr is not None else 0, start)
        written[-1].addnext(made(f"{direction}RangeEnd", id=start.get(qn("w:id"))))

    def row(self, row: Any, mark: Mark) -> None:
        """Say that a row of a table came or went."""
        row.get_or_add_trPr().append(self.revision(_ELEMENTS[mark]))

    def _run(self, mark: Mark, text: str) -> Any:
        run = made("r")
        words = made("delText" if mark == "-" else "t")
        words.text = visible(text)
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
        if mark == "=":
            return run
        change = self.revision(_ELEMENTS[mark])
        change.append(run)
        return change


def made(name: str, /, **attributes: str) -> Any:
    """An element of WordprocessingML."""
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def stamp(at: datetime) -> str:
    """A time as Word writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
