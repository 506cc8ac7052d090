"""The page that compares any two versions of a document, or the texts in force of two documents."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from tracker.browsing.answering import View, apologise, respond
from tracker.browsing.queries import comparing as queries
from tracker.browsing.queries import histories
from tracker.browsing.redlines import Asked, address, as_file, brief, record, shared
from tracker.compared import Compared, between
from tracker.history import History, Unknown, VersionRow
from tracker.model import OwnRule

PATH = "/compare"
MOST_WORDS = 120_000
"""Of both texts together: more would keep everybody else waiting."""
_REMEMBERED = 8

# comparisons take turns: side by side they would not be quicker, and none is made twice
_comparing = ThreadPoolExecutor(1, thread_name_prefix="compare")


class _Refused(Exception):
    """The two texts are not compared; the message is a sentence for the reader."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an address asks to be compared: two versions of `document` by number, or where that is empty two documents by name."""

    document: str
    old: str
    new: str

    @classmethod
    def by(cls, arguments: Any) -> _Wanted:
        return cls(*((arguments.get(name) or "").strip() for name in ("document", "old", "new")))

    def turned(self) -> _Wanted:
        return replace(self, old=self.new, new=self.old)

    def query(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


async def compare(datasette: Any, request: Any) -> Response:
    """How two texts differ; where two are not named yet, the form that asks for them."""
    db = histories(datasette)[0]
    wanted = _Wanted.by(request.args)
    forms = {"wanted": asdict(wanted), "names": await queries.names(db), "versions": await _versions(db, wanted)}
    if wanted.document and wanted.document not in forms["names"]:
        return apologise(datasette, request, 404, f"No text of a document {wanted.document} has been seen.")
    if not (wanted.old and wanted.new):
        return respond(datasette, request, "compare.html", forms, database=db.route, compared=None)
    try:
        compared = await _compared(str(db.path), wanted)
    except _Refused as refusal:
        return apologise(datasette, request, refusal.status, str(refusal))
    asked = Asked.of(request.args)
    if request.url_vars.get("format") == "json":
        change = await asyncio.to_thread(record, compared.change, asked)
        return respond(datasette, request, "compare.html", {**compared.record(), "change": change})
    data = {**compared.record(), "change": brief(compared.change)}
    extra = await asyncio.to_thread(shared, compared, asked, PATH, wanted.query())
    turned = address(PATH, wanted.turned().query(), asked)
    return respond(datasette, request, "compare.html", data, database=db.route, turned=turned, **forms, **extra)


async def compare_file(datasette: Any, request: Any) -> Response:
    """The same comparison as one self-contained file."""
    db = histories(datasette)[0]
    try:
        compared = await _compared(str(db.path), _Wanted.by(request.args))
    except _Refused as refusal:
        return apologise(datasette, request, refusal.status, str(refusal))
    name = f"compared-{compared.old['id']}-{compared.new['id']}"
    return await asyncio.to_thread(as_file, compared, request.url_vars["kind"], name)


async def _versions(db: Any, wanted: _Wanted) -> list[dict[str, Any]]:
    return await queries.versions(db, wanted.document) if wanted.document else []


async def _compared(path: str, wanted: _Wanted) -> Compared:
    return await asyncio.get_running_loop().run_in_executor(_comparing, _found, path, wanted)


def _found(path: str, wanted: _Wanted) -> Compared:
    """Raises _Refused where a text is not named or not there, or the two are too long."""
    if not (wanted.old and wanted.new):
        raise _Refused(400, "Name two texts to compare: old and new.")
    with History(Path(path), read_only=True) as history:
        if wanted.document:
            old, new = (_numbered(history, wanted.document, number) for number in (wanted.old, wanted.new))
        else:
            old, new = (_in_force(history, name) for name in (wanted.old, wanted.new))
        rules = history.defined(new.document).rules
    words = old.words + new.words
    if words > MOST_WORDS:
        raise _Refused(
            413,
            f"The two texts have {words:,} words together; up to {MOST_WORDS:,} are compared here. "
            "The command clausewatch diff compares them whatever their length.",
        )
    return _between(path, old, new, rules)


@lru_cache(maxsize=_REMEMBERED)
def _between(path: str, old: VersionRow, new: VersionRow, rules: tuple[OwnRule, ...]) -> Compared:  # noqa: ARG001
    """`rules` are the document's own as they are now: the history knows them, but with others the answer is another one."""
    with History(Path(path), read_only=True) as history:
        return between(history, old, new)


def _numbered(history: History, name: str, number: str) -> VersionRow:
    found = next((version for version in history.versions(name) if str(version.number) == number), None)
    if found is None:
        raise _Refused(404, f"There is no version {number} of {name}.")
    return found


def _in_force(history: History, name: str) -> VersionRow:
    rows = history.documents([name])
    if not rows or rows[0].version is None:
        raise _Refused(404, f"No text of a document {name} has been seen.")
    try:
        return history.version(rows[0].version)
    except Unknown as error:
        raise _Refused(404, str(error)) from error


ROUTES: list[tuple[str, View]] = [
    (r"/compare(?:\.(?P<format>json))?$", compare),
    (r"/compare/redline\.(?P<kind>html|docx)$", compare_file),
]
