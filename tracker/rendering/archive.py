"""Zip files of which the same contents always give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can tell: the order and the clock of whoever packs it are no part of what it holds."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, in this order."""
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def unzipped(source: bytes) -> dict[str, bytes]:
    """The files of a zip, in its order."""
    with ZipFile(io.BytesIO(source)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
