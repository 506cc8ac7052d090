"""Run as a program: fetches the documents of a scenario (JSON on stdin) for real, into no history, and prints what was observed."""

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from crawler.claims import LEASE, Claims
from crawler.crawling import crawl
from crawler.running import run
from crawler.work import Work, utc_now
from tracker.history import History
from tracker.model import Document
from tracker.registry import Settings

PATIENCE = 30.0
"""Seconds for documents whose host is not free."""


class Scenario(History):
    """A history whose validators are those of the scenario."""

    def __init__(self, path, known):
        super().__init__(path)
        self.known = known

    def validators(self, name, url):
        found = self.known.get(f"{name} {url}")
        return SimpleNamespace(**{"etag": None, "last_modified": None, **found}) if found else None


class Collector:
    """Takes the place of the worker processes: keeps the looks as they come."""

    def __init__(self):
        self.looks = []

    async def observe(self, history, document, observation):
        self.looks.append((document.name, observation))


def watch_requests(sent, answered):
    """Note when each request leaves, with its host and path, and when it is over, with its URL. Once there is a reactor."""
    from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
    from twisted.web._newclient import HTTP11ClientProtocol

    send, download = HTTP11ClientProtocol.request, HTTP11DownloadHandler.download_request

    def noted_send(self, request):
        host = request.headers.getRawHeaders(b"host")[0].decode().split(":")[0]
        sent.append((host, request.uri.decode(), time.monotonic()))
        return send(self, request)

    async def noted_download(self, request):
        try:
            return await download(self, request)
        finally:
            answered.append((request.url, time.monotonic()))

    HTTP11ClientProtocol.request = noted_send
    HTTP11DownloadHandler.download_request = noted_download


def hold_up_connections(seconds):
    """Each new connection takes so long. Once there is a reactor."""
    from twisted.internet import reactor

    from crawler.guard.addresses import GuardedResolver

    resolve = GuardedResolver.resolveHostName

    def late(self, *arguments, **named):
        reactor.callLater(seconds, resolve, self, *arguments, **named)

    GuardedResolver.resolveHostName = late


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
    path = scenario["history"] or Path(tempfile.mkdtemp()) / "history.db"
    history = Scenario(Path(path), scenario["validators"])
    history.register(documents, utc_now())
    collector, left = Collector(), set(scenario["only"] or (document.name for document in documents))
    work = Work(history=history, workers=collector)
    settings = Settings(**scenario["settings"])
    ports, sent, answered = [], [], []

    def take(owners):
        found = history.claim_apart(utc_now(), owners=owners, names=left, due=False, lease=LEASE)
        left.difference_update(document.name for document in found)
        return found

    async def whole(process, stop):
        watch_requests(sent, answered)
        if scenario["connecting"]:
            hold_up_connections(scenario["connecting"])

        async def watch():
            while True:
                ports.extend(listening())
                await asyncio.sleep(0.1)

        watching = asyncio.create_task(watch()) if scenario.get("watch_ports") else None
        patience = time.monotonic() + PATIENCE
        while left and time.monotonic() < patience:
            claims = Claims(history, utc_now, settings.delay, take, lambda: bool(left))
            if await claims.begin():
                await crawl(process, settings, work, claims)
            else:
                await asyncio.sleep(0.05)
        if watching:
            watching.cancel()

    run(whole)
    looks = [(name, as_json(observation)) for name, observation in collector.looks]
    paused = {host: until.isoformat() for host, until in history.waiting_hosts(utc_now(), timedelta(seconds=5)).items()}
    told = {"looks": looks, "paused": paused, "listening": ports, "sent": sent, "answered": answered}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
