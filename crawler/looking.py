"""What the crawl and recrawl commands do on the event loop: take their documents through the same leases as the daemon, and look."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from crawler.crawling import LEASE, crawl
from crawler.work import Clock, OnOutcome, Work, keep_quiet, utc_now
from crawler.workers import Workers
from tracker.history import History
from tracker.model import Document
from tracker.registry import Settings

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.showing import Screen

LARGEST = 10_000
"""Documents of one crawl of the command line."""
POLL = 0.2
PATIENCE = LEASE.total_seconds() + 5
"""Seconds that somebody else's leases are waited for."""


async def look_at(
    process: AsyncCrawlerProcess,
    stop: asyncio.Event,
    *,
    history: History,
    settings: Settings,
    names: Collection[str] | None,
    screen: Screen,
    clock: Clock = utc_now,
) -> set[str]:
    """Look at the named documents whether they are due or not, or else at all that are due; the names of those left out.

    What another crawl holds is waited for until its leases must have run out. Left out, and still due, is what it holds on to, and what
    is on a host that asked us to wait.
    """
    looked: set[str] = set()
    work = Work(history=history, workers=workers, clock=clock, on_outcome=show)

    def waiting() -> set[str]:
        return (set(names) if names is not None else _due(history, clock())) - looked

    def show(document: Document, observation: Observation, outcome: Outcome | None) -> None:
        pass

def _due(history: History, now: datetime) -> set[str]:
    return {row.name for row in history.documents() if row.url and row.next_due and row.next_due <= now}


def _later(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds


class Requests:
    """Looks that were asked for, and which of them are still to come. A look by anybody answers."""

    def __init__(self, history: History, names: Collection[str], now: datetime) -> None:
        self.history = history
        self.before = {name: self._last(name) for name in names}
        history.request(list(names), now)

    def _last(self, name: str) -> int:
        newest = self.history.observations(name, 1)
        return newest[0].id if newest else 0

    def pending(self) -> set[str]:
        return {name for name, before in self.before.items() if self._last(name) <= before}


async def look_as_requested(
    process: AsyncCrawlerProcess,
    stop: asyncio.Event,
    *,
    requests: Requests,
    settings: Settings,
    timeout: float,
    on_outcome: OnOutcome = keep_quiet,
    clock: Clock = utc_now,
) -> None:
    """Look at what was requested, as the daemon would, until every request is answered by whomever, or `timeout` is over."""
    history, until = requests.history, _later(timeout)
    async with Workers() as workers:
        while (pending := requests.pending()) and not stop.is_set() and asyncio.get_running_loop().time() < until:
            owner = uuid4().hex
            documents: list[Document] = []
            if not history.alive(clock()):
                documents = history.claim(
                    clock(), owner=owner, limit=LARGEST, names=pending, requested=True, lease=LEASE
                )
            if documents:
                work = Work(
                    history=history, documents=tuple(documents), workers=workers, clock=clock, on_outcome=on_outcome
                )
                await crawl(process, settings, work, owner)
            else:
                await asyncio.sleep(POLL)
