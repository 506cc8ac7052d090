"""The looks as a WARC file (ISO 28500): each with its headers and body, as other tools for web archives read them.

A look with a body is a response, or a revisit where the same body stands in the file already; the redirects on its way are responses of
their own, of which only status and address are known; a look without a body is a metadata record that says what came of it. Names of
records follow from the chain over all looks, so the same history gives the same file, and an import of it knows what it has.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

Row = Mapping[str, Any]

_SAME_BODY = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_AS_IT_CAME = ("content-encoding", "transfer-encoding", "content-length")
_ABOUT = ("document", "outcome", "state", "why", "sha256", "chain", "source")
"""Of a look, what its record says in fields of our own."""


@dataclass(frozen=True, slots=True)
class First:
    """The record that has a body, for those that refer to it."""

    id: str
    url: str
    at: str
    digest: str


def write_warc(looks: Iterable[Row], body: Callable[[str], bytes], target: Path) -> int:
    """Write looks (rows of the export) to `target`, gzip for each record; `body` gives the bytes of a hash. How many records there are."""
    written: dict[str, First] = {}
    count = 0
    with target.open("wb") as file, GzipWriter(file) as stream:
        for record in _records(looks, body, written):
            record.write(stream, checksum_data=True)
            stream.finish()
            count += 1
    return count


def _records(looks: Iterable[Row], body: Callable[[str], bytes], written: dict[str, First]) -> Iterable[WarcRecord]:
    began = False
    for look in looks:
        if not began:
            yield _info(look)
            began = True
        yield from _hops(look)
        if look["sha256"] is None:
            yield _metadata(look)
        else:
            yield _answer(look, body, written)


def _record(kind: Any, look: Row, part: str, url: str | None) -> WarcRecord:
    record = WarcRecord()
    # derived from the chain: the same look has the same name in every export
    name = uuid.uuid5(uuid.NAMESPACE_OID, f"{look['chain']}{part}")
    record.init_headers(record_type=kind, record_urn=f"uuid:{name}".encode())
    record.record_date = datetime.fromisoformat(look["at"])
    if url:
        record.headers["WARC-Target-URI"] = url
    return record


def _info(look: Row) -> WarcRecord:
    record = _record(WarcRecordType.warcinfo, look, "info", None)
    record.headers["Content-Type"] = "application/warc-fields"
    software = f"software: Clausewatch/{installed('clausewatch')}\r\nformat: WARC File Format 1.1\r\n"
    record.set_bytes_content(software.encode())
    return record


def _hops(look: Row) -> Iterable[WarcRecord]:
    hops = look["redirects"] or []
    ways = [*(url for url, _ in hops), look["final_url"] or look["url"]]
    for number, ((url, status), target) in enumerate(zip(hops, ways[1:], strict=True)):
        record = _record(WarcRecordType.response, look, f"hop{number}", url)
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.set_bytes_content(_head(status, {"location": target}))
        yield record


def _answer(look: Row, body: Callable[[str], bytes], written: dict[str, First]) -> WarcRecord:
    """What a look brought: an HTTP answer, or where none is known (a file, an archive's reading) the thing itself."""
    url, sha256 = _address(look), look["sha256"]
    answered = bool(look["headers"]) and not url.startswith("urn:")
    first = written.get(sha256) if answered else None
    kind = WarcRecordType.revisit if first else WarcRecordType.response if answered else WarcRecordType.resource
    record = _record(kind, look, "", url)
    for name in _ABOUT:
        if look[name]:
            record.headers[f"Clausewatch-{name.title()}"] = " ".join(str(look[name]).split())
    if not answered:
        record.headers["Content-Type"] = look["content_type"] or "application/octet-stream"
        record.set_bytes_content(body(sha256))
        return record
    head = _head(200 if look["status"] in (None, 304) else look["status"], look["headers"], look["content_type"])
    record.headers["Content-Type"] = "application/http; msgtype=response"
    if first is None:
        content = body(sha256)
        digest = base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()
        first = written[sha256] = First(record.record_id or "", url, look["at"], f"sha1:{digest}")
        record.set_bytes_content(head + content)
    else:
        record.headers["WARC-Profile"] = _SAME_BODY
        record.headers["WARC-Refers-To"] = first.id
        record.headers["WARC-Refers-To-Target-URI"] = first.url
        record.headers["WARC-Refers-To-Date"] = first.at
        record.set_bytes_content(head)
    record.headers["WARC-Payload-Digest"] = first.digest
    return record


def _address(look: Row) -> str:
    """Where a look found what it saw; a look that has no web address is named for its document."""
    url = str(look["final_url"] or look["url"])
    return url if urlsplit(url).scheme in ("http", "https") else f"urn:clausewatch:{quote(look['document'])}"


def _metadata(look: Row) -> WarcRecord:
    record = _record(WarcRecordType.metadata, look, "", _address(look))
    record.headers["Content-Type"] = "application/json"
    said = {key: value for key, value in look.items() if value is not None}
    record.set_bytes_content(json.dumps(said, ensure_ascii=False, indent=1).encode())
    return record


def _head(status: int, headers: Mapping[str, str], content_type: str | None = None) -> bytes:
    """An HTTP head. Bodies are stored decoded, so what said how they were encoded is kept under another name."""
    phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
    lines = [f"HTTP/1.1 {status} {phrase}".rstrip()]
    # after a 304, the type is that of the answer before it
    told = {**headers, "content-type": content_type} if content_type else headers
    for name, value in told.items():
        lines.append(f"{f'x-archive-orig-{name}' if name in _AS_IT_CAME else name}: {' '.join(value.split())}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")
