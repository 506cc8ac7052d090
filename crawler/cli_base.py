"""What the commands that crawl share: running beside Scrapy, being interrupted, and saying who we are."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from tracker.cli import Refusal
from tracker.model import Document
from tracker.registry import Settings

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

T = TypeVar("T")
Main: TypeAlias = "Callable[[AsyncCrawlerProcess, asyncio.Event], Awaitable[T]]"


def run_beside(main: Main[T], otherwise: T) -> tuple[T, bool]:
    """Run `main` beside Scrapy: what it returns (`otherwise` where it did not get to that), and whether we were interrupted."""
    from crawler.crawling import MemoryExceeded
    from crawler.running import run

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s", stream=sys.stderr)
    interrupted = []

    async def whole(process: AsyncCrawlerProcess, stop: asyncio.Event) -> T:
        try:
            return await main(process, stop)
        finally:
            interrupted.append(stop.is_set())

    try:
        result = run(whole)
    except MemoryExceeded as error:
        raise Refusal(f"{error}; what was looked at is kept") from error
    return otherwise if result is None else result, any(interrupted)


def require_contact(settings: Settings, documents: Iterable[Document]) -> None:
    """Refuse to ask other people's servers without saying who asks."""
    from crawler.crawling import NoContact
    from crawler.crawling import require_contact as require

    try:
        require(settings, documents)
    except NoContact as error:
        raise Refusal(str(error)) from error
