"""Two vendors' policies on disk, with a history of changes, returns and gaps; and a way to run commands on it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from bracken import FIRST, LAST, OTHER, REGISTRY, THISTLE, WEAKER, look
from click.testing import CliRunner, Result

from tracker import History
from tracker.cli import cli

Run = Callable[..., Result]


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in. The policy of Bracken is weakened (version 2), taken back (1), and later rewritten (3); there were days
    without an answer before the weakening was found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    (tmp_path / "vendors.toml").write_text(REGISTRY, encoding="utf-8")
    with History(tmp_path / "history.db") as history:
        for day, text in (
            (0, FIRST),
            (2, FIRST),
            (5, None),
            (7, WEAKER),
            (30, WEAKER),
            (40, FIRST),
            (50, FIRST),
            (60, LAST),
            (61, LAST),
        ):
            look(history, day, text)
        look(history, 3, OTHER, THISTLE)
    return tmp_path


@pytest.fixture
def run(watched: Path) -> Run:
    """Run a command line, which must end with the exit code `code`."""

    def run(line: str, code: int = 0) -> Result:
        result = CliRunner().invoke(cli, shlex.split(line))
        assert result.exit_code == code, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run
