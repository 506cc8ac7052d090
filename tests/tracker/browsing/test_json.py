"""The JSON of the pages is what docs/browsing.md says it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from asking import data_of
from datasette.app import Datasette
from lumora import DOCUMENT

from tracker.browsing import metadata

DOCS = (Path(__file__).parents[3] / "docs" / "browsing.md").read_text(encoding="utf-8")
OURS = {"acme/privacy": DOCUMENT.name, "Acme": DOCUMENT.vendor, "/change/12": "/change/1"}
"""What stands here for the examples of the documentation."""


def documented() -> dict[str, list[tuple[str, str]]]:
    """For each address, the keys that its table explains, and how."""
    sections = re.findall(r"^### `(/[^`]+)`\n(.*?)(?=^###? |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    return {
        address: [(key, meaning) for keys, meaning in _rows(table) for key in re.findall(r"`([^`]+)`", keys)]
        for address, table in sections
    }


def _rows(table: str) -> list[tuple[str, str]]:
    return re.findall(r"^\| (`[^|]+) \| ([^|]+) \|$", table, re.MULTILINE)


def found(data: Any, key: str) -> list[Any]:
    """What stands under a key such as `hits[].text`, of every row; fails where it stands nowhere."""
    values = [data]
    for step in key.replace("[]", ".[]").split("."):
        values = [row for value in values for row in value] if step == "[]" else [value[step] for value in values]
    return values


async def answer(datasette: Datasette, address: str) -> dict[str, Any]:
    for theirs, ours in OURS.items():
        address = address.replace(theirs, ours)
    return await data_of(datasette, address)


@pytest.mark.parametrize("address", documented())
async def test_every_documented_key_is_there(datasette: Datasette, address: str) -> None:
    data = await answer(datasette, address)
    for key, _ in documented()[address]:
        parent = key.rpartition("[].")[0]
        assert not parent or found(data, f"{parent}[]"), f"{key}: no row to look at"
        found(data, key)


@pytest.mark.parametrize("address", documented())
async def test_every_key_at_the_top_is_documented(datasette: Datasette, address: str) -> None:
    tops = {re.split(r"[.\[]", key)[0] for key, _ in documented()[address]}
    assert tops == (await answer(datasette, address)).keys()


@pytest.mark.parametrize("address", documented())
async def test_rows_of_a_view_have_columns_of_it(datasette: Datasette, address: str) -> None:
    data = await answer(datasette, address)
    for key, meaning in documented()[address]:
        for view in re.findall(r"rows? of the view `(\w+)`", meaning):
            for row in found(data, key):
                assert set(row) <= set(metadata.of_database()["tables"][view]["columns"]), (key, view)


async def test_what_is_wrong_is_said_in_json(datasette: Datasette) -> None:
    response = await datasette.client.get("/policy/nobody/nothing.json")
    assert (response.status_code, response.json()) == (404, {"error": "There is no document nobody/nothing."})
