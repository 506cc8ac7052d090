"""One request at a time to a host, whoever sends it: each hop of a page holds the lease of its host in the history. And none to a host that
has said when to come back, before then."""

from __future__ import annotations

import asyncio
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy import signals

from crawler.claims import POLL
from crawler.guard.limits import pause
from crawler.guard.outcomes import headers_of, of_status
from crawler.guard.refusals import HostPaused, Interrupted

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.spiders.policies import PoliciesSpider
    from tracker.model import Document

PATIENCE = 120.0
"""Seconds for which a request waits for its turn."""


class TurnGuard:
    """Downloader middleware: a request waits until its host is free, and is refused where the host has asked us to stay away."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.pauses: dict[str, datetime] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> TurnGuard:
        guard = cls(crawler)
        crawler.signals.connect(guard.heed, signals.response_downloaded)  # each answer, also one that cannot be decoded
        return guard

    @property
    def spider(self) -> PoliciesSpider:
        return cast("PoliciesSpider", self.crawler.spider)

    def heed(self, request: Request, response: Response) -> None:
        """Where a server says when to come back, everybody stays away until then."""
        headers = headers_of(response)
        until = pause(headers, self.spider.work.clock()) if of_status(response.status, headers) else None
        if until is not None:
            host = urlsplit(request.url).hostname or ""
            self.pauses[host] = until
            self.spider.claims.leave_alone(host, until)

    async def process_request(self, request: Request) -> None:
        document = request.meta.get("document") or request.meta.get("robots")
        host = urlsplit(request.url).hostname or ""
        patience = monotonic() + PATIENCE
        while (until := await self._until(document, host)) is not None:
            if not self.crawler.crawling:
                raise Interrupted("the crawl was told to stop before it was this request's turn")
            if monotonic() > patience or (until - self.spider.work.clock()).total_seconds() > PATIENCE:
                raise HostPaused(f"not asked: {host} is to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC")
            await asyncio.sleep(POLL)

    async def _until(self, document: Document | None, host: str) -> datetime | None:
        """Until when a host is not to be asked; None where it is this request's turn. Without a document there is nobody to take turns
        with."""
        paused = self.pauses.get(host)
        if paused is not None and paused > self.spider.work.clock():
            return paused
        return await self.spider.claims.turn(document, host) if document is not None else None
