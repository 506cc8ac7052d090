"""From the spider into the history."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from tracker.model import Observation, State

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.policies import PoliciesSpider
    from crawler.work import Look


class RecordLooks:
    """Item pipeline: each look is understood in a worker process, recorded in one transaction, and told to whoever runs the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RecordLooks:
        return cls(crawler)

    async def process_item(self, item: Look) -> Look:
        spider = cast("PoliciesSpider", self.crawler.spider)
        work, document = spider.work, item.document
        seen = replace(item.observation, shown_next=not item.shown and work.may_show(document))
        try:
            if item.shown and seen.failure is None:
                seen = await self._shown(item)
            outcome = await work.workers.observe(work.history, document, seen)
            if outcome and outcome.state is State.NEEDS_JAVASCRIPT and seen.shown_next:
                seen = await self._shown(item)
                outcome = await work.workers.observe(work.history, document, seen)
            work.on_outcome(document, seen, outcome)
        finally:
            spider.claims.finished(document)
        return item

    async def _shown(self, item: Look) -> Observation:
        """The same page in a browser, which asks the host once more, as long after as anybody would."""
        spider = cast("PoliciesSpider", self.crawler.spider)
        assert spider.work.browser
        await asyncio.sleep(spider.claims.pause(item.document))
        return await spider.work.browser.look(item.document, item.observation, self.crawler.settings)
