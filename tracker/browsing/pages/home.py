"""The first page: what changed lately, and how everybody stands."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from datasette.utils.asgi import Response

from tracker.browsing import monitoring, pictures
from tracker.browsing.answering import View, respond
from tracker.browsing.pages.triage import standing_asked
from tracker.browsing.pages.vendors import TROUBLED, by_vendor
from tracker.browsing.queries import Record, histories, log
from tracker.browsing.queries import home as queries
from tracker.history.connection import moment

LATELY = timedelta(days=30)
_CHANGES = 25
_LATEST_WHERE_QUIET = 10
_VENDORS = 12
_TROUBLES = 8


async def home(datasette: Any, request: Any) -> Response:
    """What changed lately, most material first; how the vendors stand, those first that cannot be followed."""
    db = histories(datasette)[0]
    now = datetime.now(UTC)
    asked = standing_asked(request)
    recent = await queries.recent_changes(db, now - LATELY, _CHANGES, asked["triage"])
    documents = await queries.statuses(db)
    vendors = by_vendor(documents)
    changes = recent or await log.changes(db, {"level": "low", **asked}, _LATEST_WHERE_QUIET)
    # of an archive, the last weeks in which there was something
    shown = now if recent or not changes else moment(changes[0]["seen"])
    weeks = await queries.weekly_levels(db, shown - timedelta(weeks=pictures.WEEKS))
    beat = await queries.heartbeat(db)
    data = {
        "asked": asked,
        "days": LATELY.days,
        "recent": bool(recent),
        "changes": changes,
        "watched": {
            "vendors": len(vendors),
            "documents": len(documents),
            "standings": dict(Counter(str(row["standing"]) for row in documents).most_common()),
            "last_look": max((row["last_look"] for row in documents if row["last_look"]), default=None),
            "daemon": bool(beat and abs(now - moment(beat)) < monitoring.SILENT),
        },
        "troubled": [row for row in documents if row["standing"] in TROUBLED][:_TROUBLES],
        "vendors": sorted(vendors, key=_attention, reverse=True)[:_VENDORS],
        "weeks": weeks,
    }
    return respond(
        datasette, request, "home.html", data, database=db.route, picture=pictures.weeks(weeks, shown.date())
    )


def _attention(vendor: Record) -> tuple[bool, str]:
    return bool(vendor["troubled"]), str(vendor["last_change_seen"] or "")


ROUTES: list[tuple[str, View]] = [(r"/-/home(?:\.(?P<format>json))?$", home)]
