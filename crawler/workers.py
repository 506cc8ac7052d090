"""The processes in which pages are understood.

A hostile or merely huge page can keep an extractor busy for minutes, or bring down the native code below it. So pages are read in
processes of their own, one page at a time each; a process that takes too long is killed and replaced, and only its page suffers.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from dataclasses import replace
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar, cast

from tracker import extract
from tracker.history import HistoryError
from tracker.model import Document, Observation, Outcome, Page, Policy, State
from tracker.tracking import observe, observe_async

if TYPE_CHECKING:
    from tracker.history import History

log = logging.getLogger(__name__)

T = TypeVar("T")

LANES = 2
ENDS = 2.0
"""Seconds that are waited for the end of what managed a process."""
SECONDS = 30.0
"""How long understanding one page may take, a cold process's start included."""


class Workers:
    """Worker processes, each with one page at a time. Used on one event loop."""

    def __init__(self, lanes: int = LANES, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._lanes = [_Lane() for _ in range(lanes)]
        self._idle: asyncio.LifoQueue[_Lane] = asyncio.LifoQueue()  # the last one used is warm
        for lane in self._lanes:
            self._idle.put_nowait(lane)

    async def __aenter__(self) -> Workers:
        self._lanes[-1].executor.submit(_settle_in)  # while the first page is being fetched
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def observe(self, history: History, document: Document, observation: Observation) -> Outcome | None:
        """Understand and record one look. Whatever happens becomes an outcome; None only where the history cannot be written."""
        if observation.failure is None:
            try:
                return await self._on_a_lane(
                    lambda executor: observe_async(history, document, observation, executor, self.seconds)
                )
            except TimeoutError:
                failure, detail = State.TOO_SLOW, f"not understood within {self.seconds:g} s"
            except BrokenExecutor:
                failure, detail = State.ERROR, "the process that read it broke down, twice"
            except HistoryError as error:  # no fault of the page: it stays due
                _told(document, error)
                return None
            except Exception as error:  # one page's trouble is never another's
                failure, detail = State.ERROR, _told(document, error)
            observation = replace(observation, failure=failure, detail=detail)
        try:
            return observe(history, document, observation)
        except Exception as error:  # the crawl goes on; the caller sees that there is no outcome
            _told(document, error)
            return None

    async def extract(self, body: bytes, page: Page) -> Policy:
        """What a page says that is not recorded. One that takes too long, or breaks what reads it, says nothing."""

        def read(executor: Executor) -> Awaitable[Policy]:
            reading = asyncio.get_running_loop().run_in_executor(executor, extract, body, page)
            return asyncio.wait_for(reading, self.seconds)

        try:
            return await self._on_a_lane(read)
        except TimeoutError:
            return Policy(state=State.TOO_SLOW)
        except BrokenExecutor:
            return Policy(state=State.ERROR)

    async def _on_a_lane(self, work: Callable[[Executor], Awaitable[T]]) -> T:
        """Do some work with a process that does nothing else meanwhile. Raises TimeoutError and BrokenExecutor."""
        lane = await self._idle.get()
        try:
            try:
                return await work(lane.executor)
            except BrokenExecutor:  # killed from outside, perhaps, and not by this page
                lane.restart()
                return await work(lane.executor)
        except (TimeoutError, BrokenExecutor):
            lane.restart()
            raise
        finally:
            self._idle.put_nowait(lane)

    def close(self) -> None:
        """End the processes. They hold nothing that is not recorded."""
        for thread in [lane.close() for lane in self._lanes]:
            if thread is not None:  # one that is just ending trips Python's own waking of all that are left at exit
                thread.join(ENDS)


class _Lane:
    """One process."""

    def __init__(self) -> None:
        self.executor = _executor()

    def restart(self) -> None:
        self.close()
        self.executor = _executor()

    def close(self) -> Thread | None:
        """Kill the process; the thread that managed it ends soon."""
        manager = cast("Thread | None", self.executor._executor_manager_thread)
        for process in list((self.executor._processes or {}).values()):
            process.kill()
        self.executor.shutdown(wait=False, cancel_futures=True)
        return manager


def _executor() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_settle)


def _settle_in() -> None:
    """A process's first task: what it imports to do it is most of what a first page would wait for."""


def _settle() -> None:
    """In the new process: leave signals to the parent, which drains; but do not outlive it where it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _told(document: Document, error: Exception) -> str:
    said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    log.error("%s: unexpected failure: %s", document.name, said)
    log.debug("%s", document.name, exc_info=error)
    return said
