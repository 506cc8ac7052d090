"""Folders of pages with dates in their names, or in a table: what somebody kept by hand or by script.

A file's path is its document's name and a date: "acme/privacy/2024-03-01.html", "acme/privacy-2024-03-01.html" and "acme 20240301.pdf" (a
privacy policy, where nothing else is said) are of acme/privacy. A table in CSV says it for each file instead.
"""

from __future__ import annotations

import csv
import hashlib
import io
import mimetypes
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tracker.importing import LARGEST, ArchiveError
from tracker.model import Document, Observation, slug
from tracker.retelling import Piece

SUFFIXES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": "application/pdf",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
}
COLUMNS = ("file", "date", "document", "vendor", "kind", "url", "language", "region", "type")
_REQUIRED = ("file", "date")
_KIND = "privacy"

_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-_.]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:[T _-]?(?P<H>[01]\d|2[0-3])[-_:.h]?(?P<M>[0-5]\d)(?:[-_:.m]?(?P<S>[0-5]\d))?(?:Z|s)?)?(?!\d)"
)
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]+)\s*-->", re.IGNORECASE)
_CANONICAL = re.compile(
    rb"""<link\b(?=[^>]*\brel=["']?canonical\b)[^>]*\bhref=["']?(https?://[^\s"'>]+)""", re.IGNORECASE
)
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Page:
    """A file, the moment at which it was seen, and its document."""

    file: Path
    at: datetime
    document: Document
    content_type: str


def folder(path: Path, *, document: Document | None = None, at: datetime | None = None) -> list[Piece]:
    """The pages in a folder, or the one page that `path` is. `document` and `at` count for every file, where they are given.

    Raises ArchiveError where nothing is there, or a file tells no date or no document.
    """
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*") if _is_page(each, path))
    if not files:
        raise ArchiveError(f"There are no pages in {path}: files that end in {', '.join(SUFFIXES)}.")
    pages = [_page(each, path if path.is_dir() else path.parent, document, at) for each in files]
    return _pieces(pages)


def _is_page(file: Path, root: Path) -> bool:
    """Whether a file is a page: hidden files are none, nor what a browser saves beside a page."""
    within = file.relative_to(root).parts
    hidden = any(part.startswith(".") for part in within) or any(part.endswith("_files") for part in within[:-1])
    return file.suffix.lower() in SUFFIXES and not hidden and file.is_file()


def table(path: Path, content: str) -> list[Piece]:
    """The pages that a table in CSV lists, its columns named in its first line as in COLUMNS; files are named from the folder `path`.

    Fields are separated by commas, or as some spreadsheets have it by semicolons or tabs. Raises ArchiveError where a line is not
    complete, or its file is not there.
    """
    first = content.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(content, newline=""), delimiter=max(",;\t", key=first.count))
    named = set(rows.fieldnames or ())
    if missing := [column for column in _REQUIRED if column not in named]:
        raise ArchiveError(
            f"The table has no column {' and no column '.join(missing)}; it may have {', '.join(COLUMNS)}."
        )
    if unknown := named - set(COLUMNS):
        raise ArchiveError(
            f"The table has a column {sorted(unknown)[0]}, which means nothing; known are {', '.join(COLUMNS)}."
        )
    try:
        return _pieces([_listed(path, rows.line_num, row) for row in rows])
    except csv.Error as error:
        raise ArchiveError(f"Line {rows.line_num} of the table cannot be read: {error}.") from error


def _listed(path: Path, number: int, row: Mapping[str, str | None]) -> Page:
    values = {key: value.strip() for key, value in row.items() if isinstance(value, str) and value.strip()}
    file = path / values.get("file", "")
    if not file.is_file():
        raise ArchiveError(f"Line {number} of the table: there is no file {file}.")
    at = _moment(values.get("date", ""))
    if at is None:
        raise ArchiveError(
            f"Line {number} of the table: expected a date such as 2024-03-01, got {values.get('date', '')!r}."
        )
    name = values.get("document", "")
    vendor, slash, kind = name.partition("/")
    if name and not (vendor and slash and kind):
        raise ArchiveError(f"Line {number} of the table: expected a document such as acme/privacy, got {name!r}.")
    if not (vendor or values.get("vendor")):
        raise ArchiveError(f"Line {number} of the table: neither document nor vendor is given.")
    document = Document(
        vendor=values.get("vendor") or vendor,
        kind=values.get("kind") or kind or _KIND,
        name=f"{slug(vendor)}/{slug(kind)}" if name else "",
        url=values.get("url"),
        language=values.get("language"),
        region=values.get("region"),
    )
    return Page(file, at, document, values.get("type") or content_type_of(file))


def _page(file: Path, root: Path, document: Document | None, at: datetime | None) -> Page:
    told = moment_in(file.stem) or moment_in(file.parent.name if file.parent != root else "")
    if (at or told) is None:
        raise ArchiveError(
            f"{file.name} tells no date: name it as in privacy-2024-03-01{file.suffix}, or say when with --at."
        )
    document = document or named(file.relative_to(root))
    if document is None:
        raise ArchiveError(
            f"{file.name} tells no document: put it into a folder of its name, or say which with --document."
        )
    moment = at or told
    assert moment is not None
    return Page(file, moment, document, content_type_of(file))


def _moment(text: str) -> datetime | None:
    """A date, or a moment, with its time zone or else in UTC, as a table has it."""
    with suppress(ValueError):
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return moment_in(text) if _DATE.fullmatch(text) else None


def moment_in(text: str) -> datetime | None:
    """The date, and the time where there is one (UTC), that a name has in it; the last one of several."""
    found = deque(_DATE.finditer(text), maxlen=1)
    if not found:
        return None
    numbers = [int(found[0][key] or 0) for key in ("y", "m", "d", "H", "M", "S")]
    try:
        return datetime(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], tzinfo=UTC)
    except ValueError:
        return None


def named(path: Path) -> Document | None:
    """The document that a path names, its dates left out; None where nothing else is in it."""
    parts = [_DATE.sub(" ", part) for part in (*path.parts[:-1], path.stem)]
    words = [slug(part) for part in parts if re.search(r"[^\W_]", part)]
    if not words:
        return None
    vendor, kind = words[0], "-".join(words[1:]) or _KIND
    return Document(vendor=vendor, kind=kind, name=f"{vendor}/{kind}")


def content_type_of(file: Path) -> str:
    """The content type that a file's name tells; a name that tells none is taken for HTML."""
    return SUFFIXES.get(file.suffix.lower()) or mimetypes.guess_type(file.name)[0] or "text/html"


def _pieces(pages: Iterable[Page]) -> list[Piece]:
    by_name: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        by_name[page.document.name].append(page)
    return [Piece(group[0].document, partial(_looks, tuple(group))) for group in by_name.values()]


def _looks(pages: tuple[Page, ...]) -> Iterator[Observation]:
    before: dict[datetime, tuple[Path, bytes]] = {}
    for page in pages:
        if page.file.stat().st_size > LARGEST:
            raise ArchiveError(f"{page.file.name} is larger than {LARGEST:,} bytes: that is no policy.")
        body = page.file.read_bytes()
        sha256 = hashlib.sha256(body)
        other, known = before.setdefault(page.at, (page.file, sha256.digest()))
        if known != sha256.digest():
            raise ArchiveError(
                f"{other.name} and {page.file.name} differ, and both would be of {page.at:%Y-%m-%d %H:%M}: give them times."
            )
        yield Observation(
            url=page.document.url or address_in(body) or page.file.name,
            at=page.at,
            body=body,
            headers={"content-type": page.content_type},
            source=f"folder:{page.at:%Y-%m-%dT%H:%M:%SZ}:{sha256.hexdigest()[:16]}",
        )


def address_in(body: bytes) -> str | None:
    """The address that a saved page says it has: what the browser wrote when it saved it, else its canonical link."""
    head = body[:_HEAD]
    found = _SAVED_FROM.search(head) or _CANONICAL.search(head)
    return found[1].decode("utf-8", "replace") if found else None
