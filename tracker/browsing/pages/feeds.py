"""Feeds, for readers of feeds: what is told of the registry, a vendor, a document, a level; new clauses that a search finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

from tracker.browsing.answering import View, apologise, change_path, policy_path, respond, version_path
from tracker.browsing.pages import search
from tracker.browsing.paging import query
from tracker.browsing.queries import Record, histories
from tracker.browsing.queries import feeds as queries
from tracker.browsing.queries import search as clauses
from tracker.model import LEVELS, Level
from tracker.rendering.feeds import Feed, Item, atom, event_item, json_feed
from tracker.rendering.markup import element
from tracker.rendering.picking import clipped, visible

ENTRIES = 100
_TITLE_LENGTH = 120
_TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}


async def feeds(datasette: Any, request: Any) -> Response:
    """Which feeds there are."""
    db = histories(datasette)[0]
    found = {
        "registry": _addresses(datasette, request, "all"),
        "levels": {level: _addresses(datasette, request, f"levels/{level}") for level in LEVELS[1:]},
        "vendors": {
            row["vendor"]: _addresses(datasette, request, f"vendors/{row['key']}") for row in await clauses.vendors(db)
        },
    }
    return respond(datasette, request, "feeds.html", found, database=db.route)


def _addresses(datasette: Any, request: Any, name: str) -> Record:
    return {
        ending: datasette.absolute_url(request, datasette.urls.path(f"/feeds/{name}.{ending}")) for ending in _TYPES
    }


async def registry(datasette: Any, request: Any) -> Response:
    """Of everything, or from a level up."""
    level: Level = request.url_vars.get("level", "none")
    named = level != "none"
    title = f"What changed in the policies{f', from {level} up' if named else ''}"
    return await _of_events(datasette, request, f"levels/{level}" if named else "all", title, level=level)


async def vendor(datasette: Any, request: Any) -> Response:
    """Of one vendor, by its key in the registry."""
    key = unquote(request.url_vars["key"])
    found = await queries.documents(histories(datasette)[0], f"{key}/*")
    if not found or "*" in key or "?" in key or "[" in key:
        return apologise(datasette, request, 404, f"There is no vendor {key}.")
    title = f"What changed in the policies of {found[0]['vendor']}"
    return await _of_events(datasette, request, f"vendors/{key}", title, [row["id"] for row in found])


async def document(datasette: Any, request: Any) -> Response:
    """Of one document."""
    name = unquote(request.url_vars["name"])
    found = [row for row in await queries.documents(histories(datasette)[0], name) if row["name"] == name]
    if not found:
        return apologise(datasette, request, 404, f"There is no document {name}.")
    return await _of_events(datasette, request, f"documents/{name}", f"What changed in {name}", [found[0]["id"]])


async def _of_events(
    datasette: Any,
    request: Any,
    name: str,
    title: str,
    documents: list[int] | None = None,
    level: Level = "none",
) -> Response:
    db = histories(datasette)[0]
    told = await queries.events(db, documents=documents, level=level, limit=ENTRIES)

    def link(event: Record) -> str:
        path = change_path(event["change"]) if event["change"] else policy_path(event["payload"]["document"]["name"])
        return _absolute(datasette, request, path)

    items = [event_item(event["payload"], link(event)) for event in told]
    return _answer(datasette, request, name, title, items)


async def found_clauses(datasette: Any, request: Any) -> Response:
    """Of clauses that a search finds, those first that came last: to the history, or to another document."""
    db = histories(datasette)[0]
    asked = search.asked_of(request)
    try:
        newest = await clauses.found(db, asked["q"], asked["vendor"], newest_first=True)
        sighted = [hit for group in await search.listed(db, newest, asked) for hit in group]
    except QueryInterrupted:
        return apologise(datasette, request, 503, search.TOO_LONG)
    sighted = sorted(sighted, key=lambda hit: (hit["first_seen"], hit["clause"]), reverse=True)[:ENTRIES]
    places = await clauses.places(db, sighted)
    items = [_clause(datasette, request, hit, places[hit["clause"], hit["version"]]) for hit in sighted]
    title = f"New clauses: {', '.join(filter(None, asked.values()))}"
    return _answer(datasette, request, "clauses", title, items, query(asked))


def _clause(datasette: Any, request: Any, hit: Record, place: Record) -> Item:
    page = policy_path(hit["document"]) if hit["in_force"] else version_path(hit["document"], place["version_number"])
    text = visible(place["text"])
    trail = " › ".join(place["trail"])
    title = " ".join(visible(f"{hit['vendor']}, {hit['document']}: {clipped(text, _TITLE_LENGTH)}").split())
    return Item(
        id=f"urn:uuid:{uuid5(NAMESPACE_URL, 'clausewatch:clause:' + place['hash'] + ':' + hit['document'])}",
        title=title,
        at=hit["first_seen"],
        summary=clipped(text, 2 * _TITLE_LENGTH),
        html=element("div", *([element("p", element("i", trail))] if trail else []), element("blockquote", text)),
        link=f"{_absolute(datasette, request, page)}#clause-{place['number']}",
        tags={"vendor": hit["vendor"], "document": hit["document"]},
        record=search.hit_record(hit, place),
    )


def _absolute(datasette: Any, request: Any, path: str) -> str:
    return str(datasette.absolute_url(request, datasette.urls.path(path)))


def _answer(datasette: Any, request: Any, name: str, title: str, items: Sequence[Item], asked: str = "") -> Response:
    ending = request.url_vars["ending"]
    feed = Feed("history", name, title, _absolute(datasette, request, f"/feeds/{name}"), asked)
    written = atom(feed, items) if ending == "atom" else json_feed(feed, items)
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": "sandbox",
    }
    return Response(written, headers=headers, content_type=f"{_TYPES[ending]}; charset=utf-8")


_ENDING = r"\.(?P<ending>atom|json)$"
ROUTES: list[tuple[str, View]] = [
    (r"/feeds(?:\.(?P<format>json))?$", feeds),
    (rf"/feeds/all{_ENDING}", registry),
    (rf"/feeds/levels/(?P<level>{'|'.join(LEVELS[1:])}){_ENDING}", registry),
    (rf"/feeds/vendors/(?P<key>[^/]+){_ENDING}", vendor),
    (rf"/feeds/documents/(?P<name>.+?){_ENDING}", document),
    (rf"/feeds/clauses{_ENDING}", found_clauses),
]
