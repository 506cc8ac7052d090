"""Adds to the registry without disturbing what stands there: comments, order and spelling are the reader's own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table, Whitespace

from tracker.model import Document
from tracker.registry.loading import default_id, parse
from tracker.registry.reading import Problem, RegistryError

_FIRST_LINE = "# Who is watched. How to write it: docs/vendors.md\n"


def add_document(
    path: str | Path,
    vendor: str,
    url: str | None,
    kind: str = "privacy",
    *,
    language: str | None = None,
    region: str | None = None,
    schedule: str | None = None,
    name: str | None = None,
    home: str | None = None,
    id: str | None = None,  # noqa: A002  the word of the registry
) -> Document:
    """Add a document of the vendor with the key `vendor` to the registry at `path`, and the vendor and the file where there are none.

    A document that stands there without an address gets this one. `name` and `home` describe a vendor that is new.

    Raises:
        RegistryError: with everything that would be wrong; the file is as it was then.
    """
    path = Path(path)
    before = path.read_text(encoding="utf-8") if path.exists() else _FIRST_LINE
    if before.strip() and path.exists():
        parse(before, path)
    entry = {"kind": kind, "id": id, "url": url, "language": language, "region": region, "schedule": schedule}
    details = {"name": name, "home": home}
    try:
        after = _added(before, vendor, {k: v for k, v in details.items() if v}, {k: v for k, v in entry.items() if v})
    except TOMLKitError as error:
        raise RegistryError(path, [Problem("", f"cannot be edited: {error}")]) from error
    registry = parse(after, path)
    _replace(path, after)
    identity = f"{vendor}/{id or default_id(kind, language, region)}"
    return next(document for document in registry.documents if document.name == identity)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to be added: its vendor's key, what a vendor that is new is called, and the document's table."""

    vendor: str
    name: str
    document: Mapping[str, Any]

    @property
    def identity(self) -> str:
        table = self.document
        return (
            f"{self.vendor}/{table.get('id') or default_id(table['kind'], table.get('language'), table.get('region'))}"
        )


def add_documents(path: str | Path, entries: Iterable[Entry]) -> tuple[list[str], list[Problem]]:
    """Add many documents to the registry at `path`, all in one go: the names of those that were added, and what is wrong with others.

    Those that stand there already are passed over. Raises RegistryError where the file itself is wrong; it is as it was then.
    """
    path = Path(path)
    content = path.read_text(encoding="utf-8") if path.exists() else _FIRST_LINE
    known = {document.name for document in parse(content, path).documents}
    added: dict[str, Entry] = {}
    problems: list[Problem] = []
    for entry in entries:
        if entry.identity not in known and entry.identity not in added:
            wrong = _wrong(path, entry)
            problems += wrong
            if not wrong:
                added[entry.identity] = entry
    stand = tomlkit.parse(content).get("vendors", {})
    fresh: dict[str, dict[str, Any]] = {}
    for entry in added.values():
        if entry.vendor in stand:
            content = _added(content, entry.vendor, {}, dict(entry.document))
        else:
            fresh.setdefault(entry.vendor, {"name": entry.name, "documents": []})["documents"].append(
                dict(entry.document)
            )
    if fresh:
        content = f"{content.rstrip()}\n\n{tomlkit.dumps({'vendors': fresh})}"
    if added:
        parse(content, path)
        _replace(path, content)
    return list(added), problems


def _wrong(path: Path, entry: Entry) -> list[Problem]:
    """What is wrong with an entry by itself."""
    try:
        parse(
            tomlkit.dumps({"vendors": {entry.vendor: {"name": entry.name, "documents": [dict(entry.document)]}}}), path
        )
    except RegistryError as error:
        return [Problem(entry.identity, problem.text) for problem in error.problems]
    return []


def _added(content: str, vendor: str, details: dict[str, str], entry: dict[str, str]) -> str:
    toml = tomlkit.parse(content)
    if vendor not in toml.get("vendors", {}):
        return _with_vendor(content, vendor, {"name": vendor} | details, entry)
    table = toml["vendors"][vendor]
    documents = table.get("documents")
    if waiting := _without_address(documents, entry):
        waiting.update(entry)
    elif documents is None or not isinstance(documents, AoT):
        _first(table, documents, entry)
    else:
        _another(documents, entry)
    return tomlkit.dumps(toml)


def _with_vendor(content: str, vendor: str, details: dict[str, str], entry: dict[str, str]) -> str:
    new = {"vendors": {vendor: {**details, "documents": [entry]}}}
    return f"{content.rstrip()}\n\n{tomlkit.dumps(new)}".lstrip()


def _first(table: Table, documents: object, entry: dict[str, str]) -> None:
    """The first document of a vendor, or one more where the documents are written as inline tables."""
    if documents is not None:
        inline = tomlkit.inline_table()
        inline.update(entry)
        documents.append(inline)  # type: ignore[attr-defined]
        return
    array = tomlkit.aot()
    array.append(_table(entry))
    table.append("documents", array)


def _another(documents: AoT, entry: dict[str, str]) -> None:
    """One more document. What stands below the last one after a blank line belongs to what follows, and stays there."""
    new = _table(entry)
    last, below = documents[-1].value.body, new.value.body
    start = len(last)
    while start and last[start - 1][0] is None:
        start -= 1
    while start < len(last) and not isinstance(last[start][1], Whitespace):
        start += 1
    below.extend(last[start:])
    last[start:] = [(None, tomlkit.nl())]
    documents.append(new)


def _table(entry: dict[str, str]) -> Table:
    table = tomlkit.table()
    table.update(entry)
    return table


def _without_address(documents: object, entry: dict[str, str]) -> Table | None:
    """The document that stands there already under the same id and waits for its address."""

    def identity(table: dict[str, str]) -> str:
        return table.get("id") or default_id(table.get("kind", ""), table.get("language"), table.get("region"))

    tables: list[Table] = list(documents or ())  # type: ignore[call-overload]
    return next((table for table in tables if "url" not in table and identity(table) == identity(entry)), None)


def _replace(path: Path, content: str) -> None:
    """Write the whole file or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, prefix=path.name, delete=False) as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    if path.exists():
        shutil.copymode(path, new.name)
    else:
        Path(new.name).chmod(0o644)
    Path(new.name).replace(path)
