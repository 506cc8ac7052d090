"""Which cells stand in each row of a table, also those that reach down into it from a row above, and those left empty."""

from __future__ import annotations

from collections.abc import Container, Iterator

from lxml.html import HtmlElement

from tracker.extraction.html.elements import played

_MOST_COLUMNS, _MOST_ROWS = 50, 1000
"""That one cell is believed to span."""
_WIDEST = 100
"""Columns of a table within which cells are believed to span any."""
_PARTS = ("tbody", "thead", "tfoot")

Line = list[HtmlElement | None]
"""The cell in each column of a row; None where the cell to the left reaches."""


def cells(row: HtmlElement) -> Iterator[HtmlElement]:
    """The cells that are written in a row."""
    return (child for child in row if isinstance(child.tag, str) and played(child, child.tag) in ("td", "th"))


class Grids:
    """The tables of a page, each looked through once, without the columns in which no cell is one of those `told`."""

    def __init__(self, told: Container[HtmlElement]) -> None:
        self._told = told
        self._known: dict[HtmlElement, dict[HtmlElement, Line]] = {}

    def line(self, row: HtmlElement) -> Line:
        """The cells that a row shows."""
        table = row.getparent()
        if table is not None and table.tag in _PARTS:
            table = table.getparent()
        if table is None or table.tag != "table":
            return list(cells(row))
        if table not in self._known:
            self._known[table] = self._lines(table)
        return self._known[table][row]

    def _lines(self, table: HtmlElement) -> dict[HtmlElement, Line]:
        lines: dict[HtmlElement, Line] = {}
        reaching: list[tuple[int, HtmlElement | None]] = []
        for part in table:
            for row in [part] if part.tag == "tr" else part.iterchildren("tr") if part.tag in _PARTS else ():
                reaching = list(_filled(reaching[:_WIDEST], cells(row)))
                lines[row] = [cell for _, cell in reaching]
        columns = {at for line in lines.values() for at, cell in enumerate(line) if cell in self._told}
        return {row: [cell for at, cell in enumerate(line) if at in columns] for row, line in lines.items()}


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
        across = max(1, min(across, _WIDEST - width))
        for at in range(across):
            yield down - 1, None if at else cell
        width += across
    last = max((at for at, (left, _) in enumerate(above) if left > 0), default=0)
    for left, reaching in above[width : last + 1]:
        yield max(left - 1, 0), reaching if left > 0 else None


def _span(cell: HtmlElement, name: str, most: int) -> int:
    number = cell.get(name) or ""
    return max(1, min(most, int(number))) if number.isascii() and number.isdigit() and len(number) < 6 else 1
