"""Writes the demo's PDF policies: `python -m demo.pdf` makes one beside every policy text that is served as a PDF.

A tiny typesetter: two of the standard fonts, A4 pages with a running head and page numbers. No compression and no clock, so the
same text gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from demo import markup
from demo.editions import EDITIONS, VENDORS
from demo.pages import SITE, policy_text

WIDTH, HEIGHT, MARGIN = 595, 842, 64
LEADING = 1.35
_WIDE, _NARROW = "mwMW@%", "fijlrt.,:;'()|! -I"
"""Good enough a guess at the widths of letters: lines may be ragged, but none may run off the page."""


@dataclass(frozen=True)
class Line:
    text: str
    font: str = "F1"
    size: float = 10.5
    indent: float = 0.0
    before: float = 0.0
    """Space above, in points."""


def typeset(source: str, head: str) -> bytes:
    """A policy text as a PDF."""
    blocks = markup.parse(source)
    pages = _paginate([line for block in blocks for line in _lines(block)])
    contents = [_page(lines, f"{head}, page {n} of {len(pages)}") for n, lines in enumerate(pages, 1)]
    return _file(contents, title=blocks[0].text)


def _lines(block: markup.Block) -> Iterator[Line]:
    match block.kind:
        case "heading":
            size = {1: 18.0, 2: 13.0, 3: 11.5}[block.level]
            yield from _wrapped(block.text, font="F2", size=size, before=14.0)
        case "bullets" | "numbers":
            for n, (text,) in enumerate(block.rows, 1):
                mark = "\u2022" if block.kind == "bullets" else f"{n}."
                yield from _wrapped(f"{mark} {text}", indent=12.0, before=2.0)
        case "terms":
            for row in block.rows:
                yield from _wrapped(": ".join(row), before=3.0)
        case "table":
            for n, row in enumerate(block.rows):
                yield from _columns(row, font="F1" if n else "F2")
        case "paragraph":
            for n, part in enumerate(block.text.split("\n")):
                yield from _wrapped(part, before=0.0 if n else 7.0)


def _columns(cells: Sequence[str], font: str) -> Iterator[Line]:
    """The cells of a row beside each other: each but the first goes back up to where the one before it stands."""
    width = (WIDTH - 2 * MARGIN) / len(cells)
    for n, cell in enumerate(cells):
        line = Line(markup.plain(cell), font, indent=n * width, before=3.0)
        yield line if n == 0 else replace(line, before=-line.size * LEADING)


def _wrapped(
    text: str, *, font: str = "F1", size: float = 10.5, indent: float = 0.0, before: float = 0.0
) -> Iterator[Line]:
    room = WIDTH - 2 * MARGIN - indent
    line = ""
    for word in markup.plain(text).split():
        longer = f"{line} {word}".strip()
        if _measure(longer, size) > room:
            yield Line(line, font, size, indent, before)
            line, before = word, 0.0
        else:
            line = longer
    yield Line(line, font, size, indent, before)


def _measure(text: str, size: float) -> float:
    return size * sum(0.9 if c in _WIDE else 0.3 if c in _NARROW else 0.7 if c.isupper() else 0.56 for c in text)


def _paginate(lines: list[Line]) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    room = float(HEIGHT - 2 * MARGIN)
    for line in lines:
        needs = line.before + line.size * LEADING
        if needs > room:
            pages.append([])
            room = HEIGHT - 2 * MARGIN
        pages[-1].append(line)
        room -= needs
    return pages


def _page(lines: list[Line], foot: str) -> bytes:
    """The content stream of one page."""
    drawn = []
    y = float(HEIGHT - MARGIN)
    for line in lines:
        y -= line.before + line.size * LEADING
        drawn.append(_draw(line.text, line.font, line.size, MARGIN + line.indent, y))
    drawn.append(_draw(foot, "F1", 8.0, MARGIN, 34.0))
    return b"\n".join(drawn)


def _draw(text: str, font: str, size: float, x: float, y: float) -> bytes:
    escaped = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return f"BT /{font} {size:g} Tf {x:g} {y:.2f} Td (".encode() + escaped + b") Tj ET"


def _file(contents: list[bytes], title: str) -> bytes:
    """The objects of the file, and the table of where they start."""
    first = 6
    pages = [first + 2 * n for n in range(len(contents))]
    kids = " ".join(f"{n} 0 R" for n in pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 {WIDTH} {HEIGHT}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) >>".encode("cp1252"),
    ]
    for number, content in zip(pages, contents, strict=True):
        fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {fonts} /Contents {number + 1} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(out),
        )
    )


def made() -> Iterator[tuple[Path, bytes]]:
    """Every PDF that some edition serves: where it belongs, and its bytes."""
    for vendor in VENDORS:
        texts = {
            e.pages[vendor.key].text for e in EDITIONS if vendor.key in e.pages and e.pages[vendor.key].layout == "pdf"
        }
        for text in sorted(texts):
            yield SITE / vendor.key / f"{text}.pdf", typeset(policy_text(vendor.key, text), f"{vendor.name} AB")


def main() -> None:
    for path, content in made():
        path.write_bytes(content)
        print(path, len(content))


if __name__ == "__main__":
    main()
