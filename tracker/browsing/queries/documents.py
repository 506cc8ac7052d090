"""What the page of a document asks."""

from __future__ import annotations

from typing import Any

from tracker.browsing.queries import Record, records


async def status(db: Any, name: str) -> Record | None:
    """Where a document stands; None where there is none of that name."""
    rows = await records(db, "SELECT * FROM document_status WHERE document = :name", name=name)
    return rows[0] if rows else None


async def document_reigns(db: Any, name: str) -> list[Record]:
    """When which version was seen in force, newest first, each with the dates it states."""
    return await records(
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
    return await records(
        db, "SELECT * FROM change_log WHERE document = :name ORDER BY seen DESC, reign DESC", name=name
    )


async def document_looks(db: Any, name: str, limit: int) -> list[Record]:
    """The last looks at a document, newest first."""
    return await records(
        db,
        "SELECT * FROM look_log WHERE document = :name ORDER BY at DESC, observation DESC LIMIT :limit",
        name=name,
        limit=limit,
    )


async def current_text(db: Any, document: int) -> list[Record]:
    """The clauses in force in their order, each with the first time that this very clause stood in the document."""
    return await records(
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
