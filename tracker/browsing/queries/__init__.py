"""The questions that the pages ask, read through Datasette's own connections: read-only, with its time limits.

One module for each group of pages. Most questions go to the views of tracker/history/views.sql, which people can ask too.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from tracker.history import History, HistoryError

Record = dict[str, Any]


@lru_cache(maxsize=64)
def _is_history(path: str) -> bool:
    try:
        History(Path(path), read_only=True).close()
    except HistoryError:
        return False
    return True


def histories(datasette: Any) -> list[Any]:
    """Datasette's databases that are histories of Clausewatch, of the schema known here."""
    return [db for db in datasette.databases.values() if db.path and _is_history(str(db.path))]


async def records(db: Any, sql: str, **values: object) -> list[Record]:
    result = await db.execute(sql, values)
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row, strict=True)) for row in result.rows]
