"""Run as a program: fetches the documents of a scenario (JSON on stdin) for real, without a history, and prints what was observed."""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import SimpleNamespace

from crawler.claims import Claims
from crawler.crawling import crawl
from crawler.running import run
from crawler.work import Work, utc_now
from tracker.model import Document
from tracker.registry import Settings


@dataclass
class Memory:
    """What a crawl asks of the history, in memory."""

    known: dict
    paused: dict = field(default_factory=dict)

    def validators(self, name, url):
        found = self.known.get(f"{name} {url}")
        return SimpleNamespace(**{"etag": None, "last_modified": None, **found}) if found else None

    def pause_host(self, host, until):
        self.paused[host] = until.isoformat()

    def renew(self, owner, now):
        pass

    def release(self, owner, now, delay):
        pass


class Collector:
    """Takes the place of the worker processes: keeps the looks as they come."""

    def __init__(self):
        self.looks = []

    async def observe(self, history, document, observation):
        self.looks.append((document.name, observation))


def as_json(observation):
    values = asdict(observation)
    values["at"] = observation.at.isoformat()
    values["body"] = None if observation.body is None else observation.body.decode("latin-1")
    return values


def listening():
    """The TCP ports that this process listens on, as Linux tells it."""
    links = [str(fd.readlink()) for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()]
    own = {link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:")}
    rows = [row.split() for name in ("tcp", "tcp6") for row in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return [int(row[1].rsplit(":")[-1], 16) for row in rows if row[3] == "0A" and row[9] in own]


def main():
    scenario = json.load(sys.stdin)
    documents = [Document(**{"vendor": "Acme", "kind": "privacy", **document}) for document in scenario["documents"]]
    memory, collector = Memory(scenario.get("validators", {})), Collector()
    work = Work(history=memory, workers=collector)
    settings = Settings(**scenario["settings"])
    ports = []

    async def whole(process, stop):
        async def watch():
            while True:
                ports.extend(listening())
                await asyncio.sleep(0.1)

        watching = asyncio.create_task(watch()) if scenario.get("watch_ports") else None
        left = iter(documents)
        await crawl(process, settings, work, Claims(memory, utc_now, settings.delay, lambda owner: next(left, None)))
        if watching:
            watching.cancel()

    run(whole)
    looks = [(name, as_json(observation)) for name, observation in collector.looks]
    json.dump({"looks": looks, "paused": memory.paused, "listening": ports}, sys.stdout)


if __name__ == "__main__":
    main()
