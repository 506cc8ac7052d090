"""The pages in a real browser: they render, hostile text stays text, and the browser has nothing to complain about."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --enable-logging=stderr --v=0"
).split()


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("needs Debian's chromium: make system")
    return found


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", "Lumora"),
        ("policy/lumora/privacy-en", "What we collect"),
        ("change/1", "<del"),
        ("clauses?q=personal", "personal"),
    ],
)
def test_a_page_renders_without_a_complaint(
    chromium: str, browsing: tuple[object, str], tmp_path: Path, path: str, words: str
) -> None:
    _, address = browsing
    done = subprocess.run(
        [chromium, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", f"{address}{path}"],
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    assert words in done.stdout
    assert re.findall(r"CONSOLE.*", done.stderr) == []
