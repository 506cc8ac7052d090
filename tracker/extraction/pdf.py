"""PDF → blocks: lines become paragraphs by the space between them, headings by their size, and what every page repeats is dropped."""

from __future__ import annotations

import ctypes
import re
import statistics
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import pypdfium2
from pypdfium2 import raw

from tracker.extraction.blocks import Block
from tracker.extraction.canonical import canonical, one_line
from tracker.extraction.columns import in_columns
from tracker.extraction.labels import label

MOST_PAGES = 300
MOST_CHARACTERS = 2_000_000
MOST_OBJECTS = 400_000
"""Runs of text, lines and pictures. A page of print has a few thousand."""
_PDFIUM = Lock()
"""PDFium must not be entered twice at a time in one process."""
_BULLET = re.compile(r"[•·●○◦▪■◼‣⁃∙➢–*-]\s|[\uf0b7\uf0a7\uf0d8]")
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|seite|página|pagina|strona|sida|side|стр\.?|第)\s?)?[-–—]?\s?\d{1,4}\s?[-–—]?(?:\s?(?:/|of|von|de|di|van|sur|z|av|из|页)\s?\d{0,4})?\s?页?"
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2
"""Lines at the head and the foot of a page among which running titles are looked for."""
_SPACE = re.compile(r"(?<=\S)\s+(?=\S)")
_DIVIDED = re.compile(r"([^\W\d_]*)[\x02\ufffe\xad] ?([^\W\d_]*)")
_LARGER = 1.15
_BOLD = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_MODIFIED = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


MOST_INFLATED = 40_000_000
"""Bytes of all streams but pictures and fonts, inflated. PDFium has no limit of its own: of 300 MB it makes six gigabytes."""
_CHUNK = 1_000_000
_STREAM = re.compile(rb"<<(?P<dictionary>[^\x00]{0,600}?)>>\s{0,8}stream\r?\n")
_MEDIA = re.compile(rb"/Image\b|/Length1\b|/FontFile|/CIDFontType0C|/Type1C|/ICCBased|/N\s[134]\b")


class TooLargeError(ValueError):
    """The text of a PDF takes more than a page may have."""


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
    left: float
    right: float
    bold: bool

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


@dataclass(slots=True)
class _Budget:
    """What the pages to come may still have."""

    characters: int = MOST_CHARACTERS
    objects: int = MOST_OBJECTS


def read(body: bytes) -> Reading:
    """The text of a PDF. Raises UnreadableError where PDFium gives up, TooLargeError where it should not begin."""
    if _inflates_beyond(body):
        raise TooLargeError(f"its streams inflate to more than {MOST_INFLATED} bytes")
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(body)
        except (pypdfium2.PdfiumError, ValueError, TypeError) as error:
            raise UnreadableError(str(error)) from error
        try:
            budget = _Budget()
            pages = [list(_lines(document, number, budget)) for number in range(min(len(document), MOST_PAGES))]
            title = canonical(document.get_metadata_value("Title") or "")
            modified = _MODIFIED.match(document.get_metadata_value("ModDate") or "")
        except (pypdfium2.PdfiumError, ctypes.ArgumentError, UnicodeError) as error:
            raise UnreadableError(str(error)) from error
        finally:
            document.close()
    stamp = "-".join(modified.groups()) if modified else None
    return Reading(list(_blocks(_body(pages))), one_line(title)[:500] or None, stamp)


def _inflates_beyond(body: bytes) -> bool:
    left = MOST_INFLATED
    for found in _STREAM.finditer(body):
        if b"Flate" not in found["dictionary"] or _MEDIA.search(found["dictionary"]):
            continue
        left -= _inflated(memoryview(body)[found.end() :], left + 1) if left > 0 else 1
        if left < 0:
            return True
    return False


def _inflated(data: memoryview | bytes, most: int) -> int:
    """How many bytes a stream inflates to, counted up to `most`."""
    stream, size = zlib.decompressobj(), 0
    try:
        while size < most and not stream.eof:
            chunk = stream.decompress(data, _CHUNK)
            if not chunk:
                break
            size, data = size + len(chunk), stream.unconsumed_tail
    except zlib.error:
        pass
    return size


def _lines(document: pypdfium2.PdfDocument, number: int, budget: _Budget) -> Iterator[_Line]:
    page = document.get_page(number)
    budget.objects -= raw.FPDFPage_CountObjects(page)
    if budget.objects < 0:
        page.close()
        raise TooLargeError(f"more than {MOST_OBJECTS} things on its pages")
    text_page = page.get_textpage()
    try:
        budget.characters -= text_page.count_chars()
        if budget.characters < 0:
            raise TooLargeError(f"more than {MOST_CHARACTERS} characters of text")
        lines: list[_Line] = []
        parts: list[_Line] = []
        at = 0
        for text in text_page.get_text_range().split("\n"):
            if (line := _line(text_page, text, at, number)) is not None:
                lines.append(line)
                parts += _parts(text_page, text, at, line)
            at += len(text) + 1
        yield from in_columns(parts) or lines
    finally:
        text_page.close()
        page.close()


def _line(text_page: pypdfium2.PdfTextPage, text: str, at: int, number: int) -> _Line | None:
    shown = next((i for i, c in enumerate(text) if c.isalnum()), None)
    if shown is None:
        return None
    try:
        _, bottom, _, top = text_page.get_charbox(at + shown, loose=True)
        left = text_page.get_charbox(at + shown)[0]
        right = text_page.get_charbox(at + len(text.rstrip()) - 1)[2]
    except (pypdfium2.PdfiumError, IndexError):
        bottom = top = left = right = 0.0
    return _Line(text.rstrip("\r"), number, top, bottom, left, right, _is_bold(text_page, at + shown))


def _parts(text_page: pypdfium2.PdfTextPage, text: str, at: int, line: _Line) -> Iterator[_Line]:
    """A line, divided where the space between two words is that between columns."""
    start = 0
    for space in _SPACE.finditer(text.rstrip()):
        try:
            gap = text_page.get_charbox(at + space.end())[0] - text_page.get_charbox(at + space.start() - 1)[2]
        except (pypdfium2.PdfiumError, IndexError):
            continue
        if gap > line.height:
            part = _line(text_page, text[start : space.start()], at + start, line.page)
            start = space.end()
            yield from [part] if part else []
    part = _line(text_page, text[start:], at + start, line.page) if start else line
    yield from [part] if part else []


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
    whole = "\n".join(line.text for line in lines).casefold()
    together: list[_Line] = []
    for line in lines:
        if together and _apart(together[-1], line, size, right):
            yield from _block(together, sizes, whole)
            together = []
        together.append(line)
    yield from _block(together, sizes, whole)


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
    short, numbered = one.right < right * 0.8, label(text) is not None
    return (short and (ended or numbered)) or (ended and numbered)


def _block(lines: Sequence[_Line], sizes: Sequence[float], whole: str) -> Iterator[Block]:
    text = canonical(_joined(lines, whole))
    if not any(map(str.isalnum, text)):
        return
    height = round(lines[0].height, 0)
    if height in sizes and len(text) <= 200:
        yield Block("heading", text, min(6, 1 + sizes.index(height)))
        return
    bullet = _BULLET.match(text)
    block = Block("paragraph", text, strong=len(text) if all(line.bold for line in lines) else 0)
    yield replace(block, kind="item", text=text[bullet.end() :].strip(), strong=0) if bullet else block


def _joined(lines: Sequence[_Line], whole: str) -> str:
    """The lines as running text; words divided at a line's end are made whole (PDFium marks the hyphen, and mostly joins the lines)."""
    text = " ".join(line.text.strip() for line in lines)
    return _DIVIDED.sub(lambda found: _undivided(found[1], found[2], whole), text)


def _undivided(first: str, second: str, whole: str) -> str:
    """A word whose hyphen stays where it is that of a compound: the text has it elsewhere too, or one letter stands before it."""
    compound = len(first) < 2 or not second or f"{first}-{second}".casefold() in whole
    return f"{first}-{second}" if compound else first + second
