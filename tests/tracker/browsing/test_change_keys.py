"""From change to change by keys, in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import rewritten
from nightjar import looking
from playwright.sync_api import Browser, Page

from tracker import History


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page of a change with several clause changes is served."""
    path = tmp_path_factory.mktemp("keys") / "history.db"
    with History(path) as history:
        look = looking(history)
        look(rewritten.DOCUMENT, 9, rewritten.page(rewritten.BEFORE))
        look(rewritten.DOCUMENT, 5, rewritten.page(rewritten.AFTER))
    command = [
        sys.executable,
        "-c",
        "from tracker.cli import cli; cli()",
        "--history",
        str(path),
        "browse",
        "--port",
        "0",
    ]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        yield process.stdout.readline().split(" at ")[1].split()[0] + "change/1"
        process.kill()


@pytest.fixture
def shown(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1000, "height": 500}) as context:
        page = context.new_page()
        page.goto(address)
        yield page


def stops(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-stop]", "stops => stops.map(stop => stop.id)")  # type: ignore[no-any-return]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_j_and_n_go_to_the_next_change_and_k_and_p_back(shown: Page) -> None:
    first, second, third, *_ = stops(shown)
    went = []
    for key in ("j", "n", "j", "k", "p"):
        press(shown, key)
        went.append(focused(shown))
    assert went == [first, second, third, second, first]


def test_the_address_and_the_hint_tell_where_one_is(shown: Page) -> None:
    press(shown, "j", "j")
    shown.wait_for_url(f"**#{stops(shown)[1]}")  # the browser tells its address a moment later
    assert shown.locator("#keys output").inner_text() == f"2 of {len(stops(shown))}"


def test_the_first_and_the_last_change_are_the_ends(shown: Page) -> None:
    press(shown, *"j" * 20)
    assert focused(shown) == stops(shown)[-1]
    press(shown, *"k" * 20)
    assert focused(shown) == stops(shown)[0]


def test_the_change_that_is_gone_to_is_on_the_screen(shown: Page) -> None:
    press(shown, "j", "j", "j")
    top = shown.locator(f"#{focused(shown)}").bounding_box()
    assert top is not None
    assert 0 <= top["y"] < 100


def test_the_buttons_do_what_the_keys_do(shown: Page) -> None:
    shown.get_by_role("button", name="Next change").click()
    shown.wait_for_url(f"**#{stops(shown)[0]}")  # the browser tells its address a moment later


def test_keys_that_are_typed_into_a_field_stay_there(shown: Page) -> None:
    shown.get_by_label("Search all clauses").focus()
    press(shown, "j")
    assert "#" not in shown.url
    assert shown.get_by_label("Search all clauses").input_value() == "j"


def test_keys_can_be_switched_off_for_good(shown: Page) -> None:
    shown.get_by_role("checkbox").uncheck()
    press(shown, "j")
    shown.reload()
    press(shown, "j")
    assert "#" not in shown.url
    assert not shown.get_by_role("checkbox").is_checked()


@pytest.mark.parametrize("view", ["in-place", "side-by-side", "topics"])
def test_keys_go_through_every_view(shown: Page, address: str, view: str) -> None:
    shown.goto(f"{address}?view={view}")
    press(shown, "j", "j")
    assert focused(shown) == stops(shown)[1]


def test_without_scripts_there_is_no_hint_of_keys(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        assert not page.locator("#keys").is_visible()
        assert page.get_by_label("Change after").first.is_visible()


@pytest.mark.parametrize("view", ["changes", "in-place", "side-by-side", "topics"])
def test_no_view_is_wider_than_a_narrow_screen(browser: Browser, address: str, view: str) -> None:
    with browser.new_context(viewport={"width": 320, "height": 600}) as context:
        page = context.new_page()
        page.goto(f"{address}?view={view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_side_by_side_stands_above_each_other_on_a_narrow_screen_only(
    browser: Browser, address: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 600}) as context:
        page = context.new_page()
        page.goto(f"{address}?view=side-by-side")
        old, new = (page.locator(f".changed .side.{side}").first.bounding_box() for side in ("old", "new"))
        assert old is not None
        assert new is not None
        stacked = old["y"] + old["height"] <= new["y"]
        beside = old["x"] + old["width"] <= new["x"] and abs(old["width"] - new["width"]) < 2
        assert (stacked, beside) == ((True, False) if width < 640 else (False, True))
