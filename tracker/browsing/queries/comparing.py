"""What the page that compares asks."""

from __future__ import annotations

from typing import Any

from tracker.browsing.queries import Record, records


async def names(db: Any) -> list[str]:
    """The documents of which a text has been seen."""
    rows = await records(db, "SELECT name FROM documents WHERE version IS NOT NULL ORDER BY name")
    return [row["name"] for row in rows]


async def versions(db: Any, name: str) -> list[Record]:
    """The versions of a document, newest first, with when each was first seen and what it states."""
    return await records(
        db,
        """SELECT v.number AS number, min(r.first_seen) AS first_seen, v.effective AS effective, v.updated AS updated
           FROM versions v JOIN documents d ON d.id = v.document JOIN reigns r ON r.version = v.id
           WHERE d.name = :name GROUP BY v.id ORDER BY v.number DESC""",
        name=name,
    )
