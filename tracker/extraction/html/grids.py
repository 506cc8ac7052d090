"""Which cells stand in each row of a table, also those that reach down into it from a row above, and those left empty."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from tracker.extraction.html.elements import played

_MOST_COLUMNS, _MOST_ROWS = 50, 1000
"""That one cell is believed to span."""

Line = list[HtmlElement | None]
"""The cell in each column of a row; None where the cell to the left reaches."""


def cells(row: HtmlElement) -> Iterator[HtmlElement]:
    """The cells that are written in a row."""
    return (child for child in row if isinstance(child.tag, str) and played(child, child.tag) in ("td", "th"))


def grid(row: HtmlElement, known: dict[HtmlElement, dict[HtmlElement, Line]]) -> Line:
    """The cells that a row shows. Tables are looked through once and kept in `known`."""
    table = next(row.iterancestors("table"), None)
    if table is None:
        return list(cells(row))
    if table not in known:
        known[table] = _lines(table)
    return known[table].get(row) or list(cells(row))


def _lines(table: HtmlElement) -> dict[HtmlElement, Line]:
    lines: dict[HtmlElement, Line] = {}
    reaching: list[tuple[int, HtmlElement | None]] = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            reaching = list(_filled(reaching, cells(row)))
            lines[row] = [cell for _, cell in reaching]
    filled = {at for line in lines.values() for at, cell in enumerate(line) if cell is not None and _has_text(cell)}
    return {row: [cell for at, cell in enumerate(line) if at in filled] for row, line in lines.items()}


def _filled(
    above: list[tuple[int, HtmlElement | None]], written: Iterator[HtmlElement]
) -> Iterator[tuple[int, HtmlElement | None]]:
    """For each column of a row how many rows further its cell reaches, and the cell."""
    width = 0
    for cell in written:
        while width < len(above) and above[width][0] > 0:
            yield above[width][0] - 1, above[width][1]
            width += 1
        down, across = _span(cell, "rowspan", _MOST_ROWS), _span(cell, "colspan", _MOST_COLUMNS)
        for at in range(across):
            yield down - 1, None if at else cell
        width += across
    for left, reaching in above[width:]:
        yield max(left - 1, 0), reaching if left > 0 else None


def _span(cell: HtmlElement, name: str, most: int) -> int:
    number = cell.get(name) or ""
    return max(1, min(most, int(number))) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def _has_text(cell: HtmlElement) -> bool:
    return any(any(map(str.isalnum, text)) for text in cell.itertext())
