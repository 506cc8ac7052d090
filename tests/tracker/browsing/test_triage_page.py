"""Triage in the browser: who may mark what, and what becomes of it."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from asking import data_of, text_of
from datasette.app import Datasette
from datasette.plugins import pm
from lumora import DOCUMENT, page
from nightjar import ATTACK, looking
from pluggy import HookimplMarker

from tracker import History
from tracker.browsing.allowing import ACTION
from tracker.history import triage
from tracker.history.connection import writing

SELLING = ("We do not sell your personal data", "We may sell your personal data")
ABROAD = {"x-forwarded-for": "192.0.2.7"}
"""What a proxy adds: the request comes from somewhere else."""


@pytest.fixture(autouse=True)
def ines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage.getpass, "getuser", lambda: "ines")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history with one change, which is of high or critical level."""
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 9, page())
        look(DOCUMENT, 5, page(SELLING))
    return tmp_path / "history.db"


@pytest.fixture
def site(path: Path) -> Datasette:
    return Datasette([str(path)])


def marks(path: Path) -> list[Any]:
    with History(path, read_only=True) as history:
        return history.marks()


async def post(site: Datasette, data: dict[str, str], **headers: str) -> Any:
    return await site.client.post("/triage", data=data, headers={k.replace("_", "-"): v for k, v in headers.items()})


# --- marking --------------------------------------------------------------------------------------------------------------------


async def test_who_sits_at_the_machine_marks_a_change_under_their_own_name(site: Datasette, path: Path) -> None:
    response = await post(site, {"change": "1", "mark": "wrong", "note": "only\r\nmoved"})
    assert (response.status_code, response.headers["location"]) == (302, "/change/1#triage")
    [mark] = marks(path)
    assert (mark.mark, mark.change, mark.who, mark.note) == ("wrong", 1, "ines", "only\nmoved")


async def test_who_is_signed_in_marks_under_the_name_of_the_account(site: Datasette, path: Path) -> None:
    cookies = {"ds_actor": site.sign({"a": {"id": "omar"}}, "actor")}
    token = re.search(
        r'name="csrftoken" value="([^"]+)"', (await site.client.get("/triage", cookies=cookies, headers=ABROAD)).text
    )
    assert token
    response = await site.client.post(
        "/triage",
        data={"change": "1", "mark": "reviewed", "csrftoken": token[1]},
        cookies={**cookies, "ds_csrftoken": token[1]},
        headers=ABROAD,
    )
    assert response.status_code == 302
    assert [mark.who for mark in marks(path)] == ["omar"]


async def test_a_form_of_who_is_signed_in_has_to_come_from_this_site(site: Datasette, path: Path) -> None:
    # released, Datasette tells by a token, which the form lacks; from 1.0 on by what the browser says of where it comes from
    headers = {} if hasattr(Datasette, "permission_allowed") else {"sec-fetch-site": "cross-site"}
    cookies = {"ds_actor": site.sign({"a": {"id": "omar"}}, "actor")}
    response = await site.client.post(
        "/triage", data={"change": "1", "mark": "wrong"}, cookies=cookies, headers=headers
    )
    assert response.status_code == 403
    assert marks(path) == []


@pytest.mark.parametrize(
    "headers",
    [
        ABROAD,
        {"via": "1.1 proxy"},
        {"forwarded": "for=192.0.2.7"},
        {"x-real-ip": "127.0.0.1"},
        {"host": "evil.example"},
    ],
)
async def test_nobody_else_marks_anything(site: Datasette, path: Path, headers: dict[str, str]) -> None:
    response = await site.client.post("/triage", data={"change": "1", "mark": "wrong"}, headers=headers)
    assert response.status_code == 403
    assert "Only who is signed in" in response.text
    assert marks(path) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
    ],
)
async def test_a_page_of_another_site_marks_nothing_for_who_sits_at_the_machine(
    site: Datasette, path: Path, headers: dict[str, str]
) -> None:
    response = await site.client.post("/triage", data={"change": "1", "mark": "wrong"}, headers=headers)
    assert response.status_code == 403
    assert marks(path) == []


async def test_a_page_of_this_site_does(site: Datasette, path: Path) -> None:
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": "http://localhost"}):
        response = await site.client.post("/triage", data={"change": "1", "mark": "reviewed"}, headers=headers)
        assert response.status_code == 302
    assert len(marks(path)) == 2


async def test_forms_are_shown_to_who_may_send_them(site: Datasette) -> None:
    assert 'method="post"' in await text_of(site, "/triage")
    assert 'method="post"' not in (await site.client.get("/triage", headers=ABROAD)).text


class NotInes:
    """A plugin of somebody's, for Datasette 0.65 and for 1.0."""

    @HookimplMarker("datasette")(optionalhook=True)
    def permission_allowed(self, actor: dict[str, str] | None, action: str) -> bool | None:
        return False if action == ACTION and actor and actor["id"] == "ines" else None

    @HookimplMarker("datasette")(optionalhook=True)
    def permission_resources_sql(self, actor: dict[str, str] | None, action: str) -> Any:
        from datasette.permissions import PermissionSQL

        return PermissionSQL.deny(reason="not ines") if action == ACTION and actor and actor["id"] == "ines" else None


async def test_a_plugin_may_forbid_it_to_some(site: Datasette, path: Path) -> None:
    plugin = NotInes()
    pm.register(plugin)
    try:
        response = await post(site, {"change": "1", "mark": "wrong"})
    finally:
        pm.unregister(plugin)
    assert response.status_code == 403
    assert marks(path) == []


async def test_a_program_marks_with_json(site: Datasette, path: Path) -> None:
    response = await site.client.post("/triage", json={"change": 1, "mark": "note", "note": "seen by the bot"})
    assert response.status_code == 201
    assert response.json()["note"] == "seen by the bot"
    assert [mark.mark for mark in marks(path)] == ["note"]
    refused = await site.client.post("/triage", json={"change": 77, "mark": "wrong"})
    assert (refused.status_code, refused.json()) == (404, {"error": "There is no change 77."})


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"change": "77", "mark": "wrong"}, 404, "There is no change 77."),
        ({"change": "one", "mark": "wrong"}, 400, "no number"),
        ({"change": "1", "mark": "fine"}, 400, "A change is marked"),
        ({"change": "1", "mark": "muted"}, 400, "A change is marked"),
        ({"change": "1", "mark": "note"}, 400, "A note needs words."),
        (
            {"change": "1", "document": DOCUMENT.name, "mark": "wrong"},
            400,
            "one change, of one document or of one rule",
        ),
        ({"mark": "wrong"}, 400, "one change, of one document or of one rule"),
        ({"document": "nobody/nothing", "mark": "muted"}, 404, "no document nobody/nothing"),
        ({"document": DOCUMENT.name, "mark": "wrong"}, 400, "muted or unmuted"),
        ({"rule": "no.such", "mark": "muted"}, 404, "no.such"),
        ({"change": "1", "mark": "wrong", "note": "x" * 10_001}, 400, "at most 10,000"),
        ({"change": "1", "mark": "wrong", "note": "x" * 100_000}, 413, "bytes"),
    ],
)
async def test_what_cannot_be_marked_is_refused_in_a_sentence(
    site: Datasette, path: Path, data: dict[str, str], status: int, sentence: str
) -> None:
    response = await post(site, data)
    assert response.status_code == status
    assert sentence in response.text
    assert marks(path) == []


@pytest.mark.parametrize("body", [b"[1]", b"{", b"\xff"])
async def test_what_is_no_json_object_is_refused(site: Datasette, body: bytes) -> None:
    response = await site.client.post("/triage", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("sender", "location"),
    [
        ("http://localhost/triage?triage=wrong", "/triage?triage=wrong#triage"),
        ("http://localhost/change/1?view=in-place#redline", "/change/1?view=in-place#triage"),
        ("https://evil.example/triage", "/change/1#triage"),
        ("http://localhost//evil.example/", "/change/1#triage"),
        ("http://localhost/\\evil.example/", "/change/1#triage"),
        ("", "/change/1#triage"),
    ],
)
async def test_a_form_leads_back_to_the_page_of_this_site_that_it_was_sent_from(
    site: Datasette, sender: str, location: str
) -> None:
    response = await post(site, {"change": "1", "mark": "wrong"}, referer=sender)
    assert response.headers["location"] == location


async def test_a_mark_waits_for_a_daemon_that_is_writing(site: Datasette, path: Path) -> None:
    begun, ended = threading.Event(), []

    def write() -> None:
        with History(path) as history, writing(history.db):
            begun.set()
            threading.Event().wait(0.3)
            history.db.execute("UPDATE hosts SET lease = NULL")
            ended.append(True)

    daemon = threading.Thread(target=write)
    daemon.start()
    begun.wait()
    response = await post(site, {"change": "1", "mark": "wrong"})
    assert (response.status_code, ended) == (302, [True])
    daemon.join()


# --- seeing ---------------------------------------------------------------------------------------------------------------------


async def listed(site: Datasette, **asked: str) -> list[int]:
    query = "&".join(f"{key}={quote(value)}" for key, value in asked.items())
    return [row["change"] for row in (await data_of(site, f"/triage.json?{query}"))["changes"]]  # type: ignore[attr-defined]


async def test_what_is_open_is_listed_until_somebody_looked_at_it(site: Datasette) -> None:
    assert await listed(site) == [1]
    await post(site, {"change": "1", "mark": "reviewed"})
    assert await listed(site) == []
    assert await listed(site, triage="reviewed") == [1]
    assert await listed(site, triage="wrong") == []


async def test_what_is_muted_is_not_open_and_stays_in_the_record(site: Datasette) -> None:
    await post(site, {"document": DOCUMENT.name, "mark": "muted"})
    assert await listed(site) == []
    assert await listed(site, triage="muted") == [1]
    assert (await data_of(site, "/change/1.json"))["change"]["level"] in ("high", "critical")  # type: ignore[index]


async def test_notes_are_listed_and_what_they_say_is_only_text(site: Datasette) -> None:
    await post(site, {"change": "1", "mark": "note", "note": ATTACK})
    assert await listed(site, triage="noted") == [1]
    shown = await text_of(site, "/triage")
    assert ATTACK not in shown
    assert ATTACK.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;") in shown


async def test_a_long_list_goes_on(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        for n in range(54):
            look(DOCUMENT, 60 - n, page(("12 months", f"{n + 12} months")))
    site = Datasette([str(tmp_path / "history.db")])
    first = await data_of(site, "/triage.json?level=low")
    rest = await data_of(site, f"/triage.json?level=low&before={first['more']}")
    assert (len(first["changes"]), len(rest["changes"]), rest["more"]) == (50, 3, None)  # type: ignore[arg-type]
    assert f"before={first['more']}" in await text_of(site, "/triage?level=low")


@pytest.mark.parametrize("query", ["triage=nothing", "level=huge", "triage=%27"])
async def test_a_question_that_makes_no_sense_is_refused(site: Datasette, query: str) -> None:
    assert "no such standing" in await text_of(site, f"/triage?{query}", status=400)


async def test_the_page_of_a_change_tells_what_was_said_of_it_and_takes_more(site: Datasette) -> None:
    assert "Mark as reviewed" in await text_of(site, "/change/1")
    await post(site, {"change": "1", "mark": "wrong", "note": "only moved"})
    shown = await text_of(site, "/change/1")
    assert "Triage: wrong alert" in shown
    assert "only moved" in shown
    data = await data_of(site, "/change/1.json")
    assert [(mark["mark"], mark["who"], mark["note"]) for mark in data["marks"]] == [("wrong", "ines", "only moved")]  # type: ignore[attr-defined]


async def test_a_rule_is_muted_beside_the_reason_that_it_gave(site: Datasette, path: Path) -> None:
    [rule] = set(re.findall(r'name="rule" value="(sale[^"]*|promise[^"]*)"', await text_of(site, "/change/1"))[:1])
    await post(site, {"rule": rule, "mark": "muted"})
    with History(path, read_only=True) as history:
        assert history.muted_rules() == {rule}
    assert (await data_of(site, "/change/1.json"))["muted_rules"] == [rule]


async def test_a_muted_document_is_marked_so_wherever_it_stands(site: Datasette) -> None:
    flag = '<span class="mark-flag muted">muted</span>'
    pages = ("/", "/changes", f"/policy/{DOCUMENT.name}", "/vendors", "/vendor/Lumora")
    assert not [page_ for page_ in pages if flag in await text_of(site, page_)]
    await post(site, {"document": DOCUMENT.name, "mark": "muted", "note": "flickers"})
    for page_ in pages:
        assert flag in await text_of(site, page_), page_
    assert "flickers" in await text_of(site, f"/policy/{DOCUMENT.name}")


@pytest.mark.parametrize("address", ["/-/home", "/changes", f"/policy/{DOCUMENT.name}"])
async def test_every_list_of_changes_can_be_restricted_to_what_stands_so(site: Datasette, address: str) -> None:
    async def shown(standing: str) -> list[int]:
        data = await data_of(site, f"{address}.json?triage={standing}")
        return [row["change"] for row in data["changes"]]  # type: ignore[attr-defined]

    await post(site, {"change": "1", "mark": "wrong", "note": "only moved"})
    expected = {"": [1], "open": [], "reviewed": [], "wrong": [1], "noted": [1], "muted": [], "nonsense": [1]}
    assert {standing: await shown(standing) for standing in expected} == expected
    assert "wrong alert" in await text_of(site, address)


async def test_tables_of_datasette_can_be_restricted_too(site: Datasette) -> None:
    await post(site, {"change": "1", "mark": "wrong"})
    rows = (await site.client.get("/history/change_log.json?_shape=array&triage=wrong")).json()
    assert [row["change"] for row in rows] == [1]
