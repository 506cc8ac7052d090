"""`clausewatch import declarations`: whom an archive watches, in our registry."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli import cli
from tracker.registry import load

Run = Callable[..., Result]

LUMORA = {
    "name": "Lumora Lamps",
    "terms": {
        "Privacy Policy": {"fetch": "https://lumora.example/privacy", "select": ["main", ".text"], "remove": "nav"},
        "Terms of Service": {
            "fetch": "https://lumora.example/terms",
            "select": [{"startAfter": "h1"}],
            "executeClientScripts": True,
        },
        "Law Enforcement Guidelines": {
            "combine": [{"fetch": "https://lumora.example/law-1"}, {"fetch": "https://lumora.example/law-2"}],
            "select": "article",
        },
    },
}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    folder = tmp_path / "made-declarations" / "declarations"
    folder.mkdir(parents=True)
    (folder / "Lumora.json").write_text(json.dumps(LUMORA))
    (folder / "Lumora.history.json").write_text("{}")

    def _run(*arguments: str) -> Result:
        command = ["import", "declarations", str(tmp_path / "made-declarations"), *arguments]
        return CliRunner().invoke(cli, ["--registry", str(tmp_path / "vendors.toml"), *command])

    return _run


def test_every_document_comes_into_the_registry(run: Run, tmp_path: Path) -> None:
    result = run()
    assert (result.exit_code, "Added 4 documents" in result.output) == (0, True), result.output
    found = {document.name: document for document in load(tmp_path / "vendors.toml").documents}
    assert {name: document.url for name, document in found.items()} == {
        "lumora/privacy": "https://lumora.example/privacy",
        "lumora/terms": "https://lumora.example/terms",
        "lumora/law-enforcement-guidelines": "https://lumora.example/law-1",
        "lumora/law-enforcement-guidelines-2": "https://lumora.example/law-2",
    }
    assert (found["lumora/terms"].render, found["lumora/privacy"].select) == (True, ())
    assert found["lumora/privacy"].vendor == "Lumora Lamps"


def test_selectors_come_along_where_they_are_asked_for_and_have_a_counterpart(run: Run, tmp_path: Path) -> None:
    run("--selectors")
    found = {document.name: document for document in load(tmp_path / "vendors.toml").documents}
    assert found["lumora/privacy"].select == ("main", ".text")
    assert found["lumora/privacy"].remove == ("nav",)
    assert found["lumora/terms"].select == ()
    assert found["lumora/law-enforcement-guidelines-2"].select == ("article",)


def test_what_stands_there_stays_as_it_is(run: Run, tmp_path: Path) -> None:
    registry = tmp_path / "vendors.toml"
    mine = '# mine\n[vendors.lumora]\nname = "Lumora"\n\n[[vendors.lumora.documents]]\nkind = "privacy"\nurl = "https://lumora.example/p"\n'
    registry.write_text(mine)
    assert "Added 3 documents" in run().output
    assert registry.read_text().startswith(mine)
    assert "Added 0 documents" in run().output


def test_only_some_are_added(run: Run, tmp_path: Path) -> None:
    run("--only", "*/privacy")
    assert [document.name for document in load(tmp_path / "vendors.toml").documents] == ["lumora/privacy"]


def test_one_that_cannot_be_watched_is_named_and_the_others_are_added(run: Run, tmp_path: Path) -> None:
    bad = {"name": "Bad", "terms": {"Privacy Policy": {"fetch": "ftp://bad.example/privacy"}}}
    (tmp_path / "made-declarations" / "declarations" / "Bad.json").write_text(json.dumps(bad))
    result = run()
    assert (result.exit_code, "bad/privacy: " in result.output, "Added 4" in result.output) == (1, True, True)


def test_a_folder_without_declarations_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["--registry", str(tmp_path / "v.toml"), "import", "declarations", str(tmp_path)])
    assert (result.exit_code, "There are no declarations" in result.output) == (2, True)
