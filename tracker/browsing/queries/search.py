"""What the search asks: which clauses hold the words, where and when these stood, who says so."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from tracker.browsing.queries import Record, records

MARK_START, MARK_END = "\ue000", "\ue001"
"""Stand around a found word; the pages turn them into markup after escaping. A page that contains them gains a highlight, no more."""

MOST_FOUND = 5_000
"""Clauses that words may find; who says so, and since when, is told where there are no more."""
MOST_DATED = 1_000
"""Of those the best, which are listed."""

_NO_WORD_GAPS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, kana and Han: scripts written without spaces, in whose runs the full-text index finds no word."""


def parts(text: str) -> list[str]:
    """What people type: the "quoted words" as one part each, and every other word."""
    return [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', text)]


def match_expression(text: str) -> str:
    """The same as a full-text query: every part must occur, `shar*` stands for what begins so; no operator has a meaning."""
    return " ".join(f'"{part}"*' if re.search(r"\w\*$", part) else f'"{part}"' for part in parts(text))


def _pieces(text: str) -> list[str]:
    """The parts for scripts without spaces, where a star at the end says nothing more."""
    return [piece for part in parts(text) if (piece := part.rstrip("*"))]


# the plus keeps SQLite from asking the full-text index anew for each clause of the vendor
_OF_VENDOR = """+{clause} IN (SELECT vc.clause FROM documents d CROSS JOIN versions v ON v.document = d.id
        CROSS JOIN version_clauses vc ON vc.version = v.id WHERE d.vendor = :vendor)"""


async def found(db: Any, text: str, vendor: str = "", *, newest_first: bool = False) -> list[int]:
    """The clauses, of all ever seen, that hold the words: the best first, or the newest; at most MOST_FOUND, of a vendor or of all."""
    if _NO_WORD_GAPS.search(text):
        return await _found_without_words(db, _pieces(text), vendor, newest_first=newest_first)
    match = match_expression(text)
    if not match:
        return []
    where = f"AND {_OF_VENDOR.format(clause='c.rowid')}" if vendor else ""
    rows = await records(
        db,
        f"""SELECT c.rowid AS clause FROM clauses_fts AS c WHERE clauses_fts MATCH :match {where}
            ORDER BY {"c.rowid DESC" if newest_first else "rank"} LIMIT {MOST_FOUND}""",  # noqa: S608
        match=match,
        vendor=vendor,
    )
    return [row["clause"] for row in rows]


async def _found_without_words(db: Any, wanted: Sequence[str], vendor: str, *, newest_first: bool) -> list[int]:
    """The same for scripts in whose runs there are no words to look up: every text is read, and the shortest are the best."""
    tests = [
        f"instr({'text' if part == part.lower() == part.upper() else 'lower(text)'}, :p{at})"
        for at, part in enumerate(wanted)
    ]
    where = f" AND {_OF_VENDOR.format(clause='id')}" if vendor else ""
    rows = await records(
        db,
        f"""SELECT id AS clause FROM clauses WHERE {" AND ".join(tests)}{where}
            ORDER BY {"id DESC" if newest_first else "length(text), id"} LIMIT {MOST_FOUND}""",  # noqa: S608
        vendor=vendor,
        **{f"p{at}": part.lower() for at, part in enumerate(wanted)},
    )
    return [row["clause"] for row in rows]


async def sightings(
    db: Any, clauses: Sequence[int], *, vendor: str = "", standing: str = "", since: str = "", until: str = ""
) -> list[Record]:
    """Where and when the first MOST_DATED clauses stood, in their order: one record for each clause and document.

    `vendor` is its name, `standing` is "in force" or "withdrawn", and the clause was seen on a day from `since` to `until` (ISO, both
    included); empty is any. The record's `version` is the one in force where the clause stands in it, else the last that held it.
    """
    return await records(
        db,
        """SELECT h.value AS clause, d.vendor AS vendor, d.name AS document,
                  max(v.id = d.version) AS in_force, min(r.first_seen) AS first_seen, max(r.last_seen) AS last_seen,
                  coalesce(max(CASE WHEN v.id = d.version THEN v.id END), max(v.id)) AS version
           FROM json_each(:clauses) h
           CROSS JOIN version_clauses vc ON vc.clause = h.value CROSS JOIN versions v ON v.id = vc.version
           CROSS JOIN documents d ON d.id = v.document CROSS JOIN reigns r ON r.version = v.id
           WHERE :vendor = '' OR d.vendor = :vendor
           GROUP BY h.key, d.id
           HAVING (:standing = '' OR in_force = (:standing = 'in force'))
              AND max((:until = '' OR r.first_seen < date(:until, '+1 day')) AND r.last_seen >= :since)
           ORDER BY h.key, first_seen, d.name""",
        clauses=json.dumps(clauses[:MOST_DATED]),
        vendor=vendor,
        standing=standing,
        since=since,
        until=until,
    )


async def who_said(db: Any, clauses: Sequence[int], vendor: str) -> list[Record]:
    """Which documents hold any of these clauses, or did: from when to when, the first first."""
    return await records(
        db,
        """WITH seen AS MATERIALIZED (
               SELECT DISTINCT vc.version AS version FROM json_each(:clauses) h
               CROSS JOIN version_clauses vc ON vc.clause = h.value)
           SELECT d.vendor AS vendor, d.name AS document, max(s.version = d.version) AS in_force,
                  min(r.first_seen) AS first_seen, max(r.last_seen) AS last_seen
           FROM seen s CROSS JOIN reigns r ON r.version = s.version CROSS JOIN documents d ON d.id = r.document
           WHERE :vendor = '' OR d.vendor = :vendor
           GROUP BY d.id ORDER BY first_seen, d.name""",
        clauses=json.dumps(clauses),
        vendor=vendor,
    )


async def places(db: Any, sighted: Sequence[Record]) -> dict[tuple[int, int], Record]:
    """What the clauses of sightings say, and where they stand in the versions of these, by clause and version."""
    rows = await records(
        db,
        """SELECT json_extract(s.value, '$[0]') AS clause, json_extract(s.value, '$[1]') AS version, k.hash AS hash, k.kind AS kind,
                  k.text AS text, min(vc.position) + 1 AS number, vc.trail AS trail, v.number AS version_number
           FROM json_each(:sighted) s CROSS JOIN version_clauses vc INDEXED BY version_clauses_clause
             ON vc.clause = json_extract(s.value, '$[0]') AND vc.version = json_extract(s.value, '$[1]')
           CROSS JOIN clauses k ON k.id = vc.clause CROSS JOIN versions v ON v.id = vc.version GROUP BY s.key""",
        sighted=json.dumps([(row["clause"], row["version"]) for row in sighted]),
    )
    return {(row["clause"], row["version"]): {**row, "trail": json.loads(row["trail"])} for row in rows}


async def marked(db: Any, text: str, clauses: Sequence[int]) -> dict[int, str]:
    """The texts of clauses with the found words between MARK_START and MARK_END."""
    if _NO_WORD_GAPS.search(text):
        wanted = re.compile("|".join(map(re.escape, sorted(_pieces(text), key=len, reverse=True))), re.IGNORECASE)
        rows = await records(
            db,
            "SELECT id AS clause, text FROM clauses WHERE id IN (SELECT value FROM json_each(:clauses))",
            clauses=json.dumps(clauses),
        )
        return {row["clause"]: wanted.sub(lambda m: f"{MARK_START}{m[0]}{MARK_END}", row["text"]) for row in rows}
    rows = await records(
        db,
        f"""SELECT c.rowid AS clause, highlight(clauses_fts, 0, '{MARK_START}', '{MARK_END}') AS shown FROM clauses_fts AS c
            WHERE clauses_fts MATCH :match AND c.rowid IN (SELECT value FROM json_each(:clauses))""",  # noqa: S608
        match=match_expression(text),
        clauses=json.dumps(clauses),
    )
    return {row["clause"]: row["shown"] for row in rows}


async def vendors(db: Any) -> list[Record]:
    """All vendors: their names, and their keys in the registry."""
    return await records(
        db,
        """SELECT vendor, min(substr(name, 1, instr(name, '/') - 1)) AS key FROM documents
           GROUP BY vendor ORDER BY vendor COLLATE NOCASE""",
    )
