"""One page for a spider that needs it at once, through every guard: what discovery reads besides the pages that are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawler.discovering import Fetched
from crawler.guard import outcomes
from crawler.guard.refusals import Interrupted

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


async def fetch(crawler: Crawler, url: str, meta: dict[str, Any] | None = None) -> Fetched:
    """Ask for a page as part of a running crawl. What the network does is in the answer; nothing is raised for it.

    Raises:
        Interrupted: the crawl was told to stop.
    """
    if not crawler.crawling:
        raise Interrupted("the crawl was told to stop")
    try:
        request = Request(url, meta=meta, callback=NO_CALLBACK, dont_filter=True)
        return answered(await crawler.engine.download_async(request))
    except Interrupted:
        raise
    except Exception as error:  # a refusal of our own guards, or a failure of the network: one table for all
        verdict = outcomes.of_failure(error)
        return Fetched(url, failure=verdict.state, why=verdict.detail)


def answered(response: Response) -> Fetched:
    """A response as discovery reads it."""
    headers = outcomes.headers_of(response)
    verdict = outcomes.of_status(response.status, headers)
    if verdict is not None:
        return Fetched(response.url, failure=verdict.state, why=verdict.detail)
    return Fetched(response.url, response.body, headers.get("content-type", ""))
