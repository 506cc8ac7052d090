"""What the list of changes asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.browsing.queries import Record, records
from tracker.browsing.queries.triage import STANDINGS
from tracker.model import LEVELS

FILTERS = {
    "vendor": "vendor = :vendor",
    "document": "document = :document",
    "level": "level_number >= :level_number",
    "since": "seen >= :since",
    "until": "seen < date(:until, '+1 day')",
    "before": "seen < :before",
    "silent": "silent = 1 AND kind IN ('editorial', 'substantive')",
    "triage": "",  # as its value says
}


async def changes(db: Any, asked: Mapping[str, str], limit: int, offset: int = 0) -> list[Record]:
    """Changes as they happened, newest first: those that `asked` (keys of FILTERS; empty is any) leaves.

    `level` is the lowest that is shown; `since` and `until` are days (ISO), both included; `before` is a moment.
    `triage` is one of the STANDINGS of triage.
    """
    where, values = _where(asked)
    return await records(
        db,
        f"SELECT * FROM change_log WHERE {where} ORDER BY seen DESC, reign DESC LIMIT :limit OFFSET :offset",  # noqa: S608
        limit=limit,
        offset=offset,
        **values,
    )


async def count(db: Any, asked: Mapping[str, str]) -> int:
    """How many they are in all."""
    where, values = _where(asked)
    [row] = await records(db, f"SELECT count(*) AS count FROM change_log WHERE {where}", **values)  # noqa: S608
    return int(row["count"])


def _where(asked: Mapping[str, str]) -> tuple[str, dict[str, object]]:
    given = {key: value for key, value in asked.items() if value}
    level = given.get("level", "none")
    values = {**given, "level_number": LEVELS.index(level) if level in LEVELS else 0}
    return " AND ".join(STANDINGS[given[key]] if key == "triage" else FILTERS[key] for key in given) or "1", values
