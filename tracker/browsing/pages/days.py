"""The page of a day: which texts stood then, as was observed or as they state themselves, and what was known."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from tracker.browsing.answering import View, apologise, respond
from tracker.browsing.days import Reign, Standing, end_of, observed, stated
from tracker.browsing.queries import Record, comparing, histories
from tracker.browsing.queries import days as queries

PATH = "/as-of"
_ON_A_PAGE = 50
_BY = {"observed": observed, "stated": stated}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an address asks: a day, by which of the two dates, and where named one vendor or one document."""

    day: date
    by: str
    vendor: str
    document: str
    page: int

    @classmethod
    def by_query(cls, arguments: Any) -> _Asked:
        """Raises ValueError, with a sentence, where the day is none."""
        text = (arguments.get("day") or "").strip()
        try:
            day = date.fromisoformat(text) if text else datetime.now(UTC).date()
        except ValueError:
            raise ValueError(f"“{text}” is no day: write it as 2026-01-31.") from None
        by = arguments.get("by") or ""
        page = arguments.get("page") or ""
        return cls(
            day=day,
            by=by if by in _BY else "observed",
            vendor=arguments.get("vendor") or "",
            document=(arguments.get("document") or "").strip(),
            page=int(page) if page.isdecimal() and len(page) < 8 else 1,
        )

    def address(self, path: str = PATH, **other: Any) -> str:
        """The same page, or with something asked otherwise."""
        asked = asdict(replace(self, **other))
        usual = {"by": "observed", "vendor": "", "document": "", "page": 1}
        return f"{path}?{urlencode({key: value for key, value in asked.items() if value != usual.get(key)})}"


async def as_of(datasette: Any, request: Any) -> Response:
    """Any document, or the whole registry, on a day."""
    db = histories(datasette)[0]
    try:
        asked = _Asked.by_query(request.args)
    except ValueError as error:
        return apologise(datasette, request, 400, str(error))
    documents = await queries.registry(
        db, vendor=asked.vendor, document=asked.document, limit=_ON_A_PAGE, offset=(max(asked.page, 1) - 1) * _ON_A_PAGE
    )
    if asked.document and not documents:
        return apologise(datasette, request, 404, f"There is no document {asked.document}.")
    reigns = await _reigns(db, documents)
    extra = {
        "database": db.route,
        "asked": asked,
        "today": datetime.now(UTC).date(),
        "names": await comparing.names(db),
        "to": asked.address,
        "json": asked.address(f"{PATH}.json"),
    }
    if asked.document:
        return respond(datasette, request, "as_of_document.html", await _one(db, asked, documents[0], reigns), **extra)
    counts = await queries.counts(db, vendor=asked.vendor, end=end_of(asked.day))
    data = {
        **_head(asked),
        **counts,
        "page": asked.page,
        "pages": max(1, -(-counts["documents"] // _ON_A_PAGE)),
        "standing": [_record(row, _BY[asked.by](reigns.get(row["id"], []), asked.day)) for row in documents],
    }
    return respond(datasette, request, "as_of.html", data, **extra)


async def _one(db: Any, asked: _Asked, document: Record, reigns: dict[int, list[Reign]]) -> Record:
    """One document on a day: its text, the looks around the end of the day, and the texts before and after it."""
    known = reigns.get(document["id"], [])
    standing = _BY[asked.by](known, asked.day)
    place = known.index(standing.reign) if standing.reign else -1
    return {
        **_head(asked),
        **_record(document, standing),
        "looks": await queries.looks_around(db, document["id"], end_of(asked.day)),
        "earlier": known[place - 1].last_seen[:10] if place > 0 else None,
        "later": known[place + 1].first_seen[:10] if place + 1 < len(known) else None,
        "in_force": known[-1].number if known else None,
        "text": await queries.text(db, standing.reign.version) if standing.reign else [],
    }


async def _reigns(db: Any, documents: list[Record]) -> dict[int, list[Reign]]:
    rows = await queries.reigns(db, [row["id"] for row in documents])
    return {
        document: [Reign(**{key: value for key, value in row.items() if key != "document"}) for row in group]
        for document, group in groupby(rows, key=lambda row: int(row["document"]))
    }


def _head(asked: _Asked) -> Record:
    return {"day": asked.day.isoformat(), "by": asked.by}


_NO_REIGN: Record = dict.fromkeys(Reign.__dataclass_fields__)


def _record(document: Record, standing: Standing) -> Record:
    return {
        **{key: value for key, value in document.items() if key != "id"},
        "certainty": standing.certainty,
        "says": standing.says,
        **(asdict(standing.reign) if standing.reign else _NO_REIGN),
    }


ROUTES: list[tuple[str, View]] = [(r"/as-of(?:\.(?P<format>json))?$", as_of)]
