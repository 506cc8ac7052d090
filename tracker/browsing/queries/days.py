"""What the page of a day asks."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from tracker.browsing.queries import Record, records


async def registry(db: Any, *, vendor: str, document: str, limit: int, offset: int) -> list[Record]:
    """The documents, by vendor; only those of a vendor, or only one, where it is named."""
    return await records(
        db,
        """SELECT id, name AS document, vendor, kind, language, region FROM documents
           WHERE :vendor IN ('', vendor) AND :document IN ('', name)
           ORDER BY vendor COLLATE NOCASE, name LIMIT :limit OFFSET :offset""",
        vendor=vendor,
        document=document,
        limit=limit,
        offset=offset,
    )


async def counts(db: Any, *, vendor: str, end: str) -> Record:
    """How many documents there are, and of how many a text had been seen before a moment."""
    [row] = await records(
        db,
        """SELECT count(*) AS documents, coalesce(sum(EXISTS (
               SELECT 1 FROM reigns r WHERE r.document = d.id AND r.first_seen < :end)), 0) AS seen
           FROM documents d WHERE :vendor IN ('', d.vendor)""",
        vendor=vendor,
        end=end,
    )
    return row


async def reigns(db: Any, documents: Collection[int]) -> list[Record]:
    """All reigns of these documents (by id), in order of time, with the dates that their texts state."""
    return await records(
        db,
        """SELECT r.document AS document, r.id AS reign, r.version AS version, v.number AS number, r.first_seen AS first_seen,
                  r.last_seen AS last_seen, r.before AS looked_before, r.after AS looked_after, v.effective AS effective,
                  v.updated AS updated
           FROM json_each(:documents) e JOIN reigns r ON r.document = e.value JOIN versions v ON v.id = r.version
           ORDER BY r.document, r.first_seen, r.id""",
        documents=json.dumps(list(documents)),
    )


async def looks_around(db: Any, document: int, end: str) -> Record:
    """The last look at a document (by id) before a moment, and the first one after it; None where there is none."""
    return {
        "before": await _look(db, "at < :end ORDER BY at DESC, id DESC", document, end),
        "after": await _look(db, "at >= :end ORDER BY at, id", document, end),
    }


async def _look(db: Any, which: str, document: int, end: str) -> Record | None:
    rows = await records(
        db,
        f"""SELECT id AS observation, at, outcome, state, why FROM observations
            WHERE document = :document AND {which} LIMIT 1""",  # noqa: S608 - our own words
        document=document,
        end=end,
    )
    return rows[0] if rows else None


async def text(db: Any, version: int) -> list[Record]:
    """The clauses of a version (by id), in their order."""
    return await records(
        db,
        """SELECT vc.position + 1 AS number, k.kind AS kind, k.label AS label, vc.depth AS depth, k.text AS text
           FROM version_clauses vc JOIN clauses k ON k.id = vc.clause WHERE vc.version = :version ORDER BY vc.position""",
        version=version,
    )
