"""Whether a compressed body came whole: decoders give what they have of one that breaks off, and a text that is silently short
would be a version."""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli
import zstandard

NO_CODINGS = frozenset((b"identity", b"none", b"utf-8", b"utf8", b"iso-8859-1"))
"""What servers write into Content-Encoding though it is no coding."""


class _Stream(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


def is_whole(body: bytes, coding: bytes) -> bool:
    """Whether a body ends where its coding says that it ends. It has been decoded before, so that its size is known to be bearable."""
    if coding == b"br":
        stream = brotli.Decompressor()
        stream.process(body)
        return bool(stream.is_finished())
    if coding == b"zstd":
        return _ends(zstandard.ZstdDecompressor().decompressobj(), body)
    if coding == b"deflate":
        return any(_ends(zlib.decompressobj(window), body) for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS))
    while body[:2] == b"\x1f\x8b":  # members follow one another
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        if not _ends(member, body):
            return False
        body = member.unused_data
    return True


def _ends(stream: _Stream, body: bytes) -> bool:
    try:
        stream.decompress(body)
    except zlib.error:
        return False
    return stream.eof
