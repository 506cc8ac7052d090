"""What one crawl has to do, and what it needs for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from tracker.history import History
from tracker.model import Document, Observation, Outcome, Page, Policy

if TYPE_CHECKING:
    from scrapy.robotstxt import RobotParser

    from crawler.rendering import Browser

Clock = Callable[[], datetime]
"""Returns the time of now, aware. Injected, so that a demo or a test can move it."""

OnOutcome = Callable[[Document, Observation, Outcome | None], None]
"""Called after every look; without an outcome where recording it failed."""


class Understanding(Protocol):
    """Who reads pages and records looks: processes of ours, or a cluster."""

    async def observe(self, history: History, document: Document, observation: Observation) -> Outcome | None:
        """Understand and record one look. Whatever happens becomes an outcome; None only where the history cannot be written."""

    async def extract(self, body: bytes, page: Page) -> Policy:
        """What a page says that is not recorded."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def keep_quiet(document: Document, observation: Observation, outcome: Outcome | None) -> None:
    """An OnOutcome for those who do not want to know."""


@dataclass(frozen=True)
class LearntRules:
    """What a robots.txt says, and when it was asked, on the monotonic clock."""

    rules: RobotParser
    at: float


@dataclass(frozen=True, kw_only=True)
class Work:
    """Where looks go, and what is known meanwhile of the hosts.

    `robots` is what the robots.txt of each origin says. Whoever runs one crawl after another passes it on: it is not asked for with
    every page.
    """

    history: History
    workers: Understanding
    clock: Clock = utc_now
    on_outcome: OnOutcome = keep_quiet
    robots: dict[str, LearntRules] = field(default_factory=dict)
    browser: Browser | None = None
    """For pages that say nothing before their scripts have run; without one, they are looked at as they come."""

    def may_show(self, document: Document) -> bool:
        """There is a browser that a page of this document may be shown in."""
        return document.render is not False and self.browser is not None and self.browser.program is not None

    def is_shown(self, document: Document) -> bool:
        """It is shown in a browser whatever the fetch brings: the registry says so, or nothing else helped the last time."""
        return self.may_show(document) and (document.render is True or self.history.shown(document.name))


@dataclass(frozen=True)
class Look:
    """An observation on its way from the spider to the history."""

    document: Document
    observation: Observation
    shown: bool = False
    """The page was fetched to be shown in a browser."""

    def __str__(self) -> str:  # Scrapy logs its items; nobody wants to read a body there
        return f"{self.document.name}: {self.observation.status or self.observation.failure}"
