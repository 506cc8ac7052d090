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


async def changes_beside(db: Any, change: int) -> list[int]:
    """The changes of the document that this change is of, newest first."""
    rows = await records(
        db,
        """SELECT r.change AS change FROM changes c JOIN reigns r ON r.document = c.document
           WHERE c.id = :change AND r.change IS NOT NULL ORDER BY r.first_seen DESC, r.id DESC""",
        change=change,
    )
    return [row["change"] for row in rows]
