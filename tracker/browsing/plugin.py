"""The Datasette plugin: pages over a history, descriptions and links in Datasette's own.

Installing Clausewatch loads it into every Datasette; where no history is served it does nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from markupsafe import Markup
from pluggy import HookimplMarker

from tracker.browsing import allowing, metadata, pages
from tracker.browsing.answering import View, asset_path, change_path, observation_path, policy_path, vendor_path
from tracker.browsing.queries import histories

hookimpl = HookimplMarker("datasette")

_PAGES: dict[str, tuple[type, Callable[[Any], str]]] = {
    "vendor": (str, vendor_path),
    "document": (str, policy_path),
    "change": (int, change_path),
    "observation": (int, observation_path),
}
"""The columns whose values have a page: what they hold there (a number of a document is an id, and has none), and where the page is."""


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, View]]:
    return pages.routes(datasette) if histories(datasette) else []


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Descriptions for Datasette 0.65. It merges into what it gets, so each call gets its own."""
    return {"databases": {db.name: {**metadata.of_database(), **_guide(datasette, db)} for db in histories(datasette)}}


@hookimpl
def startup(datasette: Any) -> Any:
    """The same for Datasette 1.0, which keeps descriptions and queries in its own database and the rest in its configuration."""
    if not hasattr(datasette, "set_resource_metadata"):
        return None

    async def describe() -> None:
        for db in histories(datasette):
            await _describe(datasette, db)

    return describe


async def _describe(datasette: Any, db: Any) -> None:
    described = {**metadata.of_database(), **_guide(datasette, db)}
    for key in ("title", "description", "description_html"):
        await datasette.set_database_metadata(db.name, key, str(described[key]))
    configured = datasette.config.setdefault("databases", {}).setdefault(db.name, {}).setdefault("tables", {})
    for table, shown in described["tables"].items():
        await datasette.set_resource_metadata(db.name, table, "description", shown.pop("description", ""))
        for column, sentence in shown.pop("columns", {}).items():
            await datasette.set_column_metadata(db.name, table, column, "description", sentence)
        configured[table] = {**shown, **configured.get(table, {})}
    for name, query in metadata.CANNED_QUERIES.items():
        await datasette.add_query(db.name, name, **query)


@hookimpl(optionalhook=True)
def register_actions() -> list[Any]:
    return allowing.actions()


@hookimpl(optionalhook=True)
def permission_resources_sql(actor: dict[str, Any] | None, action: str) -> Any:
    return allowing.allowing(actor, action)


@hookimpl
def canned_queries(datasette: Any, database: str) -> dict[str, dict[str, str]]:
    ours = any(db.name == database for db in histories(datasette))
    return copy.deepcopy(metadata.CANNED_QUERIES) if ours else {}


@hookimpl
def render_cell(value: Any, column: str, database: str, datasette: Any) -> Markup | None:
    """Vendors, documents, changes and looks lead to their pages, in tables, views and answers to SQL."""
    if column not in _PAGES or not value or all(db.name != database for db in histories(datasette)):
        return None
    kind, path = _PAGES[column]
    if not isinstance(value, kind):
        return None
    return _link(datasette.urls.path(path(value)), str(value))


@hookimpl
def extra_css_urls(datasette: Any, database: str | None) -> list[str]:
    ours = any(db.name == database for db in histories(datasette))
    return [datasette.urls.path(asset_path("tables.css"))] if ours else []


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    if not histories(datasette):
        return []
    return [
        {"href": datasette.urls.path("/-/home"), "label": "What changed lately"},
        {"href": datasette.urls.path("/clauses"), "label": "Search all clauses"},
        {"href": datasette.urls.path("/triage"), "label": "Triage"},
    ]


def _guide(datasette: Any, db: Any) -> dict[str, str]:
    """What stands above the list of tables: Datasette would show the views last, and they are what most people want."""
    rows = [
        Markup("<li>{}: {}</li>").format(_link(datasette.urls.table(db.name, name), name), sentence)
        for name, sentence in metadata.views().items()
    ]
    return {"description_html": Markup("<p>{}</p><ul>{}</ul>").format(metadata.DESCRIPTION, Markup("").join(rows))}


def _link(path: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(path, text)
