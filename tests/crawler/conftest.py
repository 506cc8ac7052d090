"""A programmable site on loopback, under as many made-up host names as a test needs, and a crawl of it in a process of its own."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

LONG = 120.0
"""Seconds that a busy machine may take for anything; nothing is expected to take them."""

POLICY = b"<html><body><main><h1>Privacy policy</h1><p>We keep your name for one year.</p></main></body></html>"


@dataclass
class Asked:
    """One request as the server saw it."""

    host: str
    path: str
    headers: dict
    start: float
    end: float = 0.0


@dataclass
class Reply:
    """What a page answers. `wait` seconds pass first, or until `held` is set; `etag` makes conditional requests work."""

    body: bytes = POLICY
    status: int = 200
    headers: dict = field(default_factory=dict)
    wait: float = 0.0
    etag: str | None = None
    held: threading.Event | None = None

    def __call__(self, handler):
        time.sleep(self.wait)
        if self.held is not None:
            self.held.wait(LONG)
        headers = {"Content-Type": "text/html; charset=utf-8", **self.headers}
        status, body = self.status, self.body
        if self.etag:
            headers["ETag"] = self.etag
            if handler.headers.get("If-None-Match") == self.etag:
                status, body = 304, b""
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        if status != 304 and "Content-Length" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


class Site:
    """Answers by (host, path). What is not there is a 404, so no host has a robots.txt unless it is given one."""

    def __init__(self, address="127.0.0.1", port=0, tls=None):
        self.pages = {}
        self.asked = []
        self.peak = Counter()
        self._now = Counter()
        self._lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site._answer(self)

            def log_message(self, *args):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128
            address_family = socket.AF_INET6 if ":" in address else socket.AF_INET

            def handle_error(self, request, client_address):  # clients that cut us off are what the tests are about
                pass

        self.server = Server((address, port), Handler)
        if tls is not None:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def _answer(self, handler):
        host = handler.headers.get("Host", "").split(":")[0]
        path = handler.path
        asked = Asked(host, path, {k.lower(): v for k, v in handler.headers.items()}, time.monotonic())
        with self._lock:
            self.asked.append(asked)
            self._now[host] += 1
            self.peak[host] = max(self.peak[host], self._now[host])
        try:
            page = self.pages.get((host, path)) or Reply(b"nothing here", 404)
            page(handler)
        finally:
            asked.end = time.monotonic()
            with self._lock:
                self._now[host] -= 1

    def url(self, host, path="/privacy"):
        return f"http://{host}:{self.port}{path}"

    def put(self, host, path="/privacy", page=None, robots=None):
        """Publish a page, and a robots.txt for its host; the page's URL."""
        self.pages[host, path] = page or Reply()
        if robots is not None:
            self.pages[host, "/robots.txt"] = robots
        return self.url(host, path)

    def requests(self, host, path=None):
        return [asked for asked in self.asked if asked.host == host and path in (None, asked.path)]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def drip(handler):
    """A few bytes now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"<p>drip")
        handler.wfile.flush()
        time.sleep(0.2)


def reset(handler):
    """The connection ends in an RST."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    handler.close_connection = True
    handler.connection.close()


def truncated(handler):
    """Fewer bytes than announced."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<p>the beginning")
    handler.close_connection = True


def garbage(handler):
    """No HTTP at all."""
    handler.wfile.write(b"\x00\x01 hello\r\n\r\n")
    handler.close_connection = True


def endless(handler):
    """A body without a length that does not end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(400):
        handler.wfile.write(b"x" * 65536)
    handler.close_connection = True


def headers(handler):
    """Headers that do not end."""
    handler.send_response(200)
    handler.end_headers = lambda: None
    handler.flush_headers()
    for number in range(20_000):
        handler.wfile.write(b"X-%d: %s\r\n" % (number, b"x" * 500))
    handler.close_connection = True


@dataclass
class Fetched:
    looks: list
    paused: dict
    listening: list
    sent: list
    answered: list
    stderr: str

    def of(self, name):
        found = [observation for each, observation in self.looks if each == name]
        assert len(found) == 1, f"{len(found)} observations of {name}"
        return found[0]

    def pauses(self, host):
        """Seconds between the end of each request to a host and the moment in which the next one leaves, as the crawler has them."""
        begun = sorted(at for each, _, at in self.sent if each == host)
        ended = sorted(at for url, at in self.answered if urlsplit(url).hostname == host)
        assert len(begun) == len(ended)
        return [later - earlier for earlier, later in zip(ended, begun[1:], strict=False)]


def fetch(documents, *, hosts=(), validators=None, environment=None, connecting=0.0, history="", only=(), **settings):
    """Crawl `documents` (dicts: name, url, …), or `only` those named, and return what was observed. All `hosts` are on loopback; it takes
    `connecting` seconds to connect to one. Crawls may share a history."""
    scenario = {
        "documents": documents,
        "only": only,
        "history": str(history),
        "validators": validators or {},
        "watch_ports": True,
        "connecting": connecting,
        "settings": {
            "allow_networks": ["127.0.0.1/32"],
            "resolve": {"127.0.0.1": "127.0.0.1", **dict.fromkeys(hosts, "127.0.0.1")},
            "contact": "mailto:crawler@acme.test",
            "delay": 0.05,
            "timeout": 5.0,
            **settings,
        },
    }
    done = subprocess.run(
        [sys.executable, str(HERE / "fetch_runner.py")],
        input=json.dumps(scenario), capture_output=True, text=True, timeout=LONG, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Fetched(**json.loads(done.stdout), stderr=done.stderr)


@pytest.fixture(scope="module")
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="session")
def self_signed(tmp_path_factory):
    """A server-side TLS context whose certificate nobody vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "self.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("self.test")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "self.pem"
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path.write_bytes(
        key.private_bytes(encoding, form, serialization.NoEncryption()) + certificate.public_bytes(encoding)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@pytest.fixture(scope="session")
def pages():
    """The kinds of answers a page can give: pages.Reply(…), pages.drip, pages.reset…"""
    return SimpleNamespace(
        Reply=Reply, Site=Site, POLICY=POLICY,
        drip=drip, reset=reset, truncated=truncated, garbage=garbage, endless=endless,
        headers=headers,
    )  # fmt: skip


@pytest.fixture(scope="session", name="fetch")
def fetch_fixture():
    """fetch(documents, hosts=…, **settings): a crawl of the given documents, without a history."""
    return fetch


# --- the whole command -------------------------------------------------------------------------------------------------------

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


def policy(*sentences, date="1 March 2024"):
    """A page that is a policy beyond doubt, with some sentences of one's own."""
    own = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"""<!doctype html><html lang="en"><head><title>Privacy policy</title></head><body><main>
        <h1>Privacy policy</h1><p>Last updated: {date}</p>
        <p>This privacy policy explains which personal data we collect when you use our devices and our app, why we
        process it, with whom we share it, and which rights you have.</p>
        <h2>1. Data we collect</h2><p>We collect your name, your e-mail address and the identifiers of your devices when you
        create an account. Our servers record the address from which you connect.</p>
        <h2>2. How we use your data</h2><p>We use personal data to provide the service, to answer your questions and to
        keep our devices secure.</p>{own}
        <h2>3. Sharing</h2><p>We share personal data with service providers who act on our behalf, and with authorities where
        the law requires it.</p>
        <h2>4. Your rights</h2><p>You may ask for access to your personal data, for its correction or its deletion, and you
        may object to its processing. Write to privacy@acme.test.</p>
        <h2>5. Contact</h2><p>Acme Home Ltd., 1 Example Street, Exampleton.</p>
        </main></body></html>""".encode()


class Watching:
    """A registry and a history in a folder, and the `clausewatch` command upon them."""

    def __init__(self, folder):
        self.folder = folder
        self.registry = folder / "vendors.toml"
        self.database = folder / "history.db"

    def watch(self, urls, **settings):
        """Write the registry: document names ("acme/privacy") and their URLs (None: only the vendor is known)."""
        hosts = {url.split("/")[2].split(":")[0] for url in urls.values() if url}
        settings = {"delay": 0.05, "timeout": 5.0, "allow_networks": ["127.0.0.1/32"], **settings}
        lines = ["[settings]", *(f"{key} = {json.dumps(value)}" for key, value in settings.items())]
        lines += ["[settings.resolve]", *(f'"{host}" = "127.0.0.1"' for host in sorted(hosts))]
        for vendor in dict.fromkeys(name.split("/")[0] for name in urls):
            lines += [f"[vendors.{vendor}]", f'home = "http://{vendor}.test/"']
            for name, url in urls.items():
                if name.startswith(f"{vendor}/"):
                    address = [f'url = "{url}"'] if url else []
                    lines += [f"[[vendors.{vendor}.documents]]", f'kind = "{name.split("/")[1]}"', 'language = "en"']
                    lines += [f'id = "{name.split("/")[1]}"', *address]
        self.registry.write_text("\n".join(lines) + "\n")

    def start(self, *arguments, **options):
        return subprocess.Popen(
            [sys.executable, "-m", "crawler", "--registry", str(self.registry), *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=ENVIRONMENT, **options,
        )  # fmt: skip

    def __call__(self, *arguments, timeout=LONG):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=timeout)
        assert "Traceback" not in err, err
        return SimpleNamespace(code=process.returncode, out=out, err=err)

    def json(self, *arguments):
        done = self(*arguments, "--json")
        return SimpleNamespace(code=done.code, **json.loads(done.out))

    def history(self):
        from tracker.history import History

        return History(self.database)

    def looks(self, name):
        with self.history() as history:
            return history.observations(name)


@pytest.fixture
def watching(tmp_path):
    return Watching(tmp_path)


@pytest.fixture(scope="module")
def watching_long(tmp_path_factory):
    """The same for all tests of a module."""
    return Watching(tmp_path_factory.mktemp("watching"))


@pytest.fixture(scope="session", name="policy")
def policy_fixture():
    return policy


def wait_until(condition, seconds=LONG):
    """Wait for something to become true."""
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until, "it did not become true in time"
        time.sleep(0.05)
    return found


@pytest.fixture(scope="session", name="wait_until")
def wait_until_fixture():
    return wait_until


@contextmanager
def daemon_of(watching):
    """A daemon that beats; ended with the block, where it has not ended by then."""
    daemon = watching.start("daemon")

    def beats():
        assert daemon.poll() is None, daemon.stderr.read()
        if not watching.database.exists():
            return False
        with watching.history() as history:
            return history.alive(datetime.now(UTC))

    try:
        wait_until(beats)
        yield daemon
    finally:
        if daemon.poll() is None:
            daemon.kill()
            daemon.communicate()


@pytest.fixture(scope="session", name="daemon_of")
def daemon_of_fixture():
    return daemon_of
