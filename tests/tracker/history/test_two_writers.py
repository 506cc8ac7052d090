"""Processes write one history at the same time: nobody is locked out, and no look is lost."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bench.writers import WHO, at_once
from tracker import History
from tracker.history.checking import CHECKS

LOOKS = 30
"""Of each, while the others write on: so nobody's are early or late."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, tuple[int, list[str]]]]:
    """A history that processes have written at once, and how many looks and which errors each of them had."""
    path = tmp_path_factory.mktemp("writers") / "history.db"
    return path, at_once(path, looks=LOOKS)


def test_nobody_is_locked_out(written: tuple[Path, dict[str, tuple[int, list[str]]]]) -> None:
    assert {who: errors for who, (_, errors) in written[1].items()} == {who: [] for who in WHO}


def test_every_look_of_each_is_there_in_turns(written: tuple[Path, dict[str, tuple[int, list[str]]]]) -> None:
    path, told = written
    with History(path, read_only=True) as history:
        whose = [row[0] for row in history.db.execute("SELECT address FROM observations ORDER BY id")]
    assert {who: whose.count(who) for who in told} == {who: looks for who, (looks, _) in told.items()}
    assert sum(one != other for one, other in pairwise(whose)) > 10, "they wrote one after the other, not at once"


@pytest.mark.parametrize("check", CHECKS)
def test_the_record_is_whole(written: tuple[Path, dict[str, tuple[int, list[str]]]], check: str) -> None:
    with History(written[0], read_only=True) as history:
        steps = list(CHECKS[check](history))
    assert [step.problem for step in steps if step.problem] == []
    assert steps
