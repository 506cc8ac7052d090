"""How many pages a second come through the whole pipeline, beside what a plain spider with trafilatura does, in one run.

    python -m bench.throughput [--hosts N] [--json]

Every page stands on a host of its own, on loopback. Measured, one after the other in one process (with its two worker processes):

  fetch only    our spider with every guard on, and nothing done with the pages
  first sight   fetched, extracted, recorded for the first time
  steady state  every page comes with other bytes and the same wording
  inline        a plain Scrapy spider without any guard that calls trafilatura on each page as it comes
  understanding the pages extracted in two processes, and nothing else

A run before the first one learns robots.txt, as a daemon would have.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import scrapy
import trafilatura
from scrapy.crawler import AsyncCrawlerProcess, CrawlerProcess

from bench import material
from crawler.claims import Claims
from crawler.crawling import crawl
from crawler.running import run
from crawler.work import Work
from crawler.workers import LANES, Workers
from tracker import Document, History, Observation, Page, extract
from tracker.registry import Settings

ADDRESS = "127.0.0.1"
DOMAIN = "bench.test"


async def _serve(bodies: list[bytes], port: Any) -> None:
    """The host h7 has the seventh page, and so has ?7 on any other; its bytes are others each time, its words are not."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1]
                host = head.lower().split(b"\r\nhost: ")[1].split(b".")[0]
                if path == b"/robots.txt":
                    status, body = b"404 Not Found", b""
                else:
                    number = int(host[1:] if host.startswith(b"h") else path.partition(b"?")[2])
                    page = bodies[number % len(bodies)]
                    status, body = b"200 OK", page.replace(b"</body>", b"<!-- %f --></body>" % time.time())
                writer.write(
                    b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
                    % (status, len(body))
                )
                writer.write(body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, ADDRESS, 0)
    port.value = server.sockets[0].getsockname()[1]
    await server.serve_forever()


def _server(bodies: list[bytes], port: Any) -> None:
    asyncio.run(_serve(bodies, port))


class Inline(scrapy.Spider):
    """What a user would write in ten minutes."""

    name = "inline"

    def __init__(self, urls: list[str]) -> None:
        super().__init__()
        self.start_urls = urls

    def parse(self, response: Any) -> Iterator[dict[str, Any]]:
        yield {"text": trafilatura.extract(response.body, output_format="markdown", favor_recall=True)}


def _inline(urls: list[str]) -> float:
    """Seconds that it takes."""
    process = CrawlerProcess({"CONCURRENT_REQUESTS": 32, "CONCURRENT_REQUESTS_PER_DOMAIN": 32, "LOG_ENABLED": False})
    crawler = process.create_crawler(Inline)
    process.crawl(crawler, urls=urls)
    begun = time.perf_counter()
    process.start()
    assert crawler.stats
    assert crawler.stats.get_value("item_scraped_count") == len(urls)
    return time.perf_counter() - begun


class Nothing:
    """Stands where the workers stand, and does nothing with a page."""

    async def observe(self, _history: History, _document: Document, observation: Observation) -> None:
        assert observation.body


def _understand(body: bytes) -> str:
    return extract(body, Page("text/html")).state.value


def measured(bodies: list[bytes], hosts: int, folder: Path) -> dict[str, float]:
    """Pages a second."""
    context = multiprocessing.get_context("spawn")
    port = context.Value("i", 0)
    serving = context.Process(target=_server, args=(bodies, port), daemon=True)
    serving.start()
    while not port.value:
        time.sleep(0.05)
    names = [f"h{n}.{DOMAIN}" for n in range(hosts)]
    documents = [
        Document(vendor=f"h{n}", kind="privacy", url=f"http://{name}:{port.value}/") for n, name in enumerate(names)
    ]
    settings = Settings(delay=0.01, allow_networks=(f"{ADDRESS}/32",), resolve=dict.fromkeys(names, ADDRESS))
    rates: dict[str, float] = {}

    async def main(process: AsyncCrawlerProcess, _stop: asyncio.Event) -> None:
        now = datetime.now(UTC)
        with History(folder / "history.db") as history:
            history.register(documents, now)
            async with Workers() as workers:
                robots: dict[str, Any] = {}
                rounds: list[tuple[str, Any]] = [
                    ("", Nothing()),
                    ("fetch only", Nothing()),
                    ("first sight", workers),
                    ("steady state", workers),
                ]
                for label, understanding in rounds:
                    now += timedelta(hours=1)
                    at, left = now, {document.name for document in documents}

                    def clock(at: datetime = at, begun: float = time.monotonic()) -> datetime:
                        return at + timedelta(seconds=time.monotonic() - begun)

                    def take(owner: str, clock: Any = clock, left: set[str] = left) -> Document | None:
                        found = history.claim(clock(), owner=owner, limit=1, names=left, due=False)
                        left.difference_update(document.name for document in found)
                        return found[0] if found else None

                    begun = time.perf_counter()
                    work = Work(history=history, workers=understanding, clock=clock, robots=robots)
                    await crawl(process, settings, work, Claims(history, clock, settings.delay, take))
                    if label:
                        rates[label] = hosts / (time.perf_counter() - begun)

    run(main)
    # a reactor does not start twice, and ours knows none but guarded addresses: in a process of its own
    with ProcessPoolExecutor(1, context) as alone:
        rates["inline"] = (
            hosts / alone.submit(_inline, [f"http://{ADDRESS}:{port.value}/?{n}" for n in range(hosts)]).result()
        )
    serving.terminate()
    with ProcessPoolExecutor(LANES, context) as pool:
        list(pool.map(_understand, bodies[:2]))  # warm
        begun = time.perf_counter()
        list(pool.map(_understand, [bodies[n % len(bodies)] for n in range(hosts)]))
        rates["understanding"] = hosts / (time.perf_counter() - begun)
    return rates


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    bodies = material.pages(91)
    with tempfile.TemporaryDirectory() as folder:
        rates = measured(bodies, options.hosts, Path(folder))
    figures = {
        **{f"{label}, pages/s": round(rate, 1) for label, rate in rates.items()},
        "steady state / inline": round(rates["steady state"] / rates["inline"], 2),
        "first sight / understanding": round(rates["first sight"] / rates["understanding"], 2),
        "mean page, bytes": sum(map(len, bodies)) // len(bodies),
    }
    if options.json:
        print(json.dumps(figures))
    else:
        for key, value in figures.items():
            print(f"{key:30} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
