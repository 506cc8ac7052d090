"""The pages of a change."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from tracker.browsing.answering import View, apologise, change_path, respond
from tracker.browsing.pages.triage import form
from tracker.browsing.queries import Record, histories, triage
from tracker.browsing.queries import changes as queries
from tracker.browsing.redlines import Asked, as_file, brief, record, shared
from tracker.compared import Compared, of_change
from tracker.history import ChangeRow, History, Unknown


async def change(datasette: Any, request: Any) -> Response:
    """A change: what it says, why it has its level, and the redline."""
    db = histories(datasette)[0]
    identity = int(request.url_vars["change"])
    try:
        row, compared = await asyncio.to_thread(_stored, str(db.path), identity)
    except Unknown as error:
        return apologise(datasette, request, 404, str(error))
    asked = Asked.of(request.args)
    about = {
        "change": identity,
        "document": row.document,
        "vendor": row.vendor,
        "document_kind": row.document_kind,
        "url": row.url,
        "old_number": row.old_number,
        "new_number": row.new_number,
    }
    around = {
        "sightings": await queries.sightings_of_change(db, identity),
        "marks": await triage.marks_of_change(db, identity),
        "muted_rules": await triage.muted_rules(db),
        **await _neighbours(db, identity),
    }
    if request.url_vars.get("format") == "json":
        clauses = await asyncio.to_thread(record, row.change, asked)
        return respond(datasette, request, "change.html", {"change": {**about, **clauses}, **around})
    data = {"change": {**about, **brief(row.change)}, **around}
    extra = await asyncio.to_thread(shared, compared, asked, change_path(identity), {})
    extra["form"] = await form(datasette, request)
    return respond(datasette, request, "change.html", data, database=db.route, **extra)


async def _neighbours(db: Any, change: int) -> Record:
    """The changes of the same document before and after this one; of one that happened again, around the last time."""
    newest_first = await queries.changes_beside(db, change)
    if change not in newest_first:
        return {"earlier": None, "later": None}
    place = newest_first.index(change)
    return {
        "earlier": next(iter(newest_first[place + 1 :]), None),
        "later": newest_first[place - 1] if place else None,
    }


async def change_file(datasette: Any, request: Any) -> Response:
    """A change as one self-contained file, to keep or to send."""
    db = histories(datasette)[0]
    identity = int(request.url_vars["change"])
    try:
        _, compared = await asyncio.to_thread(_stored, str(db.path), identity)
    except Unknown as error:
        return apologise(datasette, request, 404, str(error))
    return await asyncio.to_thread(as_file, compared, request.url_vars["kind"], f"change-{identity}")


def _stored(path: str, identity: int) -> tuple[ChangeRow, Compared]:
    with History(Path(path), read_only=True) as history:
        row = history.change(identity)
        return row, of_change(history, row)


ROUTES: list[tuple[str, View]] = [
    (r"/change/(?P<change>[0-9]{1,18})(?:\.(?P<format>json))?$", change),
    (r"/change/(?P<change>[0-9]{1,18})/redline\.(?P<kind>html|docx)$", change_file),
]
