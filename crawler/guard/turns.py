"""One request at a time to a host, whoever sends it: each hop of a page holds the lease of its host in the history."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from crawler.claims import POLL
from crawler.guard.refusals import HostPaused, Interrupted

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.spiders.policies import PoliciesSpider

PATIENCE = 120.0
"""Seconds for which a request waits for its turn."""


class TurnGuard:
    """Downloader middleware: a request waits until its host is free, and is refused where the host has asked us to stay away."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> TurnGuard:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        document = request.meta.get("document") or request.meta.get("robots")
        if document is None:  # nobody to take turns with
            return
        spider = cast("PoliciesSpider", self.crawler.spider)
        host = urlsplit(request.url).hostname or ""
        patience = monotonic() + PATIENCE
        while (until := await spider.claims.turn(document, host)) is not None:
            if not self.crawler.crawling:
                raise Interrupted("the crawl was told to stop before it was this request's turn")
            if monotonic() > patience or (until - spider.work.clock()).total_seconds() > PATIENCE:
                raise HostPaused(f"not asked: {host} is to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC")
            await asyncio.sleep(POLL)
