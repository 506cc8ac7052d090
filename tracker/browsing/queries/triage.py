"""What the triage asks."""

from __future__ import annotations

from typing import Any

from tracker.browsing.queries import Record, records
from tracker.history.standings import STANDINGS as STANDINGS

_SAID = """SELECT m.at, m.who, m.mark, m.note FROM marks m"""


async def marks_of_change(db: Any, change: int) -> list[Record]:
    """What was said of a change, newest first, also where it was derived anew since."""
    return await records(
        db,
        f"{_SAID} JOIN changes c ON m.document = c.document AND m.digest = c.digest WHERE c.id = :change ORDER BY m.id DESC",
        change=change,
    )


async def marks_of_document(db: Any, name: str) -> list[Record]:
    """When and why a document was muted and told again, newest first."""
    return await records(
        db,
        f"{_SAID} JOIN documents d ON d.id = m.document WHERE d.name = :name AND m.digest IS NULL ORDER BY m.id DESC",
        name=name,
    )


async def muted_rules(db: Any) -> list[str]:
    """The rules that are muted."""
    return [row["rule"] for row in await records(db, "SELECT rule FROM muted WHERE rule IS NOT NULL ORDER BY rule")]


async def muted(db: Any) -> list[Record]:
    """The documents and rules that are muted, the last one first."""
    return await records(db, "SELECT since, who, note, vendor, document, rule FROM muted ORDER BY id DESC")


async def log(db: Any, limit: int) -> list[Record]:
    """What was said lately, of whatever."""
    return await records(db, "SELECT * FROM triage_log ORDER BY id DESC LIMIT :limit", limit=limit)
