"""The list of all changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datasette.utils.asgi import Response

from tracker.browsing.answering import View, respond
from tracker.browsing.paging import Paging, filters_asked, is_day, page_asked
from tracker.browsing.queries import histories, search
from tracker.browsing.queries import log as queries
from tracker.browsing.queries.triage import STANDINGS
from tracker.model import LEVELS

_CHANGES = 50
_CAN_BE: dict[str, Callable[[str], bool]] = {
    "level": LEVELS.__contains__,
    "since": is_day,
    "until": is_day,
    "triage": STANDINGS.__contains__,
}
"""What a filter may be, where that is not any text."""


async def changes(datasette: Any, request: Any) -> Response:
    """Changes as they happened, newest first, with filters. A filter that cannot be is none."""
    db = histories(datasette)[0]
    asked = filters_asked(request, queries.FILTERS, _CAN_BE)
    paging = Paging(page_asked(request), _CHANGES, await queries.count(db, asked), asked)
    data = {
        "asked": asked,
        **paging.record(),
        "changes": await queries.changes(db, asked, _CHANGES, (paging.number - 1) * _CHANGES),
    }
    return respond(
        datasette,
        request,
        "log.html",
        data,
        database=db.route,
        paging=paging,
        levels=LEVELS,
        standings=STANDINGS,
        vendors=await search.vendors(db),
    )


ROUTES: list[tuple[str, View]] = [(r"/changes(?:\.(?P<format>json))?$", changes)]
