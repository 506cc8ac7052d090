"""One page, fetched once through every guard, for `clausewatch extract URL`: nothing is recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scrapy import Spider

from crawler.claims import Claims
from crawler.fetching import fetch
from crawler.guard.addresses import Rules, refresh
from crawler.guard.refusals import Interrupted
from crawler.spiders.discovery import Manners
from tracker.model import Document

if TYPE_CHECKING:
    from crawler.discovering import Fetched


class PageSpider(Spider):
    """Fetches `url`; `answers` gets what came of it. With `claims`, it waits for its turn at each host, as crawls do."""

    name = "page"

    def __init__(self, url: str, answers: list[Fetched], claims: Claims | None = None) -> None:
        super().__init__()
        self.url = url
        self.answers = answers
        self.work = Manners()
        self.claims = claims or self.work

    async def start(self) -> AsyncIterator[Any]:
        refresh(Rules.of(self.settings))
        with suppress(Interrupted):
            self.answers.append(await self._fetched())
        return
        yield  # an async iterator, as Scrapy wants one

    async def _fetched(self) -> Fetched:
        if not isinstance(self.claims, Claims):
            return await fetch(self.crawler, self.url)
        document = Document(vendor=self.url, kind="page", url=self.url)
        async with self.claims.holding(document):
            return await fetch(self.crawler, self.url, meta={"document": document, "whole": True})
