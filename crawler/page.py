"""One page, fetched once through every guard, for `clausewatch extract URL`: nothing is recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scrapy import Spider

from crawler.fetching import fetch
from crawler.guard.addresses import Rules, refresh
from crawler.guard.refusals import Interrupted
from crawler.spiders.discovery import Manners

if TYPE_CHECKING:
    from crawler.discovering import Fetched


class PageSpider(Spider):
    """Fetches `url`; `answers` gets what came of it."""

    name = "page"

    def __init__(self, url: str, answers: list[Fetched]) -> None:
        super().__init__()
        self.url = url
        self.answers = answers
        self.work = self.claims = Manners()

    async def start(self) -> AsyncIterator[Any]:
        refresh(Rules.of(self.settings))
        with suppress(Interrupted):
            self.answers.append(await fetch(self.crawler, self.url))
        return
        yield  # an async iterator, as Scrapy wants one
