"""`clausewatch export`: the history for other tools, and a WARC file that other tools take and that comes back as it was."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lumora import DOCUMENT, START, page
from warcio.archiveiterator import ArchiveIterator

from tracker import History, Observation, State, observe
from tracker.cli import cli
from tracker.history.exporting import TABLES
from tracker.model import Hop

Run = Callable[..., Result]
LONGER = page(("12 months", "24 months"))
ADDRESS = "https://lumora.example/legal/privacy"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A document that was redirected, stayed, failed, came as 304, and changed."""
    made = tmp_path / "history.db"
    headers = {"content-type": "text/html; charset=utf-8", "etag": '"a"', "content-encoding": "gzip"}
    hops = (Hop(DOCUMENT.url or "", 301),)
    looks = [
        {"body": page(), "status": 200},
        {"body": page(), "status": 200},
        {"failure": State.DNS},
        {"status": 304},
        {"body": LONGER, "status": 200},
    ]
    with History(made) as history:
        for day, look in enumerate(looks):
            seen = Observation(url=DOCUMENT.url or "", at=START + timedelta(days=day), headers=headers)
            if "failure" not in look:
                seen = replace(seen, final_url=ADDRESS, redirects=hops)
            observe(history, DOCUMENT, replace(seen, **look))  # type: ignore[arg-type]
    return made


@pytest.fixture
def run(path: Path) -> Run:
    def _run(*arguments: str, history: Path = path) -> Result:
        return CliRunner().invoke(cli, ["--history", str(history), *arguments])

    return _run


def records(file: Path) -> Iterator[tuple[str, str | None, bytes]]:
    """Type, address and payload of each record, as an independent reader sees them."""
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream):
            yield record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()


def test_every_table_becomes_a_file_of_json_lines(run: Run, tmp_path: Path) -> None:
    assert run("export", "jsonl", str(tmp_path / "out")).exit_code == 0
    assert {file.stem for file in (tmp_path / "out").iterdir()} == set(TABLES)
    looks = [json.loads(line) for line in (tmp_path / "out" / "looks.jsonl").read_text().splitlines()]
    assert [look["outcome"] for look in looks] == ["first", "unchanged", "failed", "unchanged", "changed"]
    assert looks[0]["headers"]["etag"] == '"a"'
    versions = [json.loads(line) for line in (tmp_path / "out" / "versions.jsonl").read_text().splitlines()]
    assert ["12 months" in versions[0]["text"], "24 months" in versions[1]["text"]] == [True, True]


def test_csv_has_a_line_of_names_even_where_there_is_nothing(run: Run, tmp_path: Path) -> None:
    run("export", "csv", str(tmp_path / "out"))
    for file in (tmp_path / "out").iterdir():
        rows = list(csv.reader(file.open(encoding="utf-8", newline="")))
        assert all(len(row) == len(rows[0]) for row in rows), file
    [change] = csv.DictReader((tmp_path / "out" / "changes.csv").open(encoding="utf-8", newline=""))
    assert (change["level"], "12 months → 24 months" in change["summary"]) == ("high", True)


def test_one_table_goes_to_standard_output(run: Run) -> None:
    result = run("export", "csv", "-", "lumora", "--table", "documents")
    assert [row["document"] for row in csv.DictReader(io.StringIO(result.output))] == [DOCUMENT.name]
    assert run("export", "csv", "-").exit_code == 2


def test_what_a_spreadsheet_would_run_is_written_as_text(run: Run, path: Path) -> None:
    with History(path) as history:
        history.db.execute("UPDATE versions SET title = '=HYPERLINK(1)'")
    assert "'=HYPERLINK(1)" in run("export", "csv", "-", "--table", "versions").output


def test_a_warc_file_has_every_look_and_stands_the_check_of_another_tool(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.warc.gz"
    assert run("export", "warc", str(file)).exit_code == 0
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(file)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, "failed" in checked.stdout) == (0, False), checked.stdout
    assert [(kind, url) for kind, url, _ in records(file) if kind != "warcinfo"] == [
        *[("response", DOCUMENT.url), ("response", ADDRESS)],
        *[("response", DOCUMENT.url), ("revisit", ADDRESS)],
        ("metadata", DOCUMENT.url),
        *[("response", DOCUMENT.url), ("revisit", ADDRESS)],
        *[("response", DOCUMENT.url), ("response", ADDRESS)],
    ]
    assert [body for kind, url, body in records(file) if kind == "response" and url == ADDRESS] == [page(), LONGER]


def test_the_same_history_gives_the_same_file(run: Run, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("export", "warc", str(tmp_path / name))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_was_exported_can_be_imported_and_says_the_same(run: Run, path: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "out.warc.gz", tmp_path / "other.db"
    run("export", "warc", str(file))
    asked = ["import", "warc", str(file), "--document", DOCUMENT.name, "--url", DOCUMENT.url or "", "--jobs", "1"]
    result = run(*asked, history=other)
    assert "4 looks added" in result.output, result.output
    with History(path) as before, History(other) as after:
        told = [
            [(v.text_hash, v.first_seen, v.last_seen) for v in history.versions(DOCUMENT.name)]
            for history in (before, after)
        ]
        assert told[0] == told[1]
    assert "0 looks added" in run(*asked, history=other).output


def test_files_without_captures_of_the_document_are_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.warc.gz"
    run("export", "warc", str(file))
    asked = ["import", "warc", str(file), "--document", "other/privacy", "--url", "https://other.example/privacy"]
    assert "There are no captures" in run(*asked, history=tmp_path / "other.db").output


def test_a_file_that_is_no_warc_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(b"hello\r\n\r\n" * 10)
    result = run("import", "warc", str(tmp_path / "x.warc"), "--document", "a/b", "--url", "https://a.example/")
    assert result.exit_code == 2
