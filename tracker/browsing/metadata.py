"""What Datasette's own pages say of a history: titles, descriptions of tables, views and columns, facets, sorting, canned queries.

Descriptions come from the comments of schema.sql and views.sql, and of columns that these leave to their names from columns.py, so
each is written once.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.browsing.columns import EVERYWHERE, OF
from tracker.history.connection import scratch

Metadata = dict[str, Any]

TITLE = "Clausewatch: the history"
DESCRIPTION = (
    "Every look at every document, and what came of it. Times are ISO 8601 in UTC. "
    "The views are made to be read; the tables below them hold the same with ids."
)

SETTINGS: dict[str, int | bool] = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 60,
    "suggest_facets": False,
    "truncate_cells_html": 300,
    "allow_download": False,
}
"""Limits of size and time: a policy's text is long, and a page of them must not be heavy."""

_READING: dict[str, Metadata] = {
    "document_status": {"facets": ["standing", "kind", "language"], "sort": "document"},
    "current_policies": {"facets": ["kind", "language"], "sort": "document"},
    "current_clauses": {"facets": ["vendor", "kind"], "size": 100},
    "current_facts": {"facets": ["kind", "modality"]},
    "change_log": {"facets": ["level", "kind", "silent", "triage", "muted"], "sort_desc": "seen"},
    "silent_edits": {"facets": ["level", "vendor"], "sort_desc": "seen"},
    "clause_log": {"facets": ["op", "level"], "sort_desc": "change"},
    "promises_withdrawn": {"facets": ["rule", "level"], "sort_desc": "change"},
    "date_changes": {"facets": ["role", "notes"], "sort_desc": "seen"},
    "coverage": {"sort_desc": "first_seen"},
    "look_log": {"facets": ["outcome", "state"], "sort_desc": "at"},
    "event_log": {"facets": ["type", "level"], "sort_desc": "at"},
    "triage_log": {"facets": ["mark", "who"], "sort_desc": "at"},
    "muted": {"sort_desc": "since"},
    "documents": {"label_column": "name", "facets": ["kind", "language"], "sort": "name"},
    "versions": {"label_column": "number", "facets": ["language"]},
    "observations": {"label_column": "at", "sort_desc": "at"},
    "changes": {"label_column": "summary", "facets": ["level", "kind"]},
    "clauses": {"label_column": "text", "facets": ["kind"], "fts_table": "clauses_fts", "fts_pk": "id"},
    "events": {"label_column": "summary", "facets": ["type", "level"], "sort_desc": "at"},
    "deliveries": {"facets": ["subscription", "state"], "sort_desc": "wanted"},
    "marks": {"facets": ["mark", "who"], "sort_desc": "at"},
    "subscriptions": {"label_column": "name"},
    "snapshots": {"label_column": "sha256"},
    "hosts": {"hidden": True},
    "validators": {"hidden": True},
    "daemon": {"hidden": True},
    "_sqlite_migrations": {"hidden": True},
}
"""How tables and views are shown. What runs the crawls, and is no history, is hidden."""

EEA = "EU EEA AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
"""Countries to which the GDPR lets data go as within one (Agreement on the European Economic Area), by their ISO 3166 codes."""

CANNED_QUERIES: dict[str, dict[str, str]] = {
    "silent_edits_of_a_year": {
        "title": "Silent edits",
        "description": "Changes of wording that left the stated date as it was, in one year.",
        "sql": """SELECT seen, vendor, document, level, summary, effective, updated, change FROM silent_edits
WHERE (:year = '' OR seen LIKE :year || '%') ORDER BY level_number DESC, seen DESC""",
    },
    "promises_withdrawn_by_vendor": {
        "title": "Promises withdrawn, by vendor",
        "description": "How often a change left people with less protection, and by which rules.",
        "sql": """SELECT vendor, count(DISTINCT change || '.' || number) AS clauses, group_concat(DISTINCT rule) AS rules,
       min(seen) AS first, max(seen) AS last
FROM promises_withdrawn GROUP BY vendor ORDER BY clauses DESC""",
    },
    "dates_moved_backwards": {
        "title": "Stated dates that moved backwards",
        "description": "A document that says it is older than it said before.",
        "sql": """SELECT seen, vendor, document, role, old_date, new_date, summary, change FROM date_changes
WHERE notes LIKE '%backwards%' ORDER BY seen DESC""",
    },
    "retention_by_vendor": {
        "title": "Retention by vendor",
        "description": "For how long vendors say today that they keep data, with the words that say it.",
        "sql": """SELECT vendor, document, value, words, section, clause FROM current_facts
WHERE kind = 'retention' ORDER BY vendor, document""",
    },
    "third_countries_mentioned": {
        "title": "Third countries mentioned",
        "description": "Where vendors say today that data goes, outside the European Economic Area.",
        "sql": f"""SELECT value AS country, count(DISTINCT vendor) AS vendors, group_concat(DISTINCT vendor) AS who FROM current_facts
WHERE kind = 'country' AND NOT negated AND value NOT IN ({", ".join(f"'{code}'" for code in EEA.split())})
GROUP BY value ORDER BY vendors DESC, country""",  # noqa: S608
    },
    "most_volatile_documents": {
        "title": "Most volatile documents",
        "description": "How many times the wording of a document changed, and over which time it was watched.",
        "sql": """SELECT l.vendor, l.document, count(*) AS changes, sum(l.level_number >= 3) AS high_or_critical, sum(l.silent) AS silent,
       min(l.seen) AS first_change, max(l.seen) AS last_change
FROM change_log l WHERE l.kind IN ('editorial', 'substantive') GROUP BY l.document ORDER BY changes DESC LIMIT 100""",
    },
    "oldest_policies": {
        "title": "Oldest policies",
        "description": "The texts in force whose own stated date lies furthest back.",
        "sql": """SELECT coalesce(updated, effective) AS stated, vendor, document, title, in_force_since, url FROM current_policies
WHERE stated IS NOT NULL ORDER BY stated LIMIT 100""",
    },
    "undated_policies": {
        "title": "Policies without a date",
        "description": "The texts in force that state neither since when they apply nor when they were updated.",
        "sql": """SELECT vendor, document, title, in_force_since, last_seen, url FROM current_policies
WHERE effective IS NULL AND updated IS NULL ORDER BY vendor, document""",
    },
    "gaps_in_coverage": {
        "title": "Gaps in coverage",
        "description": "The longest times without a look at a document: what stood there in between is not known.",
        "sql": """WITH looks AS (
    SELECT at, lead(at) OVER (ORDER BY at) AS next FROM look_log WHERE document = :document
)
SELECT at AS look, next AS next_look, round(julianday(next) - julianday(at), 2) AS days FROM looks
WHERE next IS NOT NULL ORDER BY days DESC LIMIT 50""",
    },
    "text_on_a_day": {
        "title": "A document's text on a day",
        "description": "The clauses of the version that was last seen to come into force before the end of a day (2024-05-31).",
        "sql": """WITH reign AS (
    SELECT number, version, first_seen FROM coverage
    WHERE document = :document AND first_seen < date(:day, '+1 day') ORDER BY first_seen DESC LIMIT 1
)
SELECT r.number AS version, r.first_seen AS in_force_since, vc.position + 1 AS clause, k.kind, k.text
FROM reign r JOIN version_clauses vc ON vc.version = r.version JOIN clauses k ON k.id = vc.clause ORDER BY vc.position""",
    },
}


def of_database() -> Metadata:
    """The metadata of a database that is a history."""
    tables = {
        name: {
            "description": _commented().get(name, {}).get("description") or _UNCOMMENTED.get(name, ""),
            "columns": {column: _meaning(name, column) for column in columns},
            **_READING.get(name, {}),
        }
        for name, columns in _shape().items()
    }
    return {"title": TITLE, "description": DESCRIPTION, "tables": tables}


def _meaning(table: str, column: str) -> str:
    """What a column holds: what its comment says, or else what its name means in this table or everywhere."""
    said = _commented().get(table, {}).get("columns", {}).get(column)
    return str(said or OF.get(table, {}).get(column) or EVERYWHERE.get(column, ""))


@cache
def _shape() -> dict[str, list[str]]:
    """The tables and views of a history, each with its columns; without those that hold the full-text index."""
    db = scratch()
    names = [name for name in db.table_names() + db.view_names() if not name.startswith("clauses_fts_")]
    return {name: [column.name for column in db[name].columns] for name in names}


def views() -> dict[str, str]:
    """The views that are made to be read, each with what it tells."""
    return {name: shown["description"] for name, shown in _described(_SOURCES[-1]).items()}


@cache
def _commented() -> dict[str, Metadata]:
    return {name: shown for source in _SOURCES for name, shown in _described(source).items()}


def _described(source: str) -> dict[str, Metadata]:
    """Descriptions of tables or views and their columns out of the comments of a file of the schema."""
    text = (files("tracker.history") / source).read_text(encoding="utf-8")
    described: dict[str, Metadata] = {}
    for match in _CREATED.finditer(text):
        sentences = " ".join(line.strip("- ") for line in match["comment"].splitlines())
        described[match["name"]] = {"description": sentences, "columns": dict(_columns(match["body"]))}
    return described


_SOURCES = ("schema.sql", "deliveries.sql", "triage.sql", "views.sql")
_UNCOMMENTED = {
    "clauses_fts": "The full-text index over clauses.",
    "_sqlite_migrations": "Which steps the schema of this history has taken.",
}
_CREATED = re.compile(
    r"(?P<comment>(?:^--[^\n]*\n)*)^CREATE (?:TABLE|VIEW) (?P<name>\w+)(?P<body>.*?);$", re.MULTILINE | re.DOTALL
)
# the name at the start of a table's line, or the one after a view's AS; then the comment that ends the line
_COLUMN = re.compile(r"^ +(?:.*\bAS )?(?P<name>\w+)[^\n]*?,? *-- (?P<comment>.+)$", re.MULTILINE)


def _columns(body: str) -> list[tuple[str, str]]:
    return [(match["name"], match["comment"].strip()) for match in _COLUMN.finditer(body)]
