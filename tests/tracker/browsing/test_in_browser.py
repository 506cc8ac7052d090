"""The pages in a real browser: hostile text stays text, everybody can read and use them, and the browser has nothing to complain about."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import hostile
import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from datasette.app import Datasette
from playwright.sync_api import Browser, BrowserContext, Page

from bench.browsing import Kind, kind_of
from tracker.history.backing import backup

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@dataclass(frozen=True)
class Site:
    """A history that is served: where, and what Datasette would say of it."""

    home: str
    datasette: Datasette

    def kind(self, address: str) -> Kind | None:
        """The kind of page at an address, Datasette's own too: of these, each table and view, without the ways to sort and filter them."""
        parts = urlsplit(address)
        if not parts.path.startswith("/history"):
            return kind_of(self.datasette, address)
        own = not parts.query and not parts.path.endswith((".json", ".csv", ".db"))
        return tuple(parts.path.split("/")[:3]) if own else None


Serve = Callable[[Path], Site]


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Serve a history with the command, until the tests are over."""
    started: list[subprocess.Popen[str]] = []

    def serve(path: Path) -> Site:
        code = "from tracker.cli import cli; cli()"
        process = subprocess.Popen(
            [sys.executable, "-c", code, "--history", str(path), "browse", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        started.append(process)
        assert process.stdout
        home = process.stdout.readline().split(" at ")[1].split()[0].rstrip("/")
        return Site(home, Datasette([str(path)]))

    yield serve
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


@pytest.fixture(scope="module")
def site(served: Path, serve: Serve) -> Site:
    return serve(served)


# --- hostile text ---------------------------------------------------------------------------------------------------------------


@dataclass
class Watch:
    """What happened in the browser that must not."""

    home: str
    happened: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> Page:
        context.expose_binding(
            "pwned", lambda source, *said: self.happened.append(f"script ran in {source['frame'].url}")
        )
        page = context.new_page()
        page.on("dialog", lambda dialog: (self.happened.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", lambda message: self.happened.append(f"{message.type}: {message.text} ({page.url})"))
        page.on("pageerror", lambda error: self.happened.append(f"{error} ({page.url})"))
        page.on("request", lambda request: self._requested(request.url, page))
        page.on("popup", lambda popup: self.happened.append(f"popup: {popup.url}"))
        return page

    def _requested(self, url: str, page: Page) -> None:
        if not url.startswith((f"{self.home}/", "data:")):
            self.happened.append(f"asked for {url} ({page.url})")


def links(page: Page) -> list[str]:
    """The addresses of the same site that a page leads to."""
    found: list[str] = page.eval_on_selector_all(
        "a[href], link[rel=alternate]", "all => all.map(each => new URL(each.getAttribute('href'), location).href)"
    )
    here = urlsplit(page.url)
    return [
        urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()
        for url in found
        if urlsplit(url)[:2] == here[:2]
    ]


def is_page(context: BrowserContext, url: str) -> bool:
    """Whether an address is shown rather than saved."""
    answer = context.request.get(url)
    assert answer.status < 500, url
    shown = "attachment" not in answer.headers.get("content-disposition", "")
    return shown and answer.headers["content-type"].startswith(("text/html", "text/plain"))


def go(browser: Browser, site: Site, watch: Watch, most: int, each: Callable[[Page], None], *typed: str) -> int:
    """Go to the addresses `typed`, and to `most` of every kind of page by links from there and from the first page on, Datasette's own
    too; do something on each. How many kinds there are."""
    found: defaultdict[Kind, int] = defaultdict(int)
    with browser.new_context() as context:
        page = watch.over(context)
        waiting, known = [*typed, "/"], set()
        while waiting:
            address = waiting.pop(0)
            kind = site.kind(address)
            if address in known or kind is None or (address not in typed and found[kind] >= most):
                continue
            known.add(address)
            if not is_page(context, site.home + address):
                continue
            found[kind] += 1
            page.goto(site.home + address)
            each(page)
            waiting += links(page) if address.count("/") < 2 or not address.startswith("/history") else []
    return len(found)


UNSAFE = """() => [...document.querySelectorAll("*")].flatMap(each => [...each.attributes]
    .filter(a => a.name.startsWith("on")
        || (["href", "src", "action", "formaction"].includes(a.name) && /^\\s*(javascript|vbscript):/i.test(a.value)))
    .map(a => `<${each.localName} ${a.name}=${a.value}>`))"""


ATTACKED = (
    "/clauses?q=%3Cscript%3Epwned()%3C/script%3E",
    "/clauses?q=nobody",
    "/changes?vendor=%22%3E%3Cscript%3Epwned()%3C/script%3E",
)


def test_nothing_in_a_hostile_history_runs_loads_or_leads_astray(
    browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    path = tmp_path / "history.db"
    hostile.make(path)
    site = serve(path)
    watch = Watch(site.home)

    def look(page: Page) -> None:
        ours = "/history" not in page.url
        watch.happened += [f"{found} on {page.url}" for found in page.evaluate(UNSAFE)] if ours else []
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")

    kinds = go(browser, site, watch, 3, look, *ATTACKED)
    assert watch.happened == []
    assert kinds > 40


def test_what_was_received_is_shown_as_text_in_an_origin_of_its_own(
    browser: Browser, serve: Serve, tmp_path: Path
) -> None:
    path = tmp_path / "history.db"
    hostile.make(path)
    home = serve(path).home
    with browser.new_context() as context:
        watch = Watch(home)
        page = watch.over(context)
        page.goto(f"{home}/observation/1")
        [source] = {link for link in links(page) if link.endswith("/source")}
        page.goto(home + source)
        assert page.evaluate("self.origin") == "null"
        assert "pwned('script')" in page.inner_text("body")
    assert watch.happened == []


# --- everybody can read it ------------------------------------------------------------------------------------------------------

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 360)]
AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
RUN = f"() => axe.run(document, {{runOnly: {{type: 'tag', values: {list(WCAG)}}}, resultTypes: ['violations']}})"


def violations(page: Page) -> list[str]:
    found = page.evaluate(RUN)["violations"]
    return [
        f"{each['id']}: {node['html'][:150]} {node['failureSummary'][:300]}"
        for each in found
        for node in each["nodes"][:3]
    ]


VIEWS = tuple(f"/change/1?view={view}" for view in ("in-place", "side-by-side", "topics"))


def test_every_kind_of_page_can_be_read_by_everybody(browser: Browser, site: Site) -> None:
    """WCAG 2.2 AA as far as axe can tell, in both colour schemes, on wide and narrow screens; nothing is wider than the screen."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    seen: set[str] = set()

    def look(page: Page) -> None:
        address = page.url.removeprefix(site.home)
        kind = site.kind(address)
        route = address if address in VIEWS else kind[0] if kind and kind[0] else ""
        if not route or route in seen or page.evaluate("document.contentType") != "text/html":
            return
        seen.add(route)
        page.evaluate(AXE)
        for scheme, width in LOOKS:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 800})
            found[address].update(f"{scheme} {width}: {each}" for each in violations(page))
        page.set_viewport_size({"width": 320, "height": 640})
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            found[address].add("wider than a screen of 320 pixels")

    go(browser, site, Watch(site.home), 1, look, *VIEWS)
    assert {address: sorted(problems) for address, problems in found.items() if problems} == {}
    assert len(seen) > 16


def test_pages_of_our_own_give_the_browser_nothing_to_complain_about(browser: Browser, site: Site) -> None:
    watch = Watch(site.home)
    with browser.new_context() as context:
        page = watch.over(context)
        for address in (
            "/",
            "/change/1",
            "/change/1?view=side-by-side",
            "/policy/lumora/privacy-en",
            "/triage",
            "/clauses?q=personal",
        ):
            page.goto(site.home + address)
    assert watch.happened == []


# --- by keys alone --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.id"))


def test_the_first_key_leads_past_the_header(page: Page, site: Site) -> None:
    page.goto(f"{site.home}/change/1")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    "address",
    ["/", "/change/1", "/policy/lumora/privacy-en", "/triage", "/clauses?q=personal", "/facts", "/compare", "/as-of"],
)
def test_everything_that_can_be_used_is_reached_by_keys_and_seen_to_be(page: Page, site: Site, address: str) -> None:
    page.goto(site.home + address)
    expected = page.evaluate(
        """[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
           .filter(each => each.checkVisibility() && each.tabIndex >= 0).length"""
    )
    reached, unseen = set(), []
    for _ in range(4 * expected):  # a date has parts of its own to go through
        page.keyboard.press("Tab")
        at, visible, words = page.evaluate(
            """(() => { const at = document.activeElement, style = getComputedStyle(at);
               const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
               return [[...document.querySelectorAll("*")].indexOf(at), seen, at.outerHTML.slice(0, 100)]; })()"""
        )
        if words.startswith("<body"):
            break
        reached.add(at)
        unseen += [] if visible else [words]
    assert unseen == []
    assert len(reached) == expected


def test_a_change_is_marked_without_a_pointer(page: Page, serve: Serve, served: Path, tmp_path: Path) -> None:
    copy = tmp_path / "history.db"
    backup(served, copy)
    home = serve(copy).home
    page.goto(f"{home}/change/1")
    page.focus("#triage-note")
    page.keyboard.type("read by two people")
    page.keyboard.press("Tab")
    assert focused(page) == "Mark as reviewed"
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/1#triage")
    assert page.inner_text("#triage-title") == "Triage: reviewed"
    assert "read by two people" in page.inner_text("#triage")
