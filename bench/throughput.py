"""How many pages a second come through the whole pipeline, beside what a plain spider with trafilatura does, in one run.

    python -m bench.throughput [--hosts N] [--json]

Every page stands on a host of its own, on loopback. Measured, one after the other in one process (with its two worker processes):

  fetch only    our spider with every guard on, and nothing done with the pages
  first sight   fetched, extracted, recorded for the first time
  steady state  every page comes with other bytes and the same wording: the median of five rounds
  inline        a plain Scrapy spider without any guard that calls trafilatura on each page as it comes
  understanding the pages extracted in two processes, and nothing else

A run before the first one learns robots.txt, as a daemon would have, and the workers have read a page before the clock runs, as have those
of "understanding". What else the machine does slows all of them, but not evenly: so the processor's time is told too, in milliseconds
a page: of the process that fetches, of its workers, and of the server, which shares the cores with them. It needs Linux's /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
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
STEADY = 5
"""Rounds in steady state, of which the median counts: one takes a second or so, in which much else may happen."""


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


@dataclass(frozen=True)
class Spent:
    """Seconds: of the clock, and of the processor in each process."""

    clock: float
    main: float
    workers: float
    server: float

    def since(self, before: Spent) -> Spent:
        return Spent(
            self.clock - before.clock,
            self.main - before.main,
            self.workers - before.workers,
            self.server - before.server,
        )


def spent(server: int | None) -> Spent:
    """What this process, its children and, where it is one of them or not, the server have spent so far."""
    children = [pid for pid, parent in _parents() if parent == os.getpid() and pid != server]
    return Spent(
        time.perf_counter(), time.process_time(), sum(map(_seconds, children)), _seconds(server) if server else 0.0
    )


def _parents() -> Iterator[tuple[int, int]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            yield int(stat.parent.name), int(stat.read_text().rpartition(")")[2].split()[1])


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _inline(urls: list[str], server: int | None) -> Spent:
    process = CrawlerProcess({"CONCURRENT_REQUESTS": 32, "CONCURRENT_REQUESTS_PER_DOMAIN": 32, "LOG_ENABLED": False})
    crawler = process.create_crawler(Inline)
    process.crawl(crawler, urls=urls)
    begun = spent(server)
    process.start()
    assert crawler.stats
    assert crawler.stats.get_value("item_scraped_count") == len(urls)
    return spent(server).since(begun)


class Nothing:
    """Stands where the workers stand, and does nothing with a page."""

    async def observe(self, _history: History, _document: Document, observation: Observation) -> None:
        assert observation.body


def _understand(body: bytes) -> str:
    return extract(body, Page("text/html")).state.value


def measured(bodies: list[bytes], hosts: int, folder: Path) -> dict[str, Spent]:
    """What each of the runs takes."""
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
    rounded: dict[str, list[Spent]] = {}

    async def main(process: AsyncCrawlerProcess, _stop: asyncio.Event) -> None:
        now = datetime.now(UTC)
        with History(folder / "history.db") as history:
            history.register(documents, now)
            async with Workers() as workers:
                await asyncio.gather(*(workers.extract(body, Page("text/html")) for body in bodies[:LANES]))  # warm
                robots: dict[str, Any] = {}
                rounds: list[tuple[str, Any]] = [
                    ("", Nothing()),
                    ("fetch only", Nothing()),
                    ("first sight", workers),
                    *[("steady state", workers)] * STEADY,
                ]
                for label, understanding in rounds:
                    now += timedelta(hours=1)
                    at, left = now, {document.name for document in documents}

                    def clock(at: datetime = at, begun: float = time.monotonic()) -> datetime:
                        return at + timedelta(seconds=time.monotonic() - begun)

                    def take(owners: Sequence[str], clock: Any = clock, left: set[str] = left) -> list[Document]:
                        found = history.claim_apart(clock(), owners=owners, names=left, due=False)
                        left.difference_update(document.name for document in found)
                        return found

                    begun = spent(serving.pid)
                    work = Work(history=history, workers=understanding, clock=clock, robots=robots)
                    await crawl(process, settings, work, Claims(history, clock, settings.delay, take))
                    rounded.setdefault(label, []).append(spent(serving.pid).since(begun))

    run(main)
    taken = {label: sorted(each, key=lambda one: one.clock)[len(each) // 2] for label, each in rounded.items() if label}
    # a reactor does not start twice, and ours knows none but guarded addresses: in a process of its own
    with ProcessPoolExecutor(1, context) as alone:
        urls = [f"http://{ADDRESS}:{port.value}/?{n}" for n in range(hosts)]
        taken["inline"] = alone.submit(_inline, urls, serving.pid).result()
    serving.terminate()
    serving.join()
    with ProcessPoolExecutor(LANES, context) as pool:
        list(pool.map(_understand, bodies[:LANES]))  # warm
        begun = spent(None)
        list(pool.map(_understand, [bodies[n % len(bodies)] for n in range(hosts)]))
        taken["understanding"] = spent(None).since(begun)
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    bodies = material.pages(91)
    with tempfile.TemporaryDirectory() as folder:
        taken = measured(bodies, options.hosts, Path(folder))
    rates = {label: options.hosts / each.clock for label, each in taken.items()}
    figures = {
        "steady state / inline": round(rates["steady state"] / rates["inline"], 2),
        "first sight / understanding": round(rates["first sight"] / rates["understanding"], 2),
        "mean page, bytes": sum(map(len, bodies)) // len(bodies),
    }
    runs = {label: _run(each, options.hosts) for label, each in taken.items()}
    if options.json:
        print(json.dumps({**figures, "runs": runs}))
        return 0
    columns = list(next(iter(runs.values())))
    print(f"{'':15}", *(f"{column:>12}" for column in columns))
    for label, row in runs.items():
        print(f"{label:15}", *(f"{value:12.1f}" for value in row.values()))
    for key, value in figures.items():
        print(f"{key:28} {value}")
    return 0


def _run(taken: Spent, pages: int) -> dict[str, float]:
    shares = {"main": taken.main, "workers": taken.workers, "server": taken.server}
    shares = {"all": sum(shares.values()), **shares}
    return {
        "pages/s": round(pages / taken.clock, 1),
        **{f"{whose}, ms": round(1000 * seconds / pages, 2) for whose, seconds in shares.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
