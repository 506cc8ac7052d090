"""The first page: what changed lately, and how everybody stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from datasette.utils.asgi import Response

from tracker.browsing import pictures
from tracker.browsing.answering import View, respond
from tracker.browsing.queries import Record, histories
from tracker.browsing.queries import home as queries

LATELY = timedelta(days=30)
_CHANGES = 40
_LATEST_WHERE_QUIET = 10

_TROUBLED = ("failing", "quarantined", "no address", "not seen yet")


async def home(datasette: Any, request: Any) -> Response:
    """What changed lately, most material first; how every vendor stands."""
    db = histories(datasette)[0]
    now = datetime.now(UTC)
    recent = await queries.recent_changes(db, now - LATELY, _CHANGES)
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


def _vendor(name: str, documents: list[Record]) -> Record:
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


ROUTES: list[tuple[str, View]] = [(r"/-/home(?:\.(?P<format>json))?$", home)]
