"""From the spider into the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

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
        try:
            outcome = await work.workers.observe(work.history, document, item.observation)
            work.on_outcome(document, item.observation, outcome)
        finally:
            spider.claims.finished(document)
        return item
