"""The list of vendors, and the page of each."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from asking import data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import CHINESE, HOSTILE, TODAY, looking

from tracker import Document, History

VENDOR = "/vendor/Lumora"


@pytest.fixture
def many(tmp_path: Path) -> Datasette:
    with History(tmp_path / "history.db") as history:
        history.register([Document(vendor=f"Vendor {n:03}", kind="privacy") for n in range(120)], TODAY)
    return Datasette([str(tmp_path / "history.db")])


async def names(datasette: Datasette, query: str) -> list[str]:
    return [row["vendor"] for row in (await data_of(datasette, f"/vendors.json{query}"))["vendors"]]


async def test_vendors_are_listed_by_name_a_page_at_a_time(many: Datasette) -> None:
    data = await data_of(many, "/vendors.json?page=3")
    assert (data["page"], data["pages"], data["total"]) == (3, 3, 120)
    assert [row["vendor"] for row in data["vendors"]] == [f"Vendor {n:03}" for n in range(100, 120)]


async def test_the_pages_of_a_list_lead_to_each_other_and_keep_what_was_asked(many: Datasette) -> None:
    shown = await text_of(many, "/vendors?q=vendor&page=2")
    assert 'href="/vendors?q=vendor"' in shown
    assert 'href="/vendors?q=vendor&amp;page=3"' in shown
    assert "51–100 of 120" in shown


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "9" * 5000, ""])
async def test_a_page_that_cannot_be_is_the_first(many: Datasette, page: str) -> None:
    assert (await data_of(many, f"/vendors.json?page={quote(page)}"))["page"] == 1


async def test_a_page_after_the_last_is_empty_and_says_so(many: Datasette) -> None:
    assert "There is no page 9 of 3" in await text_of(many, "/vendors?page=9")


async def test_vendors_are_found_by_a_part_of_their_name_whatever_its_case(datasette: Datasette) -> None:
    assert await names(datasette, "?q=MOR") == ["Lumora"]


@pytest.mark.parametrize(
    ("standing", "found"),
    [("failing", ["Brightwell"]), ("troubled", ["Brightwell"]), ("in force", ["Lumora", HOSTILE.vendor])],
)
async def test_vendors_are_found_by_how_their_documents_stand(
    datasette: Datasette, standing: str, found: list[str]
) -> None:
    assert await names(datasette, f"?standing={quote(standing)}") == found


async def test_vendors_can_be_listed_by_their_last_change(datasette: Datasette) -> None:
    assert await names(datasette, "?order=change") == ["Lumora", HOSTILE.vendor, "Brightwell"]


async def test_a_vendor_shows_its_documents_reigns_and_changes(datasette: Datasette) -> None:
    data = await data_of(datasette, f"{VENDOR}.json")
    assert [row["document"] for row in data["documents"]] == [DOCUMENT.name, CHINESE.name]
    assert [(row["document"], row["number"]) for row in data["reigns"]] == [
        (DOCUMENT.name, 3),
        (CHINESE.name, 1),
        (DOCUMENT.name, 2),
        (DOCUMENT.name, 1),
    ]
    assert [row["new_number"] for row in data["changes"]] == [3, 2]
    assert data["changes_in_all"] == 2


async def test_a_vendor_is_drawn_with_a_lane_and_a_curve_for_each_document(datasette: Datasette) -> None:
    shown = await text_of(datasette, VENDOR)
    assert shown.count('class="lane"') == 2
    assert shown.count('class="curve"') == 2


async def test_a_vendor_of_whom_nothing_was_ever_seen_has_a_page(many: Datasette) -> None:
    shown = await text_of(many, "/vendor/Vendor%20007")
    assert "None of its texts has changed" in shown
    assert "<svg" not in shown


@pytest.mark.parametrize("name", ["Ümlaut & Söhne", "a/b", "50% off", "Dot.json Ltd", "<b>"])
async def test_a_vendor_may_be_called_anything(tmp_path: Path, name: str) -> None:
    document = Document(vendor=name, kind="privacy", url="https://lumora.example/", name="odd/privacy")
    with History(tmp_path / "history.db") as history:
        looking(history)(document, 3, page())
    odd = Datasette([str(tmp_path / "history.db")])
    assert (await data_of(odd, f"/vendor/{quote(name, safe='')}.json"))["vendor"] == name
    assert f'href="/vendor/{quote(name, safe="")}"' in await text_of(odd, "/vendors")


async def test_a_vendor_that_is_not_there_is_said_in_a_sentence(datasette: Datasette) -> None:
    assert "There is no vendor Nobody" in await text_of(datasette, "/vendor/Nobody", status=404)
