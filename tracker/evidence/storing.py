"""Bundles as folders and zip files. Only files with the names of layout.py are written or read, and reading has bounds."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from tracker.evidence.layout import NAMES, Files
from tracker.rendering.archive import zipped

LARGEST = 100 << 20
"""Bytes that one file of a bundle may have."""


class Unreadable(Exception):
    """This is no bundle; the message is a sentence for the user."""


def write(target: Path, files: Files) -> None:
    """Write a bundle as a zip where the name ends so, else as a folder. Raises FileExistsError where something is there already."""
    if target.suffix.lower() == ".zip":
        with target.open("xb") as file:
            file.write(zipped(files))
        return
    target.mkdir(parents=True)
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def read(source: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a bundle, and the names of what is there and belongs to none. Raises Unreadable."""
    if source.is_dir():
        return _folder(source)
    try:
        return _zip(source.read_bytes())
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise Unreadable(f"{source} is no zip file that can be read: {error}") from error


def _folder(source: Path) -> tuple[dict[str, bytes], list[str]]:
    files = {}
    for name in NAMES:
        path = source / name
        # a link could lead to any file of the reader's
        if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
            continue
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"{name} is larger than a file of a bundle can be.")
        files[name] = path.read_bytes()
    there = {
        path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_symlink() or not path.is_dir()
    }
    return files, sorted(there - files.keys())


def _zip(content: bytes) -> tuple[dict[str, bytes], list[str]]:
    with ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        files = {}
        for name in (name for name in NAMES if name in names):
            with archive.open(name) as file:
                files[name] = file.read(LARGEST + 1)
            if len(files[name]) > LARGEST:
                raise Unreadable(f"{name} is larger than a file of a bundle can be.")
    twice = [name for name in files if names.count(name) > 1]
    return files, sorted({*names} - files.keys()) + twice
