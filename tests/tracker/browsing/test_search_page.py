"""The search."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from asking import data_of, text_of
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from lumora import DOCUMENT
from nightjar import CHINESE, TODAY

from tracker.browsing.pages.search import queries


async def hits(datasette: Datasette, query: str) -> list[tuple[str, int]]:
    data = await data_of(datasette, f"/clauses.json?{query}")
    return [(hit["document"], hit["in_force"]) for hit in data["hits"]]


async def test_search_finds_clauses_that_are_gone_with_the_days_on_which_they_stood(datasette: Datasette) -> None:
    data = await data_of(datasette, "/clauses.json?q=not+sell&vendor=Lumora")
    [hit] = data["hits"]
    assert (hit["document"], hit["in_force"]) == (DOCUMENT.name, 0)
    assert hit["first_seen"][:10] == f"{TODAY - timedelta(days=80):%Y-%m-%d}"
    assert hit["last_seen"][:10] == f"{TODAY - timedelta(days=60):%Y-%m-%d}"
    assert "withdrawn" in await text_of(datasette, "/clauses?q=not+sell")


async def test_search_marks_the_words_that_were_found(datasette: Datasette) -> None:
    assert "<mark>hosting</mark>" in await text_of(datasette, "/clauses?q=Hosting")


async def test_search_can_be_limited_to_what_is_in_force_or_withdrawn(datasette: Datasette) -> None:
    assert await hits(datasette, "q=not+sell+hosting&standing=withdrawn") == [(DOCUMENT.name, 0)]
    assert (DOCUMENT.name, 0) not in await hits(datasette, "q=not+sell+hosting&standing=in+force")


async def test_search_takes_quoted_words_in_their_order(datasette: Datasette) -> None:
    assert await hits(datasette, 'q="close your account"')
    assert not await hits(datasette, 'q="account close your"')


async def test_search_finds_words_in_scripts_without_spaces(datasette: Datasette) -> None:
    assert await hits(datasette, f"q={quote('账户数据')}") == [(CHINESE.name, 1)]


@pytest.mark.parametrize("typed", ['"', '"" ""', "NEAR(", "a AND", "text:*", "-", "'; DROP TABLE clauses; --", "  "])
async def test_search_takes_anything_people_type_for_words(datasette: Datasette, typed: str) -> None:
    await text_of(datasette, f"/clauses?q={quote(typed)}")


async def test_a_search_that_takes_too_long_says_so(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupted(*_: object, **__: object) -> None:
        raise QueryInterrupted(TimeoutError(), "select", {})

    monkeypatch.setattr(queries, "search", interrupted)
    assert "took longer" in await text_of(datasette, "/clauses?q=data", status=503)
