"""The pages: each asks the history and answers with a page for people, or with the same as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

from tracker.browsing import monitoring, pictures, queries
from tracker.browsing.answering import apologise, attachment, respond, style
from tracker.history import ChangeRow, History, Unknown, VersionRow
from tracker.model import ClauseChange, Policy
from tracker.rendering.caption import Caption, Side
from tracker.rendering.html import html_page
from tracker.rendering.layout import in_place
from tracker.rendering.picking import most_material_first
from tracker.rendering.records import change_to_dict

View = Callable[..., Awaitable[Response]]

LATELY = timedelta(days=30)
_CHANGES_AT_HOME = 40
_LATEST_WHERE_QUIET = 10
_LOOKS = 50
_REASONS = 8
_HITS = 100

_TROUBLED = ("failing", "quarantined", "no address", "not seen yet")


def routes(datasette: Any) -> list[tuple[str, View]]:
    """The pages' addresses. Home takes Datasette's own only where the history is the one thing that is served."""
    served = [name for name in datasette.databases if not name.startswith("_")]
    pages: list[tuple[str, View]] = [
        (r"/-/home(?:\.(?P<format>json))?$", home),
        (r"/policy/(?P<name>.+?)(?:\.(?P<format>json))?$", document),
        (r"/change/(?P<change>[0-9]{1,18})(?:\.(?P<format>json))?$", change),
        (r"/change/(?P<change>[0-9]{1,18})/redline\.html$", change_file),
        (r"/clauses(?:\.(?P<format>json))?$", clauses),
        (r"/-/clausewatch/(?P<name>style|tables)\.css$", style_sheet),
        (r"/-/metrics$", monitoring.metrics),
        (r"/-/health$", monitoring.health),
    ]
    return [(r"/$", home), *pages] if len(served) == 1 else pages


async def style_sheet(request: Any) -> Response:
    return style(request.url_vars["name"])


async def home(datasette: Any, request: Any) -> Response:
    """What changed lately, most material first; how every vendor stands."""
    db = queries.histories(datasette)[0]
    now = datetime.now(UTC)
    recent = await queries.recent_changes(db, now - LATELY, _CHANGES_AT_HOME)
    changes = recent or await queries.latest_changes(db, _LATEST_WHERE_QUIET)
    documents = await queries.statuses(db)
    counts = await queries.weekly_levels(db, now - timedelta(weeks=pictures.WEEKS))
    data = {
        "days": LATELY.days,
        "recent": bool(recent),
        "changes": changes,
        "vendors": [
            _vendor(name, list(group)) for name, group in groupby(documents, key=lambda row: str(row["vendor"]))
        ],
        "troubled": [row for row in documents if row["standing"] in _TROUBLED],
        "weeks": counts,
    }
    return respond(datasette, request, "home.html", data, database=db.route, picture=pictures.weeks(counts, now.date()))


def _vendor(name: str, documents: list[queries.Record]) -> queries.Record:
    """How a vendor stands at a glance: its latest look and change over all its documents."""
    changed = max(documents, key=lambda row: row["last_change_seen"] or "")
    return {
        "vendor": name,
        "documents": documents,
        "last_look": max((row["last_look"] for row in documents if row["last_look"]), default=None),
        "last_change": changed["last_change"],
        "last_change_seen": changed["last_change_seen"],
        "last_change_level": changed["last_change_level"],
    }


async def document(datasette: Any, request: Any) -> Response:
    """A document: what is in force, since when, what changed, and the text."""
    db = queries.histories(datasette)[0]
    name = unquote(request.url_vars["name"])
    found = await queries.status(db, name)
    if found is None:
        return apologise(datasette, request, 404, f"There is no document {name}.")
    reigns = await queries.document_reigns(db, name)
    data = {
        "document": found,
        "reigns": reigns,
        "changes": await queries.document_changes(db, name),
        "text": await queries.current_text(db, found["id"]),
        "looks": await queries.document_looks(db, name, _LOOKS),
    }
    return respond(
        datasette,
        request,
        "document.html",
        data,
        database=db.route,
        most_looks=_LOOKS,
        began={row["first_seen"]: row["change"] for row in reigns},
        picture=pictures.timeline(reigns, found["last_look"]),
    )


async def change(datasette: Any, request: Any) -> Response:
    """A change: what it says, why it has its level, and the redline."""
    db = queries.histories(datasette)[0]
    identity = int(request.url_vars["change"])
    try:
        found = await asyncio.to_thread(_change, str(db.path), identity)
    except Unknown as error:
        return apologise(datasette, request, 404, str(error))
    row = found.row
    data = {
        "change": {
            "change": identity,
            "document": row.document,
            "vendor": row.vendor,
            "document_kind": row.document_kind,
            "url": row.url,
            "old_number": row.old_number,
            "new_number": row.new_number,
            **change_to_dict(row.change),
        },
        "sightings": await queries.sightings_of_change(db, identity),
        **await _neighbours(db, row.document, identity),
    }
    entries = [Entry(number, c) for number, c in enumerate(most_material_first(row.change.clauses), 1)]
    return respond(
        datasette,
        request,
        "change.html",
        data,
        database=db.route,
        most_reasons=_REASONS,
        language=found.new.language,
        entries=[entry for entry in entries if entry.change.kind in ("editorial", "substantive")],
        formatting=[entry for entry in entries if entry.change.kind in ("none", "cosmetic")],
        rows=in_place(row.change, found.new),
    )


async def _neighbours(db: Any, name: str, change: int) -> queries.Record:
    """The changes of the same document before and after this one; of one that happened again, around the last time."""
    newest_first = [row["change"] for row in await queries.document_changes(db, name)]
    if change not in newest_first:
        return {"earlier": None, "later": None}
    place = newest_first.index(change)
    return {
        "earlier": next(iter(newest_first[place + 1 :]), None),
        "later": newest_first[place - 1] if place else None,
    }


async def change_file(datasette: Any, request: Any) -> Response:
    """A change as one self-contained file, to keep or to send."""
    db = queries.histories(datasette)[0]
    identity = int(request.url_vars["change"])
    try:
        found = await asyncio.to_thread(_change, str(db.path), identity)
    except Unknown as error:
        return apologise(datasette, request, 404, str(error))
    return attachment(html_page(found.row.change, found.caption, found.new), f"change-{identity}.html")


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause change and its number on the page."""

    number: int
    change: ClauseChange


@dataclass(frozen=True, slots=True)
class _Found:
    row: ChangeRow
    new: Policy
    caption: Caption


def _change(path: str, identity: int) -> _Found:
    with History(Path(path), read_only=True) as history:
        row = history.change(identity)
        old, new = (_side(history.version(version)) for version in (row.old, row.new))
        caption = Caption(vendor=row.vendor, document=row.document, url=row.url, old=old, new=new)
        return _Found(row, history.policy(row.new), caption)


def _side(version: VersionRow) -> Side:
    return Side(
        version=version.number, first_seen=version.first_seen, effective=version.effective, updated=version.updated
    )


async def clauses(datasette: Any, request: Any) -> Response:
    """Search over all clauses ever seen."""
    db = queries.histories(datasette)[0]
    asked = {key: request.args.get(key) or "" for key in ("q", "vendor", "standing")}
    try:
        hits = await queries.search(db, asked["q"], vendor=asked["vendor"], standing=asked["standing"], limit=_HITS)
    except QueryInterrupted:
        sentence = (
            "This search took longer than one may take. Rarer words, or words in quotation marks, are found quicker."
        )
        return apologise(datasette, request, 503, sentence)
    data = {"asked": asked, "hits": hits, "complete": len(hits) < _HITS}
    return respond(
        datasette,
        request,
        "clauses.html",
        data,
        database=db.route,
        vendors=await queries.vendors(db),
        json_query=urlencode(asked),
        found=[list(group) for _, group in groupby(hits, key=lambda hit: hit["clause"])],
    )
