"""Replays real pages from a server on loopback, snapshot after snapshot, through the whole pipeline.

    python -m bench.replay [--series N] [--looks N] [--json]

The seeds, and the snapshot series of the corpus, are each a document of a made-up host; every page is fetched by the spider on the day
on which it was really seen (the clock moves), understood in the worker processes and recorded in a history of its own. Prints what the
looks came to and how long it took. Finds the corpus beside the checkout or through CLAUSEWATCH_SHARED.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import json
import logging
import lzma
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess

from bench.material import SHARED
from crawler.claims import Claims
from crawler.crawling import crawl
from crawler.running import run
from crawler.work import Work
from crawler.workers import Workers
from tracker import Document, History, Observation, Outcome
from tracker.model import slug
from tracker.registry import Settings

ADDRESS = "127.0.0.1"


@dataclass(frozen=True)
class Shot:
    """A page as it was on a day."""

    at: datetime
    host: str
    body: bytes
    content_type: str


class Replay(ThreadingHTTPServer):
    """Serves for each host the page that stands in `pages`, with an ETag."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((ADDRESS, 0), _Handler)
        self.pages: dict[str, Shot] = {}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Replay

    def do_GET(self) -> None:
        shot = self.server.pages.get(self.headers.get("Host", "").split(":")[0])
        if shot is None or self.path != "/policy":
            self._answer(404, b"", "text/plain")
            return
        etag = f'"{sha256(shot.body).hexdigest()[:16]}"'
        unchanged = self.headers.get("If-None-Match") == etag
        self._answer(304 if unchanged else 200, b"" if unchanged else shot.body, shot.content_type, etag)

    def _answer(self, status: int, body: bytes, content_type: str, etag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        if etag:
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def seeds() -> list[Shot]:
    """The four vendors' texts that the product was created from; the two renderings of one policy follow each other."""
    rows = [json.loads(line) for line in (SHARED / "seeds/seeds.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Shot(
            datetime(2024, 3, 1 + n, tzinfo=UTC),
            f"{slug(row['vendor'])}.seed.test",
            (SHARED / "seeds" / row["file"]).read_bytes(),
            "text/plain; charset=utf-8",
        )
        for n, row in enumerate(rows)
    ]


def series(documents: int | None, looks: int | None) -> list[Shot]:
    """The series of the corpus, each a document."""
    shots = []
    for number, line in enumerate(
        (SHARED / "corpus/series.jsonl").read_text(encoding="utf-8").splitlines()[:documents]
    ):
        row = json.loads(line)
        host = f"{slug(row['service'])}-{number}.series.test"
        with lzma.open(SHARED / "corpus" / row["file"], "rt", encoding="utf-8") as lines:
            for snapshot in [json.loads(each) for each in lines][:looks]:
                at = datetime.fromisoformat(snapshot["fetch_date"])
                body = snapshot["html"].encode("utf-8", "surrogatepass")
                shots.append(Shot(at, host, body, "text/html; charset=utf-8"))
    return shots


def waves(shots: list[Shot]) -> Iterator[dict[str, Shot]]:
    """The shots in order of time, those of a day together, and no host twice in one wave."""
    for _, day in groupby(sorted(shots, key=lambda shot: shot.at), key=lambda shot: shot.at.date()):
        left = list(day)
        while left:
            wave: dict[str, Shot] = {}
            left = [shot for shot in left if wave.setdefault(shot.host, shot) is not shot]
            yield wave


def replay(shots: list[Shot], path: Path) -> dict[str, object]:
    """Track the shots in order of time, into the history at `path`; the figures."""
    server = Replay()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    hosts = sorted({shot.host for shot in shots})
    documents = [
        Document(vendor=host.split(".")[0], kind="policy", url=f"http://{host}:{server.server_address[1]}/policy")
        for host in hosts
    ]
    settings = Settings(delay=0.01, allow_networks=(f"{ADDRESS}/32",), resolve=dict.fromkeys(hosts, ADDRESS))
    started = time.perf_counter()
    outcomes: collections.Counter[str] = collections.Counter()

    def count(_document: Document, _seen: Observation, outcome: Outcome | None) -> None:
        outcomes[outcome.kind if outcome else "lost"] += 1

    async def main(process: AsyncCrawlerProcess, stop: asyncio.Event) -> None:
        with History(path) as history:
            now = min(shot.at for shot in shots)
            history.register(documents, now)
            async with Workers() as workers:
                for wave in waves(shots):
                    if stop.is_set():
                        return
                    server.pages.update(wave)
                    left = {d.name for d in documents if d.host in wave}
                    now = max(now + timedelta(seconds=5), *(shot.at for shot in wave.values()))  # never back

                    def clock(now: datetime = now) -> datetime:
                        return now

                    def take(owners: Sequence[str], now: datetime = now, left: set[str] = left) -> list[Document]:
                        claimed = history.claim_apart(now, owners=owners, names=left, due=False)
                        left.difference_update(document.name for document in claimed)
                        return claimed

                    work = Work(history=history, workers=workers, clock=clock, on_outcome=count)
                    await crawl(process, settings, work, Claims(history, clock, settings.delay, take))

    run(main)
    server.shutdown()
    spent = time.perf_counter() - started
    with History(path, read_only=True) as history:
        rows = history.documents()
        return {
            "documents": len(rows),
            "pages": len(shots),
            "looks": sum(outcomes.values()),
            "outcomes": dict(outcomes.most_common()),
            "versions": sum(row.versions for row in rows),
            "events": dict(collections.Counter(event.type for event in history.events(limit=100_000)).most_common()),
            "integrity": history.db.execute("PRAGMA integrity_check").fetchone()[0],
            "stated": {row.vendor: row.effective or row.updated for row in rows if row.name.endswith("/policy")},
            "changes": [
                {"document": c.document, "kind": c.change.kind, "level": c.change.level, "summary": c.change.summary}
                for c in history.changes(limit=100_000)
            ],
            "seconds": round(spent, 1),
            "looks_per_second": round(sum(outcomes.values()) / spent, 1),
            "history_bytes": path.stat().st_size,
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, help="how many series of the corpus; all without it, none with 0")
    parser.add_argument("--looks", type=int, help="how many looks of each")
    parser.add_argument("--history", type=Path, help="keep the history here")
    parser.add_argument("--json", action="store_true", help="all figures, for machines")
    options = parser.parse_args()
    if not (SHARED / "corpus").is_dir():
        print(f"no corpus at {SHARED}; set CLAUSEWATCH_SHARED", file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        figures = replay(
            seeds() + series(options.series, options.looks), options.history or Path(folder) / "history.db"
        )
    if options.json:
        print(json.dumps(figures))
        return 0
    for key, value in figures.items():
        if key not in ("changes", "stated"):
            print(f"{key:18} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
