"""The page of a look, what it saw, and what proves a change."""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asking import changes_of, data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import ATTACK, GONE, HOSTILE, TODAY

from tracker import History, Observation, observe
from tracker.evidence import check, read
from tracker.model import Hop

LONGER = ("12 months", "24 months")


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four looks: 1 through two redirects, 2 answered with 304, 3 finds another text, 4 a wall; and look 5 at a PDF that is none."""
    path = tmp_path_factory.mktemp("looks") / "history.db"
    headers = {"content-type": "text/html; charset=utf-8", "etag": '"a1"', "server": ATTACK}
    hops = (Hop("http://lumora.example/privacy", 301), Hop("https://lumora.example/old", 302))
    wall = b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"

    def look(document: Any, days: int, body: bytes | None, status: int, **more: Any) -> None:
        given = {"url": document.url, "headers": headers, **more}
        observe(history, document, Observation(at=TODAY - timedelta(days=days), body=body, status=status, **given))

    with History(path) as history:
        look(DOCUMENT, 9, page(), 200, redirects=hops, final_url=DOCUMENT.url, seconds=0.4, address="192.0.2.7")
        look(DOCUMENT, 8, None, 304)
        look(DOCUMENT, 7, page(LONGER), 200)
        look(DOCUMENT, 6, wall, 200)
        look(GONE, 5, b"%PDF-1.7 broken", 200, headers={"content-type": "application/pdf"})
    return path


@pytest.fixture
def looks(looked: Path) -> Datasette:
    return Datasette([str(looked)])


async def test_a_look_shows_where_it_was_sent_and_what_came_back(looks: Datasette) -> None:
    found = (await data_of(looks, "/observation/1.json"))["observation"]
    assert [(hop["url"], hop["status"]) for hop in found["redirects"]] == [
        ("http://lumora.example/privacy", 301),
        ("https://lumora.example/old", 302),
    ]
    assert (found["final_url"], found["status"], found["address"]) == (DOCUMENT.url, 200, "192.0.2.7")
    assert found["headers"]["etag"] == '"a1"'
    shown = await text_of(looks, "/observation/1")
    assert shown.index("http://lumora.example/privacy") < shown.index("https://lumora.example/old")
    assert "etag" in shown


async def test_a_look_leads_to_the_looks_before_and_after_it_and_to_the_change_that_it_found(looks: Datasette) -> None:
    third = await data_of(looks, "/observation/3.json")
    assert (third["earlier"], third["later"], third["change"]) == (2, 4, 1)
    first = await data_of(looks, "/observation/1.json")
    assert (first["earlier"], first["later"], first["change"]) == (None, 2, None)


async def test_a_look_that_was_answered_with_nothing_new_leads_to_the_one_that_received_the_body(
    looks: Datasette,
) -> None:
    assert (await data_of(looks, "/observation/2.json"))["received"] == 1
    assert (await data_of(looks, "/observation/1.json"))["received"] is None


async def test_a_look_that_saw_no_policy_says_by_what_that_was_told(looks: Datasette) -> None:
    found = (await data_of(looks, "/observation/4.json"))["observation"]
    assert (found["outcome"], found["number"]) == ("refused", None)
    assert found["evidence"]
    assert found["evidence"][0]["cue"] in await text_of(looks, "/observation/4")


async def test_a_look_shows_its_hashes_and_its_place_in_the_chain(looks: Datasette) -> None:
    first, second = [await data_of(looks, f"/observation/{n}.json") for n in (1, 2)]
    assert first["observation"]["sha256"] == hashlib.sha256(page()).hexdigest()
    assert (first["chain"]["before"], first["chain"]["whole"]) == ("0" * 64, True)
    assert second["chain"]["before"] == first["chain"]["hash"]
    both = f"{first['chain']['before']}{first['chain']['digest']}"
    assert first["chain"]["hash"] == hashlib.sha256(both.encode()).hexdigest()


async def test_a_look_of_a_day_that_is_over_names_the_days_root(looks: Datasette) -> None:
    root = (await data_of(looks, "/observation/1.json"))["chain"]["root"]
    chain = (await data_of(looks, "/observation/1.json"))["chain"]
    assert root == {"day": f"{TODAY - timedelta(days=9):%Y-%m-%d}", "observation": 1, "hash": chain["hash"]}


async def test_a_row_that_was_altered_after_it_was_recorded_is_told(looked: Path, tmp_path: Path) -> None:
    forged = tmp_path / "history.db"
    with sqlite3.connect(looked) as source, sqlite3.connect(forged) as target:
        source.backup(target)
        target.execute("UPDATE observations SET at = '2020-01-01T00:00:00Z' WHERE id = 3")
    source.close()
    target.close()
    assert "was altered" in await text_of(Datasette([str(forged)]), "/observation/3")
    assert "was altered" not in await text_of(Datasette([str(forged)]), "/observation/2")


async def test_the_body_is_saved_as_a_file_that_nothing_opens(looks: Datasette) -> None:
    response = await looks.client.get("/observation/1/body")
    assert response.content == page()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == 'attachment; filename="observation-1.bin"'
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_the_body_is_shown_as_text_and_never_as_a_page(looks: Datasette) -> None:
    response = await looks.client.get("/observation/1/source")
    assert response.text == page().decode()
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in response.headers["content-security-policy"]


async def test_a_body_that_is_no_text_can_only_be_saved(looks: Datasette) -> None:
    assert "which is no text" in await text_of(looks, "/observation/5/source", status=415)
    assert "/observation/5/source" not in await text_of(looks, "/observation/5")
    assert (await looks.client.get("/observation/5/body")).content.startswith(b"%PDF")


async def test_a_long_body_is_shown_as_far_as_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.browsing.pages.observations.SHOWN", 100)
    with History(tmp_path / "history.db") as history:
        seen = Observation(
            url=DOCUMENT.url or "", at=TODAY, status=200, body=page(), headers={"content-type": "text/html"}
        )
        observe(history, DOCUMENT, seen)
    shown = await text_of(Datasette([str(tmp_path / "history.db")]), "/observation/1/source")
    assert shown.startswith(page()[:100].decode())
    assert f"{len(page().decode()) - 100:,} characters more" in shown


async def test_a_change_can_be_taken_away_as_evidence_that_holds(looks: Datasette, tmp_path: Path) -> None:
    response = await looks.client.get("/change/1/evidence.zip")
    assert response.headers["content-disposition"] == 'attachment; filename="evidence-1.zip"'
    bundle = tmp_path / "evidence.zip"
    bundle.write_bytes(response.content)
    assert zipfile.is_zipfile(bundle)
    assert all(finding.good for finding in check(*read(bundle)))


@pytest.mark.parametrize(
    "path",
    [
        "/observation/99",
        "/observation/99/body",
        "/observation/99/source",
        "/observation/4000000000/source",
        "/change/99/evidence.zip",
    ],
)
async def test_what_is_not_there_is_said_in_a_sentence(looks: Datasette, path: str) -> None:
    response = await looks.client.get(path)
    assert response.status_code == 404
    assert "Not Found" in response.text


async def test_a_look_that_received_no_body_has_none_to_show(datasette: Datasette, served: Path) -> None:
    with History(served, read_only=True) as history:
        failed = next(look.id for look in history.observations(GONE.name) if look.outcome == "failed")
    assert "no answer" in await text_of(datasette, f"/observation/{failed}")
    assert "saw nothing that is stored" in await text_of(datasette, f"/observation/{failed}/body", status=404)


async def test_hostile_headers_are_shown_as_the_text_that_they_are(looks: Datasette) -> None:
    shown = await text_of(looks, "/observation/1")
    assert ATTACK not in shown
    assert ATTACK.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;") in shown


async def test_hostile_bytes_are_text_and_file_only(datasette: Datasette, served: Path) -> None:
    assert changes_of(served, HOSTILE.name)
    with History(served, read_only=True) as history:
        [last, *_] = history.observations(HOSTILE.name)
    assert ATTACK not in await text_of(datasette, f"/observation/{last.id}")
