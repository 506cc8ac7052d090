"""WARC files (ISO 28500): the captures of documents' addresses that a crawler or a browser kept.

What belongs to a document is told by its address: a capture of it, and where that was a redirect, the capture of where it led, taken at the
same time. A revisit record stands for the body that it refers to.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tracker.importing import ArchiveError
from tracker.importing.payloads import Place, payload_of, read
from tracker.model import Document, Hop, Observation, State
from tracker.retelling import Piece

_TYPES = ("text/", "application/pdf", "application/xhtml")
_SAME_TIME = timedelta(minutes=10)
"""How much later the page that a redirect leads to may be captured."""
_MOST_HOPS = 5


@dataclass(frozen=True, slots=True)
class Capture:
    """A record that tells of a document, and the place of the record that has its body: itself, or the one that it refers to, by the names
    in `refers`; None while that has not been met."""

    id: str
    at: datetime
    url: str
    status: int | None
    hops: tuple[Hop, ...]
    body: Place | None
    refers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Led:
    """A document's address as it was at a time: its own, or where a redirect led."""

    document: Document
    hops: tuple[Hop, ...] = ()
    since: datetime | None = None

    def at(self, moment: datetime) -> bool:
        return self.since is None or timedelta(0) <= moment - self.since <= _SAME_TIME


@dataclass(frozen=True, slots=True)
class _Found:
    """What was met on the way through the files: by place and document, the addresses and where they led last; by document, the captures;
    by digest and by name, the records that have bodies."""

    own: dict[str, dict[str, _Led]] = field(default_factory=lambda: defaultdict(dict))
    led: dict[str, dict[str, _Led]] = field(default_factory=lambda: defaultdict(dict))
    captures: dict[str, list[Capture]] = field(default_factory=lambda: defaultdict(list))
    bodies: dict[str, Place] = field(default_factory=dict)

    def at(self, url: str, moment: datetime) -> list[_Led]:
        """The documents that stood at an address at a moment."""
        where = place(url)
        led = {name: led for name, led in self.led.get(where, {}).items() if led.at(moment)}
        return list({**self.own.get(where, {}), **led}.values())


def captures(files: Iterable[Path], documents: Iterable[Document], say: Callable[[str], None]) -> list[Piece]:
    """What the files have of documents that have an address. What of them cannot be had, `say` is told.

    Raises ArchiveError where a file is no WARC file.
    """
    found = _Found()
    named = {document.name: document for document in documents if document.url}
    for document in named.values():
        found.own[place(document.url or "")][document.name] = _Led(document)
    for file in files:
        for record in _records(file, say):
            _take(file, record, found)
    pieces = []
    for name, taken in sorted(found.captures.items()):
        whole = _resolved(taken, found.bodies)
        if missing := len(taken) - len(whole):
            say(f"{name}: {missing} captures refer to records that are in none of these files.")
        if whole:
            pieces.append(Piece(named[name], partial(_looks, whole)))
    return pieces


def place(url: str) -> str:
    """An address without what differs between ways to write it: scheme, case and www. of the host, the last slash, the fragment. Empty
    where it is no address."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{port}{parts.path.rstrip('/')}{'?' + parts.query if parts.query else ''}"


def _records(file: Path, say: Callable[[str], None]) -> Iterator[WarcRecord]:
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
    read = 0
    try:
        for record in ArchiveIterator(file, parse_http=True):
            read += 1
            if record.record_type & kinds:
                yield record
    except (OSError, ValueError) as error:
        if read:
            say(f"{file} is damaged after its first {read} records, the rest cannot be read: {error}.")
        elif _is_arc(file):
            raise ArchiveError(
                f"{file} is an ARC file, older than WARC: `warcio recompress` makes a WARC file of it."
            ) from error
        else:
            raise ArchiveError(f"{file} cannot be read as a WARC file: {error}.") from error


def _is_arc(file: Path) -> bool:
    for opened in (gzip.open, open):
        with suppress(OSError, EOFError), opened(file, "rb") as stream:
            if stream.read(9) == b"filedesc:":
                return True
    return False


def _take(file: Path, record: WarcRecord, found: _Found) -> None:
    url, at = record.headers.get("WARC-Target-URI") or "", record.record_date
    if at is None or not place(url):
        return
    at = at.astimezone(UTC)
    for each in found.at(url, at):
        status, location = _answered(record)
        if location:
            again = url in (hop.url for hop in each.hops)
            hops = (*(() if again else each.hops), Hop(url, status or 0))
            target = _joined(url, location)
            if len(hops) <= _MOST_HOPS and place(target):
                found.led[place(target)][each.document.name] = _Led(each.document, hops, at)
            continue
        here = Place(file, record.stream_pos, record.record_id or f"{file.name}:{record.stream_pos}")
        digest = record.headers.get("WARC-Payload-Digest") or ""
        capture = Capture(here.id, at, url, status, each.hops, here)
        if record.record_type == WarcRecordType.revisit:
            capture = replace(capture, body=None, refers=(record.headers.get("WARC-Refers-To") or "", digest))
        elif not _is_text(record):
            continue
        else:
            for name in filter(None, (here.id, digest)):
                found.bodies.setdefault(name, here)
        found.captures[each.document.name].append(capture)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


def _resolved(taken: Iterable[Capture], bodies: dict[str, Place]) -> list[Capture]:
    """The captures in order of time, each with its body; those whose body is not there are left out."""
    whole: list[Capture] = []
    for capture in sorted(taken, key=lambda capture: capture.at):
        body = capture.body or next((bodies[name] for name in capture.refers if name in bodies), None)
        if body is None and capture.status == 304 and whole:
            body = whole[-1].body  # not modified since the capture before
        if body is not None:
            whole.append(replace(capture, body=body))
    return whole


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
        assert capture.body
        record, content = read(capture.body)
        payload, trouble = payload_of(record, content)
        headers = {name.lower(): value for name, value in record.http_headers.items()} if record.http_headers else {}
        yield Observation(
            url=capture.hops[0].url if capture.hops else capture.url,
            at=capture.at,
            status=None if capture.status == 304 else capture.status,
            headers={**headers, "content-type": _type_of(record)},
            body=payload,
            failure=State.BAD_RESPONSE if trouble else None,
            detail=trouble,
            final_url=capture.url,
            redirects=capture.hops,
            source=f"warc@{capture.id.strip('<>').removeprefix('urn:uuid:')}",
        )
