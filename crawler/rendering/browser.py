"""The system's Chromium, driven by Playwright: opened when the first page needs it, one page at a time."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.guard import outcomes
from crawler.guard.addresses import Rules
from crawler.guard.headers import languages
from crawler.guard.refusals import Verdict
from crawler.rendering.proxy import Proxy
from tracker.model import Document, Observation, State

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Page, Response, Route
    from scrapy.settings import BaseSettings

log = logging.getLogger(__name__)

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SHARE = 10
"""How many times what a page may have, its scripts and what they fetch may have together."""
OPENS = 60.0
"""Seconds that the browser gets to open."""
SETTLED = 10.0
"""Seconds at most that are waited for scripts to fall silent; then the page is read as it is."""
STILL = 1.0
"""Seconds for which a text that does not grow counts as all there is."""
PAGES = 50
"""Pages after which the browser is opened anew: its memory only grows."""
_IDLE_TYPES = ("image", "media", "font")
ENDS = 10.0
"""Seconds that a page, the browser, its driver and its proxy each get to end."""
_WHOLE = """(longest) => {
  const shadows = [];
  const walk = (root) => { for (const each of root.querySelectorAll('*')) if (each.shadowRoot) {
    shadows.push(each.shadowRoot); walk(each.shadowRoot); } };
  walk(document);
  const html = document.documentElement;
  const text = '<!doctype html>' + (html.getHTML && shadows.length
    ? html.outerHTML.split('>', 1)[0] + '>' + html.getHTML({shadowRoots: shadows}) + '</html>' : html.outerHTML);
  return text.length > longest ? null : text;
}"""
"""The page as its scripts have left it; null where it is longer than a page may be: it need not fit into our memory."""


def available() -> str | None:
    """The browser's program, or None where it or Playwright (the extra "render") is not installed."""
    if find_spec("playwright") is None:
        return None
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    """Reads pages as a browser shows them. Use it as a context manager on one event loop; it opens when the first page needs it."""

    def __init__(self) -> None:
        self.program = available()
        self._turn = asyncio.Lock()
        self._proxy: Proxy | None = None
        self._driver: Any = None
        self._chromium: Chromium | None = None
        self._pages = 0

    async def __aenter__(self) -> Browser:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def look(self, document: Document, fetched: Observation, settings: BaseSettings) -> Observation:
        """What a browser shows where the fetch of `document` ended, by Scrapy's settings of this crawl.

        Never raises: whatever goes wrong is the look's failure.
        """
        url = fetched.final_url or fetched.url
        limit = document.timeout or settings.getfloat("DOWNLOAD_TIMEOUT")
        seen = replace(
            fetched, source="browser", shown_next=False, body=None, status=None, headers={}, seconds=None, address=None
        )
        async with self._turn:
            try:
                await asyncio.wait_for(self._opened(Rules.of(settings)), OPENS)
                began = asyncio.get_running_loop().time()
                response, final_url, body = await asyncio.wait_for(self._page(document, url, settings), limit + SETTLED)
            except TimeoutError:
                await self.close()  # what hangs ends with it
                return replace(seen, failure=State.TIMED_OUT, detail="the browser had no complete page in time")
            except Exception as error:  # the driver's errors are of many kinds, and none may end a crawl
                verdict = self._refused() or Verdict(State.ERROR, f"the browser failed ({_first_line(error)})")
                await self.close()
                return replace(seen, failure=verdict.state, detail=verdict.detail)
            seen = replace(seen, final_url=final_url, seconds=asyncio.get_running_loop().time() - began)
        if urlsplit(final_url).hostname != urlsplit(url).hostname:  # whose robots.txt nobody has asked for
            away = Verdict(State.BAD_RESPONSE, f"in a browser, it leads on to {final_url[:200]}")
            verdict = away if final_url.startswith("http") else self._refused() or away
            return replace(seen, failure=verdict.state, detail=verdict.detail)
        if body is None or len(body) > settings.getint("DOWNLOAD_MAXSIZE"):
            return replace(seen, failure=State.TOO_LARGE, detail="in a browser, it has more bytes than a page may have")
        status = response.status if response else 200
        headers = {"content-type": "text/html; charset=utf-8"}
        bad = outcomes.of_status(status, headers)
        return replace(
            seen,
            status=status,
            headers=headers,
            body=body,
            failure=bad.state if bad else None,
            detail=bad.detail if bad else seen.detail,
        )

    def _refused(self) -> Verdict | None:
        """What our own proxy has kept this page from, last."""
        return self._proxy.refused[-1] if self._proxy and self._proxy.refused else None

    async def _page(
        self, document: Document, url: str, settings: BaseSettings
    ) -> tuple[Response | None, str, bytes | None]:
        assert self._proxy
        self._proxy.refused.clear()
        self._proxy.allowance = SHARE * settings.getint("DOWNLOAD_MAXSIZE")
        context = await self._context(document, settings["USER_AGENT"])
        try:
            page = await context.new_page()
            await page.route("**/*", _without_pictures)
            response = await page.goto(url, wait_until="domcontentloaded", timeout=0)
            await _settled(page)
            text: str | None = await page.evaluate(_WHOLE, settings.getint("DOWNLOAD_MAXSIZE"))
            return response, page.url, None if text is None else text.encode("utf-8", "surrogatepass")
        finally:
            self._pages += 1
            await asyncio.wait_for(context.close(), ENDS)

    async def _context(self, document: Document, user_agent: str) -> BrowserContext:
        """A browser that remembers nothing of the page before."""
        assert self._chromium
        return await self._chromium.new_context(
            user_agent=user_agent,
            extra_http_headers={"Accept-Language": languages(document)},
            accept_downloads=False,
            service_workers="block",
            viewport={"width": 1280, "height": 4000},
        )

    async def _opened(self, rules: Rules) -> None:
        if self._chromium is not None and (self._pages >= PAGES or not self._chromium.is_connected()):
            await self.close()
        if self._chromium is not None and self._proxy is not None:
            self._proxy.rules = rules
            return
        from playwright.async_api import async_playwright

        self._proxy = await Proxy(rules).__aenter__()
        self._driver = await async_playwright().start()
        self._pages = 0
        self._chromium = await self._driver.chromium.launch(
            executable_path=self.program,
            chromium_sandbox=os.geteuid() != 0,  # Chromium's sandbox does not work for root
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            proxy={"server": self._proxy.address, "username": self._proxy.user, "password": self._proxy.password},
            args=[
                "--disable-quic",
                "--disable-background-networking",
                "--dns-prefetch-disable",
                "--no-first-run",
                "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
            ],
        )

    async def close(self) -> None:
        """End the browser, its driver and its proxy."""
        chromium, driver, proxy = self._chromium, self._driver, self._proxy
        self._chromium = self._driver = self._proxy = None
        for end in (
            chromium.close if chromium else None,
            driver.stop if driver else None,
            (lambda: proxy.__aexit__()) if proxy else None,
        ):
            if end is None:
                continue
            try:
                await asyncio.wait_for(end(), ENDS)
            except Exception as error:  # it may have died before
                log.debug("browser: %s: %s", type(error).__name__, error)


def _first_line(error: Exception) -> str:
    """The driver's errors go on with a log of what it did."""
    return f"{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else ''}"


async def _without_pictures(route: Route) -> None:
    if route.request.resource_type in _IDLE_TYPES:
        await route.abort()
    else:
        await route.continue_()


async def _settled(page: Page) -> None:
    """Wait until the text of the page has not grown for a moment, or until it is enough."""
    clock = asyncio.get_running_loop().time
    size, since, end = -1, clock(), clock() + SETTLED
    while clock() < end:
        now = await page.evaluate("() => (document.body ? document.body.innerText.length : 0)")
        if now != size:
            size, since = now, clock()
        elif now and clock() - since >= STILL:
            return
        await asyncio.sleep(0.1)
