"""The page of a look: everything that is stored of it, and what it saw, as evidence for others."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from tracker.browsing.answering import View, apologise, download, plain_text, respond
from tracker.browsing.queries import Record, histories
from tracker.browsing.queries import observations as queries
from tracker.evidence import bundle
from tracker.extraction.html.parsing import decode
from tracker.history import History, Unknown
from tracker.history.chain import before, linked
from tracker.history.snapshots import SnapshotError
from tracker.rendering.archive import zipped

SHOWN = 1 << 20
"""Characters of a body that are shown as text; the whole is a file to save."""
_NOT_THERE = (Unknown, SnapshotError)
_TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/json")


async def observation(datasette: Any, request: Any) -> Response:
    """A look: what it came to and why, what the server sent, its place in the chain."""
    db = histories(datasette)[0]
    identity = int(request.url_vars["observation"])
    found = await queries.observation(db, identity)
    if found is None:
        return apologise(datasette, request, 404, f"There is no look {identity}.")
    data = {
        "observation": found,
        **await queries.around(db, identity),
        "events": await queries.events(db, identity),
        "chain": {
            **await asyncio.to_thread(_chained, str(db.path), identity),
            "root": await queries.root(db, identity),
        },
    }
    return respond(
        datasette, request, "observation.html", data, database=db.route, textual=_textual(found["content_type"])
    )


async def body(datasette: Any, request: Any) -> Response:
    """The bytes that a look saw, as a file that nothing opens by itself."""
    db = histories(datasette)[0]
    identity = int(request.url_vars["observation"])
    try:
        _, content = await asyncio.to_thread(_body, str(db.path), identity)
    except _NOT_THERE as error:
        return apologise(datasette, request, 404, str(error))
    return download(content, f"observation-{identity}.bin")


async def source(datasette: Any, request: Any) -> Response:
    """The same as text, as far as it can be shown: never as a page."""
    db = histories(datasette)[0]
    identity = int(request.url_vars["observation"])
    try:
        content_type, content = await asyncio.to_thread(_body, str(db.path), identity)
    except _NOT_THERE as error:
        return apologise(datasette, request, 404, str(error))
    if not _textual(content_type):
        return apologise(datasette, request, 415, f"Look {identity} saw {content_type or 'bytes'}, which is no text.")
    text = decode(content, content_type or "")
    left_out = len(text) - SHOWN
    return plain_text(f"{text[:SHOWN]}\n… {left_out:,} characters more are in the file.\n" if left_out > 0 else text)


async def evidence(datasette: Any, request: Any) -> Response:
    """What proves a change to others, as `clausewatch evidence` packs it."""
    db = histories(datasette)[0]
    identity = int(request.url_vars["change"])
    try:
        packed = await asyncio.to_thread(_evidence, str(db.path), identity)
    except _NOT_THERE as error:
        return apologise(datasette, request, 404, str(error))
    return download(packed, f"evidence-{identity}.zip")


def _textual(content_type: str | None) -> bool:
    return (content_type or "").lower().startswith(_TEXTUAL)


def _chained(path: str, identity: int) -> Record:
    """The place of a look in the chain over all looks, and what of it is hashed."""
    with History(Path(path), read_only=True) as history:
        link = next(linked(history.db, identity - 1))
        return {
            "before": before(history.db, identity),
            "digest": link.digest,
            "hash": link.stored,
            "whole": link.whole,
            "seen": link.seen,
        }


def _body(path: str, identity: int) -> tuple[str | None, bytes]:
    with History(Path(path), read_only=True) as history:
        seen = history.seen_by(identity)
        return seen.content_type, history.body(seen.snapshot)


def _evidence(path: str, identity: int) -> bytes:
    with History(Path(path), read_only=True) as history:
        return zipped(bundle(history, history.change(identity), datetime.now(UTC)).files)


ROUTES: list[tuple[str, View]] = [
    (r"/observation/(?P<observation>[0-9]{1,18})(?:\.(?P<format>json))?$", observation),
    (r"/observation/(?P<observation>[0-9]{1,18})/source$", source),
    (r"/observation/(?P<observation>[0-9]{1,18})/body$", body),
    (r"/change/(?P<change>[0-9]{1,18})/evidence\.zip$", evidence),
]
