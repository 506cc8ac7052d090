"""What a monitor asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tracker.browsing.queries import Record, records
from tracker.history.connection import stamp


async def figures(db: Any, now: datetime) -> Record:
    """What a monitor wants to know."""
    [totals] = await records(
        db,
        """SELECT (SELECT count(*) FROM observations) AS looks, (SELECT max(at) FROM observations WHERE at <= :now) AS last_look,
                  (SELECT beat FROM daemon) AS beat, page_count * page_size AS bytes
           FROM pragma_page_count(), pragma_page_size()""",
        now=stamp(now),
    )
    documents = await records(
        db, "SELECT document, standing, last_seen, next_due FROM document_status WHERE standing <> 'unwatched'"
    )
    deliveries = await records(db, "SELECT state, count(*) AS count FROM deliveries GROUP BY state")
    return {**totals, "documents": documents, "deliveries": {row["state"]: row["count"] for row in deliveries}}
