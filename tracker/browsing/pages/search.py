"""The search over all clauses ever seen."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

from tracker.browsing.answering import View, apologise, respond
from tracker.browsing.queries import histories
from tracker.browsing.queries import search as queries

_HITS = 100


async def clauses(datasette: Any, request: Any) -> Response:
    """Search over all clauses ever seen."""
    db = histories(datasette)[0]
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


ROUTES: list[tuple[str, View]] = [(r"/clauses(?:\.(?P<format>json))?$", clauses)]
