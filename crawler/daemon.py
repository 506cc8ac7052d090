"""The daemon: looks at every document when it is due, and at once where somebody asks.

One process, one event loop: APScheduler beats a tick, the tick takes work out of the history, Scrapy fetches it. What is due lives in the
history alone, so a restart loses nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from crawler.claims import LEASE, Claims
from crawler.cluster import understanding
from crawler.crawling import MemoryExceeded, NoContact, crawl, require_contact
from crawler.patience import patiently
from crawler.registry_file import RegistryFile
from crawler.rendering import Browser
from crawler.running import quiet_libraries as quiet_libraries  # for those who run a daemon themselves
from crawler.sending.sender import Sender
from crawler.showing import line_of
from crawler.work import Clock, LearntRules, OnOutcome, Understanding, Work, keep_quiet, utc_now
from tracker.history import History
from tracker.model import Document, Observation, Outcome
from tracker.registry import Registry
from tracker.rendering.picking import visible

if TYPE_CHECKING:
    from apscheduler.job import Job
    from scrapy.crawler import AsyncCrawlerProcess

log = logging.getLogger(__name__)

TICK = 0.5
"""Seconds between two ticks; a recrawl waits this long at most before it is taken."""
LATE = timedelta(seconds=2)
"""A tick that is planned for later than this was planned by a clock that has been set back since."""
SENDING_ENDS = 20.0
"""Seconds that messages under way get to arrive when the daemon ends. What has not by then is sent again."""
RECOVERY = 60.0
"""Seconds after a crawl that failed as a whole before the next one, so that a full disk does not make us hammer anybody."""


class Daemon:
    """Takes work and has it done. Crawls of what was asked for and of what is due run beside each other; leases keep them apart."""

    def __init__(
        self,
        process: AsyncCrawlerProcess,
        file: RegistryFile,
        history: History,
        workers: Understanding,
        browser: Browser | None = None,
        clock: Clock = utc_now,
        on_outcome: OnOutcome = keep_quiet,
    ) -> None:
        self.process = process
        self.file = file
        self.history = history
        self.workers = workers
        self.browser = browser
        self.clock = clock
        self.on_outcome = on_outcome
        self.owner = uuid4().hex
        self.ended = asyncio.Event()
        self.broken: MemoryExceeded | None = None
        self._claims: dict[bool, Claims] = {}
        self._crawls: set[asyncio.Task[None]] = set()
        self._not_before = 0.0
        self._robots: dict[str, LearntRules] = {}
        require_contact(file.registry.settings, file.registry.documents)
        self._watch(file.registry)
        self.sender = Sender(history.path, file.registry, clock)

    async def tick(self) -> None:
        """Say that we live, read the registry where it changed, and start crawling what there is to crawl. Never waits for a crawl."""
        try:
            await patiently(lambda: self.history.beat(self.owner, self.clock()))
            await self._reread()
            for requested in (True, False):
                await self._start(requested)
            self.sender.tick(self.history)
        except Exception as error:  # a locked database, a full disk: the next tick tries again
            log.error("tick: %s: %s", type(error).__name__, error)
            log.debug("tick", exc_info=error)

    async def plan_anew(self) -> None:
        """What was planned by a clock that was ahead would wait until that time comes."""
        try:
            await patiently(lambda: self._watch(self._watched))
        except (
            Exception
        ) as error:  # a locked history: what was planned waits for the next time that the registry is read
            log.error("What is due could not be planned anew: %s", error)

    async def drained(self) -> None:
        """Wait for the crawls that are under way."""
        await asyncio.gather(*self._crawls, return_exceptions=True)

    async def _reread(self) -> None:
        self.file.refresh()
        if self.file.registry is self._watched:
            return
        try:
            require_contact(self.file.registry.settings, self.file.registry.documents)
        except NoContact as error:
            log.error("The registry cannot be used any more; going on with the last good one. %s", error)
            self.file.keep(self._watched)
            return
        for claims in self._claims.values():  # they go on by the old settings; what comes now is for new ones
            claims.ended = True
        await patiently(lambda: self._watch(self.file.registry))
        self.sender.registry = self.file.registry
        log.info("The registry changed: %d documents are watched now", len(self.file.registry.documents))

    def _watch(self, registry: Registry) -> None:
        with self.history.together():  # where this fails, the next tick tries again
            self.history.register(registry.documents, self.clock())
            self.history.subscribe(registry.subscriptions)
        self._watched = registry

    async def _start(self, requested: bool) -> None:
        running = self._claims.get(requested)
        if self.ended.is_set() or self._now() < self._not_before or (running is not None and not running.ended):
            return

        def take(owners: Sequence[str]) -> list[Document]:
            if self.ended.is_set():
                return []
            return self.history.claim_apart(self.clock(), owners=owners, requested=requested, lease=LEASE)

        claims = Claims(self.history, self.clock, self.file.registry.settings.delay, take)
        if await claims.begin():
            self._claims[requested] = claims
            crawling = asyncio.create_task(self._crawl(claims))
            self._crawls.add(crawling)
            crawling.add_done_callback(self._crawls.discard)

    async def _crawl(self, claims: Claims) -> None:
        def note(document: Document, observation: Observation, outcome: Outcome | None) -> None:
            if outcome is None:  # it stays due: claiming it again and again would be hammering
                self._recover(claims)
            self.on_outcome(document, observation, outcome)

        work = Work(
            history=self.history,
            workers=self.workers,
            clock=self.clock,
            on_outcome=note,
            robots=self._robots,
            browser=self.browser,
        )
        try:
            await crawl(self.process, self.file.registry.settings, work, claims)
        except MemoryExceeded as error:
            self.broken = error
            self.ended.set()
        except Exception as error:  # one crawl's trouble never ends the daemon
            log.error("crawl: %s: %s", type(error).__name__, error)
            log.debug("crawl", exc_info=error)
            self._recover(claims)

    def _recover(self, claims: Claims) -> None:
        claims.ended = True
        self._not_before = self._now() + RECOVERY
        log.error("Looks could not be recorded; no new crawl for %d seconds", RECOVERY)

    @staticmethod
    def _now() -> float:
        """The loop's own time, which nobody sets back."""
        return asyncio.get_running_loop().time()


async def serve(
    process: AsyncCrawlerProcess,
    stop: asyncio.Event,
    *,
    registry: RegistryFile,
    history: History,
    clock: Clock = utc_now,
    on_outcome: OnOutcome = keep_quiet,
    beside: Callable[[Daemon], Awaitable[None]] | None = None,
    cluster: str | None = None,
) -> int:
    """Run until `stop` is set, then let what is under way finish; the exit code.

    `beside` runs along, and the daemon ends with it: the demo moves its clock there. A clock that stands still also stops leases and
    delays from running out.
    """
    with history.hurried():
        return await _serve(process, stop, registry, history, clock, on_outcome, beside, cluster)


async def _serve(
    process: AsyncCrawlerProcess,
    stop: asyncio.Event,
    registry: RegistryFile,
    history: History,
    clock: Clock,
    on_outcome: OnOutcome,
    beside: Callable[[Daemon], Awaitable[None]] | None,
    cluster: str | None,
) -> int:
    async with understanding(cluster) as workers, Browser() as browser:
        daemon = Daemon(process, registry, history, workers, browser, clock, on_outcome)
        scheduler = AsyncIOScheduler(timezone="UTC")
        job = scheduler.add_job(
            daemon.tick, "interval", seconds=TICK, misfire_grace_time=None, coalesce=True, max_instances=1
        )
        await daemon.tick()
        scheduler.start()
        waiting: list[asyncio.Future[Any]] = [asyncio.create_task(event.wait()) for event in (stop, daemon.ended)]
        waiting.append(asyncio.create_task(keep_ticking(job, daemon.plan_anew)))
        if beside is not None:
            waiting.append(asyncio.ensure_future(beside(daemon)))
        done, left = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        daemon.ended.set()
        scheduler.shutdown(wait=False)
        for task in left:
            task.cancel()
        await process.stop()
        await daemon.drained()
        await asyncio.to_thread(daemon.sender.stop, SENDING_ENDS)
        for task in done:
            task.result()
    if daemon.broken is not None:
        log.error("%s; ending, so that whoever supervises this process starts it anew", daemon.broken)
        return 1
    return 0


async def keep_ticking(job: Job, set_back: Callable[[], Awaitable[None]]) -> None:
    """APScheduler goes by the time of day: where the clock is set back, it would wait until the old time comes again."""
    while True:
        await asyncio.sleep(LATE.total_seconds())
        now = datetime.now(UTC)
        if job.next_run_time - now > LATE:
            log.warning("The clock was set back by %s", job.next_run_time - now)
            job.modify(next_run_time=now)
            await set_back()


def log_outcome(document: Document, _: Observation, outcome: Outcome | None) -> None:
    """A plain line for each look and each event. What pages say is never trusted in a terminal."""
    about: dict[str, object] = {"document": document.name}
    if outcome is None:
        log.error("%s: not recorded", document.name, extra={"about": about})
        return
    look = {**about, "outcome": outcome.kind, "state": outcome.state, "why": visible(outcome.why)}
    log.info(line_of(document.name, outcome.kind, outcome.state, outcome.why), extra={"about": look})
    for event in outcome.events:
        summary = visible(str(event.payload["summary"]))
        told = {**about, "event": event.id, "type": event.type, "importance": event.level, "summary": summary}
        log.info("%s: %s, %s: %s", document.name, event.type, event.level, summary, extra={"about": told})
