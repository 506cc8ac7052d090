"""robots.txt as RFC 9309 has it.

Scrapy's own middleware crawls on where the server fails, obeys the text of a 404 page, and does not wait as Crawl-delay asks.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from crawler.guard import outcomes
from crawler.guard.limits import slow_down
from crawler.guard.refusals import Interrupted, RedirectLoop, RobotsRefusal, RobotsUnreachable, Verdict
from crawler.work import LearntRules
from tracker.model import Document, State

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.policies import PoliciesSpider
    from crawler.work import Work

SIZE = 512 * 1024
"""Bytes of robots.txt that are read; RFC 9309 (2.5) asks for 500 KiB at least."""
LONGEST_DELAY = 60.0
"""Seconds of Crawl-delay that are honoured within a crawl; a longer one would hold up everybody's drain for one host."""
KEPT = 3600.0
"""Seconds for which rules are believed; RFC 9309 (2.4) allows a day. A failure is not remembered beyond its crawl."""
FIRST = 1000
"""Priority of the request: every page of the host waits for it."""


class RobotsGuard:
    """Downloader middleware: asks for each host's robots.txt once, and keeps to it on every hop."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent = str(crawler.settings["ROBOTSTXT_USER_AGENT"])
        self.learning: dict[str, asyncio.Task[RobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsGuard:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if "robots" in request.meta:
            return
        parts = urlsplit(request.url)
        rules = await self._rules(f"{parts.scheme}://{parts.netloc}", request.meta.get("document"))
        delay = rules.crawl_delay(self.agent)
        if delay and parts.hostname:
            spider = cast("PoliciesSpider", self.crawler.spider)
            spider.claims.delays[parts.hostname] = min(delay, LONGEST_DELAY)
            slow_down(self.crawler.engine.downloader, parts.hostname, spider.claims.delays[parts.hostname])
        if not rules.allowed(request.url, self.agent):
            raise RobotsRefusal("robots.txt asks us not to read this page")

    @property
    def work(self) -> Work:
        return cast("Work", self.crawler.spider.work)  # type: ignore[union-attr]

    async def _rules(self, origin: str, document: Document | None) -> RobotParser:
        learnt = self.work.robots.get(origin)
        if learnt is not None and monotonic() - learnt.at < KEPT:
            return learnt.rules
        if origin not in self.learning:
            self.learning[origin] = asyncio.ensure_future(self._learn(origin, document))
        return await asyncio.shield(self.learning[origin])

    async def _learn(self, origin: str, document: Document | None) -> RobotParser:
        rules, robots = ProtegoRobotParser(await self._text(origin, document), None), self.work.robots
        for stale in [each for each, learnt in robots.items() if monotonic() - learnt.at >= KEPT]:
            del robots[stale]  # redirects may lead to ever new hosts
        robots[origin] = LearntRules(rules, monotonic())
        return rules

    async def _text(self, origin: str, document: Document | None) -> bytes:
        """The rules, empty where the host has none; RobotsUnreachable where the server could not say.

        They are asked for in the turns of the document whose page waits for them, wherever redirects lead.
        """
        request = Request(f"{origin}/robots.txt", priority=FIRST, meta={"robots": document}, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(request)
        except Interrupted:
            raise
        except RedirectLoop:
            return b""  # RFC 9309, 2.3.1.2: too many redirects count as "there is none"
        except Exception as error:  # whatever happened, it is the verdict on every page of this host
            raise RobotsUnreachable(outcomes.of_failure(error)) from error
        verdict = _verdict(response.status, outcomes.headers_of(response))
        if verdict is not None:
            raise RobotsUnreachable(verdict)
        return response.body[:SIZE] if response.status == 200 else b""


def _verdict(status: int, headers: dict[str, str]) -> Verdict | None:
    """None where the rules, or their absence, are known: a 4xx means that there are none (RFC 9309, 2.3.1.3).

    429 is the exception that large crawlers make: a server that is asked too often has not said that it has no rules.
    """
    verdict = outcomes.of_status(status, headers)
    if verdict is None or verdict.state is State.RATE_LIMITED:
        return verdict
    if 400 <= status < 500:
        return None
    return Verdict(State.ROBOTS, f"the server answered {status}", status, headers)
