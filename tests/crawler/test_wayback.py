"""`clausewatch import wayback`, with an archive on loopback that answers in the shapes of the real one."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import requests
from click.testing import CliRunner, Result
from lumora import page
from wayback import WaybackClient

from crawler import wayback
from crawler.cli import cli
from tracker import History
from tracker.importing import ArchiveError

ADDRESS = "https://lumora.example/privacy"
NAME = "lumora/privacy"
CAPTURES = {
    "20200101000000": page(("12 months", "6 months")),
    "20200103000000": page(("12 months", "6 months")),
    "20210101000000": page(),
    "20220101000000": page(("12 months", "24 months")),
}
REGISTRY = f"""[settings]
contact = "mailto:someone@lumora.example"
[vendors.lumora]
name = "Lumora"
[[vendors.lumora.documents]]
kind = "privacy"
url = "{ADDRESS}"
"""

Run = Callable[..., Result]


class Archive(ThreadingHTTPServer):
    """Lists the captures, shows each; `broken` are those that it lists and cannot show."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked: list[tuple[str, str | None]] = []
        self.broken: set[str] = set()
        self.excluded = False


class _Answers(BaseHTTPRequestHandler):
    server: Archive

    def do_GET(self) -> None:
        self.server.asked.append((unquote(self.path), self.headers["User-Agent"]))
        if self.path.startswith("/cdx/"):
            self._list(parse_qs(urlsplit(self.path).query))
        else:
            self._show(re.match(r"/web/(\d+)id_/", self.path)[1])  # type: ignore[index]

    def _list(self, asked: dict[str, list[str]]) -> None:
        if self.server.excluded:
            said = "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
            self._answer(403, said.encode(), {"content-type": "text/plain"})
            return
        digests = {body: f"DIGEST{number}" for number, body in enumerate(CAPTURES.values())}
        begin, end = asked.get("from", ["0"])[0], asked.get("to", ["9"])[0]
        lines = [
            f"example,lumora)/privacy {at} {ADDRESS} text/html 200 {digests[body]} {len(body)}"
            for at, body in CAPTURES.items()
            if begin <= at <= end
        ]
        lines.insert(1, f"example,lumora)/privacy 20200102000000 {ADDRESS} text/html 404 NONE 200")
        self._answer(200, ("\n".join(lines) + "\n").encode(), {"content-type": "text/plain"})

    def _show(self, at: str) -> None:
        if at in self.server.broken:
            self._answer(404, b"not shown", {"x-archive-wayback-runtime-error": "ResourceNotAvailableException: gone"})
            return
        moment = datetime.strptime(at, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        headers = {
            "content-type": "text/html; charset=utf-8",
            "memento-datetime": moment.strftime("%a, %d %b %Y %H:%M:%S GMT"),
            "link": f'<{ADDRESS}>; rel="original"',
            "x-archive-orig-content-type": "text/html; charset=utf-8",
            "x-archive-orig-etag": f'"{at}"',
        }
        self._answer(200, CAPTURES[at], headers)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _ToLoopback(requests.adapters.HTTPAdapter):
    """Asks our archive whatever the real one would be asked; the answers keep the real one's addresses."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def send(self, request: requests.PreparedRequest, **keywords: object) -> requests.Response:  # type: ignore[override]
        assert request.url
        address = request.url
        assert address.startswith("https://web.archive.org/")
        request.url = address.replace("https://web.archive.org", f"http://127.0.0.1:{self.port}", 1)
        response = super().send(request, **keywords)  # type: ignore[arg-type]
        request.url = response.url = address
        return response


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    server = Archive()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made = wayback.session

    def session(user_agent: str) -> object:
        to_loopback = made(user_agent)
        to_loopback.mount("https://", _ToLoopback(server.server_address[1]))
        to_loopback.retries = 0
        return to_loopback

    monkeypatch.setattr(wayback, "session", session)
    monkeypatch.setattr(wayback, "PAGES_A_SECOND", 0)
    monkeypatch.setattr(wayback, "SEARCHES_A_SECOND", 0)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "vendors.toml").write_text(REGISTRY)
    where = ["--registry", str(tmp_path / "vendors.toml"), "--history", str(tmp_path / "history.db")]

    def _run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, [*where, "import", "wayback", *arguments, "--jobs", "1"])

    return _run


def shown(archive: Archive) -> list[str]:
    return [path.split("/")[2].removesuffix("id_") for path, _ in archive.asked if path.startswith("/web/")]


def test_captures_become_history_and_equal_bytes_are_fetched_once(archive: Archive, run: Run, tmp_path: Path) -> None:
    result = run(NAME)
    assert "4 looks added, 0 → 3 versions" in result.output, result.output
    assert shown(archive) == ["20200101000000", "20210101000000", "20220101000000"]
    with History(tmp_path / "history.db") as history:
        reigns = history.reigns(NAME)
        assert [(r.first_seen.year, r.last_seen.day) for r in reigns] == [(2020, 3), (2021, 1), (2022, 1)]
        assert history.events() == []


def test_the_archive_is_told_who_asks(archive: Archive, run: Run) -> None:
    run(NAME)
    assert all("someone@lumora.example" in (agent or "") for _, agent in archive.asked)


def test_a_second_time_fetches_nothing(archive: Archive, run: Run) -> None:
    run(NAME)
    archive.asked.clear()
    result = run(NAME)
    assert (shown(archive), result.exit_code, "0 looks added" in result.output) == ([], 0, True), result.output


def test_only_captures_in_the_time_asked_for_are_taken(archive: Archive, run: Run) -> None:
    run(NAME, "--since", "2020-12-01", "--until", "2021-06-01")
    assert shown(archive) == ["20210101000000"]


def test_in_each_stretch_of_time_one_is_fetched(archive: Archive, run: Run) -> None:
    run(NAME, "--every", "500 days")
    assert shown(archive) == ["20200101000000", "20220101000000"]


def test_a_capture_that_cannot_be_shown_is_named_and_the_others_are_imported(archive: Archive, run: Run) -> None:
    archive.broken.add("20210101000000")
    result = run(NAME)
    assert (result.exit_code, "The capture of 2021-01-01 cannot be shown" in result.output) == (1, True), result.output
    assert "3 looks added" in result.output


def test_a_site_that_the_archive_does_not_show_is_said_so(archive: Archive, run: Run) -> None:
    archive.excluded = True
    result = run(NAME)
    assert (result.exit_code, "does not list captures" in result.output) == (1, True), result.output


def test_an_archive_that_is_away_is_said_in_a_sentence(archive: Archive) -> None:
    archive.shutdown()
    archive.server_close()
    with WaybackClient(wayback.session("test")) as client, pytest.raises(ArchiveError, match="does not list captures"):
        wayback.captures(client, ADDRESS)


def test_nobody_is_asked_without_a_contact(archive: Archive, run: Run, tmp_path: Path) -> None:
    (tmp_path / "vendors.toml").write_text(REGISTRY.replace("contact", "# contact"))
    result = run(NAME)
    assert (result.exit_code, archive.asked) == (2, [])


def test_a_look_has_the_time_and_the_address_of_its_capture(archive: Archive, run: Run, tmp_path: Path) -> None:
    run(NAME, "--since", "2022-01-01")
    with History(tmp_path / "history.db") as history:
        [look] = history.observations(NAME)
        assert (look.url, look.final_url) == (ADDRESS, ADDRESS)
        assert look.at == datetime(2022, 1, 1, tzinfo=UTC)


def test_of_captures_that_were_not_fetched_no_headers_are_claimed(archive: Archive, run: Run, tmp_path: Path) -> None:
    run(NAME)
    with History(tmp_path / "history.db") as history:
        etags = history.db.execute("SELECT json_extract(headers, '$.etag') FROM observations ORDER BY at").fetchall()
    assert etags == [('"20200101000000"',), (None,), ('"20210101000000"',), ('"20220101000000"',)]


def test_interrupted_it_imports_what_it_has_and_asks_for_no_more(
    archive: Archive, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = REGISTRY + '[[vendors.lumora.documents]]\nkind = "terms"\nurl = "https://lumora.example/terms"\n'
    (tmp_path / "vendors.toml").write_text(more)
    fetched = wayback.looks

    def stopped(client, document, captured, known):  # type: ignore[no-untyped-def]
        if len(shown(archive)) == 2:
            raise KeyboardInterrupt
        return fetched(client, document, captured, known)

    monkeypatch.setattr(wayback, "looks", stopped)
    result = run("lumora")
    assert (result.exit_code, "Interrupted" in result.output) == (4, True), result.output
    assert "1 of 2 documents told anew, 3 looks added" in result.output
    assert len([path for path, _ in archive.asked if path.startswith("/cdx/")]) == 1
