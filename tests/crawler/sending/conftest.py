"""Real receivers on loopback, a history with something to tell, and a clock that tests set."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from lumora import DOCUMENT, START, page

from crawler.sending.sender import Sender
from tracker import History, Observation, observe
from tracker.registry import Registry, Settings
from tracker.subscription import Subscription

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime.now(UTC).replace(microsecond=0)
"""Receivers of webhooks check the time, so the sender's clock begins at the real one."""


@dataclass
class Got:
    """One request as the receiver saw it."""

    path: str
    headers: dict
    body: bytes

    @property
    def id(self):
        return self.headers["webhook-id"]


class Receiver:
    """Answers with what `answers` holds, one after the other, and then with 204."""

    def __init__(self):
        self.got: list[Got] = []
        self.answers: list = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append(Got(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                answer = receiver.answers.pop(0) if receiver.answers else 204
                if callable(answer):
                    return answer(self)
                status, headers = answer if isinstance(answer, tuple) else (answer, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", "0")
                self.end_headers()
                return None

            do_GET = do_POST  # noqa: N815

            def log_message(self, *args):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self):
        return f"http://hooks.test:{self.port}/in"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@dataclass
class Outbox:
    """A history with subscriptions, and a sender upon it."""

    history: History
    folder: object
    now: datetime = NOW
    subscriptions: tuple = ()
    settings: dict = field(default_factory=dict)

    def subscribe(self, *subscriptions, **settings):
        self.subscriptions = subscriptions
        self.settings = {"allow_networks": ("127.0.0.0/8",), "resolve": {"hooks.test": "127.0.0.1"}} | settings
        self.history.subscribe(subscriptions)

    def look(self, *swaps, document=DOCUMENT, **seen):
        """Look at a page now."""
        given = {"status": 200, "headers": {"content-type": "text/html"}, "body": page(*swaps)} | seen
        outcome = observe(self.history, document, Observation(url=document.url, at=self.now, **given))
        self.pass_time(minutes=1)
        return outcome

    def changes(self, count=1):
        """First sight, and so many changes after it."""
        if not self.history.observations(DOCUMENT.name, 1):
            self.look()
        return [self.look(("12 months", f"{13 + n} months")).events[0] for n in range(count)]

    def pass_time(self, **much):
        self.now += timedelta(**much)

    def sender(self):
        registry = Registry(
            self.folder / "vendors.toml", subscriptions=self.subscriptions, settings=Settings(**self.settings)
        )
        return Sender(self.history.path, registry, clock=lambda: self.now)

    def drain(self):
        sender = self.sender()
        sender.drain(self.history)
        return sender

    def states(self):
        return [(row.state, row.tries) for row in reversed(self.history.deliveries(limit=10**6))]


@pytest.fixture
def outbox(tmp_path):
    with History(tmp_path / "history.db") as history:
        yield Outbox(history, tmp_path, NOW - timedelta(minutes=3))


@pytest.fixture
def hook(receiver, monkeypatch):
    """A webhook subscription to the receiver."""
    monkeypatch.setenv("HOOK_SECRET", SECRET)

    def hook(url=None, **more):
        settings = {"url": url or receiver.url, "secret": "env:HOOK_SECRET"}
        return Subscription(name=more.pop("name", "hook"), channel="webhook", settings=settings, **more)

    return hook


@pytest.fixture
def verified():
    """The body of a request whose signature the specification's own library has checked."""
    from standardwebhooks.webhooks import Webhook

    return lambda got, secret=SECRET: Webhook(secret).verify(got.body, got.headers)


@pytest.fixture(scope="session")
def start():
    return START


@pytest.fixture(scope="session")
def read_lines():
    return lambda path: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
