"""Who is watched: the list of vendors, and the page of each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import Response

from tracker.browsing import pictures
from tracker.browsing.answering import View, apologise, respond
from tracker.browsing.paging import Paging, page_asked
from tracker.browsing.queries import Record, histories, log
from tracker.browsing.queries import documents as queries
from tracker.browsing.queries import home as listing

TROUBLED = ("failing", "quarantined", "no address", "not seen yet")
"""How documents stand that cannot be followed at the moment."""
STANDINGS = ("in force", *TROUBLED, "unwatched")
_VENDORS = 50
_CHANGES = 15
MOST_REIGNS = 400
"""Reigns drawn and listed; who wants more asks the view `coverage`."""

_AT_A_GLANCE = (
    "document",
    "kind",
    "language",
    "region",
    "standing",
    "last_state",
    "number",
    "in_force_since",
    "last_look",
    "muted",
)
_ORDERS: dict[str, Callable[[Record], Any]] = {
    "change": lambda vendor: vendor["last_change_seen"] or "",
    "look": lambda vendor: vendor["last_look"] or "",
    "trouble": lambda vendor: vendor["troubled"],
}


def by_vendor(documents: list[Record]) -> list[Record]:
    """How each vendor stands: its documents at a glance, and its latest look and change over all of them. In the order of `documents`."""
    return [_vendor(name, list(rows)) for name, rows in groupby(documents, key=lambda row: str(row["vendor"]))]


def _vendor(name: str, documents: list[Record]) -> Record:
    changed = max(documents, key=lambda row: row["last_change_seen"] or "")
    return {
        "vendor": name,
        "documents": [{key: row[key] for key in _AT_A_GLANCE} for row in documents],
        "troubled": sum(row["standing"] in TROUBLED for row in documents),
        "last_look": max((row["last_look"] for row in documents if row["last_look"]), default=None),
        "last_change": changed["last_change"],
        "last_change_seen": changed["last_change_seen"],
        "last_change_level": changed["last_change_level"],
    }


async def vendors(datasette: Any, request: Any) -> Response:
    """All vendors, by name or by what happened last; `q` is a part of the name, `standing` that of one of their documents."""
    db = histories(datasette)[0]
    asked = {key: (request.args.get(key) or "").strip() for key in ("q", "standing", "order")}
    wanted = TROUBLED if asked["standing"] == "troubled" else (asked["standing"],)
    found = [
        vendor
        for vendor in by_vendor(await listing.statuses(db))
        if asked["q"].casefold() in vendor["vendor"].casefold()
        and (not asked["standing"] or any(row["standing"] in wanted for row in vendor["documents"]))
    ]
    if asked["order"] in _ORDERS:
        found.sort(key=_ORDERS[asked["order"]], reverse=True)
    paging = Paging(page_asked(request), _VENDORS, len(found), asked)
    start = (paging.number - 1) * _VENDORS
    data = {"asked": asked, **paging.record(), "vendors": found[start : start + _VENDORS]}
    return respond(datasette, request, "vendors.html", data, database=db.route, paging=paging, standings=STANDINGS)


async def vendor(datasette: Any, request: Any) -> Response:
    """A vendor: how its documents stand, when which of their texts was in force, what changed."""
    db = histories(datasette)[0]
    name = unquote(request.url_vars["vendor"])
    documents = await queries.of_vendor(db, name)
    if not documents:
        return apologise(datasette, request, 404, f"There is no vendor {name}.")
    reigns = await queries.reigns(db, [row["id"] for row in documents], MOST_REIGNS)
    asked = {"vendor": name}
    data = {
        "vendor": name,
        "documents": documents,
        "changes": await log.changes(db, asked, _CHANGES),
        "changes_in_all": await log.count(db, asked),
        "reigns": reigns,
    }
    last_look = max((row["last_look"] for row in documents if row["last_look"]), default=None)
    return respond(
        datasette,
        request,
        "vendor.html",
        data,
        database=db.route,
        complete=len(reigns) < MOST_REIGNS,
        picture=pictures.of_documents(reigns, last_look),
        lengths=pictures.lengths(reigns, last_look, pictures.NAMES),
    )


ROUTES: list[tuple[str, View]] = [
    (r"/vendors(?:\.(?P<format>json))?$", vendors),
    (r"/vendor/(?P<vendor>.+?)(?:\.(?P<format>json))?$", vendor),
]
