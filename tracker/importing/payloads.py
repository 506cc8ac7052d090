"""What a record of a WARC file holds: its payload, decoded and whole, or why there is none."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fastwarc.warc import ArchiveIterator, WarcRecord

from tracker.importing import LARGEST, ArchiveError

_HEAD = 65_536
_ZIPPED = re.compile(rb"^content-encoding:[ \t]*(?:x-)?gzip[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: in a file, at an offset, under its name."""

    file: Path
    offset: int
    id: str


def payload_of(record: WarcRecord, content: bytes) -> tuple[bytes | None, str]:
    """The payload of a record, decoded; or why there is none: half a page would look as though its other half had been withdrawn."""
    cut = record.headers.get("WARC-Truncated")
    if not cut and len(content) < min(int(record.headers["Content-Length"]), LARGEST):
        cut = "the file ends in the midst of it"
    zipped = _ZIPPED.search(content[:_HEAD].partition(b"\r\n\r\n")[0]) is not None
    record.set_bytes_content(content)
    if cut or len(content) > LARGEST:
        record.parse_http()
        return None, f"the record is cut off: {cut}" if cut else f"the record is larger than {LARGEST:,} bytes"
    try:
        record.parse_http(auto_decode="transfer" if zipped else "all")
        payload: bytes = record.reader.read(LARGEST + 1)
        if zipped and payload[:2] == _GZIP:  # some crawlers keep the header and not the encoding
            payload = _inflated(payload)
    except (OSError, ValueError, EOFError, zlib.error) as error:
        return None, f"the payload cannot be decoded: {error}"
    headers = record.http_headers
    declared = headers.get("Content-Length") if headers and not headers.get("Transfer-Encoding") else None
    if declared and declared.isdigit() and int(declared) > record.content_length:
        return None, "the answer was cut off when it was captured"
    return (payload, "") if len(payload) <= LARGEST else (None, f"the payload is larger than {LARGEST:,} bytes")


def _inflated(payload: bytes) -> bytes:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    found = inflater.decompress(payload, LARGEST + 1)
    if not inflater.eof and len(found) <= LARGEST:
        raise EOFError("it is cut off")
    return found


def read(place: Place) -> tuple[WarcRecord, bytes]:
    """The record at a place, and as much of its content as counts. Where a file is compressed as a whole, it is read from its beginning."""
    with place.file.open("rb") as stream:
        stream.seek(place.offset)
        found = _first(stream, place.id) or _first(place.file, place.id)
    if found is None:
        raise ArchiveError(f"{place.file} was written to while it was read.")
    return found


def _first(source: IO[bytes] | Path, identity: str) -> tuple[WarcRecord, bytes] | None:
    """The record of that name where it comes first, or anywhere in a whole file."""
    with suppress(OSError, ValueError):
        for record in ArchiveIterator(source, parse_http=False):
            if record.record_id == identity or not (record.record_id or isinstance(source, Path)):
                return record, record.reader.read(LARGEST + 1)
            if not isinstance(source, Path):
                break
    return None
