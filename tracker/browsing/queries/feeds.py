"""What the feeds ask: events, newest first."""

from __future__ import annotations

import json
from typing import Any

from tracker.browsing.queries import Record, records
from tracker.model import LEVELS, Level
from tracker.subscription import TOLD_BY_DEFAULT


async def events(db: Any, *, documents: list[int] | None = None, level: Level = "none", limit: int) -> list[Record]:
    """What was or could have been told of some documents, or of all, from `level` up: the payloads, and the number of each one's change."""
    # the plus keeps SQLite from going through the events of everybody to find those of a few
    within = "e.document IN (SELECT value FROM json_each(:documents)) ORDER BY +e.at DESC"
    rows = await records(
        db,
        f"""SELECT e.payload AS payload, e.change AS change FROM events e
            WHERE e.type IN (SELECT value FROM json_each(:types)) AND e.level IN (SELECT value FROM json_each(:levels))
            AND {within if documents is not None else "1 ORDER BY e.at DESC"}, e.rowid DESC LIMIT :limit""",  # noqa: S608
        types=json.dumps(TOLD_BY_DEFAULT),
        levels=json.dumps(LEVELS[LEVELS.index(level) :]),
        documents=json.dumps(documents),
        limit=limit,
    )
    return [{"payload": json.loads(row["payload"]), "change": row["change"]} for row in rows]


async def documents(db: Any, pattern: str) -> list[Record]:
    """The documents whose name fits the pattern (GLOB), with their vendors."""
    return await records(
        db, "SELECT id, name, vendor FROM documents WHERE name GLOB :pattern ORDER BY name", pattern=pattern
    )
