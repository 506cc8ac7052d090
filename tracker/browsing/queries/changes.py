"""What the page of a change asks."""

from __future__ import annotations

from typing import Any

from tracker.browsing.queries import Record, records


async def sightings_of_change(db: Any, change: int) -> list[Record]:
    """Each time that this change happened: a text that returns and goes again makes the same change twice."""
    return await records(
        db,
        """SELECT r.first_seen AS seen, r.before AS looked_before
           FROM changes c JOIN reigns r ON r.document = c.document AND r.change = c.id
           WHERE c.id = :change ORDER BY r.first_seen DESC""",
        change=change,
    )
