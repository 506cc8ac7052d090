"""PDF → blocks: lines become paragraphs by the space between them, headings by their size, and what every page repeats is dropped."""

from __future__ import annotations

import ctypes
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import pypdfium2
from pypdfium2 import raw

from tracker.extraction.blocks import Block
from tracker.extraction.canonical import canonical, one_line
from tracker.extraction.labels import label

MOST_PAGES = 300
MOST_CHARACTERS = 2_000_000
_PDFIUM = Lock()
"""PDFium must not be entered twice at a time in one process."""
_BULLET = re.compile(r"[•·●○◦▪■◼‣⁃∙➢–*-]\s|[\uf0b7\uf0a7\uf0d8]")
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|seite|página|pagina|strona|sida|side|стр\.?|第)\s?)?[-–—]?\s?\d{1,4}\s?[-–—]?(?:\s?(?:/|of|von|de|di|van|sur|z|av|из|页)\s?\d{0,4})?\s?页?"
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2
"""Lines at the head and the foot of a page among which running titles are looked for."""
_LARGER = 1.15
_BOLD = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_MODIFIED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


class UnreadableError(ValueError):
    """The bytes are no PDF that can be opened: broken, or locked by a password."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A PDF as read: its blocks, the title and the day of modification that its metadata give."""

    blocks: list[Block]
    title: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    top: float
    bottom: float
    right: float
    bold: bool

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def read(body: bytes) -> Reading:
    """The text of a PDF. Raises UnreadableError where PDFium gives up."""
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(body)
        except (pypdfium2.PdfiumError, ValueError, TypeError) as error:
            raise UnreadableError(str(error)) from error
        try:
            pages = [list(_lines(document, number)) for number in range(min(len(document), MOST_PAGES))]
            title = canonical(document.get_metadata_value("Title") or "")
            modified = _MODIFIED.match(document.get_metadata_value("ModDate") or "")
        except (pypdfium2.PdfiumError, ctypes.ArgumentError, UnicodeError) as error:
            raise UnreadableError(str(error)) from error
        finally:
            document.close()
    stamp = "-".join(modified.groups()) if modified else None
    return Reading(list(_blocks(_body(pages))), one_line(title)[:500] or None, stamp)


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[_Line]:
    page = document.get_page(number)
    text_page = page.get_textpage()
    try:
        if text_page.count_chars() > MOST_CHARACTERS:
            return
        text = text_page.get_text_range()
        at = 0
        for line in text.split("\n"):
            shown = next((i for i, c in enumerate(line) if c.isalnum()), None)
            if shown is not None:
                yield _line(text_page, line, at + shown, at + len(line.rstrip()) - 1, number)
            at += len(line) + 1
    finally:
        text_page.close()
        page.close()


def _line(text_page: pypdfium2.PdfTextPage, text: str, first: int, last: int, number: int) -> _Line:
    try:
        _, bottom, _, top = text_page.get_charbox(first, loose=True)
        right = text_page.get_charbox(last)[2]
    except (pypdfium2.PdfiumError, IndexError):
        bottom = top = right = 0.0
    return _Line(text.rstrip("\r"), number, top, bottom, right, _is_bold(text_page, first))


def _is_bold(text_page: pypdfium2.PdfTextPage, at: int) -> bool:
    """By the font's weight, or by its name: fonts that are not embedded have no weight."""
    if raw.FPDFText_GetFontWeight(text_page, at) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(text_page, at, name, len(name), ctypes.c_int())
    return 0 < length <= len(name) and _BOLD_NAME.search(name.value) is not None


def _body(pages: Sequence[Sequence[_Line]]) -> list[_Line]:
    """All lines but page numbers and those that pages repeat at their head or foot."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_pattern(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    often = max(3, len(pages) // 2)
    kept = []
    for lines in pages:
        for at, line in enumerate(lines):
            edge = at < _EDGE or at >= len(lines) - _EDGE
            running = edge and (
                seen[_pattern(line)] >= often or _PAGE_NUMBER.fullmatch(canonical(line.text).casefold())
            )
            if not running:
                kept.append(line)
    return kept


def _pattern(line: _Line) -> str:
    return _DIGITS.sub("0", canonical(line.text).casefold())


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    if not lines:
        return
    size = statistics.median(line.height for line in lines for _ in range(1 + len(line.text) // 20))
    right = sorted(line.right for line in lines)[int(len(lines) * 0.9)]
    sizes = sorted({round(line.height, 0) for line in lines if line.height > size * _LARGER}, reverse=True)
    together: list[_Line] = []
    for line in lines:
        if together and _apart(together[-1], line, size, right):
            yield from _block(together, sizes)
            together = []
        together.append(line)
    yield from _block(together, sizes)


def _apart(one: _Line, other: _Line, size: float, right: float) -> bool:
    """Whether a paragraph ends between two lines."""
    text = canonical(other.text)
    if _BULLET.match(other.text) or abs(one.height - other.height) > size * 0.12 or one.bold != other.bold:
        return True
    ended = one.text.rstrip()[-1:] in ".:;!?。"
    if one.page != other.page:
        return ended or not text[:1].islower()
    if one.bottom - other.top > size * 0.45:
        return True
    short = one.right < right * 0.8
    return short and (ended or label(text) is not None)


def _block(lines: Sequence[_Line], sizes: Sequence[float]) -> Iterator[Block]:
    text = canonical(_joined(lines))
    if not any(map(str.isalnum, text)):
        return
    height = round(lines[0].height, 0)
    if height in sizes and len(text) <= 200:
        yield Block("heading", text, min(6, 1 + sizes.index(height)))
        return
    bullet = _BULLET.match(text)
    block = Block("paragraph", text, strong=len(text) if all(line.bold for line in lines) else 0)
    yield replace(block, kind="item", text=text[bullet.end() :].strip(), strong=0) if bullet else block


def _joined(lines: Sequence[_Line]) -> str:
    """The lines as running text; words divided at a line's end are made whole (PDFium marks the hyphen)."""
    text = ""
    for line in lines:
        if text.endswith(("\x02", "\ufffe", "\xad")):
            text = text[:-1] + line.text.strip()
        else:
            text += (" " if text else "") + line.text.strip()
    return text.replace("\x02", "").replace("\ufffe", "")
