"""Where a crawl gets its documents from, and what becomes of their leases.

Documents are claimed one by one, each for an owner of its own, when there is room for them, and given back when they are recorded. So a
host is held for no longer than one page takes; whoever asks for another look at it waits that long at most.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

from crawler.work import Clock
from tracker.history import History, HistoryError
from tracker.model import Document

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""How long what was claimed stays ours without a renewal: after a kill -9, the next crawl waits this long for it."""
ROOM = 32
"""Documents under way at a time, each on a host of its own."""
MOST = 1000
"""Documents of one crawl: host names are looked up anew in the next one."""
POLL = 0.1
"""Seconds between two questions for more while pages are under way."""

Take = Callable[[str], Document | None]
"""Claims the next document for an owner; None where there is none at the moment."""


def due(history: History, now: datetime) -> set[str]:
    """The names of the documents that are due, whoever holds them."""
    return {row.name for row in history.documents() if row.next_due and row.next_due <= now}


@dataclass
class _Held:
    """A document under way: who owns its lease, and the host that it is at."""

    document: Document
    owner: str
    host: str


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
        self._first: Document | None = None
        self._left = MOST

    def begin(self) -> bool:
        """Claim the first document: whether there is one."""
        self._first = self._claim()
        return self._first is not None

    async def __aiter__(self) -> AsyncIterator[Document]:
        if self._first is not None:
            yield self._first
        while not self.ended and self._left:
            try:
                document = self._claim() if len(self._held) < ROOM else None
            except Exception as error:  # a locked database; what was claimed is still looked at
                log.error("No more documents could be claimed: %s", error)
                break
            if document is not None:
                yield document
            elif self._held or (self._more() and monotonic() < self._rested):  # their hosts may have more
                await asyncio.sleep(POLL)
            else:
                break
        self.ended = True

    def _claim(self) -> Document | None:
        owner = uuid4().hex
        document = self._take(owner)
        if document is not None:
            self._held[document.name] = _Held(document, owner, document.host or "")
            self._left -= 1
        return document

    def hold(self, document: Document) -> None:
        """Let a document have its turns that is not claimed: one that is only looked for."""
        self._held[document.name] = _Held(document, uuid4().hex, "")

    def finished(self, document: Document) -> None:
        self._rested = monotonic() + self.pause(document) + 1
        self._release(document)

    def pause(self, document: Document) -> float:
        """Seconds until the host that a document is at may be asked again."""
        return max(self.delays.get(self._held[document.name].host, 0.0), self.delay, document.delay or 0.0)

    def turn(self, document: Document, host: str) -> datetime | None:
        """Take `host`, which a redirect may lead to, for a document under way: None, or until when it is not to be asked.

        The host that the document comes from is given back first: who holds a host never waits for another.
        """
        held = self._held[document.name]
        try:
            if host != held.host:
                self.history.leave_hosts(held.owner, self.clock(), self.pause(document))
                held.host = host
            return self.history.take_host(host, held.owner, self.clock(), LEASE)
        except HistoryError as error:  # a busy history is no fault of the page
            log.warning("%s waits for its turn at %s: %s", document.name, host, error)
            return self.clock()

    def renew(self) -> None:
        for held in self._held.values():
            self.history.renew(held.owner, self.clock(), LEASE)

    def close(self) -> None:
        self.ended = True
        for held in list(self._held.values()):
            self._release(held.document)

    def _release(self, document: Document) -> None:
        delay, held = self.pause(document), self._held.pop(document.name)
        try:
            self.history.release(held.owner, self.clock(), delay=delay)
        except Exception as error:  # the lease runs out by itself
            log.warning("%s could not be given back: %s", document.name, error)
