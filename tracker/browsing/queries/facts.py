"""What the page of facts asks: the facts stored with the texts in force."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tracker.browsing.queries import Record, records


async def policies(db: Any, asked: Mapping[str, str], names: Sequence[str]) -> list[Record]:
    """The texts in force, by vendor. `asked`: `vendor`, `of` (a kind of document), and a `kind` of fact with a `value`; empty is any.
    `names` are the documents that are meant, in their order; none are all.
    """
    # the plus has SQLite read the facts of the text in force, not those of the kind in every text there ever was
    rows = await records(
        db,
        """SELECT d.vendor AS vendor, d.name AS document, d.kind AS kind, v.language AS language, v.number AS number, v.id AS version,
                  r.first_seen AS in_force_since
           FROM documents d JOIN versions v ON v.id = d.version LEFT JOIN reigns r ON r.document = d.id AND r.after IS NULL
           WHERE (:vendor = '' OR d.vendor = :vendor) AND (:of = '' OR d.kind = :of)
             AND (:names = '[]' OR d.name IN (SELECT value FROM json_each(:names)))
             AND (:value = '' OR EXISTS (
                  SELECT 1 FROM facts f WHERE f.version = d.version AND +f.kind = :kind AND f.value = :value))
           ORDER BY d.vendor COLLATE NOCASE, d.name""",
        names=json.dumps(names),
        **{key: asked[key] for key in ("vendor", "of", "kind", "value")},
    )
    return sorted(rows, key=lambda row: names.index(row["document"])) if names else rows


async def facts(db: Any, versions: Sequence[int]) -> list[Record]:
    """What these versions say, each fact with the clause that states it (`position`, from 0), in the order of the texts."""
    return await records(
        db,
        """SELECT f.version, f.position, f.kind, f.value, f.modality, f.negated, f.words, k.text
           FROM json_each(:versions) e CROSS JOIN facts f ON f.version = e.value
           CROSS JOIN version_clauses vc ON vc.version = f.version AND vc.position = f.position
           CROSS JOIN clauses k ON k.id = vc.clause
           ORDER BY e.key, f.position, f.rowid""",
        versions=json.dumps(versions),
    )


async def values(db: Any, kind: str, asked: Mapping[str, str], limit: int) -> list[Record]:
    """What is said of a kind today, most frequent first, with some words that say it; how many vendors and documents do."""
    return await records(
        db,
        """SELECT f.value AS value, min(f.words) AS words, count(DISTINCT d.vendor) AS vendors, count(DISTINCT d.id) AS documents
           FROM documents d CROSS JOIN facts f ON f.version = d.version
           WHERE f.kind = :kind AND (:vendor = '' OR d.vendor = :vendor) AND (:of = '' OR d.kind = :of)
           GROUP BY f.value ORDER BY vendors DESC, documents DESC, f.value LIMIT :limit""",
        kind=kind,
        vendor=asked["vendor"],
        of=asked["of"],
        limit=limit,
    )


async def choices(db: Any) -> tuple[list[str], list[str]]:
    """The vendors and the kinds of documents whose texts are in force."""
    rows = await records(db, "SELECT DISTINCT vendor, kind FROM documents WHERE version IS NOT NULL")
    return sorted({row["vendor"] for row in rows}, key=str.casefold), sorted({row["kind"] for row in rows})
