"""Makes docs/images/*.png from the demo's history: `python docs/make_screenshots.py [HISTORY]`.

HISTORY is what `make demo` leaves behind, by default. It is copied, and a few marks are made in the copy, so that the triage has something
to show; `clausewatch browse` serves the copy to the system's Chromium. What a picture shows is cut so that it stays small.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tracker import History
from tracker.history.backing import backup

IMAGES = Path(__file__).parent / "images"
DEMO = Path(__file__).parent.parent / "demo" / "run" / "history.db"
MOST_BYTES = 150_000
NOW = datetime(2026, 5, 6, 9, tzinfo=UTC)


def pages(history: History) -> dict[str, str]:
    """What is shown, by the name of its picture."""
    weightiest = max(history.changes(level="high"), key=lambda row: len(row.change.reasons))
    return {
        "home": "/",
        "document": f"/policy/{weightiest.document}",
        "change": f"/change/{weightiest.id}#redline",
        "side-by-side": f"/change/{weightiest.id}?view=side-by-side#redline",
        "search": "/clauses?q=personal",
        "facts": "/facts",
        "triage": "/triage",
    }


def mark(history: History) -> None:
    """Something for the triage to show."""
    reviewed, wrong, other = history.changes(level="medium")[:3]
    history.mark_change(reviewed.id, "reviewed", who="ines", at=NOW, note="Told the board; nothing to do on our side.")
    history.mark_change(wrong.id, "wrong", who="omar", at=NOW, note="The promise only moved to section 4.")
    history.mute(other.document, "muted", who="ines", at=NOW, note="Until their relaunch is over.")


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address at which a history is served."""
    code = "from tracker.cli import cli; cli()"
    command = [sys.executable, "-u", "-c", code, "--history", str(path), "browse", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().split(" at ")[1].split()[0].rstrip("/")
        finally:
            process.kill()


def shoot(browser: Browser, address: str, target: Path) -> None:
    """A picture of what a page shows first."""
    with browser.new_context(viewport={"width": 1040, "height": 720}, color_scheme="light") as context:
        page = context.new_page()
        page.goto(address)
        page.screenshot(path=target)
    size = target.stat().st_size
    assert size <= MOST_BYTES, f"{target} has {size} bytes"


def main() -> int:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
    chromium = shutil.which("chromium")
    if chromium is None or not source.exists():
        sys.exit("needs Debian's chromium (make system) and the demo's history (make demo)")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "history.db"
        backup(source, path)
        with History(path) as history:
            mark(history)
            shown = pages(history)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with served(path) as home:
            for name, address in shown.items():
                shoot(browser, home + address, IMAGES / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
