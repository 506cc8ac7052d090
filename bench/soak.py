"""Runs the real daemon against a loopback site of many hosts that misbehave, and kills it again and again.

    python -m bench.soak [--hosts N] [--minutes M] [--crawls N] [--writing SECONDS] [--json]

Every host serves a policy whose text changes now and then; every fourth answer is a fault (reset, hang, 5xx, 429 with Retry-After, a drip,
a challenge page, a body cut off, the text of before). Daemon and recrawl commands are killed with SIGKILL at random, and started again.
Towards the end everybody behaves, so that what was missed can be caught up. Then the record is compared with what the server knows:

  lost changes       hosts whose last text is not the one in force, or not told
  events told twice  events with the same document, type and pair of texts
  fetched at once    requests that came to a host while it was still busy with the one before
  too quick          requests that came to a host sooner after the one before than its delay allows
  locked             errors of a locked database in any log
  writers            what went wrong where a daemon, a recrawl and an import write one history at once for a minute
  memory             growth of a daemon that is not killed, over so many crawls after a warm-up
  database           what `clausewatch verify` says

Exit code 1 where one of them is not as it should be.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench import writers
from tracker.history import History

ADDRESS, DELAY, TIMEOUT = "127.0.0.1", 0.5, 2.0
TOLERANCE = 0.05
"""Seconds that a request may seem early. The delay begins with an answer, which the server has noted by then; but what is given up before
its answer, it may note late."""
NOTICED = 0.1
"""Seconds until the server knows that a request was given up: where it is asked again at once, the two seem to overlap."""
QUIET = 100.0
"""Seconds at the end in which nobody misbehaves and nobody is killed: a lease of a killed crawl has to run out, and every document must
come round once."""
FAULTS = ("reset", "hang", "500", "503", "429", "drip", "challenge", "cut", "before")
GROWTH = 10.0
"""Megabytes that a daemon may grow in the second part."""

PAGE = """<!doctype html><html lang="en"><head><title>Privacy policy</title></head><body><nav><a href="/">Home</a></nav><main>
<h1>Privacy policy of {host}</h1><p>This policy explains which personal data we collect, why we process it, and which rights you have.</p>
<h2>1. Data we collect</h2><p>We collect your name, your e-mail address and the identifiers of the devices that you connect.</p>
<h2>2. How we use it</h2><p>We use personal data to provide the service, to answer your questions and to keep our devices secure.</p>
<h2>3. How long we keep it</h2><p>We keep the data of your account for {months} months after you close it, and then we delete it.</p>
<h2>4. Your rights</h2><p>You may ask for access to your personal data, for its correction or its deletion. Write to privacy@{host}.</p>
</main><footer>{noise}</footer></body></html>"""
CHALLENGE = (
    b"<html><title>Just a moment...</title><body><h1>Checking your browser before accessing the site</h1></body></html>"
)


@dataclass
class Host:
    """What the server knows of one of its hosts."""

    name: str
    months: int = 1
    starts: list[float] = field(default_factory=list)
    spans: list[tuple[float, float]] = field(default_factory=list)
    """When each request came and when it was over."""


class Site(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, count: int, seed: int) -> None:
        super().__init__((ADDRESS, 0), _Handler)
        self.hosts = {name: Host(name) for name in (f"h{n:03}.test" for n in range(count))}
        self.chance = random.Random(seed)
        self.behaving = False
        self.faults: Counter[str] = Counter()
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that are killed cut us off: that is what this is about."""

    def url(self, name: str) -> str:
        return f"http://{name}:{self.server_address[1]}/privacy"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the standard library
        pass

    def do_GET(self) -> None:
        host = self.server.hosts[self.headers.get("Host", "").split(":")[0]]
        with self.server.lock:
            start = time.monotonic()
            host.starts.append(start)
            chance = self.server.chance
            fault = chance.choice(FAULTS) if not self.server.behaving and chance.random() < 0.25 else ""
            self.server.faults[fault or "none"] += 1
        try:
            self._answer(host, fault)
        finally:
            with self.server.lock:
                host.spans.append((start, time.monotonic()))

    def _answer(self, host: Host, fault: str) -> None:
        months = host.months - (fault == "before" and host.months > 1)
        noise = f"{time.monotonic():.6f}"
        body = PAGE.format(host=host.name, months=months, noise=f"Session {noise}").encode()
        if self.path == "/robots.txt":
            self._send(404, b"none")
        elif fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif fault == "hang":
            select.select([self.connection], [], [], TIMEOUT * 2)  # until the other side has enough of it
        elif fault == "500":
            self._send(500, b"error")
        elif fault in ("503", "429"):
            self._send(int(fault), b"later", retry_after="2")
        elif fault == "challenge":
            self._send(200, CHALLENGE)
        elif fault == "cut":
            self._send(200, body[: len(body) // 2], length=len(body))
        elif fault == "drip":
            self._send(200, body, pause=0.2)
        else:
            self._send(200, body)

    def _send(
        self, status: int, body: bytes, *, retry_after: str = "", length: int | None = None, pause: float = 0.0
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        for part in (body[at : at + 600] for at in range(0, len(body), 600)):
            self.wfile.write(part)
            time.sleep(pause)
        self.close_connection = length is not None


class Place:
    """A registry, a history and their command. What was started ends with it."""

    def __init__(self, folder: Path, site: Site, names: list[str]) -> None:
        self.started: list[subprocess.Popen[bytes]] = []
        self.folder, self.history = folder, folder / "history.db"
        settings = {"delay": DELAY, "timeout": TIMEOUT, "schedule": "1 minute", "allow_networks": [f"{ADDRESS}/32"]}
        lines = ["[settings]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items())]
        lines += ["[settings.resolve]", *(f'"{name}" = "{ADDRESS}"' for name in names)]
        for name in names:
            lines += [f"[vendors.{key(name)}]", f'home = "http://{name}/"', f"[[vendors.{key(name)}.documents]]"]
            lines += ['kind = "privacy"', f'url = "{site.url(name)}"']
        (folder / "vendors.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "crawler", "--registry", str(self.folder / "vendors.toml"), *words],
                stdout=log, stderr=log, start_new_session=True, env={**os.environ, "NO_COLOR": "1"},
            )  # fmt: skip
        self.started.append(process)
        return process

    def close(self) -> None:
        for process in self.started:
            if process.poll() is None:
                kill(process)

    def logs(self) -> str:
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in self.folder.glob("*.log"))


def key(name: str) -> str:
    return name.split(".")[0]


def kill(process: subprocess.Popen[bytes]) -> None:
    """The process and its workers, as an out-of-memory killer would: without a word."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def every(seconds: Callable[[], float], act: Callable[[], None]) -> Iterator[None]:
    """Do something again and again beside the rest, after as many seconds each time."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(seconds()):
            act()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield
    ended.set()
    thread.join()


def disturb(place: Place, site: Site, minutes: float, seed: int) -> dict[str, int]:
    """The first part: changes, faults and kills. How often which."""
    chance, done = random.Random(seed), Counter[str]()
    names = list(site.hosts)

    def change() -> None:
        for name in chance.sample(names, max(1, len(names) // 20)):
            site.hosts[name].months += 1
            done["texts changed"] += 1

    def recrawl() -> None:
        asking = place.start("recrawl", *(f"{key(name)}/privacy" for name in chance.sample(names, 3)))
        try:
            asking.wait(chance.uniform(0.5, 15.0))
        except subprocess.TimeoutExpired:
            kill(asking)
            done["recrawls killed"] += 1
        else:
            done["recrawls ended"] += 1

    daemon = place.start("daemon")
    until = time.monotonic() + minutes * 60
    with every(lambda: 5.0, change), every(lambda: chance.uniform(1.0, 4.0), recrawl):
        while time.monotonic() < until:
            time.sleep(chance.uniform(8.0, 25.0))
            kill(daemon)
            done["daemons killed"] += 1
            progress(f"{done['daemons killed']} daemons killed, {done['texts changed']} texts changed")
            daemon = place.start("daemon")
    site.behaving = True
    progress(f"everybody behaves for {QUIET:.0f} seconds and more")
    time.sleep(QUIET)
    if late := lost(place, site):  # whoever failed many times in a row is put off for longer than anybody waits here
        progress(f"{len(late)} hosts are put off after failures: asked for")
        place.start("recrawl", *(f"{key(name)}/privacy" for name in late)).wait()
        done["put off after failures"] = len(late)
    daemon.send_signal(signal.SIGTERM)
    done["exit code of the last daemon"] = daemon.wait(timeout=60)
    return dict(done)


def lost(place: Place, site: Site) -> list[str]:
    """Hosts whose last text is not in force, or whose subscribers were not told of it. A text that is back is told when it has settled."""
    missing = []
    with History(place.history, read_only=True) as history:
        rows = dict(
            history.db.execute(
                """SELECT d.name, d.version FROM documents d WHERE d.version = d.told OR 'returned' =
                     (SELECT o.outcome FROM observations o WHERE o.document = d.id AND o.version = d.version
                      AND o.outcome IN ('first', 'changed', 'returned') ORDER BY o.id DESC LIMIT 1)"""
            ).fetchall()
        )
        for host in site.hosts.values():
            version = rows.get(f"{key(host.name)}/privacy")
            if version is None or f" {host.months} months " not in history.policy(version).markdown:
                missing.append(host.name)
    return missing


def told_twice(place: Place) -> int:
    with History(place.history, read_only=True) as history:
        told: dict[tuple[str, ...], int] = defaultdict(int)
        for event in history.events(limit=10**9):
            if event.type == "changed":
                texts: Any = event.payload["texts"]
                told[event.document, texts["old"]["sha256"], texts["new"]["sha256"]] += 1
    return sum(count - 1 for count in told.values())


def too_quick(site: Site) -> int:
    """Requests sooner after the one before than the delay allows. robots.txt and the page have the delay between them, too."""
    gaps = (b - a for host in site.hosts.values() for a, b in itertools.pairwise(host.starts))
    return sum(gap < DELAY - TOLERANCE for gap in gaps)


def at_once(site: Site) -> int:
    """Requests that overlap for longer than it takes the server to notice that the other side has given one up."""
    spans = (itertools.pairwise(sorted(host.spans)) for host in site.hosts.values())
    return sum(end - start > NOTICED for pairs in spans for (_, end), (start, _) in pairs)


def memory(place: Place, site: Site, crawls: int) -> dict[str, float]:
    """The second part: how much the daemon has after a warm-up, and after so many crawls more. Megabytes, without its workers."""
    names = list(site.hosts)[:10]
    daemon = place.start("daemon")
    samples = []
    try:
        for number in range(crawls + 40):
            for name in names[:2]:
                site.hosts[name].months += number % 10 == 0
            asked = place.start(
                "recrawl", *(f"{key(name)}/privacy" for name in names[number % 5 * 2 : number % 5 * 2 + 2])
            )
            asked.wait(timeout=120)
            if number >= 40:
                pages = int(Path(f"/proc/{daemon.pid}/statm").read_text(encoding="ascii").split()[1])
                samples.append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
            if number % 50 == 0:
                progress(f"{number} crawls")
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(timeout=60)
    tenth = max(len(samples) // 10, 1)
    before, after = sum(samples[:tenth]) / tenth, sum(samples[-tenth:]) / tenth
    return {"before": round(before, 1), "after": round(after, 1), "growth": round(after - before, 1)}


def progress(said: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {said}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--crawls", type=int, default=200)
    parser.add_argument(
        "--writing", type=float, default=60.0, help="seconds for which three processes write at once (60)"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    site = Site(options.hosts, options.seed)
    with tempfile.TemporaryDirectory() as folder, closing(Place(Path(folder), site, list(site.hosts))) as place:
        done = disturb(place, site, options.minutes, options.seed)
        missing = lost(place, site)
        asked = sum(len(host.starts) for host in site.hosts.values())
        quick, together = too_quick(site), at_once(site)
        grown = memory(place, site, options.crawls) if options.crawls else {"growth": 0.0}
        verified = subprocess.run(
            [sys.executable, "-m", "crawler", "--registry", f"{folder}/vendors.toml", "verify", "--json"],
            capture_output=True, check=False,
        )  # fmt: skip
        progress(f"three processes write one history for {options.writing:.0f} seconds")
        written = writers.at_once(Path(folder) / "written.db", options.writing)
        logs = place.logs()
        report = {
            "hosts": options.hosts,
            **done,
            "requests": asked,
            "faults": dict(site.faults),
            "lost changes": len(missing),
            "events told twice": told_twice(place),
            "fetched at once": together,
            "too quick": quick,
            "locked": logs.count(" is locked"),
            "tracebacks": logs.count("Traceback"),
            "writers": {who: {"looks": looks, "errors": errors} for who, (looks, errors) in written.items()},
            "memory": grown,
            "database": json.loads(verified.stdout or b"{}"),
        }
    good = (
        not missing
        and not report["events told twice"]
        and not together
        and not quick
        and not report["locked"]
        and not report["tracebacks"]
        and not any(errors for _, errors in written.values())
        and grown["growth"] < GROWTH
        and verified.returncode == 0
    )
    print(json.dumps(report, indent=2))
    print("as it should be" if good else "NOT as it should be", file=sys.stderr)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
