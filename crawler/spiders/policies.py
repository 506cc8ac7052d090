"""Fetches the documents that were claimed, and makes exactly one observation of each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals

from crawler.claims import Claims
from crawler.guard import outcomes
from crawler.guard.addresses import Rules, refresh
from crawler.guard.headers import conditional
from crawler.guard.limits import pause, slow_down
from crawler.guard.refusals import Verdict
from crawler.work import Look, Work
from tracker.model import Document, Hop, Observation, State

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

log = logging.getLogger(__name__)

WAITING = 50
"""Requests that may wait in the scheduler, however many there are: `start()` would otherwise pour all into memory at once."""


class PoliciesSpider(Spider):
    """Made with `work=` and `claims=` by the commands and the daemon; `scrapy crawl policies [-a only=NAME]` has none, and makes them."""

    name = "policies"

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        from crawler.crawling import complete

        super().update_settings(settings)
        complete(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PoliciesSpider:
        if "work" not in kwargs:
            from crawler.crawling import stand_alone

            kwargs["work"], kwargs["claims"], done = stand_alone(kwargs.pop("only", ""))
            crawler.signals.connect(done, signals.spider_closed, weak=False)
        return super().from_crawler(crawler, *args, **kwargs)

    def __init__(self, work: Work, claims: Claims) -> None:
        super().__init__()
        self.work = work
        self.claims = claims

    async def start(self) -> AsyncIterator[Request | Look]:
        refresh(Rules.of(self.settings))
        async for document in self.claims:
            if document.delay is not None and document.host:
                slow_down(self.crawler.engine.downloader, document.host, document.delay)
            yield self._request(document)
            while len(self.crawler.engine.scheduler) > WAITING:  # type: ignore[arg-type]
                await asyncio.sleep(0.05)

    def _request(self, document: Document) -> Request | Look:
        meta: dict[str, Any] = {"document": document}
        if document.timeout is not None:
            meta["download_timeout"] = document.timeout
        try:
            return Request(document.url or "", self.parse, errback=self.failed, meta=meta, dont_filter=True)
        except ValueError as error:
            verdict = Verdict(State.FORBIDDEN_ADDRESS, f"not an address that can be fetched ({error})")
            return Look(document, self._observation(document, verdict))

    def parse(self, response: Response) -> Iterator[Look]:
        request = response.request
        assert request is not None
        document: Document = request.meta["document"]
        headers = outcomes.headers_of(response)
        verdict = outcomes.of_status(response.status, headers)
        if response.status == 304 and not conditional(request):
            verdict = Verdict(State.BAD_RESPONSE, "304: not changed since when? we did not ask")
        observation = replace(
            self._observation(document, verdict, request),
            status=response.status,
            headers=headers,
            body=None if response.status == 304 else response.body,
            final_url=response.url,
            address=str(response.ip_address) if response.ip_address else None,
        )
        self._heed(response.url, observation)
        yield Look(document, observation)

    def failed(self, failure: Failure) -> Iterator[Look]:
        request: Request = failure.request  # type: ignore[attr-defined]
        document: Document = request.meta["document"]
        assert failure.value is not None
        verdict = outcomes.of_failure(failure.value)
        observation = replace(
            self._observation(document, verdict, request),
            status=verdict.status,
            headers=verdict.headers,
            final_url=request.url,
        )
        self._heed(request.url, observation)
        yield Look(document, observation)

    def _observation(self, document: Document, verdict: Verdict | None, request: Request | None = None) -> Observation:
        meta = request.meta if request is not None else {}
        hops = zip_longest(meta.get("redirect_urls", ()), meta.get("redirect_reasons", ()), fillvalue=0)
        return Observation(
            url=document.url or "",
            at=self.work.clock(),
            redirects=tuple(Hop(str(url), int(status)) for url, status in hops),
            failure=verdict.state if verdict else None,
            detail=verdict.detail if verdict else "",
            seconds=meta.get("download_latency"),
        )

    def _heed(self, url: str, observation: Observation) -> None:
        """Where a server says when to come back, stay away until then: in this crawl, and by the history in all others."""
        until = pause(observation.headers, observation.at) if observation.failure else None
        host = urlsplit(url).hostname
        if until is None or host is None:
            return
        self.work.paused[host] = until
        try:
            self.work.history.pause_host(host, until)
        except Exception as error:  # a busy database; the look itself is not lost for it
            log.warning("%s asked us to wait, which could not be noted: %s", host, error)
