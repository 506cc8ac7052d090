"""The processes in which pages are understood and looks are recorded.

A hostile or merely huge page can keep an extractor busy for minutes, or bring down the native code below it. So pages are read in
processes of their own, one page at a time each; a process that takes too long ends and is replaced, and only its page suffers. The same
process records the look: a body goes there once, its policy never leaves it, and a history that others write at the moment is waited for
beside the event loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from crawler.lane import Lane, ProcessDied, WorkFailed, within
from tracker import extract
from tracker.history import History, HistoryError
from tracker.model import Document, Observation, Outcome, Page, Policy, State
from tracker.tracking import observe

log = logging.getLogger(__name__)

T = TypeVar("T")

LANES = 2
SECONDS = 30.0
"""How long understanding one page may take."""


class Workers:
    """Worker processes, each with one page at a time. Used on one event loop."""

    def __init__(self, lanes: int = LANES, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.closed = False
        self._lanes = [Lane() for _ in range(lanes)]
        self._idle: asyncio.LifoQueue[Lane] = asyncio.LifoQueue()  # the last one used is warm
        for lane in self._lanes:
            self._idle.put_nowait(lane)

    async def __aenter__(self) -> Workers:
        self._lanes[-1].start()  # while the first page is being fetched
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def observe(self, history: History, document: Document, observation: Observation) -> Outcome | None:
        """Understand and record one look. Whatever happens becomes an outcome; None only where the history cannot be written."""
        try:
            return await self._observe(history.path, document, observation)
        except TimeoutError:
            failure, detail = State.TOO_SLOW, f"not understood within {self.seconds:g} s"
        except ProcessDied:
            failure, detail = State.ERROR, "the process that read it broke down, twice"
        except HistoryError as error:  # no fault of the page: it stays due
            _told(document, error)
            return None
        except WorkFailed as error:  # one page's trouble is never another's
            failure, detail = State.ERROR, _told(document, error)
        try:
            return await self._observe(history.path, document, replace(observation, failure=failure, detail=detail))
        except Exception as error:  # the crawl goes on; the caller sees that there is no outcome
            _told(document, error)
            return None

    async def _observe(self, path: Path, document: Document, observation: Observation) -> Outcome:
        return await self._on_a_lane(_observed, path, document, observation, self.seconds)

    async def extract(self, body: bytes, page: Page) -> Policy:
        """What a page says that is not recorded. One that takes too long, or breaks what reads it, says nothing."""
        try:
            return await self._on_a_lane(_extracted, body, page, self.seconds)
        except TimeoutError:
            return Policy(state=State.TOO_SLOW)
        except ProcessDied:
            return Policy(state=State.ERROR)

    async def _on_a_lane(self, work: Callable[..., T], *given: object) -> T:
        """Have some work done by a process that does nothing else meanwhile. Raises what `Lane.ask` raises."""
        lane = await self._idle.get()
        try:
            return await lane.ask(work, *given)
        except ProcessDied:  # killed from outside, perhaps, and not by this page
            if self.closed:
                raise
            return await lane.ask(work, *given)
        finally:
            self._idle.put_nowait(lane)

    def close(self) -> None:
        """End the processes. They hold nothing that is not recorded."""
        self.closed = True
        for lane in self._lanes:
            lane.end()


# --- in a worker process ------------------------------------------------------------------------------------------------------------

_opened = lru_cache(maxsize=1)(History)


def _observed(path: Path, document: Document, observation: Observation, seconds: float) -> Outcome:
    return observe(_opened(path), document, observation, partial(within, seconds))


def _extracted(body: bytes, page: Page, seconds: float) -> Policy:
    return within(seconds, partial(extract, body, page))


def _told(document: Document, error: Exception) -> str:
    said = " ".join(str(error).split())[:200]
    log.error("%s: unexpected failure: %s", document.name, said or type(error).__name__)
    return said
