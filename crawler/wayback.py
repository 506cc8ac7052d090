"""Captures of a document's address in the Wayback Machine: which there are, and what they saw.

The client is EDGI's `wayback`, which keeps to the archive's rates and tells the archive's own failures from those of the pages it kept.
Pages come as they were captured, without what the archive writes into them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from requests import RequestException
from wayback import CdxRecord, Mode, WaybackClient, WaybackSession
from wayback.exceptions import WaybackException

from tracker.importing import ArchiveError
from tracker.model import Document, Observation

PAGES_A_SECOND = 1
SEARCHES_A_SECOND = 0.4
_TYPES = ("text/html", "application/pdf", "text/plain", "application/xhtml+xml", "warc/revisit", "unk")
_GOOD = 200


@dataclass(frozen=True, slots=True)
class Captured:
    """A capture that is to be fetched, and those after it that had the same bytes: they are looks too, and need not be fetched."""

    first: CdxRecord
    same: tuple[CdxRecord, ...] = ()


def session(user_agent: str) -> WaybackSession:
    """A session that asks slower than the archive allows, and says who asks."""
    return WaybackSession(
        user_agent=user_agent, memento_calls_per_second=PAGES_A_SECOND, search_calls_per_second=SEARCHES_A_SECOND
    )


def captures(
    client: WaybackClient,
    url: str,
    since: datetime | None = None,
    until: datetime | None = None,
    every: timedelta = timedelta(0),
) -> list[Captured]:
    """The good captures of an address, oldest first; of captures with other bytes, at most one in each stretch of `every`.

    Raises ArchiveError where the archive does not answer, or does not show this address.
    """
    try:
        found = list(client.search(url, from_date=since, to_date=until, skip_malformed_results=True))
    except (WaybackException, RequestException, ValueError) as error:
        raise ArchiveError(f"The Wayback Machine does not list captures of {url}: {error}") from error
    return list(_chosen((record for record in found if _is_good(record)), every))


def _is_good(record: CdxRecord) -> bool:
    # a revisit has no status of its own
    return record.statuscode in (_GOOD, None) and record.mimetype in _TYPES


def _chosen(records: Iterable[CdxRecord], every: timedelta) -> Iterator[Captured]:
    run: list[CdxRecord] = []
    for record in sorted(records, key=lambda record: record.timestamp):
        if run and record.digest == run[0].digest:
            run.append(record)
        elif not run or record.timestamp - run[0].timestamp >= every:
            if run:
                yield Captured(run[0], tuple(run[1:]))
            run = [record]
    if run:
        yield Captured(run[0], tuple(run[1:]))


def looks(client: WaybackClient, document: Document, captured: Captured, known: Collection[str]) -> list[Observation]:
    """What a capture saw, as a look, and the looks that saw the same after it; those that are `known` by their source are left out.

    Raises ArchiveError where the archive cannot show the capture.
    """
    records = [record for record in (captured.first, *captured.same) if source(record) not in known]
    if not records:
        return []
    try:
        memento = client.get_memento(captured.first, mode=Mode.original, exact=True, exact_redirects=False)
        body = memento.content
    except (WaybackException, RequestException, ValueError) as error:
        raise ArchiveError(f"The capture of {captured.first.timestamp:%Y-%m-%d} cannot be shown: {error}") from error
    headers = {name.lower(): value for name, value in memento.headers.items()}
    typed = {name: headers[name] for name in ("content-type",) if name in headers}
    return [
        Observation(
            url=document.url or record.original,
            at=record.timestamp.astimezone(UTC),
            status=memento.status_code,
            headers=headers if record is captured.first else typed,  # of the others only the bytes are known
            body=body,
            final_url=memento.url,
            source=source(record),
        )
        for record in records
    ]


def source(record: CdxRecord) -> str:
    """Where a look came from: the capture's time and address, as in the archive's own links."""
    return f"wayback@{record.timestamp:%Y%m%d%H%M%S}/{record.original}"
