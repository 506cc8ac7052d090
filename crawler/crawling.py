"""One crawl: the claimed documents are fetched, understood and recorded; what was claimed is given back at the end, whatever happens.

The crawl command, the recrawl command, the daemon and `scrapy crawl policies` all come through here.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from crawler.guard.addresses import Rules
from crawler.spiders.policies import PoliciesSpider
from crawler.work import Work, utc_now
from tracker.model import Document
from tracker.registry import Registry, RegistryError, Settings, load

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import BaseSettings

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""How long what was claimed stays ours without a renewal: after a kill -9, the next crawl waits this long for it."""
RENEW = 5.0
"""Seconds between two renewals."""
REGISTRY = "data/vendors.toml"


class NoContact(Exception):
    """The registry does not say whom a site's owner can write to."""


class MemoryExceeded(Exception):
    """This process has used more memory than it may, and should end."""


async def crawl(process: AsyncCrawlerProcess, settings: Settings, work: Work, owner: str) -> None:
    """Look at the documents of `work`, which `owner` has claimed, and give back all that `owner` holds.

    Every document has had its look afterwards, unless the crawl was told to stop; those that had none stay due.

    Raises:
        NoContact: nothing was fetched.
        MemoryExceeded: Scrapy's memory guard ended the crawl.
    """
    keeper = asyncio.create_task(_keep_leases(work, owner))
    try:
        require_contact(settings, work.documents)
        scrapy_settings = process.settings.copy()
        scrapy_settings.setdict(overlay(settings, work.documents), priority="cmdline")
        crawler = Crawler(PoliciesSpider, scrapy_settings)
        await process.crawl(crawler, work=work)
        if crawler.stats.get_value("finish_reason") == "memusage_exceeded":
            raise MemoryExceeded("the crawl used more memory than MEMUSAGE_LIMIT_MB allows")
    finally:
        keeper.cancel()
        work.history.release(owner, work.clock(), delay=settings.delay)


async def _keep_leases(work: Work, owner: str) -> None:
    while True:
        await asyncio.sleep(RENEW)
        try:
            work.history.renew(owner, work.clock(), LEASE)
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


def overlay(settings: Settings, documents: Iterable[Document] = ()) -> dict[str, Any]:
    """The registry's settings, and the delays that some documents ask for, as Scrapy has them."""
    delays: dict[str, float] = {}
    for document in documents:
        if document.delay is not None and document.host:
            delays[document.host] = max(document.delay, settings.delay, delays.get(document.host, 0.0))
    return {
        "FROM_REGISTRY": True,
        "USER_AGENT": settings.user_agent,
        "ROBOTSTXT_USER_AGENT": settings.user_agent.split("/")[0].split()[0],
        "DOWNLOAD_DELAY": settings.delay,
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "ALLOW_NETWORKS": list(settings.allow_networks),
        "RESOLVE": dict(settings.resolve),
        "DOWNLOAD_SLOTS": {host: {"delay": delay} for host, delay in delays.items()},
    }


# --- scrapy crawl policies ------------------------------------------------------------------------------------------------


def complete(settings: BaseSettings) -> None:
    """Lay the registry's settings over Scrapy's, where the spider is not run by one of our own commands."""
    if not settings.getbool("FROM_REGISTRY"):
        settings.setdict(overlay(_registry().settings), priority="spider")


def stand_alone(only: str) -> tuple[Work, Callable[[], None]]:
    """Work for a spider that Scrapy's own command started (what is due, or what `only` names), and what to do when it is closed."""
    from crawler.workers import Workers
    from tracker.history import History

    registry = _registry()
    history = History(os.environ.get("CLAUSEWATCH_HISTORY") or registry.settings.history)
    owner = uuid4().hex
    history.register(registry.documents, utc_now())
    names = history.find([only]) if only else None
    documents = tuple(history.claim(utc_now(), owner=owner, limit=10_000, names=names, due=names is None, lease=LEASE))
    workers = Workers()

    def done() -> None:
        workers.close()
        history.release(owner, utc_now(), delay=registry.settings.delay)
        history.close()

    try:
        require_contact(registry.settings, documents)
    except NoContact as error:
        done()
        raise UsageError(str(error), print_help=False) from error
    return Work(history=history, documents=documents, workers=workers), done


def _registry() -> Registry:
    try:
        return load(Path(os.environ.get("CLAUSEWATCH_REGISTRY", REGISTRY)))
    except RegistryError as error:
        raise UsageError(str(error), print_help=False) from error
