"""Pages understood on a Dask cluster: fetching and recording stay here, so politeness and the record stay in one place."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from crawler.workers import SECONDS, Workers, noted, told
from tracker import extract
from tracker.executing import executor
from tracker.history import History, HistoryError
from tracker.model import Document, Observation, Outcome, Page, Policy, State
from tracker.tracking import Call, observe

log = logging.getLogger(__name__)

T = TypeVar("T")


def understanding(cluster: str | None) -> Workers | ClusterWorkers:
    """Who reads pages: the cluster whose scheduler is at this address, or without one processes of ours."""
    return ClusterWorkers(cluster) if cluster else Workers()


class ClusterWorkers:
    """Stands where `Workers` stand. At most as many pages are handed to the cluster at once as it is lent for; the others wait here.

    A call whose machine dies is done again by another one: the calls are pure, and what came of them is recorded here, once.
    Raises ClusterError where it is entered and the cluster cannot be used.
    """

    def __init__(self, address: str, seconds: float = SECONDS) -> None:
        self.address = address
        self.seconds = seconds
        self._lent = ExitStack()
        self._here = threading.local()

    async def __aenter__(self) -> ClusterWorkers:
        self._cluster, self._at_once = await asyncio.to_thread(self._lent.enter_context, executor(cluster=self.address))
        # each waits for the cluster and then records, with a connection of its own
        self._threads = ThreadPoolExecutor(self._at_once, "cluster")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._lent.close)

    async def observe(self, history: History, document: Document, observation: Observation) -> Outcome | None:
        """Understand and record one look. Whatever happens becomes an outcome; None only where the history cannot be written."""
        try:
            return await self._do(partial(self._observed, history.path, document, observation))
        except TimeoutError:
            failed = replace(observation, failure=State.TOO_SLOW, detail=f"not understood within {self.seconds:g} s")
        except HistoryError as error:  # no fault of the page: it stays due
            told(document, error)
            return None
        except Exception as error:  # one page's trouble is never another's
            failed = replace(observation, failure=State.ERROR, detail=told(document, error))
        return await noted(document, self._do(partial(self._observed, history.path, document, failed)))

    async def extract(self, body: bytes, page: Page) -> Policy:
        """What a page says that is not recorded. One that takes too long, or breaks what reads it, says nothing."""
        try:
            return await self._do(lambda: self._call(partial(extract, body, page)))
        except TimeoutError:
            return Policy(state=State.TOO_SLOW)
        except Exception as error:
            log.error("a page could not be read: %s", " ".join(str(error).split())[:200])
            return Policy(state=State.ERROR)

    async def _do(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _observed(self, path: Path, document: Document, observation: Observation) -> Outcome:
        if getattr(self._here, "path", None) != path:
            self._here.path, self._here.history = path, History(path)
        return observe(self._here.history, document, observation, self._call)

    def _call(self, call: Call) -> Any:
        cluster: Executor = self._cluster
        future = cluster.submit(call)
        try:
            return future.result(self.seconds)
        except CancelledError as error:
            raise RuntimeError("the cluster gave it up") from error
        finally:
            future.cancel()  # where nobody waits for it any more, nobody needs begin it
