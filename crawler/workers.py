"""The processes in which pages are understood and looks are recorded.

A hostile or merely huge page can keep an extractor busy for minutes, or bring down the native code below it. So pages are read in
processes of their own, one page at a time each; a process that takes too long ends and is replaced, and only its page suffers. The same
process records the look: a body goes there once, its policy never leaves it, and a history that others write at the moment is waited for
beside the event loop. A look that brought no body has nothing to be read, and is recorded at once.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from crawler.lane import Lane, ProcessDied, WorkFailed, within
from crawler.patience import patiently
from tracker import compare, extract
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
        self._lanes = [Lane(_prepared) for _ in range(lanes)]
        self._idle = list(self._lanes)
        self._free = asyncio.Semaphore(lanes)

    async def __aenter__(self) -> Workers:
        self._warm()  # while the first page is being fetched
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def observe(self, history: History, document: Document, observation: Observation) -> Outcome | None:
        """Understand and record one look. Whatever happens becomes an outcome; None only where the history cannot be written."""
        if observation.failure is not None and observation.body is None:  # there is nothing to understand
            return await noted(document, patiently(partial(observe, history, document, observation)))
        try:
            return await self._observe(history.path, document, observation)
        except TimeoutError:
            failure, detail = State.TOO_SLOW, f"not understood within {self.seconds:g} s"
        except ProcessDied:
            failure, detail = State.ERROR, "the process that read it broke down, twice"
        except HistoryError as error:  # no fault of the page: it stays due
            told(document, error)
            return None
        except WorkFailed as error:  # one page's trouble is never another's
            failure, detail = State.ERROR, told(document, error)
        failed = replace(observation, failure=failure, detail=detail)
        return await noted(document, self._observe(history.path, document, failed))

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
        async with self._free:
            lane = self._idle.pop()  # the last one used is warm
            try:
                return await lane.ask(work, *given)
            except ProcessDied:  # killed from outside, perhaps, and not by this page
                if self.closed:
                    raise
                return await lane.ask(work, *given)
            finally:
                self._idle.append(lane)
                self._warm()

    def _warm(self) -> None:
        """Start the process that is next before it is needed: the first one, and in place of one that was killed."""
        if self._idle and not self.closed:
            with suppress(OSError):  # it is tried again when it is needed
                self._idle[-1].start()

    def close(self) -> None:
        """End the processes. They hold nothing that is not recorded."""
        self.closed = True
        for lane in self._lanes:
            lane.end()


async def noted(document: Document, recording: Awaitable[Outcome]) -> Outcome | None:
    """The outcome of a recording; None, and a line in the log, where it failed."""
    try:
        return await recording
    except Exception as error:  # the crawl goes on; the caller sees that there is no outcome
        told(document, error)
        return None


def told(document: Document, error: Exception) -> str:
    """Write down what went wrong with a document; what to say of it."""
    said = " ".join(str(error).split())[:200]
    log.error("%s: unexpected failure: %s", document.name, said or type(error).__name__)
    return said


# --- in a worker process ------------------------------------------------------------------------------------------------------------


def _prepared() -> None:
    """Load what reading and comparing needs."""
    pages = (f"<main><h1>Privacy policy</h1><p>We keep your name for {years} years.</p></main>" for years in (1, 2))
    compare(*(extract(page.encode(), Page("text/html")) for page in pages))
    gc.collect()
    gc.freeze()  # what is loaded stays: the garbage collector need not look at it again and again


_opened = lru_cache(maxsize=1)(History)


def _observed(path: Path, document: Document, observation: Observation, seconds: float) -> Outcome:
    return observe(_opened(path), document, observation, partial(within, seconds))


def _extracted(body: bytes, page: Page, seconds: float) -> Policy:
    return within(seconds, partial(extract, body, page))
