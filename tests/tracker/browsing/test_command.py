"""`clausewatch browse`, as a process of its own where it serves."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import urllib.request
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from tracker import History
from tracker.cli import cli


def test_a_web_page_that_points_its_own_name_at_us_is_refused(browsing: tuple[subprocess.Popen[str], str]) -> None:
    _, address = browsing

    def called(host: str) -> int:
        client = HTTPConnection("127.0.0.1", urlsplit(address).port or 0)
        client.request("GET", "/clauses", headers={"Host": host})
        status = client.getresponse().status
        client.close()
        return status

    assert [called(host) for host in ("localhost", "127.0.0.1:9", "[::1]:9")] == [200, 200, 200]
    assert [called(host) for host in ("evil.example", "[", "")] == [421, 421, 421]


def test_it_prints_the_address_serves_on_loopback_and_ends_well_on_ctrl_c(
    browsing: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = browsing
    assert address.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(f"{address}policy/lumora/privacy-en.json") as response:
        assert json.load(response)["document"]["number"] == 3
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0


@pytest.mark.parametrize(("made", "sentence"), [(None, "There is no history at"), ("not a database", "is no history")])
def test_a_file_that_is_no_history_is_said_before_anything_is_served(
    tmp_path: Path, made: str | None, sentence: str
) -> None:
    path = tmp_path / "none.db"
    if made:
        path.write_text(made * 200)
    result = CliRunner().invoke(cli, ["--history", str(path), "browse"])
    assert result.exit_code == 2
    assert sentence in result.output
    assert path.exists() == bool(made)


def test_a_port_in_use_is_said_in_a_sentence(tmp_path: Path) -> None:
    History(tmp_path / "history.db").close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(cli, ["--history", str(tmp_path / "history.db"), "browse", "--port", port])
    assert result.exit_code == 2
    assert f"Cannot listen on 127.0.0.1, port {port}: Address already in use. Try another" in result.output
    assert "Traceback" not in result.output


def test_help_has_an_example() -> None:
    assert "clausewatch browse --port" in CliRunner().invoke(cli, ["browse", "--help"]).output


def test_the_history_is_served_as_one_that_changes(served: Path) -> None:
    [db] = [db for name, db in Datasette([str(served)]).databases.items() if not name.startswith("_")]
    assert db.is_mutable
