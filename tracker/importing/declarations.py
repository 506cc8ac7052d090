"""Declarations of Open Terms Archive: whom a collection watches, and where, as entries for the registry.

Their selectors, written by hand for each page, are left behind unless they are asked for: ours finds the policy by itself, and they
are what breaks when a page is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tracker.importing import ArchiveError
from tracker.importing.terms_archive import KINDS
from tracker.model import slug
from tracker.registry import Entry


def declared(path: Path, *, selectors: bool = False) -> list[Entry]:
    """The documents that a collection's declarations name, from its repository or its folder of declarations. Raises ArchiveError."""
    folder = path / "declarations" if (path / "declarations").is_dir() else path
    files = sorted(file for file in folder.glob("*.json") if not file.name.endswith(".history.json"))
    if not files:
        raise ArchiveError(f"There are no declarations in {folder}: JSON files, one for each service.")
    return [entry for file in files for entry in _service(file, selectors=selectors)]


def _service(file: Path, *, selectors: bool) -> Iterator[Entry]:
    try:
        service = json.loads(file.read_text(encoding="utf-8"))
        terms = service.get("terms") or service.get("documents") or {}
        for kind, told in terms.items():
            sources = told.get("combine") or [told]
            for number, source in enumerate(sources, 1):
                yield Entry(
                    vendor=slug(file.stem),
                    name=str(service.get("name") or file.stem),
                    document=_document(
                        KINDS.get(kind) or slug(kind), number, source, {**told, **source}, selectors=selectors
                    ),
                )
    except (AttributeError, TypeError, ValueError) as error:
        raise ArchiveError(f"{file} is no declaration of a service: {error}.") from error


def _document(
    kind: str, number: int, source: Mapping[str, Any], told: Mapping[str, Any], *, selectors: bool
) -> dict[str, Any]:
    """A document's table; the further pages of one that is put together of several are documents of their own."""
    table: dict[str, Any] = {"kind": kind}
    if number > 1:
        table["id"] = f"{kind}-{number}"
    table["url"] = str(source["fetch"])
    if told.get("executeClientScripts"):
        table["render"] = True
    if selectors:
        table |= {key: plain for key in ("select", "remove") if (plain := _plain(told.get(key)))}
    return table


def _plain(value: object) -> list[str]:
    """Selectors as such; ranges of a page, which are objects, have no counterpart."""
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)] if all(isinstance(item, str) for item in values) else []
