"""What vendors say today, side by side."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from asking import data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import CHINESE, GONE, HOSTILE, looking

from tracker import Document, History


async def policies(datasette: Datasette, query: str) -> dict[str, dict[str, Any]]:
    """The policies that the page shows, by their document, each with its facts by their kind."""
    data = await data_of(datasette, f"/facts.json?{query}")
    return {row["document"]: {fact["kind"]: fact for fact in row["facts"]} for row in data["policies"]}


async def test_every_policy_in_force_says_for_how_long_data_is_kept(datasette: Datasette) -> None:
    found = await policies(datasette, "kind=retention")
    assert found.keys() == {DOCUMENT.name, HOSTILE.name, GONE.name, CHINESE.name}
    [kept] = found[DOCUMENT.name]["retention"]["entries"]
    assert (kept["said"], kept["value"]) == ("24 months", "730 days")
    assert "24 months after you close" in kept["words"]
    assert found[GONE.name]["retention"]["entries"][0]["said"] == "12 months"


async def test_a_fact_leads_to_the_clause_that_says_it(datasette: Datasette) -> None:
    [kept] = (await policies(datasette, "kind=retention"))[DOCUMENT.name]["retention"]["entries"]
    [number] = kept["clauses"]
    assert f'<a href="/policy/{DOCUMENT.name}#clause-{number}">24 months</a>' in await text_of(
        datasette, "/facts?kind=retention"
    )
    assert f'id="clause-{number}"' in await text_of(datasette, f"/policy/{DOCUMENT.name}")
    clause = re.split(rf'id="clause-{number}"', await text_of(datasette, f"/policy/{DOCUMENT.name}"))[1]
    assert "24 months" in clause[:1500]


async def test_the_kinds_that_most_people_ask_for_come_first(datasette: Datasette) -> None:
    shown = (await policies(datasette, ""))[DOCUMENT.name]
    assert list(shown) == ["retention", "country", "recipient", "age", "right"]
    assert [entry["value"] for entry in shown["recipient"]["entries"]] == ["service providers"]
    assert shown["age"]["nothing"] == "nothing found"


async def test_facts_can_be_limited_to_a_vendor_and_a_kind_of_document(datasette: Datasette) -> None:
    assert (await policies(datasette, "vendor=Lumora")).keys() == {DOCUMENT.name, CHINESE.name}
    assert (await policies(datasette, "of=terms")).keys() == {GONE.name}
    assert await policies(datasette, "vendor=Nobody") == {}
    assert "No text in force is left" in await text_of(datasette, "/facts?vendor=Nobody")


async def test_one_kind_is_counted_by_vendors_and_can_be_limited_to_a_value(datasette: Datasette) -> None:
    data = await data_of(datasette, "/facts.json?kind=retention")
    counted = {row["said"]: (row["vendors"], row["documents"]) for row in data["values"]}
    assert counted["24 months"] == (2, 2)
    assert (await policies(datasette, "kind=retention&value=730+days")).keys() == {DOCUMENT.name, HOSTILE.name}
    assert (await data_of(datasette, "/facts.json"))["values"] is None


async def test_chosen_policies_stand_side_by_side_with_all_that_they_say(datasette: Datasette) -> None:
    query = f"document={GONE.name}&document={DOCUMENT.name}"
    found = await policies(datasette, query)
    assert list(found) == [GONE.name, DOCUMENT.name]
    assert {"data", "purpose", "retention", "dispute"} <= found[GONE.name].keys()
    shown = await text_of(datasette, f"/facts?{query}")
    [line] = re.findall(r'<th scope="row">kept for</th>(.*?)</tr>', shown, re.DOTALL)
    assert line.index("12 months") < line.index("24 months")


async def test_facts_are_those_of_the_text_in_force(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 9, page())
        live = Datasette([str(tmp_path / "history.db")])
        look(DOCUMENT, 3, page(("12 months", "36 months")))
    [kept] = (await policies(live, "kind=retention"))[DOCUMENT.name]["retention"]["entries"]
    assert kept["said"] == "36 months"


async def test_policies_come_a_page_at_a_time(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        for number in range(23):
            look(Document(vendor=f"Vendor {number:02}", kind="privacy", url=f"https://v{number}.example/"), 3, page())
    paged = Datasette([str(tmp_path / "history.db")])
    first, second = await policies(paged, "kind=age"), await policies(paged, "kind=age&page=2")
    assert (len(first), len(second)) == (20, 3)
    assert 'href="/facts?kind=age&amp;page=2"' in await text_of(paged, "/facts?kind=age")


@pytest.mark.parametrize(
    "query", ["kind=nothing", "kind=age&kind=age", "document=no/such", "value=x", "page=x", "page=999999"]
)
async def test_whatever_is_asked_for_is_answered(datasette: Datasette, query: str) -> None:
    await text_of(datasette, f"/facts?{query}")
