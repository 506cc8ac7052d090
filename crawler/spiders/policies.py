"""Fetches the documents that were claimed, and makes exactly one observation of each."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals

from crawler.claims import Claims
from crawler.guard import outcomes
from crawler.guard.addresses import Rules, refresh
from crawler.guard.headers import conditional
from crawler.guard.limits import pause, slow_down
from crawler.guard.refusals import Interrupted, Verdict
from crawler.work import Look, Work
from tracker.model import Document, Hop, Observation, State

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

log = logging.getLogger(__name__)


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
        assert response.request is not None
        yield self._look(response.request, response.url, partial(self._answered, response, response.request))

    def failed(self, failure: Failure) -> Iterator[Look]:
        if isinstance(failure.value, Interrupted):
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        yield self._look(request, request.url, partial(self._unanswered, failure, request))

    def _look(self, request: Request, url: str, observed: Callable[[Document], Observation]) -> Look:
        document: Document = request.meta["document"]
        try:
            observation = observed(document)
            self._heed(url, observation)
        except Exception as error:  # its claim would be waited for for ever, were there no look
            log.error("%s: unexpected failure: %s: %s", document.name, type(error).__name__, error)
            log.debug("%s", document.name, exc_info=error)
            observation = self._observation(document, outcomes.of_failure(error), request)
        return Look(document, observation)

    def _answered(self, response: Response, request: Request, document: Document) -> Observation:
        headers = outcomes.headers_of(response)
        verdict = outcomes.of_status(response.status, headers)
        if response.status == 304 and not conditional(request):
            verdict = Verdict(State.BAD_RESPONSE, "304: not changed since when? we did not ask")
        return replace(
            self._observation(document, verdict, request),
            status=response.status,
            headers=headers,
            body=None if response.status == 304 else response.body,
            final_url=response.url,
            address=str(response.ip_address) if response.ip_address else None,
        )

    def _unanswered(self, failure: Failure, request: Request, document: Document) -> Observation:
        assert failure.value is not None
        verdict = outcomes.of_failure(failure.value)
        return replace(
            self._observation(document, verdict, request),
            status=verdict.status,
            headers=verdict.headers,
            final_url=request.url,
        )

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
        """Where a server says when to come back, everybody stays away until then."""
        until = pause(observation.headers, observation.at) if observation.failure else None
        host = urlsplit(url).hostname
        if until is None or host is None:
            return
        try:
            self.work.history.pause_host(host, until)
        except Exception as error:  # a busy database; the look itself is not lost for it
            log.warning("%s asked us to wait, which could not be noted: %s", host, error)
