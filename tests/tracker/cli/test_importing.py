"""`clausewatch import folder` and `clausewatch reextract`, as people call them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lumora import page

from tracker import History, retelling
from tracker.cli import anew, cli
from tracker.executing import executor
from tracker.retelling import Retelling


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    (folder / "lumora" / "privacy").mkdir(parents=True)
    (folder / "lumora" / "privacy" / "2024-03-01.html").write_bytes(page())
    (folder / "lumora" / "privacy-2025-03-01.html").write_bytes(page(("12 months", "24 months")))
    (folder / "other 20230101.txt").write_text("Privacy Policy\n\nWe keep your personal data for 12 months.\n" * 3)
    return folder


@pytest.fixture
def run(tmp_path: Path) -> object:
    def _run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["--history", str(tmp_path / "history.db"), *arguments])

    return _run


def test_a_folder_becomes_history_by_the_names_of_its_files(kept: Path, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("import", "folder", str(kept), "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert "2 of 2 documents told anew, 3 looks added, 0 → 3 versions." in result.output
    with History(tmp_path / "history.db") as history:
        [change] = history.changes(["lumora/privacy"])
        assert "12 months → 24 months" in change.change.summary
        assert history.events() == []


def test_the_same_folder_again_adds_nothing(kept: Path, run) -> None:  # type: ignore[no-untyped-def]
    run("import", "folder", str(kept), "--jobs", "1")
    assert "0 of 2 documents told anew, 0 looks added" in run("import", "folder", str(kept), "--jobs", "1").output


def test_a_page_saved_by_hand_is_given_its_document_and_day(tmp_path: Path, run) -> None:  # type: ignore[no-untyped-def]
    saved = tmp_path / "saved.html"
    saved.write_bytes(b"<!-- saved from url=(0030)https://lumora.example/privacy -->\n" + page())
    assert run("import", "folder", str(saved)).exit_code == 2
    result = run("import", "folder", str(saved), "--document", "lumora/privacy", "--at", "2026-01-05", "--jobs", "1")
    assert result.exit_code == 0, result.output
    with History(tmp_path / "history.db") as history:
        [look] = history.observations("lumora/privacy")
        assert (look.url, look.at.isoformat()) == ("https://lumora.example/privacy", "2026-01-05T00:00:00+00:00")


def test_a_table_says_what_names_do_not(tmp_path: Path, run) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.html").write_bytes(page())
    table = tmp_path / "list.csv"
    table.write_text("file,date,vendor,kind,url\na.html,2024-02-03,Lumora,privacy,https://lumora.example/p\n")
    result = run("import", "folder", str(tmp_path), "--table", str(table), "--json", "--jobs", "1")
    assert [each["document"] for each in json.loads(result.output)] == ["lumora/privacy"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("file\na.html\n", "no column date"),
        ("file,date,colour\n", "a column colour"),
        ("file,date,vendor\nb.html,2024-02-03,Lumora\n", "Line 2 of the table: there is no file"),
        ("file,date,vendor\na.html,soon,Lumora\n", "Line 2 of the table: expected a date"),
        ("file,date,vendor\na.html,3 March 2024 or 2024-03-04,Lumora\n", "Line 2 of the table: expected a date"),
        ("file,date\na.html,2024-02-03\n", "neither document nor vendor"),
        ("file,date,document\na.html,2024-02-03,lumora\n", "expected a document such as acme/privacy"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_its_line(tmp_path: Path, run, content: str, said: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.html").write_bytes(page())
    (tmp_path / "list.csv").write_text(content)
    result = run("import", "folder", str(tmp_path), "--table", str(tmp_path / "list.csv"))
    assert (result.exit_code, said in result.output) == (2, True), result.output


def test_a_folder_without_pages_is_refused(tmp_path: Path, run) -> None:  # type: ignore[no-untyped-def]
    result = run("import", "folder", str(tmp_path))
    assert (result.exit_code, "There are no pages" in result.output) == (2, True)


def test_after_other_rules_pages_are_read_anew(kept: Path, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("import", "folder", str(kept), "--jobs", "1")
    assert run("reextract").output == "Everything was read by the rules of today.\n"
    with History(tmp_path / "history.db") as history:
        history.db.execute("UPDATE versions SET extractor = 'old'")
    result = run("reextract", "lumora", "--jobs", "1")
    assert "1 of 1 documents told anew, 0 looks added, 2 → 2 versions." in result.output
    assert "1 of 1 documents told anew" in run("reextract", "--jobs", "1").output


def test_a_cluster_that_is_not_there_is_said_in_a_sentence(kept: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("tracker.executing._CONNECT", "1s")
    result = run("import", "folder", str(kept), "--cluster", "tcp://127.0.0.1:9")
    assert (result.exit_code, "There is no Dask scheduler at tcp://127.0.0.1:9" in result.output) == (2, True), (
        result.output
    )
    assert run("import", "folder", str(kept), "--cluster", "tcp://127.0.0.1:9", "--jobs", "2").exit_code == 2


def test_a_look_that_is_yet_to_come_is_refused(kept: Path, run) -> None:  # type: ignore[no-untyped-def]
    (kept / "lumora" / "privacy-2099-01-01.html").write_bytes(page())
    result = run("import", "folder", str(kept), "--jobs", "1")
    assert (result.exit_code, "2099-01-01 00:00, which is yet to come" in result.output) == (1, True), result.output
    assert "1 of 2 documents told anew" in result.output


def test_broken_off_it_says_what_was_done(kept: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    told = retelling.retell_all

    def broken_off(*arguments: object) -> Iterator[Retelling]:
        yield next(told(*arguments))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(anew, "retell_all", broken_off)
    result = run("import", "folder", str(kept), "--jobs", "1")
    assert (result.exit_code, "1 of 2 documents told anew" in result.output) == (4, True), result.output
    assert "Interrupted" in result.output


def test_what_the_registry_says_of_a_page_now_counts_when_it_is_read_anew(tmp_path: Path, run) -> None:  # type: ignore[no-untyped-def]
    registry = tmp_path / "vendors.toml"
    watched = '[vendors.lumora]\nname = "Lumora"\n[[vendors.lumora.documents]]\nkind = "privacy"\nurl = "https://lumora.example/p"\n'
    registry.write_text(watched)
    (tmp_path / "lumora-2024-03-01.html").write_bytes(page())
    run("--registry", str(registry), "import", "folder", str(tmp_path), "--jobs", "1")
    registry.write_text(watched + 'from = "Who we are"\n')
    result = run("--registry", str(registry), "reextract", "--jobs", "1")
    assert "1 of 1 documents told anew" in result.output, result.output


def test_without_a_history_there_is_nothing_to_read_anew(run) -> None:  # type: ignore[no-untyped-def]
    result = run("reextract")
    assert (result.exit_code, "There is no history" in result.output) == (2, True)


def test_processes_that_die_are_replaced() -> None:
    with executor(1) as (pool, _):
        with pytest.raises(BrokenProcessPool):
            pool.submit(os._exit, 1).result()
        assert pool.submit(abs, -1).result() == 1


@pytest.mark.parametrize(
    "content",
    [
        "file,date,document\na.html,2024-03-01T23:30:00-05:00,lumora/privacy\n",
        "\ufefffile;date;document\r\na.html;2024-03-02T04:30Z;Lumora/Privacy\r\n",
        'date,document,file,url\n"2024-03-02 04:30",lumora/privacy,a.html,"https://lumora.example/\np"\n',
    ],
    ids=["a time zone", "as spreadsheets write it", "a line within a field"],
)
def test_tables_are_read_as_they_are_written(tmp_path: Path, run, content: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.html").write_bytes(page())
    (tmp_path / "list.csv").write_text(content, newline="")
    result = run("import", "folder", str(tmp_path), "--table", str(tmp_path / "list.csv"), "--jobs", "1")
    assert result.exit_code == 0, result.output
    with History(tmp_path / "history.db") as history:
        assert [look.at.isoformat() for look in history.observations("lumora/privacy")] == ["2024-03-02T04:30:00+00:00"]


def test_a_table_in_another_encoding_is_refused_with_a_sentence(tmp_path: Path, run) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "list.csv").write_bytes("file,date,vendor\na.html,2024-03-01,Café\n".encode("latin-1"))
    result = run("import", "folder", str(tmp_path), "--table", str(tmp_path / "list.csv"))
    assert (result.exit_code, "is not in UTF-8" in result.output) == (2, True), result.output


def test_two_pages_of_one_moment_that_differ_are_named(kept: Path, run) -> None:  # type: ignore[no-untyped-def]
    (kept / "lumora" / "privacy-2024-03-01.htm").write_bytes(page(("12 months", "6 months")))
    result = run("import", "folder", str(kept), "--jobs", "1")
    assert (result.exit_code, "differ, and both would be of 2024-03-01 00:00" in result.output) == (1, True), (
        result.output
    )


def test_what_a_browser_saved_beside_a_page_and_hidden_files_are_no_pages(kept: Path, run) -> None:  # type: ignore[no-untyped-def]
    beside = kept / "lumora" / "privacy-2025-03-01_files"
    beside.mkdir()
    (beside / "frame.html").write_text("an advertisement")
    (kept / ".other-2025-01-01.html").write_text("hidden")
    (kept / "loop").symlink_to(kept)
    assert "2 of 2 documents told anew, 3 looks added" in run("import", "folder", str(kept), "--jobs", "1").output


def test_a_document_is_named_as_the_registry_names_it(kept: Path, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = str(kept / "lumora" / "privacy-2025-03-01.html")
    run("import", "folder", file, "--document", "Lumora/Privacy", "--jobs", "1")
    with History(tmp_path / "history.db") as history:
        assert history.find(["lumora/privacy"], watched=False) == ["lumora/privacy"]
    assert run("import", "folder", file, "--url", "https://lumora.example/p").exit_code == 2
