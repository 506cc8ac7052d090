"""Looks for vendors' documents from their home pages, for `clausewatch discover`: nothing is recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from scrapy import Spider

from crawler.discovering import Discovery, discover
from crawler.fetching import fetch
from crawler.guard.addresses import Rules, refresh
from crawler.guard.refusals import Interrupted

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from crawler.work import LearntRules


@dataclass(frozen=True)
class Manners:
    """What the guards of a crawl remember of the hosts, where there is no history to keep it in."""

    robots: dict[str, LearntRules] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)


class DiscoverySpider(Spider):
    """`homes` one after the other; each discovery goes to `on_found` as it ends. With Scrapy's own command: `-a home=URL`."""

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
        home: str = "",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.homes = [*homes, *([home] if home else [])]
        self.kind = kind
        self.follow = int(follow)
        self.on_found = on_found or self._log
        self.work = self.claims = Manners()

    async def start(self) -> AsyncIterator[Any]:
        refresh(Rules.of(self.settings))
        with suppress(Interrupted):
            for home in self.homes:
                self.on_found(await discover(partial(fetch, self.crawler), home, self.kind, follow=self.follow))
        return
        yield  # an async iterator, as Scrapy wants one

    def _log(self, discovery: Discovery) -> None:
        self.logger.info("%s: %s", discovery.home, discovery.told)
