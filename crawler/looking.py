"""What the crawl and recrawl commands do on the event loop: take their documents through the same leases as the daemon, and look."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.claims import LEASE, Claims, Take, due
from crawler.cluster import understanding
from crawler.crawling import crawl
from crawler.rendering import Browser
from crawler.work import Clock, OnOutcome, Work, keep_quiet, utc_now
from crawler.workers import Workers
from tracker.history import History
from tracker.model import Document, Observation, Outcome
from tracker.registry import Settings

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.showing import Screen

POLL = 0.2
PAUSE = 2.0
"""Seconds of waiting that nobody is told of."""
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
    cluster: str | None = None,
) -> set[str]:
    """Look at the named documents whether they are due or not, or else at all that are due; the names of those left out.

    What another crawl holds is waited for until its leases must have run out. Left out, and still due, is what it holds on to, and what
    is on a host that asked us to wait.
    """
    wanted = set(names) if names is not None else due(history, clock())
    hosts = {row.name: urlsplit(row.url or "").hostname or "" for row in history.documents(wanted)}
    screen.expect(len(wanted))

    def take(owners: Sequence[str]) -> list[Document]:
        return history.claim_apart(clock(), owners=owners, names=wanted, due=names is None, lease=LEASE)

    def note(document: Document, observation: Observation, outcome: Outcome | None) -> None:
        wanted.discard(document.name)
        screen.show(document, observation, outcome)

    def left() -> set[str]:
        if names is None:  # somebody else may have looked meanwhile
            wanted.intersection_update(due(history, clock()))
        asked = history.waiting_hosts(clock(), timedelta(seconds=PATIENCE))
        return {name for name in wanted if hosts[name] not in asked}

    with history.hurried():
        async with understanding(cluster) as workers, Browser() as browser:
            work = Work(history=history, workers=workers, clock=clock, on_outcome=note, browser=browser)
            async for count in _look(process, stop, settings, work, take, left, PATIENCE):
                screen.wait(count)
    return wanted


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
    """Look at what was requested, as the daemon would, until every request is answered by whomever.

    Ends when nothing was left to do for us for `timeout` seconds, and nobody else did it either. A look that could not be recorded is not
    tried again: that would be hammering.
    """
    history = requests.history
    unrecorded: set[str] = set()

    def note(document: Document, observation: Observation, outcome: Outcome | None) -> None:
        if outcome is None:
            unrecorded.add(document.name)
        on_outcome(document, observation, outcome)

    def left() -> set[str]:
        return requests.pending() - unrecorded

    def take(owners: Sequence[str]) -> list[Document]:
        names = set() if history.alive(clock()) else left()
        return history.claim_apart(clock(), owners=owners, names=names, requested=True, lease=LEASE)

    with history.hurried():
        async with Workers() as workers, Browser() as browser:
            work = Work(history=history, workers=workers, clock=clock, on_outcome=note, browser=browser)
            async for _ in _look(process, stop, settings, work, take, left, timeout):
                pass


async def _look(
    process: AsyncCrawlerProcess,
    stop: asyncio.Event,
    settings: Settings,
    work: Work,
    take: Take,
    left: Callable[[], Collection[str]],
    patience: float,
) -> AsyncIterator[int]:
    """Crawl what can be taken while anything is left, and wait `patience` seconds at most for what cannot be taken yet.

    Yields how many those are, once it has waited for more than a moment.
    """
    now = asyncio.get_running_loop().time
    until = now() + patience
    while not stop.is_set() and (waiting := left()):
        claims = Claims(work.history, work.clock, settings.delay, take, lambda: bool(left()))
        if await claims.begin():
            await crawl(process, settings, work, claims)
            until = now() + patience
        elif now() > until:
            return
        else:
            if now() > until - patience + PAUSE:
                yield len(waiting)
            await asyncio.sleep(POLL)
