"""The page of a change."""

from __future__ import annotations

import re
from pathlib import Path

from asking import POLICY, changes_of, data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import looking

from tracker import History


async def test_a_change_is_shown_as_a_redline_that_needs_no_colour(datasette: Datasette, served: Path) -> None:
    [_, weakened] = changes_of(served, DOCUMENT.name)
    shown = await text_of(datasette, f"/change/{weakened}")
    assert re.search(r"<del>do not\s*</del>", shown)
    assert re.search(r"<ins>may\s*</ins>", shown)
    assert "the wording changed and the stated date did not" in shown
    assert "The whole text with its changes" in shown
    assert "Lumora Devices Ltd makes connected lamps" in shown


async def test_a_change_shows_how_the_stated_date_moved(datasette: Datasette, served: Path) -> None:
    [prolonged, _] = changes_of(served, DOCUMENT.name)
    shown = await text_of(datasette, f"/change/{prolonged}")
    assert "<del>2026-01-02</del> → <ins>2026-03-03</ins>" in shown


async def test_differences_of_formatting_are_folded_behind_their_count(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 9, page())
        look(DOCUMENT, 5, page(("12 months", "24 months"), ("<h2>Retention", "<h2>RETENTION")))
    shown = await text_of(Datasette([str(tmp_path / "history.db")]), "/change/1")
    open_, folded = shown.split('<details class="formatting">')
    assert "1 difference of formatting only" in folded
    assert "<ins>RETENTION</ins>" not in open_
    assert "<ins>24</ins>" in open_


async def test_a_change_as_json_is_the_change_as_everywhere_else(datasette: Datasette, served: Path) -> None:
    [_, weakened] = changes_of(served, DOCUMENT.name)
    data = await data_of(datasette, f"/change/{weakened}.json")
    assert data["change"]["silent"] is True
    assert [clause["op"] for clause in data["change"]["clauses"]] == ["modified"]
    assert len(data["sightings"]) == 1


async def test_a_change_leads_to_the_one_before_and_after_it(datasette: Datasette, served: Path) -> None:
    [prolonged, weakened] = changes_of(served, DOCUMENT.name)
    first = await data_of(datasette, f"/change/{weakened}.json")
    last = await data_of(datasette, f"/change/{prolonged}.json")
    assert (first["earlier"], first["later"]) == (None, prolonged)
    assert (last["earlier"], last["later"]) == (weakened, None)


async def test_a_clause_leads_to_the_change_that_brought_it(datasette: Datasette, served: Path) -> None:
    [_, weakened] = changes_of(served, DOCUMENT.name)
    shown = await text_of(datasette, POLICY)
    margin = re.split(r'<p class="words"[^>]*>We may sell', shown)[0].rsplit('<p class="since', 1)[-1]
    assert f'href="/change/{weakened}"' in margin


async def test_a_change_that_happens_again_shows_both_sightings(tmp_path: Path) -> None:
    longer = ("12 months", "24 months")
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        for days_ago, body in ((40, page()), (30, page(longer)), (20, page()), (10, page(longer))):
            look(DOCUMENT, days_ago, body)
    data = await data_of(Datasette([str(tmp_path / "history.db")]), "/change/1.json")
    assert len(data["sightings"]) == 2


async def test_a_change_can_be_saved_as_one_file(datasette: Datasette) -> None:
    response = await datasette.client.get("/change/1/redline.html")
    assert response.headers["content-disposition"] == 'attachment; filename="change-1.html"'
    assert "<ins>" in response.text
