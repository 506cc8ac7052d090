"""The search over all clauses ever seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import tomlkit
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

from tracker.browsing.answering import View, apologise, respond
from tracker.browsing.paging import Paging, filters_asked, is_day, page_asked, query
from tracker.browsing.queries import Record, histories
from tracker.browsing.queries import search as queries
from tracker.comparison import topics
from tracker.comparison.own import phrase
from tracker.model import TOPICS, Clause

_PER_PAGE = 25
_MOST_CLASSIFIED = 400
"""Clauses whose topics are asked: it takes a third of a millisecond each, the first time."""
_FIRST_TO_SAY = 20
STANDINGS = ("in force", "withdrawn")
_CAN_BE: dict[str, Callable[[str], bool]] = {
    "topic": TOPICS.__contains__,
    "standing": STANDINGS.__contains__,
    "since": is_day,
    "until": is_day,
}
"""What a filter may be, where that is not any text."""

TOO_LONG = "This search took longer than one may take. Rarer words, or words in quotation marks, are found quicker."


def asked_of(request: Any) -> dict[str, str]:
    """What a search asks for. A filter that cannot be is none."""
    return filters_asked(request, ("q", "vendor", *_CAN_BE), _CAN_BE)


async def clauses(datasette: Any, request: Any) -> Response:
    """Search over all clauses ever seen."""
    db = histories(datasette)[0]
    asked = asked_of(request)
    vendors = await queries.vendors(db)
    try:
        found = await queries.found(db, asked["q"], asked["vendor"])
        countable = len(found) < queries.MOST_FOUND
        said = await queries.who_said(db, found, asked["vendor"]) if found and countable else []
        groups = await listed(db, found, asked)
    except QueryInterrupted:
        return apologise(datasette, request, 503, TOO_LONG)
    paging = Paging(page_asked(request), _PER_PAGE, len(groups), asked)
    start = (paging.number - 1) * _PER_PAGE
    shown = groups[start : start + _PER_PAGE]
    places = await queries.places(db, [hit for group in shown for hit in group])
    hits = [[hit_record(hit, places[hit["clause"], hit["version"]]) for hit in group] for group in shown]
    key = next((row["key"] for row in vendors if row["vendor"] == asked["vendor"]), None)
    data = {
        "asked": asked,
        **paging.record(),
        "found": len(found) if countable else None,
        "said": _said(said) if said else None,
        "hits": [hit for group in hits for hit in group],
        "watch": watch(asked["q"], key),
    }
    return respond(
        datasette,
        request,
        "clauses.html",
        data,
        database=db.route,
        paging=paging,
        topics=TOPICS,
        standings=STANDINGS,
        vendors=[row["vendor"] for row in vendors],
        query=query(asked),
        most_found=queries.MOST_FOUND,
        marked_texts=await queries.marked(db, asked["q"], [group[0]["clause"] for group in hits]),
        groups=hits,
    )


async def listed(db: Any, found: Sequence[int], asked: Mapping[str, str]) -> list[list[Record]]:
    """The sightings that the filters leave, those of each clause together, in the order of `found`."""
    sighted = await queries.sightings(
        db,
        found,
        vendor=asked["vendor"],
        standing=asked["standing"],
        since=asked["since"],
        until=asked["until"],
    )
    groups = [list(group) for _, group in groupby(sighted, key=lambda hit: hit["clause"])]
    return await _about(db, groups[:_MOST_CLASSIFIED], asked["topic"]) if asked["topic"] else groups


def hit_record(hit: Record, place: Record) -> Record:
    """A sighting as it is told: where and when the clause stood, and what it says."""
    told = {key: hit[key] for key in ("clause", "vendor", "document", "in_force", "first_seen", "last_seen")}
    stands = {key: place[key] for key in ("number", "trail", "kind", "text")}
    return {**told, "version": place["version_number"], **stands}


def _said(documents: Sequence[Record]) -> Record:
    """Since when and until when, by how many: over all documents, whatever the other filters are."""
    return {
        "first_seen": documents[0]["first_seen"],
        "last_seen": max(row["last_seen"] for row in documents),
        "documents": len(documents),
        "documents_in_force": sum(row["in_force"] for row in documents),
        "vendors_in_force": len({row["vendor"] for row in documents if row["in_force"]}),
        "first_to_say": documents[:_FIRST_TO_SAY],
    }


# --- topics ------------------------------------------------------------------------------------------------------------------


async def _about(db: Any, groups: Sequence[list[Record]], topic: str) -> list[list[Record]]:
    """Those of the groups whose clause is about a topic."""
    places = await queries.places(db, [group[0] for group in groups])

    def fits(group: list[Record]) -> bool:
        place = places[group[0]["clause"], group[0]["version"]]
        return topic in _topics(place["text"], tuple(place["trail"]))

    return await asyncio.to_thread(lambda: [group for group in groups if fits(group)])


@lru_cache(maxsize=20_000)
def _topics(text: str, trail: tuple[str, ...]) -> tuple[str, ...]:
    return topics(Clause(text, trail=trail))


# --- watching ----------------------------------------------------------------------------------------------------------------


def watch(text: str, key: str | None) -> Record | None:
    """What to paste into the registry to be told of these words from now on; None where they cannot be watched for.

    `key` is the vendor's, where the words are to be watched for with one alone.
    """
    quoted = '"' in text
    try:
        phrases = [
            phrase(" ".join(part.split())) for part in (queries.parts(text) if quoted else [text]) if part.strip()
        ]
    except ValueError:
        return None
    if not phrases:
        return None
    line = f"watch = {tomlkit.item(phrases).as_string()}"
    return {"line": line, "table": f"[vendors.{key}]" if key else None}


ROUTES: list[tuple[str, View]] = [(r"/clauses(?:\.(?P<format>json))?$", clauses)]
