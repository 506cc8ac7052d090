"""The search."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from asking import data_of, text_of
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from lumora import DOCUMENT, page
from nightjar import CHINESE, TODAY, looking

from tracker import Document, History
from tracker.browsing.pages.search import queries
from tracker.browsing.queries import search as asking
from tracker.registry import load


def day(days_ago: float) -> str:
    return f"{TODAY - timedelta(days=days_ago):%Y-%m-%d}"


async def hits(datasette: Datasette, query: str) -> list[tuple[str, int]]:
    data = await data_of(datasette, f"/clauses.json?{query}")
    return [(hit["document"], hit["in_force"]) for hit in data["hits"]]


async def test_search_finds_clauses_that_are_gone_with_the_days_on_which_they_stood(datasette: Datasette) -> None:
    data = await data_of(datasette, "/clauses.json?q=not+sell&vendor=Lumora")
    [hit] = data["hits"]
    assert (hit["document"], hit["in_force"]) == (DOCUMENT.name, 0)
    assert (hit["first_seen"][:10], hit["last_seen"][:10]) == (day(80), day(60))
    assert "withdrawn" in await text_of(datasette, "/clauses?q=not+sell")


async def test_a_hit_leads_to_its_clause_in_the_text_that_holds_it(datasette: Datasette) -> None:
    [gone] = (await data_of(datasette, "/clauses.json?q=not+sell&vendor=Lumora"))["hits"]
    [held] = (await data_of(datasette, "/clauses.json?q=%22may+sell%22"))["hits"]
    assert (gone["version"], gone["trail"]) == (1, ["Privacy Policy", "Sharing"])
    shown = await text_of(datasette, "/clauses?q=sell&vendor=Lumora")
    assert f'href="/policy/{DOCUMENT.name}/versions/1#clause-{gone["number"]}"' in shown
    assert f'href="/policy/{DOCUMENT.name}#clause-{held["number"]}"' in shown
    assert held["text"].startswith("We may sell")


async def test_search_marks_the_words_that_were_found(datasette: Datasette) -> None:
    assert "<mark>hosting</mark>" in await text_of(datasette, "/clauses?q=Hosting")
    assert "<mark>账户数据</mark>" in await text_of(datasette, f"/clauses?q={quote('账户数据')}")


async def test_search_can_be_limited_to_what_is_in_force_or_withdrawn(datasette: Datasette) -> None:
    assert await hits(datasette, "q=not+sell+hosting&standing=withdrawn") == [(DOCUMENT.name, 0)]
    assert (DOCUMENT.name, 0) not in await hits(datasette, "q=not+sell+hosting&standing=in+force")


async def test_search_can_be_limited_to_a_time_in_which_the_clause_was_seen(datasette: Datasette) -> None:
    was, now = (DOCUMENT.name, 0), (DOCUMENT.name, 1)
    query = "q=sell+personal+hosting&vendor=Lumora"
    assert await hits(datasette, f"{query}&until={day(70)}") == [was]
    assert await hits(datasette, f"{query}&since={day(60)}&until={day(60)}") == [was]
    assert await hits(datasette, f"{query}&since={day(40)}&until={day(30)}") == []
    assert await hits(datasette, f"{query}&since={day(20)}") == [now]


async def test_search_can_be_limited_to_a_topic(datasette: Datasette) -> None:
    assert await hits(datasette, "q=account&vendor=Lumora&topic=Data+Retention")
    assert not await hits(datasette, "q=account&vendor=Lumora&topic=Do+Not+Track")


async def test_a_filter_that_cannot_be_is_none(datasette: Datasette) -> None:
    everything = await hits(datasette, "q=data")
    assert everything
    for filters in ("since=yesterday", "until=2026-02-31", "topic=Weather", "standing=lying"):
        assert await hits(datasette, f"q=data&{filters}") == everything


async def test_search_takes_quoted_words_in_their_order(datasette: Datasette) -> None:
    assert await hits(datasette, 'q="close your account"')
    assert not await hits(datasette, 'q="account close your"')


async def test_a_star_stands_for_every_word_that_begins_so(datasette: Datasette) -> None:
    assert await hits(datasette, "q=firmw*")
    assert not await hits(datasette, "q=firmw")


async def test_search_finds_words_in_scripts_without_spaces(datasette: Datasette) -> None:
    assert await hits(datasette, f"q={quote('账户数据')}") == [(CHINESE.name, 1)]
    assert await hits(datasette, f"q={quote('账户数据 十二个月')}") == [(CHINESE.name, 1)]
    assert await hits(datasette, f"q={quote('账户数* *')}") == [(CHINESE.name, 1)]
    assert not await hits(datasette, f"q={quote('账户数据 十三个月')}")
    assert not await hits(datasette, f"q={quote('账户数据')}&vendor=Brightwell")


@pytest.mark.parametrize(
    "typed", ['"', '"" ""', "NEAR(", "a AND", "text:*", "-", "*", "'; DROP TABLE clauses; --", "  "]
)
async def test_search_takes_anything_people_type_for_words(datasette: Datasette, typed: str) -> None:
    await text_of(datasette, f"/clauses?q={quote(typed)}")


async def test_a_search_that_takes_too_long_says_so(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupted(*_: object, **__: object) -> None:
        raise QueryInterrupted(TimeoutError(), "select", {})

    monkeypatch.setattr(queries, "found", interrupted)
    assert "took longer" in await text_of(datasette, "/clauses?q=data", status=503)


# --- who says so -------------------------------------------------------------------------------------------------------------


async def test_search_says_since_when_and_by_how_many_the_words_are_said(datasette: Datasette) -> None:
    said = (await data_of(datasette, "/clauses.json?q=%22not+sell%22"))["said"]
    assert (said["first_seen"][:10], said["last_seen"][:10]) == (day(80), day(10))
    assert (said["documents"], said["documents_in_force"], said["vendors_in_force"]) == (3, 2, 2)
    assert said["first_to_say"][0]["document"] == DOCUMENT.name
    assert "1 document said so and no longer does" in await text_of(datasette, "/clauses?q=%22not+sell%22")


async def test_words_that_too_many_say_are_not_dated(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_FOUND", 2)
    data = await data_of(datasette, "/clauses.json?q=data")
    assert (data["said"], data["found"], data["total"]) == (None, None, 2)
    assert "too many to say who said so first" in await text_of(datasette, "/clauses?q=data")


async def test_hits_come_a_page_at_a_time(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        for number in range(30):
            document = Document(vendor=f"Vendor {number:02}", kind="privacy", url=f"https://v{number}.example/")
            look(document, 3, page(("12 months", f"{number + 3} weeks")))
    paged = Datasette([str(tmp_path / "history.db")])
    first, second, third = [await data_of(paged, f"/clauses.json?q=weeks&page={page}") for page in (1, 2, 3)]
    assert [len(data["hits"]) for data in (first, second, third)] == [25, 5, 0]
    assert {hit["vendor"] for hit in first["hits"]}.isdisjoint(hit["vendor"] for hit in second["hits"])
    assert (second["page"], second["pages"], second["total"]) == (2, 2, 30)
    assert "26–30 of 30 clauses" in await text_of(paged, "/clauses?q=weeks&page=2")


# --- watching ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("sell  your data", ["sell your data"]),
        ('"sell data" drone*', ["sell data", "drone*"]),
        ("账户数据", ["账户数据"]),
        ('tab\\"s', ["tab\\", "s"]),
    ],
)
async def test_the_line_to_paste_watches_for_the_phrase(
    datasette: Datasette, tmp_path: Path, typed: str, phrases: list[str]
) -> None:
    watch = (await data_of(datasette, f"/clauses.json?q={quote(typed)}"))["watch"]
    registry = tmp_path / "vendors.toml"
    registry.write_text(
        f'{watch["line"]}\n[vendors.acme]\n[[vendors.acme.documents]]\nkind = "terms"\nurl = "https://acme.example/"\n'
    )
    [document] = load(registry).documents
    assert [rule.words for rule in document.rules] == [(phrase,) for phrase in phrases]
    assert {rule.level for rule in document.rules} == {"high"}


async def test_the_line_for_one_vendor_goes_into_its_table(datasette: Datasette) -> None:
    watch = (await data_of(datasette, "/clauses.json?q=sell&vendor=Lumora"))["watch"]
    assert tomllib.loads(f"{watch['table']}\n{watch['line']}") == {"vendors": {"lumora": {"watch": ["sell"]}}}


@pytest.mark.parametrize(
    "typed", ["", "-", "* sell", "one two three four five six seven eight nine ten eleven twelve thirteen"]
)
async def test_what_cannot_be_watched_for_gets_no_line(datasette: Datasette, typed: str) -> None:
    assert (await data_of(datasette, f"/clauses.json?q={quote(typed)}"))["watch"] is None
