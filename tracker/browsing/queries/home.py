"""What the first page and the list of vendors ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tracker.browsing.queries import Record, records
from tracker.browsing.queries.triage import STANDINGS
from tracker.history.connection import stamp


async def recent_changes(db: Any, since: datetime, limit: int, standing: str = "") -> list[Record]:
    """Changes of wording or dates that came into force since then, most material first; only those that stand so in the triage."""
    return await records(
        db,
        f"""SELECT * FROM change_log WHERE seen >= :since AND level_number > 0 AND {STANDINGS.get(standing, "1")}
            ORDER BY level_number DESC, seen DESC LIMIT :limit""",  # noqa: S608
        since=stamp(since),
        limit=limit,
    )


async def weekly_levels(db: Any, since: datetime) -> list[Record]:
    """How many changes of which level came in each week; weeks are named by their Monday."""
    return await records(
        db,
        """SELECT date(r.first_seen, 'weekday 0', '-6 days') AS monday, c.level AS level, count(*) AS changes
           FROM reigns r JOIN changes c ON c.id = r.change
           WHERE r.first_seen >= :since AND c.level <> 'none' GROUP BY monday, c.level ORDER BY monday""",
        since=stamp(since),
    )


_AT_A_GLANCE = """vendor, document, kind, language, region, standing, number, in_force_since, last_look, last_state, last_why,
    failing_since, quarantined, quarantined_since, last_change, last_change_seen, last_change_level, muted"""


async def statuses(db: Any) -> list[Record]:
    """Where every document stands that is watched or ever was seen, by vendor."""
    return await records(
        db,
        f"""SELECT {_AT_A_GLANCE} FROM document_status WHERE standing <> 'unwatched' OR versions > 0
            ORDER BY vendor COLLATE NOCASE, vendor, document""",  # noqa: S608
    )


async def heartbeat(db: Any) -> str | None:
    """When the daemon last said that it lives."""
    rows = await records(db, "SELECT beat FROM daemon")
    return str(rows[0]["beat"]) if rows else None
