"""In which form a body is written. Servers err: the bytes decide, the declared type only where they leave it open."""

from __future__ import annotations

import re
from typing import Literal

Form = Literal["html", "pdf", "markdown", "plain"]

_PDF = b"%PDF-"
_BINARY = (
    b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\xd0\xcf\x11\xe0", b"BZh", b"7z\xbc\xaf", b"Rar!",
    b"\x00\x00\x01\x00", b"wOFF", b"wOF2", b"OggS", b"ID3", b"\x7fELF", b"MZ\x90", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"SQLite format 3",
    b"{\\rtf",
)  # fmt: skip
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_TAG = re.compile(
    rb"<(?:!doctype|html|head|body|meta|title|div|p|h[1-6]|span|a|table|ul|ol|br|script|section|article)\b",
    re.IGNORECASE,
)
_SAMPLE = 4096
_ODD = bytes([*range(9), *range(14, 27)])


def form(body: bytes, content_type: str) -> Form | None:
    """The form of a body; None where it is none that a policy is written in (a picture, an archive, data for programs)."""
    declared = content_type.partition(";")[0].strip().lower()
    if _PDF in body[:1024]:
        return "pdf"
    if body.startswith(_BINARY) or _is_binary(body):
        return None
    marked_up = _TAG.search(body[:_SAMPLE].replace(b"\x00", b"")) is not None
    if declared == "application/pdf":
        return "html" if marked_up else "pdf"
    if declared in ("text/markdown", "text/x-markdown"):
        return "markdown"
    if declared == "text/plain":
        return "html" if body.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")) else "plain"
    if marked_up or b"<" in body:
        return "html"
    if declared in ("", "text/html", "application/xhtml+xml") or declared.startswith("text/"):
        return "plain"
    return None


def _is_binary(body: bytes) -> bool:
    """Many bytes that no text has, unless they make UTF-16."""
    sample = body[:_SAMPLE]
    if not sample or sample.startswith(_BOMS):
        return False
    nulls = sample.count(0)
    if nulls > len(sample) * 0.3:
        even = sample[0::2].count(0)
        return not (even < nulls * 0.1 or even > nulls * 0.9)
    odd = len(sample) - len(sample.translate(None, _ODD))
    return odd > max(4, len(sample) * 0.02)
