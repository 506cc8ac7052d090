"""Runs a coroutine beside Scrapy, on the one event loop they share, until it is done or the process is told to end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar, cast

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase

log = logging.getLogger(__name__)

T = TypeVar("T")

DRAIN = 60.0
"""Seconds that pages under way get to finish after the first SIGTERM or SIGINT. What is not done by then stays due."""


def run(main: Callable[[AsyncCrawlerProcess, asyncio.Event], Awaitable[T]], drain: float = DRAIN) -> T | None:
    """Run `main(process, stop)` and return what it returns; None where it did not end in time after a signal.

    The first SIGTERM or SIGINT sets `stop` and lets running crawls finish what they are fetching; the second one ends the process
    at once, which the history survives. A process can do this once: Twisted's reactor does not start again.
    """
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict({"LOG_INSTALL_ROOT_HANDLER": False, "LOG_ENABLED": False}, priority="cmdline")
    logging.disable(logging.INFO)  # Scrapy introduces itself, and sets its own levels as it does
    process = AsyncCrawlerProcess(settings)
    logging.disable(logging.NOTSET)
    quiet_libraries()
    loop = asyncio.get_event_loop()
    stop = asyncio.Event()

    def interrupted(number: int) -> None:
        if stop.is_set():
            os._exit(128 + number)
        log.info("%s: finishing what is under way; once more to end at once", signal.Signals(number).name)
        stop.set()
        stopping.append(loop.create_task(process.stop()))
        loop.call_later(drain, task.cancel)

    async def whole() -> T:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, interrupted, number)
        try:
            return await main(process, stop)
        finally:
            with suppress(TimeoutError):
                await asyncio.wait_for(process.stop(), 5)
            loop.call_soon(_stop_reactor)

    stopping: list[asyncio.Task[None]] = []
    task = loop.create_task(whole())
    process.start(stop_after_crawl=False, install_signal_handlers=False)
    return None if task.cancelled() else task.result()


def quiet_libraries() -> None:
    """Their information is for developers, and APScheduler warns of every tick that found the one before it still running."""
    for name in ("apscheduler", "scrapy", "twisted", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL if name == "apscheduler" else logging.ERROR)


def _stop_reactor() -> None:
    from twisted.internet import reactor

    cast("ReactorBase", reactor).stop()
