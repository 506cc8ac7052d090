"""A change as a Word file with tracked changes: accept all is the new text, reject all the old one, and comments say why it matters."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import RGBColor

from tracker.model import Change, Clause, ClauseChange, Policy
from tracker.rendering import caption as words
from tracker.rendering.archive import unzipped, zipped
from tracker.rendering.caption import Caption
from tracker.rendering.layout import Row, in_place, moved
from tracker.rendering.picking import edits, operation_of, told, visible
from tracker.rendering.tracked import Mark, Paragraph, Run, Tracker, made, paragraphs, stamp

AUTHOR = "Clausewatch"
_CELLS = " | "
_DEEPEST_HEADING, _DEEPEST_ITEM = 9, 3


def word_file(change: Change, caption: Caption, new: Policy) -> bytes:
    """The bytes of a .docx. Its changes are dated at the first look at the new text; the same change gives the same bytes."""
    writer = _Writer(Document(), Tracker(AUTHOR, caption.new.first_seen))
    writer.describe(caption)
    parted = (part for row in in_place(change, new) for part in _parted(row))
    for is_table, rows in groupby(parted, _in_table):
        if is_table:
            writer.table(list(rows))
        else:
            for row in rows:
                writer.clause(row)
    writer.comment_whole(change, caption)
    target = io.BytesIO()
    writer.document.save(target)
    return zipped(unzipped(target.getvalue()))


@dataclass(frozen=True)
class _Writer:
    document: Any
    tracker: Tracker

    def describe(self, caption: Caption) -> None:
        """Title, header and properties: all that is no part of the text."""
        title = visible(f"{caption.vendor}  {caption.document}")
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = AUTHOR
        properties.title, properties.comments = title[:255], ""
        if caption.new.first_seen:
            properties.created = properties.modified = caption.new.first_seen.replace(tzinfo=None)
        self.document.sections[0].header.paragraphs[0].text = title
        for style in self.document.styles:
            if style.name.startswith("Heading"):
                style.font.color.rgb = RGBColor(0, 0, 0)  # colour is for the changes

    def clause(self, row: Row) -> None:
        """A clause that is no row of a table, or what became of it."""
        runs, end = _runs(row)
        old, new = _sides(row)
        ended: list[Mark] = []
        written = []
        for content in paragraphs(runs, end):
            style = _style_at(new, sum(mark != "-" for mark in ended))
            former = _style_at(old, sum(mark != "+" for mark in ended))
            paragraph = self.document.add_paragraph(style=style)._p
            self.tracker.write(paragraph, content)
            if former != style:
                self.tracker.restyled(paragraph, self.document.styles[former].style_id)
            ended.append(content.end)
            written.append(paragraph)
        change = row.change
        if change is None:
            return
        if moved(change):
            self.tracker.moved(written, "moveFrom" if row.left else "moveTo", f"move{row.number}")
        if not row.left:
            self._comment(written, _why(change, row.number))

    def table(self, rows: Sequence[Row]) -> None:
        """Rows that stand one after the other."""
        lines = [line for row in rows for line in _lines(row)]
        columns = max(len(line.cells) for line in lines)
        table = self.document.add_table(rows=0, cols=columns)
        table.style = "Table Grid"
        for line in lines:
            made_row = table.add_row()
            if line.mark != "=":
                self.tracker.row(made_row._tr, line.mark)
            cells = made_row.cells
            if len(line.cells) < columns:
                cells[len(line.cells) - 1].merge(cells[-1])
            for cell, content in zip(cells, line.cells, strict=False):
                self.tracker.write(cell.paragraphs[0]._p, content)
            if line.change is not None:
                self._comment([cells[0].paragraphs[0]._p], _why(line.change, line.number))

    def comment_whole(self, change: Change, caption: Caption) -> None:
        """Which texts are compared and what was found, as a comment on the first words."""
        found = list(self.document.element.body.iter(qn("w:p")))
        lines = [
            f"{change.level.upper()}: {change.summary}" if change.summary else change.level.upper(),
            words.of_change(change),
            f"Old: {words.of_side(caption.old)}",
            f"New: {words.of_side(caption.new)}",
            *(words.of_date(date) for date in change.dates),
            *([caption.url] if caption.url else []),
        ]
        self._comment(found[:1], lines)

    def _comment(self, on: Sequence[Any], lines: Sequence[str]) -> None:
        if not lines or not on:
            return
        comment = self.document.comments.add_comment("\n".join(map(visible, lines)), AUTHOR, "CW")
        element, number = comment._comment_elm, str(comment.comment_id)
        if self.tracker.at:
            element.set(qn("w:date"), stamp(self.tracker.at))
        else:
            element.attrib.pop(qn("w:date"), None)
        first, last = on[0], on[-1]
        first.insert(1 if first.pPr is not None else 0, made("commentRangeStart", id=number))
        last.append(made("commentRangeEnd", id=number))
        reference = made("r")
        reference.append(made("commentReference", id=number))
        last.append(reference)


def _why(change: ClauseChange, number: int | None) -> list[str]:
    """What a comment says of a clause change; nothing of one that is form alone."""
    if change.kind in ("none", "cosmetic") and change.op != "links":
        return []
    links = [f"link to {link.url}" for clause in change.new for link in clause.links] if change.op == "links" else []
    reasons = [words.of_reason(reason) for reason in told(change.reasons)]
    return [
        f"{number}. {change.level.upper()}, {operation_of(change)}",
        *reasons,
        *links,
        *([" · ".join(change.topics)] if change.topics else []),
    ]


def _runs(row: Row) -> tuple[list[Run], Mark]:
    """The words of a clause with what becomes of them, and what becomes of its paragraph's end."""
    change = row.change
    if change is None:
        return [("=", row.clause.text)], "="
    runs: Iterable[Run] = edits(change)
    if moved(change):
        gone, here = ("+", "<") if row.left else ("-", ">")
        return [(here if mark == "=" else mark, text) for mark, text in runs if mark != gone], here  # type: ignore[misc,return-value]
    return list(runs), "=" if change.old and change.new else "+" if change.new else "-"


def _sides(row: Row) -> tuple[Sequence[Clause], Sequence[Clause]]:
    """The clauses whose form the paragraphs of a row have had, and have now."""
    change = row.change
    if change is None:
        return (row.clause,), (row.clause,)
    if moved(change) or not (change.old and change.new):
        here = change.old if row.left else change.new or change.old
        return here, here
    return change.old, change.new


def _style_at(side: Sequence[Clause], at: int) -> str:
    return _style(side[min(at, len(side) - 1)])


def _style(clause: Clause) -> str:
    if clause.kind == "heading":
        return f"Heading {min(max(clause.depth, 1), _DEEPEST_HEADING)}"
    if clause.kind == "item":
        depth = min(clause.depth + 1, _DEEPEST_ITEM)
        return ("List Continue" if clause.label else "List Bullet") + (f" {depth}" if depth > 1 else "")
    return "Normal"


# --- tables -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table: its cells, whether it came or went whole, and the change to tell of."""

    cells: tuple[Paragraph, ...]
    mark: Mark = "="
    change: ClauseChange | None = None
    number: int | None = None


def _in_table(row: Row) -> bool:
    return all(clause.kind == "row" for side in _sides(row) for clause in side)


def _parted(row: Row) -> Iterator[Row]:
    """A row as it is; where a table took the place of text or the other way round, what goes and what comes."""
    kinds = [{clause.kind == "row" for clause in side} for side in _sides(row)]
    if row.change is None or (kinds[0] == kinds[1] and len(kinds[0]) == 1):
        yield row
        return
    for old in row.change.old if row.left or not moved(row.change) else ():
        yield Row(old, ClauseChange("removed", old=(old,), kind="none"))
    for at, clause in enumerate(() if row.left else row.change.new):
        yield Row(
            clause,
            replace(
                row.change,
                op="added",
                moved=False,
                old=(),
                new=(clause,),
                words=(),
                kind="none" if at else row.change.kind,
            ),
            row.number,
        )


def _lines(row: Row) -> Iterator[_Line]:
    """A row as it stands, with the edits in its cells; where cells themselves came or went, the old row and the new one."""
    change = row.change
    if change is None:
        yield _Line(_cells([("=", row.clause.text)], "="))
        return
    if (
        change.old
        and change.new
        and not moved(change)
        and all(_CELLS not in text for mark, text in change.words if mark != "=")
    ):
        yield _Line(_cells(edits(change), "="), "=", change, row.number)
        return
    if row.left or not moved(change):
        for clause in change.old:
            yield _Line(_cells([("-", clause.text)], "-"), "-", None if change.new else change, row.number)
    if not row.left:
        for at, clause in enumerate(change.new):
            yield _Line(_cells([("+", clause.text)], "+"), "+", None if at else change, row.number)


def _cells(runs: Iterable[Run], end: Mark) -> tuple[Paragraph, ...]:
    """Runs as cells, parted where the text has its bars."""
    cells: list[list[Run]] = [[]]
    for mark, text in runs:
        first, *more = text.replace("\n", " ").split(_CELLS)
        cells[-1].append((mark, first))
        cells.extend([(mark, cell)] for cell in more)
    return tuple(Paragraph(tuple(cell), end) for cell in cells)
