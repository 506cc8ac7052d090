"""The first page."""

from __future__ import annotations

from pathlib import Path

from asking import data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import CHINESE, looking

from tracker import History


async def test_home_lists_what_changed_lately_the_most_material_first(datasette: Datasette) -> None:
    levels = [row["level_number"] for row in (await data_of(datasette, "/-/home.json"))["changes"]]
    assert len(levels) == 3
    assert levels == sorted(levels, reverse=True)


async def test_home_shows_every_vendor_and_how_its_documents_stand(datasette: Datasette) -> None:
    data = await data_of(datasette, "/-/home.json")
    standing = {row["document"]: row["standing"] for vendor in data["vendors"] for row in vendor["documents"]}
    assert standing == {
        "brightwell/privacy": "no address",
        "brightwell/terms": "failing",
        "lumora/privacy-en": "in force",
        CHINESE.name: "in force",
        "nightjar/privacy": "in force",
    }
    home = await text_of(datasette, "/")
    assert "failing" in home
    assert "2 of 5 documents cannot be followed" in home


async def test_home_says_so_where_nothing_changed_lately_and_shows_the_changes_before(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 200, page())
        look(DOCUMENT, 150, page(("12 months", "24 months")))
    home = await text_of(Datasette([str(tmp_path / "history.db")]), "/")
    assert "Nothing changed in the last 30 days" in home
    assert "version 1 → 2" in home


async def test_home_of_an_empty_history_says_how_to_begin(tmp_path: Path) -> None:
    History(tmp_path / "history.db").close()
    assert "clausewatch add" in await text_of(Datasette([str(tmp_path / "history.db")]), "/")


async def test_home_leaves_the_first_page_to_datasette_where_other_databases_are_served_too(
    served: Path, tmp_path: Path
) -> None:
    with History(tmp_path / "second.db"):
        both = Datasette([str(served), str(tmp_path / "second.db")])
    assert "What changed lately</h1>" not in await text_of(both, "/")
    assert "What changed lately</h1>" in await text_of(both, "/-/home")
