"""One crawl: the claimed documents are fetched, understood and recorded; what was claimed is given back at the end, whatever happens.

The crawl command, the recrawl command, the daemon and `scrapy crawl policies` all come through here.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.claims import LEASE, Claims
from crawler.guard.addresses import Rules
from crawler.page import PageSpider
from crawler.spiders.discovery import DiscoverySpider
from crawler.spiders.policies import PoliciesSpider
from crawler.work import Work, utc_now
from tracker.cli.base import REGISTRIES
from tracker.history import History
from tracker.model import Document
from tracker.registry import Registry, RegistryError, Settings, load

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import BaseSettings
    from scrapy.settings import Settings as ScrapySettings

    from crawler.discovering import Discovery, Fetched

log = logging.getLogger(__name__)

UNRENEWED = 20 * LEASE
"""The lease where Scrapy's own command runs the spider, and nobody renews it."""
RENEW = 5.0
"""Seconds between two renewals."""


class NoContact(Exception):
    """The registry does not say whom a site's owner can write to."""


class MemoryExceeded(Exception):
    """This process has used more memory than it may, and should end."""


async def crawl(process: AsyncCrawlerProcess, settings: Settings, work: Work, claims: Claims) -> None:
    """Look at documents, claimed as it goes, and give back all that was claimed.

    Every document claimed has had its look afterwards, unless the crawl was told to stop; those that had none stay due.

    Raises:
        MemoryExceeded: Scrapy's memory guard ended the crawl.
    """
    crawler = Crawler(PoliciesSpider, _laid_over(process, settings))
    async with _kept(claims):
        await process.crawl(crawler, work=work, claims=claims)
    if crawler.stats.get_value("finish_reason") == "memusage_exceeded":
        raise MemoryExceeded("the crawl used more memory than MEMUSAGE_LIMIT_MB allows")


async def discover_at(
    process: AsyncCrawlerProcess,
    settings: Settings,
    *,
    homes: Sequence[str],
    kind: str,
    follow: int,
    on_found: Callable[[Discovery], None],
    history: History | None = None,
) -> None:
    """Look for documents of a kind from home pages, one after the other, behind the guards of every crawl. Nothing is recorded.

    With a history, hosts are taken in turns with whatever else crawls by it.
    """
    crawler = Crawler(DiscoverySpider, _laid_over(process, settings))
    async with _turns(history, settings) as claims:
        await process.crawl(crawler, homes=homes, kind=kind, follow=follow, on_found=on_found, claims=claims)


async def fetch_at(
    process: AsyncCrawlerProcess, settings: Settings, url: str, history: History | None = None
) -> Fetched | None:
    """One page behind the guards of every crawl; None where the crawl was told to stop before. Nothing is recorded.

    With a history, hosts are taken in turns with whatever else crawls by it.
    """
    answers: list[Fetched] = []
    async with _turns(history, settings) as claims:
        await process.crawl(Crawler(PageSpider, _laid_over(process, settings)), url=url, answers=answers, claims=claims)
    return answers[0] if answers else None


@asynccontextmanager
async def _turns(history: History | None, settings: Settings) -> AsyncIterator[Claims | None]:
    """What takes turns at hosts, and claims nothing."""
    if history is None:
        yield None
        return
    claims = Claims(history, utc_now, settings.delay, lambda _: [])
    with history.hurried():
        async with _kept(claims):
            yield claims


def _laid_over(process: AsyncCrawlerProcess, settings: Settings) -> ScrapySettings:
    scrapy_settings = process.settings.copy()
    scrapy_settings.setdict(overlay(settings), priority="cmdline")
    return scrapy_settings


@asynccontextmanager
async def _kept(claims: Claims) -> AsyncIterator[None]:
    """Renew the leases meanwhile, and give back at the end what is still held."""
    keeper = asyncio.create_task(_keep_leases(claims))
    try:
        yield
    finally:
        keeper.cancel()
        await claims.close()


async def _keep_leases(claims: Claims) -> None:
    while True:
        await asyncio.sleep(RENEW)
        try:
            await claims.renew()
        except Exception as error:  # a busy database; there are a few more renewals before the lease is over
            log.warning("The leases could not be renewed: %s", error)


def require_contact(settings: Settings, documents: Iterable[Document]) -> None:
    """Whoever crawls other people's servers says who they are; the networks that the operator allows are their own.

    Raises:
        NoContact: with a sentence that says what to do.
    """
    if settings.contact:
        return
    rules = Rules.made(settings.allow_networks, settings.resolve)
    stranger = next((document for document in documents if document.host and not _own(rules, document.host)), None)
    if stranger is not None:
        raise NoContact(
            f"{stranger.name} is on somebody else's server ({stranger.host}); "
            'put contact = "mailto:you@example.org" under [settings] in the registry, so that its owner can reach you'
        )


def _own(rules: Rules, host: str) -> bool:
    with suppress(ValueError):
        return rules.exempt(ip_address(rules.resolve.get(host.lower(), host)))
    return False


def overlay(settings: Settings) -> dict[str, Any]:
    """The registry's settings as Scrapy has them."""
    return {
        "FROM_REGISTRY": True,
        "USER_AGENT": settings.user_agent,
        "ROBOTSTXT_USER_AGENT": settings.user_agent.split("/")[0].split()[0],
        "DOWNLOAD_DELAY": settings.delay,
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "ALLOW_NETWORKS": list(settings.allow_networks),
        "RESOLVE": dict(settings.resolve),
    }


# --- scrapy crawl policies ------------------------------------------------------------------------------------------------


def complete(settings: BaseSettings) -> None:
    """Lay the registry's settings over Scrapy's, where the spider is not run by one of our own commands."""
    if not settings.getbool("FROM_REGISTRY"):
        settings.setdict(overlay(_registry().settings), priority="spider")


def stand_alone(only: str) -> tuple[Work, Claims, Callable[[], Awaitable[None]]]:
    """What a spider needs that Scrapy's own command started (for what is due, or what `only` names), and the end of it."""
    from crawler.workers import Workers

    registry = _registry()
    history = History(os.environ.get("CLAUSEWATCH_HISTORY") or registry.settings.history)
    history.register(registry.documents, utc_now())
    history.subscribe(registry.subscriptions)
    names = set(history.find([only]) if only else history.find(["*"]))
    try:
        require_contact(registry.settings, (document for document in registry.documents if document.name in names))
    except NoContact as error:
        history.close()
        raise UsageError(str(error), print_help=False) from error
    workers = Workers()

    def take(owners: Sequence[str]) -> list[Document]:
        found = history.claim_apart(utc_now(), owners=owners, names=names, due=not only, lease=UNRENEWED)
        names.difference_update(document.name for document in found)
        return found

    claims = Claims(history, utc_now, registry.settings.delay, take)

    async def done() -> None:
        workers.close()
        await claims.close()
        history.close()

    return Work(history=history, workers=workers), claims, done


def _registry() -> Registry:
    found = next((path for path in REGISTRIES if path.exists()), REGISTRIES[0])
    try:
        return load(os.environ.get("CLAUSEWATCH_REGISTRY") or found)
    except RegistryError as error:
        raise UsageError(str(error), print_help=False) from error
