"""The first page."""

from __future__ import annotations

from pathlib import Path

from asking import data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import CHINESE, TODAY, looking

from tracker import Document, History


async def test_home_lists_what_changed_lately_the_most_material_first(datasette: Datasette) -> None:
    levels = [row["level_number"] for row in (await data_of(datasette, "/-/home.json"))["changes"]]
    assert len(levels) == 3
    assert levels == sorted(levels, reverse=True)


async def test_home_shows_vendors_and_how_their_documents_stand(datasette: Datasette) -> None:
    data = await data_of(datasette, "/-/home.json")
    standing = {row["document"]: row["standing"] for vendor in data["vendors"] for row in vendor["documents"]}
    assert standing == {
        "brightwell/privacy": "no address",
        "brightwell/terms": "failing",
        "lumora/privacy-en": "in force",
        CHINESE.name: "in force",
        "nightjar/privacy": "in force",
    }


async def test_home_says_how_many_are_watched_and_how_they_stand(datasette: Datasette) -> None:
    watched = (await data_of(datasette, "/-/home.json"))["watched"]
    assert (watched["vendors"], watched["documents"]) == (3, 5)
    assert watched["standings"] == {"in force": 3, "failing": 1, "no address": 1}
    assert watched["daemon"] is False


async def test_home_names_the_documents_that_cannot_be_followed_and_puts_their_vendors_first(
    datasette: Datasette,
) -> None:
    data = await data_of(datasette, "/-/home.json")
    assert [row["document"] for row in data["troubled"]] == ["brightwell/privacy", "brightwell/terms"]
    assert data["vendors"][0]["vendor"] == "Brightwell"
    assert "2 of 5 documents cannot be followed" in await text_of(datasette, "/")


async def test_a_week_with_changes_leads_to_them(datasette: Datasette) -> None:
    shown = await text_of(datasette, "/")
    [week, *_] = (await data_of(datasette, "/-/home.json"))["weeks"]
    assert f'href="/changes?since={week["monday"]}&amp;until=' in shown


async def test_home_says_so_where_nothing_changed_lately_and_shows_the_changes_before(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 500, page())
        look(DOCUMENT, 450, page(("12 months", "24 months")))
    archive = Datasette([str(tmp_path / "history.db")])
    home = await text_of(archive, "/")
    assert "Nothing changed in the last 30 days" in home
    assert "version 1 → 2" in home
    assert len((await data_of(archive, "/-/home.json"))["weeks"]) == 1  # the picture shows when something did change


async def test_home_of_an_empty_history_says_how_to_begin(tmp_path: Path) -> None:
    History(tmp_path / "history.db").close()
    assert "clausewatch add" in await text_of(Datasette([str(tmp_path / "history.db")]), "/")


async def test_home_stays_small_however_many_are_watched(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        history.register([Document(vendor=f"Vendor {n}", kind="privacy") for n in range(300)], TODAY)
    many = Datasette([str(tmp_path / "history.db")])
    home = await text_of(many, "/")
    assert len(home) < 30_000
    assert "All 300 vendors" in home


async def test_home_leaves_the_first_page_to_datasette_where_other_databases_are_served_too(
    served: Path, tmp_path: Path
) -> None:
    with History(tmp_path / "second.db"):
        both = Datasette([str(served), str(tmp_path / "second.db")])
    assert "What changed lately</h1>" not in await text_of(both, "/")
    assert "What changed lately</h1>" in await text_of(both, "/-/home")
