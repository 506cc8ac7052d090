"""The pages of a document: its history and its text, any older version, and all looks at it."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import Response

from tracker.browsing import pictures
from tracker.browsing.answering import View, apologise, respond, version_path
from tracker.browsing.pages.triage import form, standing_asked
from tracker.browsing.pages.vendors import MOST_REIGNS
from tracker.browsing.paging import Paging, page_asked
from tracker.browsing.queries import Record, histories, log, triage
from tracker.browsing.queries import documents as queries
from tracker.history import History
from tracker.history.connection import stamp
from tracker.history.lineage import Lineage, lineages

GAP = timedelta(days=8)
"""Without a sight of the text for longer than this, its coverage has a gap. A failing document is still looked at once a week."""
_CHANGES = 15
_REIGNS = 20
_LATEST_LOOKS = 10
_LOOKS = 100
_DEEPEST_HEADING = 6


async def document(datasette: Any, request: Any) -> Response:
    """A document: what is in force, since when each clause reads so, what changed, and how well it was watched."""
    db = histories(datasette)[0]
    name = unquote(request.url_vars["name"])
    found = await queries.status(db, name)
    if found is None:
        return apologise(datasette, request, 404, f"There is no document {name}.")
    asked = standing_asked(request)
    reigns = await queries.reigns(db, [found["id"]], MOST_REIGNS)
    gaps = await queries.gaps(db, found["id"], GAP)
    text = await asyncio.to_thread(_text, str(db.path), name) if reigns else []
    data = {
        "document": found,
        "asked": asked,
        "changes": await log.changes(db, {"document": name, **asked}, _CHANGES),
        "changes_in_all": await log.count(db, {"document": name, **asked}),
        "marks": await triage.marks_of_document(db, name),
        "reigns": reigns,
        "gaps": gaps,
        "outcomes": await queries.outcomes(db, found["id"]),
        "looks": await queries.looks(db, name, "", _LATEST_LOOKS),
        "text": text,
    }
    return respond(
        datasette,
        request,
        "document.html",
        data,
        database=db.route,
        listed=_REIGNS,
        complete=len(reigns) < MOST_REIGNS,
        longest_gap=GAP.days,
        picture=pictures.of_versions(reigns, found["last_look"], gaps),
        lengths=pictures.lengths(reigns, found["last_look"], pictures.NUMBERS),
        levels=heading_levels(text),
        form=await form(datasette, request),
    )


async def version(datasette: Any, request: Any) -> Response:
    """A version of a document: its text, and since when each clause read so when it was last in force."""
    db = histories(datasette)[0]
    name, number = unquote(request.url_vars["name"]), int(request.url_vars["number"])
    versions = await asyncio.to_thread(_versions, str(db.path), name)
    numbers = list(versions)
    found = await queries.status(db, name)
    if found is None or number not in versions:
        if (now := await queries.understood_as(db, name, number)) in versions:
            return Response.redirect(datasette.urls.path(version_path(name, now)))
        return apologise(datasette, request, 404, f"There is no version {number} of a document {name}.")
    place = numbers.index(number)
    text = await asyncio.to_thread(_text, str(db.path), name, number)
    data = {
        "document": found,
        "version": versions[number],
        "earlier": numbers[place - 1] if place else None,
        "later": numbers[place + 1] if place + 1 < len(numbers) else None,
        "reigns": await queries.reigns(db, [found["id"]], MOST_REIGNS, number),
        "text": text,
    }
    return respond(datasette, request, "version.html", data, database=db.route, levels=heading_levels(text))


async def looks(datasette: Any, request: Any) -> Response:
    """All looks at a document, newest first."""
    db = histories(datasette)[0]
    name = unquote(request.url_vars["name"])
    found = await queries.status(db, name)
    if found is None:
        return apologise(datasette, request, 404, f"There is no document {name}.")
    outcomes = await queries.outcomes(db, found["id"])
    asked = {"outcome": request.args.get("outcome") or ""}
    total = sum(row["looks"] for row in outcomes if asked["outcome"] in ("", row["outcome"]))
    paging = Paging(page_asked(request), _LOOKS, total, asked)
    data = {
        "document": found["document"],
        "asked": asked,
        **paging.record(),
        "outcomes": outcomes,
        "looks": await queries.looks(db, name, asked["outcome"], _LOOKS, (paging.number - 1) * _LOOKS),
    }
    return respond(datasette, request, "looks.html", data, database=db.route, paging=paging)


def heading_levels(text: list[Record]) -> dict[int, int]:
    """The level of each heading of a text, by its number, on a page that has two of its own: none is passed over."""
    levels: dict[int, int] = {}
    last = 2
    for clause in text:
        if clause["kind"] == "heading":
            last = min(clause["depth"] + 2, last + 1, _DEEPEST_HEADING)
            levels[clause["number"]] = last
    return levels


def _versions(path: str, name: str) -> dict[int, Record]:
    with History(Path(path), read_only=True) as history:
        rows = history.versions(name)
    return {
        row.number: {**asdict(row), "first_seen": stamp(row.first_seen), "last_seen": stamp(row.last_seen)}
        for row in rows
    }


def _text(path: str, name: str, number: int | None = None) -> list[Record]:
    """The clauses of a version, as known in its last reign; without a number, of the one in force."""
    with History(Path(path), read_only=True) as history:
        reign = [each for each in history.reigns(name) if number in (None, each.number)][-1]
        return [_clause(at, lineage) for at, lineage in enumerate(lineages(history, reign), 1)]


def _clause(number: int, lineage: Lineage) -> Record:
    clause, origin = lineage.clause, lineage.origin
    return {
        "number": number,
        "kind": clause.kind,
        "label": clause.label,
        "depth": clause.depth,
        "trail": list(clause.trail),
        "text": clause.text,
        "since": stamp(origin.since),
        "otherwise": stamp(origin.otherwise) if origin.otherwise else None,
        "change": origin.change,
        "op": origin.op,
        "level": origin.level,
        "read_so_before": [stamp(each) for each in lineage.before] if lineage.before else None,
    }


_NAME = r"/policy/(?P<name>.+?)"
_FORMAT = r"(?:\.(?P<format>json))?$"
ROUTES: list[tuple[str, View]] = [
    (rf"{_NAME}/versions/(?P<number>[0-9]{{1,9}}){_FORMAT}", version),
    (rf"{_NAME}/looks{_FORMAT}", looks),
    (rf"{_NAME}{_FORMAT}", document),
]
