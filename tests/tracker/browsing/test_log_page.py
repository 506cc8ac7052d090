"""The list of all changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from asking import data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT
from nightjar import HOSTILE, TODAY


def days_ago(days: int) -> str:
    return f"{TODAY - timedelta(days=days):%Y-%m-%d}"


async def listed(datasette: Datasette, query: str = "") -> list[tuple[str, int]]:
    rows = (await data_of(datasette, f"/changes.json{query}"))["changes"]
    return [(row["document"], row["new_number"]) for row in rows]


BOTH = [(DOCUMENT.name, 3), (DOCUMENT.name, 2)]


async def test_all_changes_are_listed_the_newest_first(datasette: Datasette) -> None:
    assert await listed(datasette) == [(DOCUMENT.name, 3), (HOSTILE.name, 2), (DOCUMENT.name, 2)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?vendor=Lumora", BOTH),
        (f"?document={DOCUMENT.name}", BOTH),
        (f"?since={days_ago(8)}", BOTH[:1]),
        (f"?until={days_ago(20)}", BOTH[1:]),
        (f"?since={days_ago(20)}&until={days_ago(20)}", BOTH[1:]),
        ("?vendor=Lumora&silent=1", BOTH[1:]),
        ("?vendor=Nobody", []),
        ("?vendor=Lumora&level=nonsense&since=yesterday", BOTH),
        (f"?vendor=Lumora&since={days_ago(8).replace('-', '')}", BOTH),
    ],
)
async def test_changes_are_filtered_by_vendor_document_day_and_silence(
    datasette: Datasette, query: str, found: list[tuple[str, int]]
) -> None:
    assert await listed(datasette, query) == found


async def test_a_level_stands_for_itself_and_all_that_are_higher(datasette: Datasette) -> None:
    rows = (await data_of(datasette, "/changes.json"))["changes"]
    highest = max(row["level_number"] for row in rows)
    level = next(row["level"] for row in rows if row["level_number"] == highest)
    above = await listed(datasette, f"?level={level}")
    assert 0 < len(above) == sum(row["level_number"] == highest for row in rows)
    assert await listed(datasette, "?level=low") == await listed(datasette)


async def test_what_was_asked_stands_in_the_form(datasette: Datasette) -> None:
    shown = await text_of(datasette, f"/changes?vendor=Lumora&since={days_ago(9)}&silent=1")
    assert 'value="Lumora"' in shown
    assert f'value="{days_ago(9)}"' in shown
    assert "checked" in shown
