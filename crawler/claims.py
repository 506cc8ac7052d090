"""Where a crawl gets its documents from, and what becomes of their leases.

Documents are claimed when there is room for them, each for an owner of its own, and given back when they are recorded. So a host is held
for no longer than one page takes; whoever asks for another look at it waits that long at most. Nothing is claimed to lie and wait: what
is claimed and given back in one transaction, a few at a time, is on its way at once, and done with.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

from crawler.patience import patiently
from crawler.work import Clock
from tracker.history import History, HistoryError
from tracker.model import Document

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""How long what was claimed stays ours without a renewal: after a kill -9, the next crawl waits this long for it."""
ROOM = 32
"""Documents under way at a time, each on a host of its own."""
AT_ONCE = 8
"""Documents that are claimed in one transaction, where there is room for as many."""
MOST = 1000
"""Documents of one crawl: host names are looked up anew in the next one."""
POLL = 0.1
"""Seconds between two questions for more while pages are under way; what is done with is given back no later."""

Take = Callable[[Sequence[str]], list[Document]]
"""Claims the next documents, one for each owner; fewer where there are no more at the moment."""


def due(history: History, now: datetime) -> set[str]:
    """The names of the documents that are due, whoever holds them."""
    return {row.name for row in history.documents() if row.next_due and row.next_due <= now}


@dataclass
class _Held:
    """A document under way: who owns its lease, and the host that it is at."""

    document: Document
    owner: str
    host: str
    fresh_until: datetime | None = None
    """The lease of the host was taken for this document, which has not asked it yet, and lasts until then at least."""


class Claims:
    """Claims as it goes, until there is nothing left to claim. `more` says that what is left is worth a host's delay of waiting."""

    def __init__(
        self, history: History, clock: Clock, delay: float, take: Take, more: Callable[[], bool] = lambda: False
    ) -> None:
        self.history = history
        self.clock = clock
        self.delay = delay
        self.delays: dict[str, float] = {}
        """Seconds that hosts want between two requests."""
        self.ended = False
        """Nothing more is claimed; pages may still be under way. Set it to end the claiming early."""
        self._take = take
        self._more = more
        self._rested = 0.0
        self._held: dict[str, _Held] = {}
        self._done: list[tuple[str, float]] = []
        """Owners who are done with what they hold, and the seconds for which their hosts are to be left alone."""
        self._pauses: dict[str, datetime] = {}
        self._next: deque[Document] = deque()
        self._left = MOST
        self._stir = asyncio.Event()

    async def begin(self) -> bool:
        """Claim the first documents: whether there are any."""
        await self.exchange()
        return bool(self._next)

    async def __aiter__(self) -> AsyncIterator[Document]:
        while True:
            while self._next:
                yield self._next.popleft()
            try:
                await self.exchange()
            except Exception as error:  # a locked database; what was claimed is still looked at
                log.error("No more documents could be claimed: %s", error)
                self.ended = True
            if self._next:
                continue
            if not self._held and (self.ended or not self._more() or monotonic() > self._rested):
                break
            self._stir.clear()
            with suppress(TimeoutError):  # their hosts may have more
                await asyncio.wait_for(self._stir.wait(), POLL)
        self.ended = True

    async def exchange(self) -> None:
        """Give back what is done with, and claim what there is room for."""
        room = 0 if self.ended else min(AT_ONCE, ROOM - len(self._held))
        owners = [uuid4().hex for _ in range(room)]
        (done, self._done), pauses, now = (self._done, []), dict(self._pauses), self.clock()
        if not (owners or done or pauses):
            return

        def change() -> list[Document]:
            with self.history.together():
                for host, until in pauses.items():
                    self.history.pause_host(host, until)
                for owner, delay in done:
                    self.history.release(owner, self.clock(), delay=delay)
                return self._take(owners) if owners else []

        try:
            documents = await patiently(change)
        except BaseException:  # it is tried again with the next ones; or else the lease runs out by itself
            self._done = [*done, *self._done]
            raise
        self._pauses = dict(self._pauses.items() - pauses.items())
        for document, owner in zip(documents, owners, strict=False):
            self._held[document.name] = _Held(document, owner, document.host or "", now + LEASE)
        self._next.extend(documents)
        self._left -= len(documents)
        self.ended = self.ended or self._left <= 0

    @asynccontextmanager
    async def holding(self, document: Document) -> AsyncIterator[None]:
        """Let a document have its turns that is not claimed: one that is only looked for, or looked at and not recorded."""
        self._held[document.name] = _Held(document, uuid4().hex, "")
        try:
            yield
        finally:
            self.finished(document)
            await self.exchange()

    def finished(self, document: Document) -> None:
        """A document is done with; it is given back in a moment, and its host after its delay."""
        delay = self.pause(document)
        self._rested = monotonic() + delay + 1
        self._done.append((self._held.pop(document.name).owner, delay))
        if len(self._held) <= ROOM - AT_ONCE:
            self._stir.set()

    def pause(self, document: Document) -> float:
        """Seconds until the host that a document is at may be asked again."""
        return max(self.delays.get(self._held[document.name].host, 0.0), self.delay, document.delay or 0.0)

    def leave_alone(self, host: str, until: datetime) -> None:
        """A host has asked to be left alone; everybody is told, no later than it is given back."""
        self._pauses[host] = until

    async def turn(self, document: Document, host: str) -> datetime | None:
        """Take `host`, which a redirect may lead to, for a document under way: None, or until when it is not to be asked.

        The host that the document comes from is given back first: who holds a host never waits for another.
        """
        held = self._held[document.name]
        if held.fresh_until is not None and host == held.host and self.clock() < held.fresh_until:
            held.fresh_until = None
            return None

        def change() -> datetime | None:
            with self.history.together():
                if host != held.host:
                    for paused, until in self._pauses.items():
                        self.history.pause_host(paused, until)
                    self.history.leave_hosts(held.owner, self.clock(), self.pause(document))
                return self.history.take_host(host, held.owner, self.clock(), LEASE)

        try:
            until = await patiently(change)
        except HistoryError as error:  # a busy history is no fault of the page
            log.warning("%s waits for its turn at %s: %s", document.name, host, error)
            return self.clock()
        held.host, held.fresh_until = host, None
        return until

    async def renew(self) -> None:
        def change() -> None:
            with self.history.together():
                for held in self._held.values():
                    self.history.renew(held.owner, self.clock(), LEASE)

        await patiently(change)

    async def close(self) -> None:
        """Give back all that is held, and claim nothing any more."""
        self.ended = True
        for held in list(self._held.values()):
            self.finished(held.document)
        try:
            await self.exchange()
        except Exception as error:  # the leases run out by themselves
            log.warning("Documents could not be given back: %s", error)
