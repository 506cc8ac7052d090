"""What vendors say today, side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from tracker.browsing.answering import View, respond
from tracker.browsing.paging import Paging, page_asked
from tracker.browsing.queries import Record, histories
from tracker.browsing.queries import facts as queries
from tracker.comparison.naming import shown
from tracker.model import Fact
from tracker.rendering.picking import in_context
from tracker.rendering.profile import KINDS, Row, aligned, profile

FIRST_KINDS = ("retention", "country", "recipient", "age", "right")
"""The kinds that are shown where none is asked for."""
MOST_BESIDE = 4
"""Policies that fit beside each other, and kinds that fit beside each other twice as many."""
_PER_PAGE = 20
_VALUES = 40
_KNOWN = tuple(kind for _, kind, _ in KINDS)


async def facts(datasette: Any, request: Any) -> Response:
    """What policies say today: some kinds of facts of all, or everything that a few chosen ones say."""
    db = histories(datasette)[0]
    names = list(dict.fromkeys(request.args.getlist("document")))[:MOST_BESIDE]
    kinds = [kind for kind in _KNOWN if kind in request.args.getlist("kind")][: 2 * MOST_BESIDE]
    chosen = kinds or list(_KNOWN if names else FIRST_KINDS)
    asked = {key: (request.args.get(key) or "").strip() for key in ("vendor", "of", "value")}
    only = kinds[0] if len(kinds) == 1 else ""
    asked["value"] = asked["value"] if only else ""
    found = await queries.policies(db, {**asked, "kind": only}, names)
    paging = Paging(page_asked(request), _PER_PAGE, len(found), asked)
    start = (paging.number - 1) * _PER_PAGE
    policies = await _profiled(db, found[start : start + _PER_PAGE], chosen)
    vendors, documents = await queries.choices(db)
    data = {
        "asked": {**asked, "kind": chosen, "document": names},
        **paging.record(),
        "policies": [_record(policy, rows) for policy, rows in policies],
        "values": [_value(only, row) for row in await queries.values(db, only, asked, _VALUES)] if only else None,
    }
    return respond(
        datasette,
        request,
        "facts.html",
        data,
        database=db.route,
        paging=paging,
        kinds=KINDS,
        known={kind: label for _, kind, label in KINDS},
        vendors=vendors,
        documents=documents,
        most=MOST_BESIDE,
        beside=_beside(policies) if names else None,
        query=lambda **changed: _query(asked, kinds, names, changed),
    )


async def _profiled(db: Any, policies: Sequence[Record], kinds: Collection[str]) -> list[tuple[Record, list[Row]]]:
    """The policies, each with the rows of its profile that are asked for, and the texts of its clauses by their position."""
    rows = await queries.facts(db, [policy["version"] for policy in policies])
    stated = {version: list(group) for version, group in groupby(rows, key=lambda row: row["version"])}
    return [_one(policy, stated.get(policy["version"], []), kinds) for policy in policies]


def _one(policy: Record, stated: Sequence[Record], kinds: Collection[str]) -> tuple[Record, list[Row]]:
    profiled = profile(((row["position"], _fact(row)) for row in stated), policy["language"])
    rows = {row.kind: row for row in profiled}
    return {**policy, "texts": {row["position"]: row["text"] for row in stated}}, [rows[kind] for kind in kinds]


def _fact(row: Record) -> Fact:
    return Fact(row["kind"], row["value"], row["modality"], bool(row["negated"]), row["words"])


def _record(policy: Record, rows: Iterable[Row]) -> Record:
    told = ("vendor", "document", "kind", "language", "number", "in_force_since")
    return {**{key: policy[key] for key in told}, "facts": [_row(policy, row) for row in rows]}


def _row(policy: Record, row: Row) -> Record:
    entries = [
        {
            "said": entry.said,
            "value": entry.fact.value,
            "modality": entry.fact.modality,
            "negated": entry.fact.negated,
            "words": in_context(policy["texts"][entry.at[0]], entry.fact.words),
            "clauses": [at + 1 for at in entry.at],
        }
        for entry in row.entries
    ]
    return {
        "topic": row.topic,
        "kind": row.kind,
        "label": row.label,
        "nothing": None if entries else row.nothing,
        "entries": entries,
    }


def _beside(policies: Sequence[tuple[Record, list[Row]]]) -> list[tuple[str, list[list[Record]]]]:
    """The rows of several policies beside each other, by topic."""
    lines = aligned([rows for _, rows in policies])
    by_topic = groupby(lines, key=lambda line: line[0].topic)
    return [
        (topic, [[_row(policy, row) for (policy, _), row in zip(policies, line, strict=True)] for line in group])
        for topic, group in by_topic
    ]


def _value(kind: str, row: Record) -> Record:
    said = shown(Fact(kind, row["value"], words=row["words"]))
    return {"value": row["value"], "said": said, "vendors": row["vendors"], "documents": row["documents"]}


def _query(asked: Mapping[str, str], kinds: Sequence[str], names: Sequence[str], changed: Mapping[str, object]) -> str:
    """The query string of this page with something else; empty is left out."""
    given: dict[str, object] = {**asked, "kind": kinds, "document": names, **changed}
    return f"?{urlencode({key: value for key, value in given.items() if value}, doseq=True)}"


ROUTES: list[tuple[str, View]] = [(r"/facts(?:\.(?P<format>json))?$", facts)]
