"""The questions that the pages ask, read through Datasette's own connections: read-only, with its time limits.

Most go to the views of tracker/history/views.sql, which people can ask the same questions by themselves.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from tracker.history import History, HistoryError
from tracker.history.connection import stamp

Record = dict[str, Any]

MARK_START, MARK_END = "\ue000", "\ue001"
"""Stand around a found word; the pages turn them into markup after escaping. A page that contains them gains a highlight, no more."""

_NO_WORD_GAPS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, kana and Han: scripts written without spaces, in whose runs the full-text index finds no word."""


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


async def _records(db: Any, sql: str, **values: object) -> list[Record]:
    result = await db.execute(sql, values)
    columns = [column[0] for column in result.description]
    return [dict(zip(columns, row, strict=True)) for row in result.rows]


# --- home --------------------------------------------------------------------------------------------------------------------


async def recent_changes(db: Any, since: datetime, limit: int) -> list[Record]:
    """Changes of wording or dates that came into force since then, most material first."""
    return await _records(
        db,
        """SELECT * FROM change_log WHERE seen >= :since AND level_number > 0
           ORDER BY level_number DESC, seen DESC LIMIT :limit""",
        since=stamp(since),
        limit=limit,
    )


async def latest_changes(db: Any, limit: int) -> list[Record]:
    """The last changes of wording or dates, newest first, however long ago."""
    return await _records(
        db, "SELECT * FROM change_log WHERE level_number > 0 ORDER BY seen DESC LIMIT :limit", limit=limit
    )


async def weekly_levels(db: Any, since: datetime) -> list[Record]:
    """How many changes of which level came in each week; weeks are named by their Monday."""
    return await _records(
        db,
        """SELECT date(r.first_seen, 'weekday 0', '-6 days') AS monday, c.level AS level, count(*) AS changes
           FROM reigns r JOIN changes c ON c.id = r.change
           WHERE r.first_seen >= :since AND c.level <> 'none' GROUP BY monday, c.level ORDER BY monday""",
        since=stamp(since),
    )


async def statuses(db: Any) -> list[Record]:
    """Every watched document and where it stands, by vendor."""
    return await _records(
        db,
        """SELECT * FROM document_status WHERE standing <> 'unwatched' OR versions > 0
           ORDER BY vendor COLLATE NOCASE, document""",
    )


async def figures(db: Any, now: datetime) -> Record:
    """What a monitor wants to know."""
    [totals] = await _records(
        db,
        """SELECT (SELECT count(*) FROM observations) AS looks, (SELECT max(at) FROM observations WHERE at <= :now) AS last_look,
                  (SELECT beat FROM daemon) AS beat, page_count * page_size AS bytes
           FROM pragma_page_count(), pragma_page_size()""",
        now=stamp(now),
    )
    documents = await _records(
        db, "SELECT document, standing, last_seen, next_due FROM document_status WHERE standing <> 'unwatched'"
    )
    deliveries = await _records(db, "SELECT state, count(*) AS count FROM deliveries GROUP BY state")
    return {**totals, "documents": documents, "deliveries": {row["state"]: row["count"] for row in deliveries}}


# --- document ----------------------------------------------------------------------------------------------------------------


async def status(db: Any, name: str) -> Record | None:
    """Where a document stands; None where there is none of that name."""
    rows = await _records(db, "SELECT * FROM document_status WHERE document = :name", name=name)
    return rows[0] if rows else None


async def document_reigns(db: Any, name: str) -> list[Record]:
    """When which version was seen in force, newest first, each with the dates it states."""
    return await _records(
        db,
        """SELECT c.number, c.looked_before, c.first_seen, c.last_seen, c.looked_after, c.looks, c.days_unsure,
                  v.effective, v.updated, v.words, r.change, ch.level, ch.silent
           FROM coverage c JOIN reigns r ON r.id = c.reign JOIN versions v ON v.id = c.version
           LEFT JOIN changes ch ON ch.id = r.change
           WHERE c.document = :name ORDER BY c.first_seen DESC, c.reign DESC""",
        name=name,
    )


async def document_changes(db: Any, name: str) -> list[Record]:
    """What changed in a document, newest first, the formatting too."""
    return await _records(
        db, "SELECT * FROM change_log WHERE document = :name ORDER BY seen DESC, reign DESC", name=name
    )


async def document_looks(db: Any, name: str, limit: int) -> list[Record]:
    """The last looks at a document, newest first."""
    return await _records(
        db,
        "SELECT * FROM look_log WHERE document = :name ORDER BY at DESC, observation DESC LIMIT :limit",
        name=name,
        limit=limit,
    )


async def current_text(db: Any, document: int) -> list[Record]:
    """The clauses in force in their order, each with the first time that this very clause stood in the document."""
    return await _records(
        db,
        """WITH sighted AS (
               SELECT vc.clause AS clause, min(r.first_seen) AS since
               FROM reigns r JOIN version_clauses vc ON vc.version = r.version
               WHERE r.document = :document GROUP BY vc.clause)
           SELECT vc.position + 1 AS number, k.kind AS kind, k.label AS label, vc.depth AS depth, k.text AS text, s.since AS since
           FROM documents d JOIN version_clauses vc ON vc.version = d.version JOIN clauses k ON k.id = vc.clause
           LEFT JOIN sighted s ON s.clause = vc.clause
           WHERE d.id = :document ORDER BY vc.position""",
        document=document,
    )


# --- change ------------------------------------------------------------------------------------------------------------------


async def sightings_of_change(db: Any, change: int) -> list[Record]:
    """Each time that this change happened: a text that returns and goes again makes the same change twice."""
    return await _records(
        db,
        """SELECT r.first_seen AS seen, r.before AS looked_before
           FROM changes c JOIN reigns r ON r.document = c.document AND r.change = c.id
           WHERE c.id = :change ORDER BY r.first_seen DESC""",
        change=change,
    )


# --- search ------------------------------------------------------------------------------------------------------------------


def match_expression(text: str) -> str:
    """What people type as a full-text query: every word must occur, "quoted words" in a row; no operator has a meaning."""
    parts = re.findall(r'"([^"]+)"|([^\s"]+)', text)
    return " ".join(f'"{phrase or word}"' for phrase, word in parts)


_CANDIDATES = 300
"""Clauses that are looked at before the filter on standing; the best of them are shown."""

# the marks are set in the best ones only: setting them in all that match took most of the time
_HITS = f"""
    SELECT c.rowid AS clause, highlight(clauses_fts, 0, '{MARK_START}', '{MARK_END}') AS shown, best.place AS place
    FROM (SELECT rowid AS clause, rank AS place FROM clauses_fts AS c
          WHERE clauses_fts MATCH :match AND {{of_vendor}} ORDER BY rank LIMIT {_CANDIDATES}) AS best
    CROSS JOIN clauses_fts AS c ON c.rowid = best.clause WHERE c.clauses_fts MATCH :match"""  # noqa: S608

_HITS_WITHOUT_WORDS = f"""
    SELECT id AS clause, replace(text, :match, '{MARK_START}' || :match || '{MARK_END}') AS shown, length(text) AS place
    FROM clauses AS c WHERE instr(text, :match) AND {{of_vendor}} ORDER BY length(text) LIMIT {_CANDIDATES}"""  # noqa: S608

_OF_VENDOR = """(:vendor = '' OR EXISTS (
        SELECT 1 FROM version_clauses x JOIN versions y ON y.id = x.version JOIN documents z ON z.id = y.document
        WHERE x.clause = c.rowid AND z.vendor = :vendor))"""

_SIGHTED = """WITH hits AS MATERIALIZED ({hits})
    SELECT h.clause AS clause, h.shown AS shown, k.kind AS kind, d.name AS document, d.vendor AS vendor,
           max(v.id = d.version) AS in_force, min(r.first_seen) AS first_seen, max(r.last_seen) AS last_seen
    FROM hits h JOIN clauses k ON k.id = h.clause
    JOIN version_clauses vc ON vc.clause = h.clause JOIN versions v ON v.id = vc.version
    JOIN documents d ON d.id = v.document JOIN reigns r ON r.version = v.id
    WHERE :vendor = '' OR d.vendor = :vendor
    GROUP BY h.clause, d.id
    HAVING :standing = '' OR in_force = (:standing = 'in force')
    ORDER BY h.place, h.clause, d.name LIMIT :limit"""


async def search(db: Any, text: str, *, vendor: str, standing: str, limit: int) -> list[Record]:
    """The clauses, of all ever seen, in which the words stand, best first; one record for each clause and document.

    `vendor` is a vendor's name or empty for all; `standing` is "in force", "withdrawn" or empty for both. `shown` is the clause's text
    with the found words between MARK_START and MARK_END.
    """
    without_words = _NO_WORD_GAPS.search(text)
    match = text.strip() if without_words else match_expression(text)
    if not match:
        return []
    hits = (_HITS_WITHOUT_WORDS if without_words else _HITS).format(of_vendor=_OF_VENDOR)
    return await _records(db, _SIGHTED.format(hits=hits), match=match, vendor=vendor, standing=standing, limit=limit)


async def vendors(db: Any) -> list[str]:
    """The names of all vendors."""
    return [
        row["vendor"]
        for row in await _records(db, "SELECT DISTINCT vendor FROM documents ORDER BY vendor COLLATE NOCASE")
    ]
