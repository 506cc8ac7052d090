"""Feeds of the registry, vendors, documents, levels and searches, read by a reader of feeds."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import feedparser
import pytest
from asking import EVERY_PAGE, data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import ATTACK, GONE, HOSTILE, TODAY, looking

from tracker import Document, History
from tracker.rendering.feeds import entry_id


async def read(datasette: Datasette, path: str) -> feedparser.FeedParserDict:
    response = await datasette.client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(response.content, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


async def told(datasette: Datasette, path: str) -> list[str]:
    """The documents that a feed's entries are about, in their order."""
    data = json.loads(await text_of(datasette, path))
    return [item["_clausewatch"]["document"]["name"] for item in data["items"]]


async def test_the_feed_of_the_registry_tells_newest_first_what_subscribers_are_told(
    datasette: Datasette, served: Path
) -> None:
    found = await read(datasette, "/feeds/all.atom")
    with History(served, read_only=True) as history:
        events = [event for event in history.events() if event.type != "first"]
    assert [entry.id for entry in found.entries] == [entry_id(event.payload) for event in events]
    assert len(events) > 3


async def test_an_entry_leads_to_the_redline_of_its_change(datasette: Datasette) -> None:
    found = await read(datasette, f"/feeds/documents/{DOCUMENT.name}.atom")
    for entry in found.entries:
        assert entry.link.startswith("http://localhost/change/")
        assert DOCUMENT.name in await text_of(datasette, entry.link.removeprefix("http://localhost"))


async def test_a_page_that_broke_leads_to_its_document(datasette: Datasette) -> None:
    [entry] = (await read(datasette, f"/feeds/documents/{GONE.name}.atom")).entries
    assert entry.link == f"http://localhost/policy/{GONE.name}"


async def test_feeds_of_a_vendor_a_document_and_a_level_tell_of_these_alone(datasette: Datasette) -> None:
    assert set(await told(datasette, "/feeds/vendors/nightjar.json")) == {HOSTILE.name}
    assert set(await told(datasette, f"/feeds/documents/{DOCUMENT.name}.json")) == {DOCUMENT.name}
    assert GONE.name in await told(datasette, "/feeds/levels/medium.json")
    assert GONE.name not in await told(datasette, "/feeds/levels/critical.json")
    assert DOCUMENT.name in await told(datasette, "/feeds/levels/critical.json")


@pytest.mark.parametrize("ending", ["atom", "json"])
@pytest.mark.parametrize(
    "path", ["vendors/nobody", "vendors/*", "documents/no/such", "documents/*", "levels/none", "others"]
)
async def test_there_is_no_feed_of_what_there_is_not(datasette: Datasette, path: str, ending: str) -> None:
    assert (await datasette.client.get(f"/feeds/{path}.{ending}")).status_code == 404


async def test_a_feed_says_where_it_is_and_keeps_its_id(datasette: Datasette, served: Path) -> None:
    found = await read(datasette, "/feeds/vendors/lumora.atom")
    [itself] = [link.href for link in found.feed.links if link.rel == "self"]
    assert itself == "http://localhost/feeds/vendors/lumora.atom"
    elsewhere = Datasette([str(served)], settings={"base_url": "/watch/"})
    response = await elsewhere.client.get("/feeds/vendors/lumora.atom")
    moved = feedparser.parse(response.content)
    assert moved.feed.id == found.feed.id
    assert moved.feed.links[0].href == "http://localhost/watch/feeds/vendors/lumora.atom"
    assert [entry.id for entry in moved.entries] == [entry.id for entry in found.entries]


async def test_a_json_feed_is_one_and_tells_the_same(datasette: Datasette) -> None:
    response = await datasette.client.get("/feeds/vendors/lumora.json")
    assert response.headers["content-type"] == "application/feed+json; charset=utf-8"
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://localhost/feeds/vendors/lumora.json"
    read_ = await read(datasette, "/feeds/vendors/lumora.atom")
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in read_.entries]


async def test_hostile_text_is_text_in_a_feed(datasette: Datasette) -> None:
    response = await datasette.client.get("/feeds/vendors/nightjar.atom")
    assert ATTACK not in response.text
    assert response.headers["content-security-policy"] == "sandbox"
    found = await read(datasette, "/feeds/vendors/nightjar.atom")
    assert all("<script" not in entry.content[0].value for entry in found.entries)


# --- searches ----------------------------------------------------------------------------------------------------------------


async def test_the_feed_of_a_search_tells_of_its_clauses_those_that_came_last_first(datasette: Datasette) -> None:
    found = await read(datasette, "/feeds/clauses.atom?q=account+months&vendor=Lumora")
    assert [entry.published[:10] for entry in found.entries] == [
        f"{TODAY - timedelta(days=days):%Y-%m-%d}" for days in (8, 80)
    ]
    newest = found.entries[0]
    assert "24 months" in newest.content[0].value
    path, _, anchor = newest.link.removeprefix("http://localhost").partition("#")
    assert f'id="{anchor}"' in await text_of(datasette, path)


async def test_a_clause_that_another_document_takes_over_is_news_too(tmp_path: Path) -> None:
    other = Document(vendor="Brightwell", kind="privacy", url="https://brightwell.example/privacy")
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 9, page(("12 months", "7 years")))
        look(other, 8, page(("12 months", "8 years")))
        live = Datasette([str(tmp_path / "history.db")])
        [before] = (await read(live, "/feeds/clauses.atom?q=%227+years%22")).entries
        look(other, 3, page(("12 months", "7 years")))
    after = (await read(live, "/feeds/clauses.atom?q=%227+years%22")).entries
    assert [entry.title.split(",")[0] for entry in after] == ["Brightwell", "Lumora"]
    assert after[1].id == before.id != after[0].id


async def test_the_filters_of_a_search_hold_for_its_feed(datasette: Datasette) -> None:
    everywhere = await read(datasette, "/feeds/clauses.atom?q=sell")
    gone = await read(datasette, "/feeds/clauses.atom?q=sell&standing=withdrawn&vendor=Lumora")
    assert len(gone.entries) == 1 < len(everywhere.entries)
    assert gone.feed.id != everywhere.feed.id
    assert gone.feed.links[0].href.endswith("/feeds/clauses.atom?q=sell&vendor=Lumora&standing=withdrawn")


async def test_a_search_for_nothing_is_an_empty_feed(datasette: Datasette) -> None:
    assert (await read(datasette, "/feeds/clauses.atom")).entries == []


# --- links -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "all"),
        ("/feeds", "all"),
        ("/facts", "all"),
        (f"/policy/{DOCUMENT.name}", f"documents/{DOCUMENT.name}"),
        (f"/policy/{DOCUMENT.name}/versions/1", f"documents/{DOCUMENT.name}"),
        ("/change/1", "documents/lumora/privacy-en"),
        ("/vendor/Lumora", "vendors/lumora"),
    ],
)
async def test_a_page_leads_to_its_feed(datasette: Datasette, path: str, name: str) -> None:
    shown = await text_of(datasette, path)
    assert f'<link rel="alternate" type="application/atom+xml" href="/feeds/{name}.atom">' in shown
    assert f'<link rel="alternate" type="application/feed+json" href="/feeds/{name}.json">' in shown
    assert f'<a href="/feeds/{name}.atom">Atom</a>' in shown
    await read(datasette, f"/feeds/{name}.atom")


@pytest.mark.parametrize("path", EVERY_PAGE)
async def test_every_page_has_a_feed(datasette: Datasette, path: str) -> None:
    assert 'type="application/atom+xml"' in await text_of(datasette, path)


async def test_a_search_leads_to_the_feed_of_the_same_search(datasette: Datasette) -> None:
    shown = await text_of(datasette, f"/clauses?q={quote('sell & share')}&standing=withdrawn")
    assert 'href="/feeds/clauses.atom?q=sell+%26+share&amp;standing=withdrawn"' in shown


async def test_the_list_of_feeds_has_one_for_every_vendor_and_level(datasette: Datasette) -> None:
    feeds = await data_of(datasette, "/feeds.json")
    assert feeds["registry"]["atom"] == "http://localhost/feeds/all.atom"
    assert list(feeds["levels"]) == ["low", "medium", "high", "critical"]
    for listed in (*feeds["levels"].values(), *feeds["vendors"].values()):
        await read(datasette, listed["atom"].removeprefix("http://localhost"))
