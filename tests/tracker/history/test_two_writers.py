"""Two processes write one history at the same time: nobody is locked out, and no look is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tracker import History
from tracker.history.checking import CHECKS

SECONDS = 4

# a daemon: it beats, claims what is due, looks and gives back; beside it, a recrawl or an import that looks at the same documents
WRITER = """
import json, sys, time
from datetime import UTC, datetime
from tracker import Document, History, Observation, observe

path, who, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
documents = [Document(vendor=name, kind="privacy", url=f"https://{name}.example/privacy") for name in ("acme", "bolt", "cole")]
looks, errors = 0, []
with History(path) as history:
    print("open", flush=True)
    sys.stdin.readline()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        now = datetime.now(UTC)
        try:
            if who == "daemon":
                history.register(documents, now)
                history.beat(who, now)
                taken = history.claim(now, owner=who, due=False)
            else:
                taken = documents
            for document in taken:
                body = f"<main><h1>Privacy policy</h1><p>We keep your name for {2 + looks % 7} years.</p></main>".encode()
                observe(history, document, Observation(url=document.url, at=now, status=200, body=body, address=who))
                looks += 1
            history.release(who, now, delay=0.0)
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
print(json.dumps([looks, errors]))
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[object]]]:
    """A history that two processes have written, and how many looks and which errors each of them had."""
    path = tmp_path_factory.mktemp("two") / "history.db"
    run = [sys.executable, "-c", WRITER, str(path)]
    writers = {
        who: subprocess.Popen([*run, who, str(SECONDS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for who in ("daemon", "recrawl")
    }
    for writer in writers.values():
        assert writer.stdout
        assert writer.stdout.readline() == "open\n"
    for writer in writers.values():
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    return path, {who: json.loads(writer.communicate(timeout=60)[0]) for who, writer in writers.items()}


def test_nobody_is_locked_out(written: tuple[Path, dict[str, list[object]]]) -> None:
    assert {who: errors for who, (_, errors) in written[1].items()} == {"daemon": [], "recrawl": []}


def test_every_look_of_both_is_there_in_turns(written: tuple[Path, dict[str, list[object]]]) -> None:
    path, told = written
    with History(path, read_only=True) as history:
        whose = [row[0] for row in history.db.execute("SELECT address FROM observations ORDER BY id")]
    assert {who: whose.count(who) for who in told} == {who: looks for who, (looks, _) in told.items()}
    assert sum(one != other for one, other in pairwise(whose)) > 10, "they wrote one after the other, not at once"


@pytest.mark.parametrize("check", CHECKS)
def test_the_record_is_whole(written: tuple[Path, dict[str, list[object]]], check: str) -> None:
    with History(written[0], read_only=True) as history:
        steps = list(CHECKS[check](history))
    assert [step.problem for step in steps if step.problem] == []
    assert steps
