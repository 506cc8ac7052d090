"""The pictures, and stored pages as text, in a real browser."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import POLICY
from nightjar import HOSTILE
from playwright.sync_api import Browser, Page

from tracker import History


@pytest.fixture
def page(browser: Browser, browsing: tuple[subprocess.Popen[str], str]) -> Iterator[Page]:
    """A page that finds addresses without their beginning on the served history."""
    opened = browser.new_page(base_url=browsing[1])
    yield opened
    opened.close()


def test_a_click_on_a_week_leads_to_its_changes(page: Page) -> None:
    page.goto("/")
    week = page.locator(".weeks svg a").last
    said = str(week.get_attribute("aria-label"))
    week.click(position={"x": 5, "y": 5})  # above its blocks: the whole column can be hit
    shown = page.locator(".change .level").all_inner_texts()
    assert shown
    assert f"{len(shown)} of {len(shown)}" in page.inner_text(".pager")
    assert all(level.lower() in said for level in shown)


def test_a_bar_stands_on_its_lane_and_leads_to_its_change(page: Page) -> None:
    page.goto(POLICY)
    bar = page.locator("svg a[aria-label^='Version 2']")
    box, lane = bar.locator("rect").bounding_box(), page.locator("svg .lane").nth(1).bounding_box()
    assert box
    assert lane
    assert box["y"] < lane["y"] < box["y"] + box["height"]
    assert lane["x"] <= box["x"] < box["x"] + box["width"] <= lane["x"] + lane["width"]
    change = bar.get_attribute("href")
    bar.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{change}")
    assert "silent" in page.inner_text("main")


def test_on_a_narrow_screen_a_picture_scrolls_by_itself_and_the_page_does_not(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(POLICY)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    wide = page.locator(".timeline .scroll")
    assert wide.evaluate("box => { box.scrollLeft = 50; return box.scrollLeft }") == 50
    assert wide.get_attribute("tabindex") == "0"  # whoever has no mouse can scroll it too


def test_a_hostile_page_is_shown_as_its_source(page: Page, served: Path) -> None:
    with History(served, read_only=True) as history:
        look = history.observations(HOSTILE.name)[0].id
        seen = history.body(history.seen_by(look).snapshot)
    page.goto(f"/observation/{look}/source")
    assert page.evaluate("document.contentType") == "text/plain"
    assert page.evaluate("document.scripts.length") == 0
    assert page.inner_text("body").split() == seen.decode().split()
