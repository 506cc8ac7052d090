"""WARC files (ISO 28500): the captures of documents' addresses that a crawler or a browser kept.

What belongs to a document is told by its address: a capture of it, and where that was a redirect, the capture of where it led, taken at the
same time. A revisit record stands for the body that it refers to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO
from urllib.parse import urljoin, urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tracker.importing import ArchiveError
from tracker.model import Document, Hop, Observation
from tracker.retelling import Piece

_TYPES = ("text/", "application/pdf", "application/xhtml")
_SAME_TIME = timedelta(minutes=10)
"""How much later the page that a redirect leads to may be captured."""
_MOST_HOPS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: in a file, at an offset, under its name."""

    file: Path
    offset: int
    id: str


@dataclass(frozen=True, slots=True)
class Capture:
    """A record that tells of a document, and the place of the record that has its body: itself, or the one that it refers to."""

    id: str
    at: datetime
    url: str
    status: int | None
    hops: tuple[Hop, ...]
    body: Place


@dataclass(frozen=True, slots=True)
class _Led:
    """A document's address as it was at a time: its own, or where a redirect led."""

    document: Document
    hops: tuple[Hop, ...] = ()
    since: datetime | None = None

    def at(self, moment: datetime) -> bool:
        return self.since is None or timedelta(0) <= moment - self.since <= _SAME_TIME


def captures(files: Iterable[Path], documents: Iterable[Document]) -> list[Piece]:
    """What the files have of documents that have an address. Raises ArchiveError where a file cannot be read."""
    led: dict[str, list[_Led]] = defaultdict(list)
    for document in documents:
        if document.url:
            led[place(document.url)].append(_Led(document))
    found: dict[str, list[Capture]] = defaultdict(list)
    named = {each.document.name: each.document for group in led.values() for each in group}
    bodies: dict[str, Place] = {}
    for file in files:
        for record in _records(file):
            _take(file, record, led, found, bodies)
    return [Piece(named[name], partial(_looks, each)) for name, each in sorted(found.items())]


def place(url: str) -> str:
    """An address without what differs between ways to write it: scheme, case and www. of the host, the last slash, the fragment."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{'?' + parts.query if parts.query else ''}"


def _records(file: Path) -> Iterator[WarcRecord]:
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
    try:
        yield from ArchiveIterator(file, record_types=kinds, parse_http=True)
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{file} cannot be read as a WARC file: {error}.") from error


def _take(
    file: Path,
    record: WarcRecord,
    led: dict[str, list[_Led]],
    found: dict[str, list[Capture]],
    bodies: dict[str, Place],
) -> None:
    url = record.headers.get("WARC-Target-URI") or ""
    at = record.record_date
    if at is None:
        return
    at = at.astimezone(UTC)
    for each in [each for each in led.get(place(url), ()) if each.at(at)]:
        status, location = _answered(record)
        hops = (*each.hops, Hop(url, status or 0))
        if location and len(hops) <= _MOST_HOPS:
            led[place(urljoin(url, location))].append(_Led(each.document, hops, at))
            continue
        digest = record.headers.get("WARC-Payload-Digest") or ""
        body = here = Place(file, record.stream_pos, record.record_id or f"{file.name}:{record.stream_pos}")
        if record.record_type == WarcRecordType.revisit:
            taken = found[each.document.name]
            known = bodies.get(digest) or (taken[-1].body if status == 304 and taken else None)
            if known is None:
                continue  # the record that it refers to is in a file that is not here
            body = known
        elif not _is_text(record):
            continue
        elif digest:
            bodies.setdefault(digest, here)
        found[each.document.name].append(Capture(here.id, at, url, status, each.hops, body))


def _answered(record: WarcRecord) -> tuple[int | None, str | None]:
    """The status of an HTTP answer, and where it led on to."""
    headers = record.http_headers
    if headers is None:
        return None, None
    status = int(headers.status_code) if headers.status_code else None
    return status, headers.get("Location") if status in (301, 302, 303, 307, 308) else None


def _is_text(record: WarcRecord) -> bool:
    return _type_of(record).startswith(_TYPES)


def _type_of(record: WarcRecord) -> str:
    if record.http_headers is not None:
        return (record.http_headers.get("Content-Type") or "text/html").lower()
    return (record.headers.get("Content-Type") or "text/html").lower()


def _looks(taken: Sequence[Capture]) -> Iterator[Observation]:
    for capture in taken:
        record = _read(capture.body)
        headers = {name.lower(): value for name, value in record.http_headers.items()} if record.http_headers else {}
        yield Observation(
            url=capture.hops[0].url if capture.hops else capture.url,
            at=capture.at,
            status=None if capture.status == 304 else capture.status,
            headers={**headers, "content-type": _type_of(record)},
            body=record.reader.read(),
            final_url=capture.url,
            redirects=capture.hops,
            source=f"warc@{capture.id.strip('<>').removeprefix('urn:uuid:')}",
        )


def _read(place: Place) -> WarcRecord:
    """The record at a place, its payload decoded. Where a file is compressed as a whole, it is read from its beginning."""
    with place.file.open("rb") as stream:
        stream.seek(place.offset)
        record = _first(stream, place.id) if place.offset else None
    record = record or _first(place.file, place.id)
    if record is None:
        raise ArchiveError(f"{place.file} was written to while it was read.")
    record.parse_http(auto_decode="all")
    return record


def _first(source: IO[bytes] | Path, identity: str) -> WarcRecord | None:
    """The record of that name where it comes first, or anywhere in a whole file; frozen, so that it outlives the file."""
    try:
        for record in ArchiveIterator(source, parse_http=False):
            if record.record_id == identity or not (record.record_id or isinstance(source, Path)):
                record.freeze()
                return record
            if not isinstance(source, Path):
                return None
    except (OSError, ValueError):
        return None
    return None
