"""The page of a document."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from asking import POLICY, data_of, text_of
from datasette.app import Datasette
from nightjar import CHINESE, TODAY


async def test_a_document_shows_its_dates_reigns_and_changes(datasette: Datasette) -> None:
    data = await data_of(datasette, f"{POLICY}.json")
    document = data["document"]
    assert (document["updated"], document["number"], document["versions"]) == ("2026-03-03", 3, 3)
    assert [row["number"] for row in data["reigns"]] == [3, 2, 1]
    assert [(row["old_number"], row["new_number"], row["silent"]) for row in data["changes"]] == [(2, 3, 0), (1, 2, 1)]
    shown = await text_of(datasette, POLICY)
    assert "version 3 of 3" in shown
    assert "2026-03-03" in shown


async def test_each_clause_of_the_text_has_the_day_on_which_it_was_first_seen_so(datasette: Datasette) -> None:
    clauses = (await data_of(datasette, f"{POLICY}.json"))["text"]
    since = {clause["text"][:12]: clause["since"][:10] for clause in clauses}
    assert since["Lumora Devic"] == f"{TODAY - timedelta(days=80):%Y-%m-%d}"
    assert since["We may sell "] == f"{TODAY - timedelta(days=20):%Y-%m-%d}"
    assert since["We keep acco"] == f"{TODAY - timedelta(days=8):%Y-%m-%d}"


async def test_a_failing_document_says_why_and_keeps_its_last_text(datasette: Datasette) -> None:
    shown = await text_of(datasette, "/policy/brightwell/terms")
    assert "failing" in shown
    assert "The last look:" in shown
    assert "the last one that was seen in force" in shown
    assert "hosting providers" in shown


async def test_a_document_without_an_address_has_a_page(datasette: Datasette) -> None:
    assert "No policy has been seen here yet" in await text_of(datasette, "/policy/brightwell/privacy")


async def test_a_document_with_a_name_of_another_script_has_a_page(datasette: Datasette) -> None:
    assert "我们收集的信息" in await text_of(datasette, f"/policy/{quote(CHINESE.name)}")


@pytest.mark.parametrize("path", ["/policy/nobody/nothing", "/change/999999", "/change/999999/redline.html"])
async def test_what_is_not_there_is_said_in_a_sentence(datasette: Datasette, path: str) -> None:
    assert "There is no" in await text_of(datasette, path, status=404)


async def test_what_is_not_there_is_said_in_json_where_json_was_asked_for(datasette: Datasette) -> None:
    response = await datasette.client.get("/change/999999.json")
    assert (response.status_code, response.json()) == (404, {"error": "There is no change 999999."})
