"""What all tests share: where the corpus is, that chance plays no part, and that nothing skips where nothing may."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples at every run: what fails here fails for everybody.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with corpus and seeds; tests that use it skip where it is missing."""
    folder = Path(os.environ.get("CLAUSEWATCH_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpus").is_dir():
        pytest.skip(f"needs the corpus: none at {folder}; set CLAUSEWATCH_SHARED")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):  # type: ignore[no-untyped-def]
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CLAUSEWATCH_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} skipped, and nothing may skip here: {report.longrepr}"
    return report
