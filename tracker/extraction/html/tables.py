"""Tables: rows of data become one clause each; tables that only lay a page out become what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tracker.extraction.blocks import Block
from tracker.extraction.html.measuring import ancestors
from tracker.extraction.html.pieces import Piece, Region

_LONGEST_ROW = 6000
"""Characters. A longer row is a page in two columns, not a row of data."""
_COLUMN, _COLUMN_PIECES, _MOST = 500, 5, 0.8
"""Characters and pieces that a column of a page has at least, and the share of its table's text that its row holds."""


def joined(found: Iterable[Piece], regions: list[Region]) -> Iterator[Piece]:
    """The pieces with those of each data row joined by " | "."""
    pieces = list(found)
    layout = _layout_rows(pieces, regions)
    row: list[Piece] = []
    for piece in pieces:
        if row and piece.row != row[0].row:
            yield from _row(row, regions)
            row = []
        if piece.row is None or piece.row in layout:
            yield piece
        else:
            row.append(piece)
    if row:
        yield from _row(row, regions)


def _row(row: list[Piece], regions: list[Region]) -> Iterator[Piece]:
    cells = len({piece.cell for piece in row})
    size = sum(len(piece.block.text) for piece in row)
    headed = any(piece.block.kind == "heading" for piece in row)
    if (cells < 2 and _columns(row[0], regions) < 2) or size > _LONGEST_ROW or (headed and size > 400):
        yield from row
        return
    texts: list[str] = []
    cell = None
    for piece in row:
        text = piece.block.text.replace("\n", " ")
        if piece.block.number and not text.startswith(piece.block.number):
            text = f"{piece.block.number} {text}"
        if piece.cell == cell and texts:
            texts[-1] += " " + text
        else:
            texts.append(text)
        cell = piece.cell
    first = row[0]
    links = tuple(link for piece in row for link in piece.block.links)
    strong = all(piece.block.strong == len(piece.block.text) for piece in row)
    text = " | ".join(texts)
    block = Block("row", text, links=links, strong=len(text) if strong else 0)
    yield Piece(block, first.region, sum(p.linked for p in row), sum(p.inward for p in row), first.row, first.cell)


def _layout_rows(pieces: Iterable[Piece], regions: list[Region]) -> set[int]:
    """Rows that hold nearly all the text of their table, much of it in one cell and no cell a header: columns of a page."""
    cells: dict[int, list[int]] = defaultdict(list)
    rows: dict[int, int] = defaultdict(int)
    tables: dict[int, int] = defaultdict(int)
    for piece in pieces:
        if piece.row is not None and piece.cell is not None:
            cells[piece.cell].append(len(piece.block.text))
            rows[piece.row] += len(piece.block.text)
            tables[regions[piece.row].parent] += len(piece.block.text)
    found = set()
    for cell, sizes in cells.items():
        row = next((at for at in ancestors(cell, regions) if at in rows), None)
        if row is None or len(sizes) < _COLUMN_PIECES or sum(sizes) < _COLUMN:
            continue
        headed = any(child.tag == "th" for child in regions[row].element)
        if not headed and rows[row] >= _MOST * tables[regions[row].parent]:
            found.add(row)
    return found


def _columns(piece: Piece, regions: list[Region]) -> int:
    """How many cells the row of a piece has in the page, empty ones too."""
    if piece.row is None:
        return 0
    return sum(1 for child in regions[piece.row].element if child.tag in ("td", "th"))
