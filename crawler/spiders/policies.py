"""Fetches the documents that were claimed, and makes exactly one observation of each."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals

from crawler.claims import Claims
from crawler.discovering import Discovery, Fetched, discover
from crawler.fetching import answered, fetch
from crawler.guard import outcomes
from crawler.guard.addresses import Rules, refresh
from crawler.guard.headers import conditional
from crawler.guard.limits import slow_down
from crawler.guard.refusals import Interrupted, Verdict
from crawler.patience import patiently
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
            try:
                first = self._first(document)
            except Exception as error:
                first = self._tripped(document, error)
            yield first

    def _first(self, document: Document) -> Request | Look:
        if document.delay is not None and document.host:
            slow_down(self.crawler.engine.downloader, document.host, document.delay)
        return self._search(document) if self._is_lost(document) else self._request(document)

    def _is_lost(self, document: Document) -> bool:
        return document.home is not None and (document.url is None or self.work.history.lost(document.name))

    def _search(self, document: Document) -> Request | Look:
        """A document whose address is not known, or died, is looked for from its vendor's home page first."""
        meta = {**_meta(document), "whole": True}
        return Request(document.home or "", self.searched, errback=self.unsearched, meta=meta, dont_filter=True)

    async def searched(self, response: Response) -> AsyncIterator[Request | Look]:
        """The home page has come: look for the document, and then at it."""
        assert response.request is not None
        document: Document = response.request.meta["document"]
        meta = {**_meta(document), "whole": True}

        async def get(url: str) -> Fetched:
            return answered(response) if url == document.home else await fetch(self.crawler, url, dict(meta))

        try:
            discovery = await discover(
                get, self.work.workers.extract, document.home or "", document.kind, language=document.language
            )
            further = await self._found(discovery, document, response)
        except Interrupted:
            return
        except Exception as error:  # as in a look
            further = self._tripped(document, error, response.request)
        yield further

    def unsearched(self, failure: Failure) -> Iterator[Request | Look]:
        """The home page has not come: where there is an address, look there all the same."""
        request: Request = failure.request  # type: ignore[attr-defined]
        document: Document = request.meta["document"]
        if document.url is None or isinstance(failure.value, Interrupted):
            yield from self.failed(failure)
        else:
            yield self._request(document)

    async def _found(self, discovery: Discovery, document: Document, response: Response) -> Request | Look:
        told = discovery.told
        if discovery.found is not None:
            url = discovery.found.candidate.url
            try:
                await patiently(lambda: self.work.history.found(document.name, url))
            except Exception as error:  # a busy database; it will be found again
                log.warning("%s was found at %s, which could not be noted: %s", document.name, url, error)
            return self._request(document.at(url), told)
        if document.url is not None:
            return self._request(document, told)
        assert response.request is not None
        if discovery.failure is not None:
            return self._look(response.request, partial(self._answered, response, response.request))
        observation = replace(self._observation(document, None, response.request), failure=State.NOT_FOUND, detail=told)
        return Look(document, observation)

    def _request(self, document: Document, told: str = "") -> Request | Look:
        # of a page that a browser shows, what was fetched may be as last time, and what its scripts fetch may not
        shown = self.work.is_shown(document)
        meta = {**_meta(document), "told": told, "whole": shown, "shown": shown}
        try:
            return Request(document.url or "", self.parse, errback=self.failed, meta=meta, dont_filter=True)
        except ValueError as error:
            verdict = Verdict(State.FORBIDDEN_ADDRESS, f"not an address that can be fetched ({error})")
            return Look(document, self._observation(document, verdict))

    def parse(self, response: Response) -> Iterator[Look]:
        assert response.request is not None
        yield self._look(response.request, partial(self._answered, response, response.request))

    def failed(self, failure: Failure) -> Iterator[Look]:
        if isinstance(failure.value, Interrupted):
            return
        request: Request = failure.request  # type: ignore[attr-defined]
        yield self._look(request, partial(self._unanswered, failure, request))

    def _look(self, request: Request, observed: Callable[[Document], Observation]) -> Look:
        document: Document = request.meta["document"]
        try:
            observation = observed(document)
        except Exception as error:
            return self._tripped(document, error, request)
        return Look(document, observation, shown=request.meta.get("shown", False))

    def _tripped(self, document: Document, error: Exception, request: Request | None = None) -> Look:
        """The look that a slip of ours comes to: its claim would be waited for for ever, were there none."""
        log.error("%s: unexpected failure: %s: %s", document.name, type(error).__name__, error)
        log.debug("%s", document.name, exc_info=error)
        return Look(document, self._observation(document, outcomes.of_failure(error), request))

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
            url=document.url or document.home or "",
            at=self.work.clock(),
            redirects=tuple(Hop(str(url), int(status)) for url, status in hops),
            failure=verdict.state if verdict else None,
            detail="; ".join(filter(None, (verdict.detail if verdict else "", meta.get("told")))),
            seconds=meta.get("download_latency"),
        )


def _meta(document: Document) -> dict[str, Any]:
    timeout = {"download_timeout": document.timeout} if document.timeout is not None else {}
    return {"document": document, **timeout}
