"""Tables: rows of data become one clause each; tables that only lay a page out become what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from tracker.extraction.blocks import Block
from tracker.extraction.canonical import one_line
from tracker.extraction.html.elements import played
from tracker.extraction.html.grids import Grids, cells
from tracker.extraction.html.measuring import ancestors
from tracker.extraction.html.pieces import Piece, Region

_EMPTY, _DITTO = "–", '"'
"""What is shown for a cell without text, and for one that reaches down from a row above, so that those after it keep their columns."""
_LONGEST_ROW = 6000
"""Characters. A longer row is a page in two columns, not a row of data."""
_COLUMN, _COLUMN_PIECES, _MOST = 300, 5, 0.8
"""Characters and pieces that a column of a page has at least, and the share of its table's text that its row holds."""


def joined(found: Iterable[Piece], regions: list[Region]) -> Iterator[Piece]:
    """The pieces with those of each data row joined by " | "."""
    pieces = list(found)
    layout = _layout_rows(pieces, regions)
    grids = Grids({regions[piece.cell].element for piece in pieces if piece.cell is not None})
    row: list[Piece] = []
    for piece in pieces:
        if row and piece.row != row[0].row:
            yield from _row(row, regions, grids)
            row = []
        if piece.row is None or piece.row in layout:
            yield piece
        else:
            row.append(piece)
    if row:
        yield from _row(row, regions, grids)


def _row(row: list[Piece], regions: list[Region], grids: Grids) -> Iterator[Piece]:
    texts = _texts(row, regions)
    size = sum(map(len, texts.values()))
    headed = any(piece.block.kind == "heading" for piece in row)
    first = row[0]
    element = regions[first.row or 0].element
    if sum(1 for _ in cells(element)) < 2 or size > _LONGEST_ROW or (headed and size > 400):
        yield from row
        return
    shown = [_shown(cell, element, texts) for cell in grids.line(element) if cell is not None]
    while shown[-1] in (_EMPTY, _DITTO):
        shown.pop()
    if len(texts) == 1:
        del shown[:-1]
    text = " | ".join(shown)
    links = tuple(link for piece in row for link in piece.block.links)
    strong = all(piece.block.strong == len(piece.block.text) for piece in row)
    block = Block("row", text, links=links, strong=len(text) if strong else 0)
    yield Piece(block, first.region, sum(p.linked for p in row), sum(p.inward for p in row), first.row, first.cell)


def _shown(cell: HtmlElement, row: HtmlElement, texts: dict[HtmlElement, str]) -> str:
    return texts.get(cell, _EMPTY) if cell.getparent() is row else _DITTO


def _texts(pieces: Iterable[Piece], regions: list[Region]) -> dict[HtmlElement, str]:
    """The text of each cell that the pieces stand in."""
    found: dict[HtmlElement, str] = {}
    for piece in pieces:
        if piece.cell is not None:
            text = one_line(piece.block.text)
            if piece.block.number and not text.startswith(piece.block.number):
                text = f"{piece.block.number} {text}"
            cell = regions[piece.cell].element
            found[cell] = f"{found[cell]} {text}" if cell in found else text
    return found


def _layout_rows(pieces: Iterable[Piece], regions: list[Region]) -> set[int]:
    """Rows that hold nearly all the text of their table, much of it in one cell and no cell a header: columns of a page."""
    columns: dict[int, list[int]] = defaultdict(list)
    rows: dict[int, int] = defaultdict(int)
    tables: dict[int, int] = defaultdict(int)
    for piece in pieces:
        if piece.row is not None and piece.cell is not None:
            columns[piece.cell].append(len(piece.block.text))
            rows[piece.row] += len(piece.block.text)
            tables[regions[piece.row].parent] += len(piece.block.text)
    found = {row for row in rows if _lays_out(regions[row].element)}
    for cell, sizes in columns.items():
        row = next((at for at in ancestors(cell, regions) if at in rows), None)
        if row is None or len(sizes) < _COLUMN_PIECES or sum(sizes) < _COLUMN:
            continue
        headed = any(played(child, str(child.tag)) == "th" for child in cells(regions[row].element))
        if not headed and rows[row] >= _MOST * tables[regions[row].parent]:
            found.add(row)
    return found


def _lays_out(row: HtmlElement) -> bool:
    """Whether a row's table says that it is none."""
    table = next(row.iterancestors("table"), None)
    return table is not None and table.get("role") in ("presentation", "none")
