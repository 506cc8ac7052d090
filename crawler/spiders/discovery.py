"""Looks for vendors' documents from their home pages, for `clausewatch discover`: nothing is recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from scrapy import Spider

from crawler.claims import Claims
from crawler.discovering import Discovery, Extract, discover
from crawler.fetching import fetch
from crawler.guard.addresses import Rules, refresh
from crawler.guard.refusals import Interrupted
from crawler.work import Clock, utc_now
from crawler.workers import Workers
from tracker.model import Document

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from crawler.work import LearntRules


@dataclass(frozen=True)
class Manners:
    """What the guards of a crawl remember of the hosts, where there is no history to keep it in."""

    robots: dict[str, LearntRules] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    clock: Clock = utc_now

    def leave_alone(self, host: str, until: datetime) -> None:
        """There is nobody else to tell."""


class DiscoverySpider(Spider):
    """`homes` one after the other; each discovery goes to `on_found` as it ends. With Scrapy's own command: `-a home=URL`.

    With `claims`, it waits for its turn at each host, as other crawls do.
    """

    name = "discovery"

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        from crawler.crawling import complete

        super().update_settings(settings)
        complete(settings)

    def __init__(
        self,
        homes: Sequence[str] = (),
        kind: str = "privacy",
        follow: int = 2,
        on_found: Callable[[Discovery], None] | None = None,
        claims: Claims | None = None,
        home: str = "",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.homes = [*homes, *([home] if home else [])]
        self.kind = kind
        self.follow = int(follow)
        self.on_found = on_found or self._log
        self.work = Manners()
        self.claims = claims or self.work

    async def start(self) -> AsyncIterator[Any]:
        refresh(Rules.of(self.settings))
        with suppress(Interrupted):
            async with Workers() as workers:
                for home in self.homes:
                    self.on_found(await self._discovered(home, workers.extract))
        return
        yield  # an async iterator, as Scrapy wants one

    async def _discovered(self, home: str, extract: Extract) -> Discovery:
        if not isinstance(self.claims, Claims):
            return await discover(partial(fetch, self.crawler), extract, home, self.kind, follow=self.follow)
        document = Document(vendor=home, kind=self.kind, home=home)
        get = partial(fetch, self.crawler, meta={"document": document, "whole": True})
        async with self.claims.holding(document):
            return await discover(get, extract, home, self.kind, follow=self.follow)

    def _log(self, discovery: Discovery) -> None:
        self.logger.info("%s: %s", discovery.home, discovery.told)
