"""Pages that say nothing before their scripts have run, in the system's Chromium."""

from __future__ import annotations

import asyncio
import base64
import threading
from types import SimpleNamespace

import pytest

from crawler.guard.addresses import Rules
from crawler.rendering import available
from crawler.rendering.proxy import Proxy
from tracker.model import State

needs_a_browser = pytest.mark.skipif(available() is None, reason="needs Chromium: make system installs it")

SHELL = b"""<!doctype html><html lang="en"><head><title>Acme</title></head><body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript><script src="/app.js"></script></body></html>"""
APP = b"""fetch("/text").then(r => r.text()).then(t => { document.getElementById("root").innerHTML = t; });"""


@pytest.fixture(scope="module")
def app(site, pages, policy):
    """app(host): a page whose text a script fetches from /text of the host."""

    def app(host, script=APP):
        plain = {"Content-Type": "text/html; charset=utf-8"}
        site.put(host, "/app.js", pages.Reply(script, headers={"Content-Type": "text/javascript"}))
        site.put(host, "/text", pages.Reply(policy().split(b"<main>")[1].split(b"</main>")[0], headers=plain))
        return site.put(host, "/privacy", pages.Reply(SHELL, etag='"shell"'))

    return app


@pytest.fixture(scope="module")
def shown(site, pages, policy, app, watching_long):
    """Two crawls of a page that needs scripts; between them, only what its script fetches changes."""
    watching, seen = watching_long, SimpleNamespace()
    plain = site.put("plain.shown.test", page=pages.Reply(policy()))
    watching.watch({"acme/privacy": app("acme.shown.test"), "plain/privacy": plain})
    seen.first = watching("crawl")
    changed = policy("We sell your name to anybody.").split(b"<main>")[1].split(b"</main>")[0]
    site.put("acme.shown.test", "/text", pages.Reply(changed))
    seen.second = watching("recrawl", "acme", "plain")
    seen.looks, seen.plain = watching.looks("acme/privacy"), watching.looks("plain/privacy")
    return seen


def newest(looks):
    return max(looks, key=lambda look: look.id)


@needs_a_browser
def test_a_page_that_says_nothing_without_scripts_is_looked_at_in_a_browser(shown):
    oldest_first = sorted(shown.looks, key=lambda look: look.id)
    assert [(look.source, look.outcome, look.state) for look in oldest_first[:2]] == [
        ("crawl", "refused", State.NEEDS_JAVASCRIPT),
        ("browser", "first", State.OK),
    ]


@needs_a_browser
def test_the_next_look_goes_to_the_browser_at_once_and_sees_what_the_scripts_fetch(shown):
    assert len(shown.looks) == 3
    assert (newest(shown.looks).source, newest(shown.looks).outcome) == ("browser", "changed")
    assert "sell your name" in shown.second.out


@needs_a_browser
def test_the_browser_asks_by_our_name(shown, site):
    agents = {asked.headers["user-agent"] for asked in site.requests("acme.shown.test")}
    assert len(agents) == 1
    assert "clausewatch" in agents.pop()


@needs_a_browser
def test_a_page_that_needs_no_browser_gets_none(shown):
    assert {look.source for look in shown.plain} == {"crawl"}


def watch(watching, url, keys, timeout=60.0, **hosts):
    """One document with keys of its own in the registry, and more hosts on loopback."""
    watching.watch({"acme/privacy": url}, timeout=timeout)
    known = "".join(f'\n"{host}" = "127.0.0.1"' for host in hosts.values())
    text = watching.registry.read_text().replace("[settings.resolve]", f"[settings.resolve]{known}")
    watching.registry.write_text(f"{text}{keys}\n")
    watching("crawl")
    return newest(watching.looks("acme/privacy"))


@needs_a_browser
def test_a_document_can_be_kept_out_of_the_browser(app, watching):
    look = watch(watching, app("kept.shown.test"), "render = false")
    assert (look.source, look.state) == ("crawl", State.NEEDS_JAVASCRIPT)


@needs_a_browser
@pytest.mark.parametrize(
    ("script", "state", "why"),
    [
        (b'location.href = "http://10.1.2.3/";', State.FORBIDDEN_ADDRESS, "10.1.2.3"),
        (b'location.href = "http://away.shown.test:PORT/text";', State.BAD_RESPONSE, "leads on to"),
        (b"for (;;) {}", State.TIMED_OUT, "in time"),
        (b'document.title = "x".repeat(6e6);', State.TOO_LARGE, "more bytes"),
    ],
    ids=["private", "another-host", "endless", "huge"],
)
def test_what_a_script_may_not_do_is_named(site, app, watching, script, state, why):
    app("away.shown.test")
    url = app("hostile.shown.test", script.replace(b"PORT", str(site.port).encode()))
    timeout = 3.0 if state is State.TIMED_OUT else 60.0
    look = watch(watching, url, "render = true", timeout, away="away.shown.test")
    assert (look.source, look.state) == ("browser", state), look.why
    assert why in look.why


# --- the proxy, without a browser -------------------------------------------------------------------------------------------


async def asked(proxy, request, password=None):
    """The first line of the proxy's answer, and the rest of it where there is any."""
    secret = base64.b64encode(f"{proxy.user}:{password or proxy.password}".encode()).decode()
    host, port = proxy.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"{request} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic {secret}\r\n\r\n".encode())
    line = (await asyncio.wait_for(reader.readline(), 5)).decode().strip()
    rest = await reader.read() if line.endswith("200 OK") else b""
    writer.close()
    return line, rest


@pytest.mark.parametrize(
    "target",
    [
        "CONNECT 127.0.0.1:22",
        "CONNECT 10.0.0.1:443",
        "CONNECT [::1]:443",
        "CONNECT [::ffff:127.0.0.1]:443",
        "CONNECT 169.254.169.254:80",
        "CONNECT localhost:443",
        "CONNECT inside.test:443",
        "CONNECT 93.184.216.34:25",
        "CONNECT nowhere",
        "GET http://127.0.0.1/",
        "GET http://0x7f000001/",
        "GET http://2130706433/",
        "GET http://inside.test/",
        "GET ftp://93.184.216.34/",
        "GET /",
    ],
)
async def test_the_proxy_connects_to_nothing_that_the_crawler_may_not_be_sent_to(target):
    async with Proxy(Rules.made([], {"inside.test": "192.168.1.1"})) as proxy:
        proxy.allowance = 1000
        line, _ = await asked(proxy, target)
    assert line == "HTTP/1.1 403 Forbidden"
    assert [verdict.state for verdict in proxy.refused] == [State.FORBIDDEN_ADDRESS]


async def test_the_proxy_serves_nobody_but_the_browser_it_was_made_for(site):
    async with Proxy(Rules.made(["127.0.0.1/32"], {})) as proxy:
        line, _ = await asked(proxy, f"GET http://127.0.0.1:{site.port}/", password="guess")
    assert line == "HTTP/1.1 407 No"


async def test_the_proxy_passes_a_page_on_and_stops_at_its_allowance(site, pages):
    site.put("x", "/big", pages.Reply(b"x" * 300_000))
    async with Proxy(Rules.made(["127.0.0.1/32"], {})) as proxy:
        proxy.allowance = 1_000_000
        _, whole = await asked(proxy, f"GET http://127.0.0.1:{site.port}/big")
        proxy.allowance = 100_000
        _, part = await asked(proxy, f"GET http://127.0.0.1:{site.port}/big")
    assert whole.endswith(b"x" * 300_000)
    assert len(part) < 200_000
    assert proxy.refused[-1].state is State.TOO_LARGE


async def test_the_proxy_ends_with_what_it_has_open(site, pages):
    held = threading.Event()
    site.put("x", "/slow", pages.Reply(b"x", held=held))
    async with Proxy(Rules.made(["127.0.0.1/32"], {})) as proxy:
        proxy.allowance = 1000
        waiting = asyncio.create_task(asked(proxy, f"GET http://127.0.0.1:{site.port}/slow"))
        while not site.requests("x", "/slow"):
            await asyncio.sleep(0.01)
    assert await waiting == ("", b"")
    held.set()
