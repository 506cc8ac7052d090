"""The bytes that came back: zstd, each body as a delta against the document's body before, with a full copy every so often."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import zstandard

_LEVEL = 6
_CHAIN = 20
"""Deltas in a row before the next full copy: a damaged one loses no more than its chain, and a read inflates no more."""
_WINDOW_LOG = 24
"""16 MiB: covers a body and the one before it. Readers must allow as much."""


class SnapshotError(Exception):
    """A stored body does not read back as it was."""


@dataclass(frozen=True, slots=True)
class Base:
    """The snapshot that a delta builds on."""

    id: int
    depth: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Packed:
    """A body as it is stored."""

    sha256: str
    size: int
    base: int | None
    depth: int
    data: bytes


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def pack(body: bytes, base: Base | None) -> Packed:
    """Compress a body, against `base` where its chain has room, and prove that it reads back."""
    if base is not None and base.depth >= _CHAIN - 1:
        base = None
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _LEVEL,
        source_size=len(body) + (len(base.body) if base else 0),
        window_log=_WINDOW_LOG,
        write_checksum=True,
    )
    data = zstandard.ZstdCompressor(
        dict_data=_dictionary(base.body if base else None), compression_params=parameters
    ).compress(body)
    if unpack(data, base.body if base else None) != body:
        raise SnapshotError("a body did not survive compression")
    return Packed(digest(body), len(body), base.id if base else None, base.depth + 1 if base else 0, data)


def unpack(data: bytes, base: bytes | None) -> bytes:
    """The body that `data` holds. Raises SnapshotError where it is damaged."""
    try:
        inflater = zstandard.ZstdDecompressor(dict_data=_dictionary(base), max_window_size=1 << (_WINDOW_LOG + 3))
        return inflater.decompress(data)
    except zstandard.ZstdError as error:
        raise SnapshotError(f"a stored body is damaged: {error}") from error


def _dictionary(body: bytes | None) -> zstandard.ZstdCompressionDict | None:
    # zstd takes no dictionary shorter than eight bytes
    if body is None or len(body) < 8:
        return None
    return zstandard.ZstdCompressionDict(body, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
