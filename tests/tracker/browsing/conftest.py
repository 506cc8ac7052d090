"""A history as the tracker makes it, served by a real Datasette in this process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import CHINESE, CHINESE_PAGE, GONE, HOSTILE, TODAY, UNKNOWN, hostile_page, looking
from playwright.sync_api import Browser, sync_playwright

from tracker import History, State
from tracker.browsing.metadata import SETTINGS


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lumora weakens its policy silently, then with a new date, then formats it anew; Nightjar attacks; Brightwell is gone."""
    path = tmp_path_factory.mktemp("browsing") / "history.db"
    weaker = ("We do not sell your personal data", "We may sell your personal data")
    longer = ("12 months", "24 months")
    with History(path) as history:
        history.register([DOCUMENT, HOSTILE, GONE, UNKNOWN, CHINESE], TODAY - timedelta(days=80))
        look = looking(history)
        look(DOCUMENT, 80, page())
        look(DOCUMENT, 60, page())
        look(DOCUMENT, 20, page(weaker))
        look(DOCUMENT, 8, page(weaker, longer, updated="March 3, 2026"))
        look(DOCUMENT, 2, page(weaker, longer, updated="March 3, 2026"))
        look(HOSTILE, 30, hostile_page())
        look(HOSTILE, 10, hostile_page(longer))
        look(GONE, 12, page())
        look(GONE, 4, failure=State.DNS)
        look(GONE, 3, failure=State.DNS)
        look(CHINESE, 9, CHINESE_PAGE)
        [prolonged, _] = history.changes([DOCUMENT.name])
        history.mark_change(prolonged.id, "reviewed", who="ines", at=TODAY, note="The board knows.")
        history.mute(CHINESE.name, "muted", who="ines", at=TODAY)
    return path


@pytest.fixture
def datasette(served: Path) -> Datasette:
    return Datasette([str(served)], settings=dict(SETTINGS))


@pytest.fixture
def browsing(served: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, serving on a free port, and its address."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", "from tracker.cli import cli; cli()", "--history", str(served), "browse", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout
    line = process.stdout.readline()
    yield process, line.split(" at ")[1].split()[0]
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser, for the tests of one module: while it is open, no coroutine can be tested."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Debian's chromium: make system")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
