"""The demo's web: all made-up vendors on one loopback port, told apart by the Host header.

`python -m demo.server --port 8080 --edition 3` serves it alone. In a browser, http://halowick.localhost:8080/policies/privacy shows what
the crawler sees as halowick.example; `curl -X POST http://127.0.0.1:8080/edition/4` goes on to the next edition.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from demo import pages
from demo.editions import EDITIONS, VENDORS, Vendor, served

ADDRESS = "127.0.0.1"
ROBOTS = "User-agent: *\nDisallow: /cart\nDisallow: /account\nDisallow: /search\n"


@dataclass(frozen=True)
class Response:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Web(ThreadingHTTPServer):
    """All sites of the demo. `edition` (counted from 1) is what they serve; setting it is all there is to a new edition."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__((ADDRESS, port), _Handler)
        self.edition = 1
        self._looks: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def chance(self, vendor: Vendor) -> random.Random:
        """Other noise at every look, and in every run the same; none where the server promises to say when a page has changed."""
        if vendor.validators != "none":
            return random.Random(vendor.key)
        with self._lock:
            self._looks[vendor.key] += 1
            return random.Random(f"{vendor.key} {self._looks[vendor.key]}")

    def answer(self, method: str, host: str, path: str, headers: Mapping[str, str]) -> Response:
        """What the site `host` answers; the names of `headers` are lower case."""
        if host in (ADDRESS, "localhost"):
            return self._control(method, path)
        host = host.replace(".localhost", ".example")
        vendor = next((v for v in VENDORS if host in (v.host, v.address[0])), None)
        if vendor is None:
            return Response(404, b"No such site.\n", {"Content-Type": "text/plain"})
        if path == "/robots.txt":
            return Response(200, ROBOTS.encode(), {"Content-Type": "text/plain"})
        if vendor.moved == (host, path):
            return Response(301, headers={"Location": f"http://{vendor.host}:{self.port}{vendor.path}"})
        if path == "/":
            link = (
                f'<!doctype html><title>{vendor.name}</title><h1>{vendor.name}</h1><a href="{vendor.path}">Privacy</a>'
            )
            return Response(200, link.encode(), {"Content-Type": "text/html; charset=utf-8"})
        if path != vendor.path:
            return Response(
                404,
                b"<!doctype html><title>Page not found</title><h1>Page not found</h1>",
                {"Content-Type": "text/html"},
            )
        return self._policy(vendor, headers)

    def _policy(self, vendor: Vendor, headers: Mapping[str, str]) -> Response:
        page, since = served(vendor.key, self.edition)
        body = pages.body(vendor, page, self.chance(vendor))
        kind = "application/pdf" if page.layout == "pdf" else "text/html; charset=utf-8"
        validators: dict[str, str] = {}
        if vendor.validators == "etag":
            validators["ETag"] = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
            fresh = headers.get("if-none-match") == validators["ETag"]
        elif vendor.validators == "last-modified":
            validators["Last-Modified"] = format_datetime(since.at, usegmt=True)
            fresh = headers.get("if-modified-since") == validators["Last-Modified"]
        else:
            fresh = False
        return (
            Response(304, headers=validators)
            if fresh
            else Response(page.status, body, {"Content-Type": kind, **validators})
        )

    def _control(self, method: str, path: str) -> Response:
        """On the bare address: which edition is served, and a way to another."""
        number = path.removeprefix("/edition/")
        if method == "POST" and number.isdecimal() and 1 <= int(number) <= len(EDITIONS):
            self.edition = int(number)
        elif method == "POST":
            return Response(
                404,
                f"POST /edition/1 … /edition/{len(EDITIONS)}\n".encode(),
                {"Content-Type": "text/plain; charset=utf-8"},
            )
        lines = [
            f"{'->' if n == self.edition else '  '} {n}  {e.at:%d %B %Y}  {e.title}" for n, e in enumerate(EDITIONS, 1)
        ]
        return Response(200, "\n".join([*lines, ""]).encode(), {"Content-Type": "text/plain; charset=utf-8"})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "demo"
    sys_version = ""
    wbufsize = -1  # one segment for head and body, or the kernel waits 40 ms for more
    server: Web

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        names = {name.lower(): value for name, value in self.headers.items()}
        response = self.server.answer(self.command, host, self.path.partition("?")[0], names)
        self._send(response)

    do_HEAD = do_POST = do_GET  # noqa: N815

    def _send(self, response: Response) -> None:
        body, headers = response.body, dict(response.headers)
        if "gzip" in self.headers.get("Accept-Encoding", "") and headers.get("Content-Type", "").startswith(
            "text/html"
        ):
            body = gzip.compress(body, mtime=0)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        self.send_response(response.status)
        for name, value in headers.items():
            self.send_header(name, value)
        if response.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet: the story is told by the demo."""


def opened(port: int = 0) -> Web:
    """The demo's web, listening; port 0 takes a free one. A port that cannot be had ends the program with a sentence."""
    try:
        return Web(port)
    except OSError as error:
        raise SystemExit(f"Port {port} of {ADDRESS} cannot be used: {error.strerror}.") from error


@contextmanager
def running(port: int = 0) -> Iterator[Web]:
    """The demo's web on a thread of its own."""
    with opened(port) as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield web
        finally:
            web.shutdown()
            thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve the demo's made-up vendors on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--edition", type=int, default=1, choices=range(1, len(EDITIONS) + 1))
    options = parser.parse_args()
    with opened(options.port) as web:
        web.edition = options.edition
        for vendor in VENDORS:
            print(f"http://{vendor.host.replace('.example', '.localhost')}:{web.port}{vendor.path}")
        try:
            web.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
