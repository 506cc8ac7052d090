"""The pages of a change."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from tracker.browsing.answering import View, apologise, attachment, respond
from tracker.browsing.queries import Record, histories
from tracker.browsing.queries import changes as queries
from tracker.browsing.queries.documents import document_changes
from tracker.history import ChangeRow, History, Unknown, VersionRow
from tracker.model import ClauseChange, Policy
from tracker.rendering.caption import Caption, Side
from tracker.rendering.html import html_page
from tracker.rendering.layout import in_place
from tracker.rendering.picking import most_material_first
from tracker.rendering.records import change_to_dict

_REASONS = 8


async def change(datasette: Any, request: Any) -> Response:
    """A change: what it says, why it has its level, and the redline."""
    db = histories(datasette)[0]
    identity = int(request.url_vars["change"])
    try:
        found = await asyncio.to_thread(_change, str(db.path), identity)
    except Unknown as error:
        return apologise(datasette, request, 404, str(error))
    row = found.row
    data = {
        "change": {
            "change": identity,
            "document": row.document,
            "vendor": row.vendor,
            "document_kind": row.document_kind,
            "url": row.url,
            "old_number": row.old_number,
            "new_number": row.new_number,
            **change_to_dict(row.change),
        },
        "sightings": await queries.sightings_of_change(db, identity),
        **await _neighbours(db, row.document, identity),
    }
    entries = [Entry(number, c) for number, c in enumerate(most_material_first(row.change.clauses), 1)]
    return respond(
        datasette,
        request,
        "change.html",
        data,
        database=db.route,
        most_reasons=_REASONS,
        language=found.new.language,
        entries=[entry for entry in entries if entry.change.kind in ("editorial", "substantive")],
        formatting=[entry for entry in entries if entry.change.kind in ("none", "cosmetic")],
        rows=in_place(row.change, found.new),
    )


async def _neighbours(db: Any, name: str, change: int) -> Record:
    """The changes of the same document before and after this one; of one that happened again, around the last time."""
    newest_first = [row["change"] for row in await document_changes(db, name)]
    if change not in newest_first:
        return {"earlier": None, "later": None}
    place = newest_first.index(change)
    return {
        "earlier": next(iter(newest_first[place + 1 :]), None),
        "later": newest_first[place - 1] if place else None,
    }


async def change_file(datasette: Any, request: Any) -> Response:
    """A change as one self-contained file, to keep or to send."""
    db = histories(datasette)[0]
    identity = int(request.url_vars["change"])
    try:
        found = await asyncio.to_thread(_change, str(db.path), identity)
    except Unknown as error:
        return apologise(datasette, request, 404, str(error))
    return attachment(html_page(found.row.change, found.caption, found.new), f"change-{identity}.html")


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause change and its number on the page."""

    number: int
    change: ClauseChange


@dataclass(frozen=True, slots=True)
class _Found:
    row: ChangeRow
    new: Policy
    caption: Caption


def _change(path: str, identity: int) -> _Found:
    with History(Path(path), read_only=True) as history:
        row = history.change(identity)
        old, new = (_side(history.version(version)) for version in (row.old, row.new))
        caption = Caption(vendor=row.vendor, document=row.document, url=row.url, old=old, new=new)
        return _Found(row, history.policy(row.new), caption)


def _side(version: VersionRow) -> Side:
    return Side(
        version=version.number, first_seen=version.first_seen, effective=version.effective, updated=version.updated
    )


ROUTES: list[tuple[str, View]] = [
    (r"/change/(?P<change>[0-9]{1,18})(?:\.(?P<format>json))?$", change),
    (r"/change/(?P<change>[0-9]{1,18})/redline\.html$", change_file),
]
