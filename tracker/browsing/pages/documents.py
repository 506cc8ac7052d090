"""The pages of a document."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import Response

from tracker.browsing import pictures
from tracker.browsing.answering import View, apologise, respond
from tracker.browsing.queries import documents as queries
from tracker.browsing.queries import histories

_LOOKS = 50


async def document(datasette: Any, request: Any) -> Response:
    """A document: what is in force, since when, what changed, and the text."""
    db = histories(datasette)[0]
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


ROUTES: list[tuple[str, View]] = [(r"/policy/(?P<name>.+?)(?:\.(?P<format>json))?$", document)]
