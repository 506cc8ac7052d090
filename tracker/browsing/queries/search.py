"""What the search asks."""

from __future__ import annotations

import re
from typing import Any

from tracker.browsing.queries import Record, records

MARK_START, MARK_END = "\ue000", "\ue001"
"""Stand around a found word; the pages turn them into markup after escaping. A page that contains them gains a highlight, no more."""

_NO_WORD_GAPS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, kana and Han: scripts written without spaces, in whose runs the full-text index finds no word."""


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
    return await records(db, _SIGHTED.format(hits=hits), match=match, vendor=vendor, standing=standing, limit=limit)


async def vendors(db: Any) -> list[str]:
    """The names of all vendors."""
    return [
        row["vendor"]
        for row in await records(db, "SELECT DISTINCT vendor FROM documents ORDER BY vendor COLLATE NOCASE")
    ]
