"""Real pages, served from loopback in the order in which they were seen, tracked through the whole pipeline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.replay", "--series", "4", "--looks", "8", "--json"],
        capture_output=True,
        text=True,
        timeout=180,
        cwd=ROOT,
        env={**os.environ, "CLAUSEWATCH_SHARED": str(shared)},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_every_look_has_an_outcome_and_the_history_is_sound(figures: dict[str, Any]) -> None:
    assert "lost" not in figures["outcomes"]
    assert figures["looks"] == figures["pages"]
    assert figures["outcomes"]["first"] == figures["documents"] == 8
    assert figures["integrity"] == "ok"


def test_the_stated_dates_of_the_seeds_are_read(figures: dict[str, Any]) -> None:
    stated = figures["stated"]
    assert (stated["viomi"], stated["sofar"], stated["sophilux"], stated["sonoff"]) == (
        "2020-12-15",
        "2023-11",
        None,
        None,
    )


def test_two_renderings_of_one_policy_are_a_cosmetic_change_and_no_event(figures: dict[str, Any]) -> None:
    changes = [change for change in figures["changes"] if change["document"] == "sonoff/policy"]
    assert [change["kind"] for change in changes] in ([], ["cosmetic"])
