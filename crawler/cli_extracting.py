"""Lets `clausewatch extract` take an address: the page is fetched once, behind the guards of every crawl."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from crawler.cli_base import require_contact, run_beside
from tracker.cli import Context, Refusal
from tracker.cli.base import INTERRUPTED
from tracker.cli.extracting import offer
from tracker.history import History
from tracker.model import Document
from tracker.registry import Registry, load

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.discovering import Fetched


def fetch_once(context: Context, url: str) -> tuple[bytes, str, str]:
    """The body of a page, its content type, and the address that redirects led to. Raises Refusal where there is none."""
    from crawler.crawling import fetch_at

    registry = load(context.registry) if context.registry.exists() else Registry(context.registry)
    require_contact(registry.settings, [Document(vendor=url, kind="page", url=url)])

    path = context.history or registry.settings.history
    with History(path) if path.exists() else nullcontext() as history:

        def look(process: AsyncCrawlerProcess, _stop: asyncio.Event) -> Awaitable[Fetched | None]:
            return fetch_at(process, registry.settings, url, history)

        if sys.stderr.isatty():
            click.echo("Looking…", err=True)
        answer, interrupted = run_beside(look, None)
    if answer is None:
        sys.exit(INTERRUPTED if interrupted else 1)
    if answer.failure is not None:
        raise Refusal(f"{url}: {answer.failure.value.replace('_', ' ')} ({answer.why})")
    return answer.body, answer.content_type, answer.url


offer(fetch_once)
