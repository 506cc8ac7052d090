"""What the pages of a document and of a vendor ask."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tracker.browsing.queries import Record, records


async def status(db: Any, name: str) -> Record | None:
    """Where a document stands; None where there is none of that name."""
    rows = await records(db, "SELECT * FROM document_status WHERE document = :name", name=name)
    return rows[0] if rows else None


async def of_vendor(db: Any, vendor: str) -> list[Record]:
    """Where every document of a vendor stands that is watched or ever was seen."""
    return await records(
        db,
        """SELECT * FROM document_status WHERE vendor = :vendor AND (standing <> 'unwatched' OR versions > 0) ORDER BY document""",
        vendor=vendor,
    )


async def reigns(db: Any, documents: Sequence[int], limit: int, number: int | None = None) -> list[Record]:
    """When which version of which document was seen in force, newest first, each with its dates, its words, the change that
    began it and the look that found it; or those of one version."""
    return await records(
        db,
        """SELECT d.name AS document, v.number, r.before AS looked_before, r.first_seen, r.last_seen, r.after AS looked_after,
                  v.effective, v.updated, v.words, r.change, c.level, c.silent,
                  (SELECT o.id FROM observations o WHERE o.document = r.document AND o.at = r.first_seen) AS observation
           FROM reigns r JOIN documents d ON d.id = r.document JOIN versions v ON v.id = r.version
           LEFT JOIN changes c ON c.id = r.change
           WHERE r.document IN (SELECT value FROM json_each(:documents)) AND (:number IS NULL OR v.number = :number)
           ORDER BY r.first_seen DESC, r.id DESC LIMIT :limit""",
        documents=json.dumps(documents),
        limit=limit,
        number=number,
    )


async def understood_as(db: Any, name: str, number: int) -> int | None:
    """The number of the version that took the place of one when its bytes were extracted anew; None where none did."""
    rows = await records(
        db,
        """WITH RECURSIVE later(id) AS (
               SELECT v.superseded FROM versions v JOIN documents d ON d.id = v.document WHERE d.name = :name AND v.number = :number
               UNION SELECT v.superseded FROM versions v JOIN later ON later.id = v.id)
           SELECT v.number FROM versions v JOIN later ON later.id = v.id WHERE v.superseded IS NULL""",
        name=name,
        number=number,
    )
    return int(rows[0]["number"]) if rows else None


async def gaps(db: Any, document: int, longest: timedelta) -> list[Record]:
    """Stretches longer than `longest` between two sights of the document's text, newest first: when it was last seen and seen again (empty:
    not yet), how many looks there were in between, and what the last of them came to."""
    return await records(
        db,
        """WITH sights AS (
               SELECT at AS seen, lead(at) OVER (ORDER BY at, id) AS again FROM observations
               WHERE document = :document AND version IS NOT NULL),
           last AS (SELECT max(at) AS at FROM observations WHERE document = :document)
           SELECT seen, again, looks, (SELECT state FROM observations WHERE document = :document AND at > seen AND looks > 0
                                       AND at < coalesce(again, '~') ORDER BY at DESC, id DESC LIMIT 1) AS state
           FROM (SELECT seen, again, (SELECT count(*) FROM observations
                                      WHERE document = :document AND at > seen AND at < coalesce(again, '~')) AS looks
                 FROM sights, last WHERE julianday(coalesce(again, last.at)) - julianday(seen) > :days)
           ORDER BY seen DESC""",
        document=document,
        days=longest / timedelta(days=1),
    )


async def looks(db: Any, name: str, outcome: str, limit: int, offset: int = 0) -> list[Record]:
    """The looks at a document, newest first; `outcome` is empty for all."""
    return await records(
        db,
        """SELECT * FROM look_log WHERE document = :name AND (:outcome = '' OR outcome = :outcome)
           ORDER BY at DESC, observation DESC LIMIT :limit OFFSET :offset""",
        name=name,
        outcome=outcome,
        limit=limit,
        offset=offset,
    )


async def outcomes(db: Any, document: int) -> list[Record]:
    """What all looks at a document came to: how many of each outcome and state, and the last of them."""
    return await records(
        db,
        """SELECT outcome, state, count(*) AS looks, min(at) AS first, max(at) AS last FROM observations
           WHERE document = :document GROUP BY outcome, state ORDER BY looks DESC, outcome, state""",
        document=document,
    )
