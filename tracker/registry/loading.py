"""vendors.toml → vendors and documents, checked as a whole: either everything is right, or all that is wrong is told at once."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from tracker.model import Document, slug
from tracker.registry import checks
from tracker.registry.judging import JUDGING, joined, read_rules
from tracker.registry.reading import Check, Problem, RegistryError, read_table
from tracker.registry.settings import CHECKS as SETTINGS
from tracker.registry.settings import Settings
from tracker.registry.subscribing import read_subscriptions
from tracker.subscription import Subscription


@dataclass(frozen=True, slots=True)
class Vendor:
    """A company that is watched. `key` is its name for machines and never changes; `name` is shown."""

    key: str
    name: str
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """Who is watched and how, and who is told."""

    path: Path
    documents: tuple[Document, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    settings: Settings = field(default_factory=Settings)
    subscriptions: tuple[Subscription, ...] = ()


DOCUMENT: dict[str, Check] = {
    "kind": checks.identifier,
    "url": checks.url,
    "language": checks.language,
    "region": checks.region,
    "schedule": checks.schedule,
    "select": checks.selectors,
    "remove": checks.selectors,
    "from": checks.text,
    "until": checks.text,
    "headers": checks.headers,
    "delay": checks.seconds,
    "timeout": checks.seconds,
    "render": checks.yes_or_no,
    "id": checks.identifier,
    **JUDGING,
}


def load(path: str | Path) -> Registry:
    """Read the registry at `path`.

    Raises:
        RegistryError: with every problem in it; nothing else is raised, also where the file is missing or no TOML.
    """
    path = Path(path)
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise RegistryError(path, [Problem("", "there is no such file; `clausewatch add` makes one")]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(path, [Problem("", f"cannot be read: {error}")]) from error
    return parse(content, path)


def parse(content: str, path: Path) -> Registry:
    """Read the registry `content`, which stands or is to stand at `path`.

    Raises:
        RegistryError: with every problem in it.
    """
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(path, [Problem("", f"is no valid TOML: {error}")]) from error
    problems: list[Problem] = []
    whole = {"settings": _as_it_is, "vendors": _as_it_is, "subscriptions": _as_it_is, **JUDGING}
    tables = read_table(data, whole, "", problems)
    rules = read_rules(tables, "", problems)
    settings = read_table(tables.get("settings", {}), SETTINGS, "settings", problems)
    settings["history"] = path.parent / settings.get("history", "history.db")
    made = Settings(**settings)
    read = _vendors(tables.get("vendors", {}), {"schedule": made.schedule, "rules": rules}, problems)
    placed = [pair for _, pairs in read for pair in pairs]
    problems.extend(_repeated_addresses(placed))
    documents = tuple(document for _, document in placed)
    subscriptions = read_subscriptions(tables.get("subscriptions", []), documents, path.parent, problems)
    if problems:
        raise RegistryError(path, problems)
    return Registry(path, documents, tuple(vendor for vendor, _ in read), made, subscriptions)


Placed = tuple[str, Document]
"""A document and the key it stands at."""


def _as_it_is(value: object) -> object:
    return value


def _vendors(table: object, defaults: Mapping[str, Any], problems: list[Problem]) -> list[tuple[Vendor, list[Placed]]]:
    if not isinstance(table, dict):
        problems.append(Problem("vendors", "expected one table for each vendor, such as [vendors.acme]"))
        return []
    return [_vendor(key, content, defaults, problems) for key, content in table.items()]


def _vendor(key: str, table: object, shared: Mapping[str, Any], problems: list[Problem]) -> tuple[Vendor, list[Placed]]:
    where = f"vendors.{key}"
    try:
        checks.identifier(key)
    except ValueError as error:
        problems.append(Problem(where, str(error)))
    table_checks: dict[str, Check] = {"name": checks.text, "home": checks.url, "documents": _tables, **JUDGING}
    values = read_table(table, table_checks, where, problems)
    vendor = Vendor(key, values.get("name", key), values.get("home"))
    rules = joined(shared["rules"], read_rules(values, where, problems))
    defaults: dict[str, Any] = {**shared, "vendor": vendor.name, "home": vendor.home, "rules": rules}
    if isinstance(table, dict) and "documents" in table:
        return vendor, _documents(values.get("documents", []), vendor, defaults, problems)
    if isinstance(table, dict) and "home" not in table:
        problems.append(Problem(where, "expected documents, or a home page to look for them from"))
    return vendor, [(where, Document(**defaults, kind="privacy", name=f"{key}/privacy"))]


def _tables(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise checks.refuse("one [[vendors.….documents]] for each document", value)
    return value


def _documents(
    tables: list[object], vendor: Vendor, defaults: Mapping[str, Any], problems: list[Problem]
) -> list[Placed]:
    placed: list[Placed] = []
    for number, table in enumerate(tables, 1):
        where = f"vendors.{vendor.key}.documents[{number}]"
        values = read_table(table, DOCUMENT, where, problems, required=["kind"])
        if not isinstance(table, dict) or "kind" not in values:
            continue
        if "url" not in table and vendor.home is None:
            problems.append(
                Problem(f"{where}.url", "expected an address, or a home page of the vendor to look for it from")
            )
        values["rules"] = joined(defaults["rules"], read_rules(values, where, problems))
        placed.append((where, _document(values, vendor, defaults)))
    problems.extend(
        Problem(second, f'is "{name}" like {first}; expected another kind, language or region, or an id of its own')
        for name, first, second in _repeated(placed, lambda document: document.name)
    )
    return placed


def _document(values: dict[str, Any], vendor: Vendor, defaults: Mapping[str, Any]) -> Document:
    identity = values.pop("id", None) or default_id(values["kind"], values.get("language"), values.get("region"))
    values["start"] = values.pop("from", None)
    return Document(**{**defaults, **values}, name=f"{vendor.key}/{identity}")


def default_id(kind: str, language: str | None, region: str | None) -> str:
    """What a document is called within its vendor where the registry does not say."""
    return "-".join(slug(part) for part in (kind, language, region) if part)


def _repeated_addresses(placed: Iterable[Placed]) -> list[Problem]:
    """Two documents may share a page only where they are different parts of it."""

    def part(document: Document) -> object:
        if document.url is None:
            return None
        url = urldefrag(document.url).url
        return url, document.select, document.start, document.until, tuple(sorted(document.headers.items()))

    return [
        Problem(
            f"{second}.url",
            f"is the address of {first} too; expected another, or another select, from, until or headers",
        )
        for _, first, second in _repeated(placed, part)
    ]


def _repeated(placed: Iterable[Placed], key: Callable[[Document], object]) -> list[tuple[object, str, str]]:
    """(key, where first, where again) of the documents that have a key (not None) in common with an earlier one."""
    where: dict[object, list[str]] = defaultdict(list)
    for at, document in placed:
        where[key(document)].append(at)
    return [(k, first, again) for k, (first, *others) in where.items() if k is not None for again in others]
