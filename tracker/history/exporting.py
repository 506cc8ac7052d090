"""The whole record in rows, for whoever takes it elsewhere. Read one by one: a history may be larger than memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.history import History

Row = dict[str, Any]

_NAMED = "d.name IN (SELECT value FROM json_each(:names))"

_TABLES = {
    "documents": """
        SELECT d.name AS document, d.vendor, d.kind, d.url, d.language, d.region, d.watched, d.added
        FROM documents d WHERE {named} ORDER BY d.name""",
    "looks": """
        SELECT o.id AS look, d.name AS document, o.at, o.outcome, o.state, o.why, v.number AS version, s.sha256, s.bytes,
               o.url, o.final_url, o.redirects, o.status, o.headers, o.content_type, o.address, o.seconds, o.source, o.reader, o.chain
        FROM observations o JOIN documents d ON d.id = o.document
        LEFT JOIN versions v ON v.id = o.version LEFT JOIN snapshots s ON s.id = o.snapshot
        WHERE {named} ORDER BY o.id""",
    "versions": """
        SELECT d.name AS document, v.number, min(r.first_seen) AS first_seen, max(r.last_seen) AS last_seen, v.text_hash AS sha256,
               v.title, v.language, v.effective, v.updated, v.dates, v.words, v.extractor, v.id AS text
        FROM versions v JOIN documents d ON d.id = v.document JOIN reigns r ON r.version = v.id
        WHERE {named} GROUP BY v.id ORDER BY d.name, v.number""",
    "reigns": """
        SELECT d.name AS document, v.number AS version, r.before AS looked_before, r.first_seen, r.last_seen, r.after AS looked_after,
               r.change
        FROM reigns r JOIN documents d ON d.id = r.document JOIN versions v ON v.id = r.version
        WHERE {named} ORDER BY d.name, r.first_seen, r.id""",
    "changes": """
        SELECT c.id AS change, c.digest, d.name AS document, ov.number AS old_version, nv.number AS new_version, r.before AS looked_before,
               r.first_seen AS seen, c.kind, c.level, c.summary, c.silent, c.reasons, c.dates, c.complete, c.ruleset
        FROM reigns r JOIN changes c ON c.id = r.change JOIN documents d ON d.id = r.document
        JOIN versions ov ON ov.id = c.old JOIN versions nv ON nv.id = c.new
        WHERE {named} ORDER BY r.first_seen, r.id""",
    "clause_changes": """
        SELECT k.change, k.number, d.name AS document, k.op, k.kind, k.level, k.moved, k.section, k.old_text, k.new_text, k.words,
               k.topics, k.reasons, k.facts
        FROM clause_changes k JOIN changes c ON c.id = k.change JOIN documents d ON d.id = c.document
        WHERE {named} AND k.change IN (SELECT change FROM reigns) ORDER BY k.change, k.number""",
    "facts": """
        SELECT d.name AS document, v.number AS version, f.position AS clause, f.kind, f.value, f.modality, f.negated, f.words
        FROM facts f JOIN versions v ON v.id = f.version JOIN documents d ON d.version = v.id
        WHERE {named} ORDER BY d.name, f.position, f.rowid""",
    "events": """
        SELECT e.id AS event, e.type, e.at, d.name AS document, e.level, e.summary, e.payload
        FROM events e JOIN documents d ON d.id = e.document WHERE {named} ORDER BY e.at, e.id""",
}
TABLES = tuple(_TABLES)
"""What can be exported: the documents, the record of looks, and what follows from it; facts are those of the versions in force."""

_JSON = ("redirects", "headers", "dates", "reasons", "words", "topics", "facts", "payload")
_FLAGS = ("watched", "silent", "complete", "moved", "negated")


def exported(history: History, table: str, names: Sequence[str]) -> Iterator[Row]:
    """The rows of one of TABLES, of these documents. What the history keeps as JSON is given as values; of a version, its text too."""
    cursor = history.db.execute(_TABLES[table].format(named=_NAMED), {"names": json.dumps(list(names))})
    columns = [column[0] for column in cursor.description]
    for values in cursor:
        row = dict(zip(columns, values, strict=True))
        for key in _JSON:
            # the words of a fact are words; those of a clause change are its redline
            if isinstance(row.get(key), str) and not (table == "facts" and key == "words"):
                row[key] = json.loads(row[key])
        for key in _FLAGS:
            if isinstance(row.get(key), int):
                row[key] = bool(row[key])
        if "text" in row:
            row["text"] = history.policy(row["text"]).markdown
        yield row


def columns(history: History, table: str) -> list[str]:
    """What the rows of one of TABLES have."""
    cursor = history.db.execute(f"{_TABLES[table].format(named=_NAMED)} LIMIT 0", {"names": "[]"})
    return [column[0] for column in cursor.description]


def size(history: History, table: str, names: Sequence[str]) -> int:
    """How many rows there are to export."""
    sql = f"SELECT count(*) FROM ({_TABLES[table].format(named=_NAMED)})"
    return int(history.db.execute(sql, {"names": json.dumps(list(names))}).fetchone()[0])
