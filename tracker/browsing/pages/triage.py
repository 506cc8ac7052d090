"""Triage: the page of what people have to look at and what they said, and where the forms of all pages are sent.

The pages read through Datasette's connections, which cannot write; a mark is written by a connection of its own, in a thread.
"""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from datasette.utils.asgi import Response

from tracker.browsing.allowing import from_elsewhere, token, writer
from tracker.browsing.answering import View, apologise, change_path, policy_path, respond
from tracker.browsing.queries import Record, histories, log
from tracker.browsing.queries import triage as queries
from tracker.history import History, HistoryError, Unknown
from tracker.history.triage import LONGEST_NOTE, BadMark, MarkRow
from tracker.model import LEVELS
from tracker.rendering.records import plain

PATH = "/triage"
_CHANGES = 50
_MARKS = 50
_LARGEST = 8 * LONGEST_NOTE
"""Bytes of a form: a note in any script."""


async def triage(datasette: Any, request: Any) -> Response:
    """What is to be looked at, newest first; what is muted; what was said lately. A form that is sent here makes a mark."""
    if request.method == "POST":
        return await _post(datasette, request)
    db = histories(datasette)[0]
    asked = {key: request.args.get(key) or default for key, default in _ASKED.items()}
    if asked["triage"] not in queries.STANDINGS or asked["level"] not in LEVELS:
        return apologise(datasette, request, 400, "There is no such standing or level.")
    found = await log.changes(db, asked, _CHANGES + 1)
    data = {
        "asked": asked,
        "changes": found[:_CHANGES],
        "more": found[_CHANGES - 1]["seen"] if len(found) > _CHANGES else None,
        "muted": await queries.muted(db),
        "marks": await queries.log(db, _MARKS),
    }
    return respond(
        datasette,
        request,
        "triage_page.html",
        data,
        database=db.route,
        standings=queries.STANDINGS,
        levels=LEVELS[1:],
        query=urlencode({key: value for key, value in asked.items() if key != "before"}),
        form=await form(datasette, request),
    )


_ASKED = {"triage": "open", "level": "medium", "before": ""}


def standing_asked(request: Any) -> dict[str, str]:
    """The standing to which a page is asked to restrict its changes, if there is such a one."""
    asked = request.args.get("triage") or ""
    return {"triage": asked if asked in queries.STANDINGS else ""}


async def form(datasette: Any, request: Any) -> Record | None:
    """What the forms of a page need; None where whoever asks for it may not write."""
    who = await writer(datasette, request, histories(datasette)[0].name)
    return {"who": who, "token": token(request)} if who else None


# --- marks ----------------------------------------------------------------------------------------------------------------------


class _Refused(Exception):
    """A request that is not answered: with which status, and why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


async def _post(datasette: Any, request: Any) -> Response:
    """Make the mark that a form or a JSON object describes; then the page it came from, or the mark as JSON."""
    as_json = _content_type(request) == "application/json"
    if as_json:
        request.scope["url_route"]["kwargs"]["format"] = "json"
    try:
        mark = await _marked(datasette, request, as_json)
    except _Refused as error:
        return apologise(datasette, request, error.status, str(error))
    if as_json:
        record = {key: value for key, value in plain(mark).items() if key != "judged"}
        return Response.json(record, status=201)
    return Response.redirect(_back(request) or datasette.urls.path(_page_of(mark)))


def _back(request: Any) -> str | None:
    """The page that a form was sent from, where the browser says so and it is one of this site."""
    sender = urlsplit(request.headers.get("referer", ""))
    address = sender._replace(scheme="", netloc="", fragment="triage").geturl()
    return address if sender.netloc == request.headers.get("host") and _OURS.fullmatch(address) else None


_OURS = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")
"""A path on this site, and no address that a browser takes for another one."""


async def _marked(datasette: Any, request: Any, as_json: bool) -> MarkRow:
    db = histories(datasette)[0]
    who = await writer(datasette, request, db.name)
    if who is None:
        raise _Refused(403, "Only who is signed in, or sits at the machine that serves this, may mark anything.")
    if from_elsewhere(request):
        raise _Refused(403, "This form was sent from another site.")
    fields = await _fields(request, as_json)
    try:
        return await asyncio.to_thread(_write, Path(str(db.path)), fields, who)
    except Unknown as error:
        raise _Refused(404, str(error)) from error
    except BadMark as error:
        raise _Refused(400, str(error)) from error
    except HistoryError as error:
        raise _Refused(503, str(error)) from error


async def _fields(request: Any, as_json: bool) -> dict[str, str]:
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _LARGEST:
        raise _Refused(413, f"A mark and its note have at most {_LARGEST:,} bytes.")
    body = await request.post_body()
    try:
        fields = json.loads(body) if as_json else dict(parse_qsl(body.decode()))
    except ValueError as error:
        raise _Refused(400, "What was sent cannot be read.") from error
    if not isinstance(fields, dict):
        raise _Refused(400, "What was sent is no JSON object.")
    return {str(key): str(value) for key, value in fields.items()}


def _write(path: Path, fields: dict[str, str], who: str) -> MarkRow:
    """Beside a daemon that writes at the same time: each waits for the other."""
    target = [key for key in ("change", "document", "rule") if fields.get(key)]
    if len(target) != 1:
        raise BadMark("A mark is of one change, of one document or of one rule.")
    mark: Any = fields.get("mark", "")
    said: dict[str, Any] = {"who": who, "at": datetime.now(UTC), "note": fields.get("note", "")}
    with History(path) as history:
        match target[0], fields[target[0]]:
            case "change", number:
                if not number.isdecimal() or len(number) > 18:
                    raise BadMark(f"{number} is no number of a change.")
                return history.mark_change(int(number), mark, **said)
            case "document", name:
                return history.mute(name, mark, **said)
            case _, rule:
                return history.mute_rule(rule, mark, **said)


def _page_of(mark: MarkRow) -> str:
    if mark.change is not None:
        return f"{change_path(mark.change)}#triage"
    return f"{policy_path(mark.document)}#triage" if mark.document else f"{PATH}#muted"


def _content_type(request: Any) -> str:
    return str(request.headers.get("content-type", "")).split(";")[0].strip().lower()


ROUTES: list[tuple[str, View]] = [(r"/triage(?:\.(?P<format>json))?$", triage)]
