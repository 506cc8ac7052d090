"""The record can be checked, copied and put back, and the doctor names what is wrong with it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lumora import DOCUMENT, page

from tracker import History, Outcome
from tracker.cli import cli
from tracker.history.chain import fill
from tracker.subscription import Subscription

Run = Callable[..., Result]
WEAKER = page(("We do not sell your personal data", "We may sell your personal data"))


@pytest.fixture
def place(tmp_path: Path, history: History, look: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a registry and the history of a document with two texts."""
    monkeypatch.chdir(tmp_path)
    look(0, page())
    look(1, page())
    look(2, WEAKER)
    (tmp_path / "vendors.toml").write_text('[settings]\ncontact = "you@lumora.example"\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(place: Path) -> Run:
    return lambda *words: CliRunner().invoke(cli, ["--history", str(place / "history.db"), *words])


def tamper(place: Path, statement: str) -> None:
    with sqlite3.connect(place / "history.db") as database:
        database.execute(statement)


def test_an_untouched_record_is_as_it_was_written(run: Run) -> None:
    result = run("verify", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "ok": True,
        "checked": {"file": 1, "looks": 3, "bodies": 2, "texts": 2},
        "problems": [],
    }


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE observations SET at = '2020-01-01T00:00:00Z' WHERE id = 2", "look 2 of 2020-01-01T00:00:00Z"),
        ("UPDATE snapshots SET data = substr(data, 1, 100) WHERE id = 1", "snapshot 2 builds on a damaged one"),
        ("UPDATE snapshots SET sha256 = 'f00' WHERE id = 2", "snapshot 2 is not the body that its hash names"),
        (
            "UPDATE clauses SET text = 'We never sell.' WHERE text LIKE '%may sell%'",
            f"version 2 of {DOCUMENT.name} is not",
        ),
        ("UPDATE version_clauses SET version = 99 WHERE version = 2", "a row of versions that is not there"),
    ],
)
def test_what_was_altered_is_named(run: Run, place: Path, statement: str, problem: str) -> None:
    tamper(place, statement)
    result = run("verify")
    assert result.exit_code == 1
    assert problem in result.stderr


def test_a_published_root_holds_and_another_does_not(run: Run) -> None:
    *_, line = run("roots").stdout.split()
    assert run("verify", "--quick", "--root", line).exit_code == 0
    day, _, _ = line.partition("=")
    result = run("verify", "--quick", "--root", f"{day}={'0' * 64}", "--root", "1999-01-01=00")
    assert result.exit_code == 1
    assert f"the root of {day} is not 000" in result.stderr
    assert "there was no look on that day" in result.stderr


def test_a_record_that_was_written_anew_from_some_day_on_does_not_have_the_published_root(
    run: Run, place: Path
) -> None:
    *_, line = run("roots").stdout.split()
    tamper(place, "UPDATE observations SET status = 404, chain = NULL WHERE id = 2")
    with History(place / "history.db") as history:
        fill(history.db)
    assert run("verify", "--quick").exit_code == 0
    assert run("verify", "--quick", "--root", line).exit_code == 1


def test_a_backup_is_whole_while_another_writes(run: Run, place: Path, look: Callable[..., Outcome]) -> None:
    """The fixture's history is open, and its last looks are in the write-ahead log."""
    assert "the copy is sound" in run("backup", "copies/one.db").stdout
    look(3, page())
    with History(place / "copies/one.db", read_only=True) as copy:
        assert len(copy.observations(DOCUMENT.name)) == 3


def test_a_backup_replaces_no_file(run: Run, place: Path) -> None:
    (place / "mine.db").write_text("precious")
    result = run("backup", "mine.db")
    assert (result.exit_code, (place / "mine.db").read_text()) == (2, "precious")


def test_a_backup_comes_back_and_what_was_there_is_kept(
    run: Run, place: Path, history: History, look: Callable[..., Outcome]
) -> None:
    run("backup", "one.db")
    look(3, page())
    history.close()
    assert run("restore", "one.db").exit_code == 0
    with History(place / "history.db", read_only=True) as restored:
        assert len(restored.observations(DOCUMENT.name)) == 3
    [aside] = place.glob("history.db.before-*")
    with History(aside, read_only=True) as kept:
        assert len(kept.observations(DOCUMENT.name)) == 4


def test_nothing_is_restored_under_a_living_daemon(run: Run, history: History) -> None:
    run("backup", "one.db")
    history.beat("daemon", datetime.now(UTC))
    result = run("restore", "one.db")
    assert result.exit_code == 2
    assert "stop it first" in result.stderr


def test_what_is_no_history_is_not_restored(run: Run, place: Path) -> None:
    (place / "other.db").write_bytes(b"no database at all")
    assert run("restore", "other.db").exit_code == 2
    assert run("verify").exit_code == 0


def findings(run: Run) -> dict[str, tuple[str, str]]:
    return {each["about"]: (each["how"], each["said"]) for each in json.loads(run("doctor", "--json").stdout)}


def test_the_doctor_finds_a_sound_history_sound(run: Run) -> None:
    found = findings(run)
    assert found["history"][0] == "good"
    assert found["clock"][0] == "good"
    assert found["daemon"][0] == "look"


def test_the_doctor_names_a_damaged_file_and_what_to_do(run: Run, place: Path, history: History) -> None:
    history.close()
    path = place / "history.db"
    content = bytearray(path.read_bytes())
    content[20_000:40_000] = b"\xff" * 20_000
    path.write_bytes(content)
    result = run("doctor", "--json")
    assert result.exit_code == 1
    assert "bad" in [each["how"] for each in json.loads(result.stdout) if each["about"] == "history"]


def test_the_doctor_names_bodies_that_cannot_be_read_back(run: Run, place: Path) -> None:
    tamper(place, "UPDATE snapshots SET data = x'00' WHERE base IS NULL")
    how, said = findings(run)["bodies"]
    assert (how, "cannot be read" in said) == ("bad", True)


def test_the_doctor_notices_looks_from_the_future(run: Run, place: Path) -> None:
    tamper(place, "UPDATE observations SET at = '2999-01-01T00:00:00Z' WHERE id = 3")
    assert findings(run)["clock"][0] == "bad"


def test_the_doctor_says_what_is_wrong_with_the_registry(run: Run, place: Path) -> None:
    (place / "vendors.toml").write_text("[settings]\ndelays = 1\n", encoding="utf-8")
    assert findings(run)["registry"][0] == "bad"
    assert run("doctor").exit_code == 1


def test_nothing_is_restored_while_somebody_has_the_history_open(run: Run, place: Path, history: History) -> None:
    run("backup", "one.db")
    result = run("restore", "one.db")
    assert result.exit_code == 2
    assert "open" in result.stderr
    assert not list(place.glob("history.db.before-*"))


def test_a_backup_takes_the_place_of_a_history_that_is_damaged_beyond_reading(
    run: Run, place: Path, history: History
) -> None:
    run("backup", "one.db")
    history.close()
    (place / "history.db").write_bytes(b"nothing that SQLite could read" * 1000)
    assert run("restore", "one.db").exit_code == 0
    assert run("verify").exit_code == 0
    assert len(list(place.glob("history.db.before-*"))) == 1


def test_the_doctor_and_the_status_name_subscriptions_that_are_told_nothing(
    run: Run, history: History, place: Path
) -> None:
    history.subscribe([Subscription(name="hook", channel="webhook")])
    history.disable("hook", datetime.now(UTC), "the receiver answered 410\x1b[2J Gone")
    how, said = findings(run)["subscription hook"]
    assert (how, said.split(";")[0]) == ("bad", "disabled: the receiver answered 410[2J Gone")
    assert "subscriptions hook --enable" in said
    assert "Subscription hook is disabled: the receiver answered 410[2J Gone." in run("status").stdout
    assert list(json.loads(run("status", "--json").stdout)["subscriptions"]) == ["hook"]
