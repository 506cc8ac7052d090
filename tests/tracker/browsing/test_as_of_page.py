"""The page of a day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from asking import data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import TODAY, looking

from tracker import Document, History

NAME = DOCUMENT.name
LONGER = ("12 months", "24 months")


def ago(days: int) -> str:
    return f"{TODAY - timedelta(days=days):%Y-%m-%d}"


async def standing(datasette: Datasette, query: str) -> dict[str, tuple[object, object]]:
    """For each document of a page the version and how sure it is."""
    rows = (await data_of(datasette, f"/as-of.json?{query}"))["standing"]
    return {row["document"]: (row["number"], row["certainty"]) for row in rows}  # type: ignore[attr-defined]


# --- the registry


async def test_the_registry_on_a_day_is_what_had_been_seen_by_then(datasette: Datasette) -> None:
    then = await standing(datasette, f"day={ago(30)}")
    assert then[NAME] == (1, "between two looks")
    assert then["nightjar/privacy"] == (1, "seen")
    assert then["brightwell/terms"] == (None, "nothing seen yet")


async def test_without_a_day_it_is_today(datasette: Datasette) -> None:
    data = await data_of(datasette, "/as-of.json")
    assert data["by"] == "observed"
    assert (await standing(datasette, ""))[NAME][0] == 3


async def test_the_page_counts_what_had_been_seen(datasette: Datasette) -> None:
    assert "a text had been seen of 2 of 5 documents" in await text_of(datasette, f"/as-of?day={ago(25)}")


async def test_only_a_vendors_documents_can_be_asked_for(datasette: Datasette) -> None:
    assert set(await standing(datasette, "vendor=Brightwell")) == {"brightwell/privacy", "brightwell/terms"}


async def test_a_long_registry_comes_in_pages(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        many = [Document(vendor=f"Vendor {n:03}", kind="privacy", url=f"https://v{n}.example/") for n in range(70)]
        history.register(many, TODAY)
    long = Datasette([str(tmp_path / "history.db")])
    first, second = [await standing(long, f"page={number}") for number in (1, 2)]
    assert (len(first), len(second)) == (50, 20)
    assert not set(first) & set(second)
    assert 'rel="next"' in await text_of(long, "/as-of")
    assert await standing(long, "page=0") == first


# --- one document


async def test_a_document_on_a_day_shows_the_text_of_that_day(datasette: Datasette) -> None:
    assert "We do not sell" in await text_of(datasette, f"/as-of?day={ago(40)}&document={NAME}")
    assert "We may sell" in await text_of(datasette, f"/as-of?day={ago(15)}&document={NAME}")


async def test_it_says_between_which_looks_nobody_knows(datasette: Datasette) -> None:
    text = await text_of(datasette, f"/as-of?day={ago(40)}&document={NAME}")
    assert f"last seen {ago(60)}; another text stood there on {ago(20)}, and came somewhere between" in text


async def test_it_names_the_looks_around_the_end_of_the_day(datasette: Datasette) -> None:
    looks = (await data_of(datasette, f"/as-of.json?day={ago(70)}&document={NAME}"))["looks"]
    assert [looks[side]["at"][:10] for side in ("before", "after")] == [ago(80), ago(60)]  # type: ignore[index]


async def test_before_anything_was_seen_there_is_no_text_and_the_first_sight_is_named(datasette: Datasette) -> None:
    text = await text_of(datasette, f"/as-of?day={ago(100)}&document={NAME}")
    assert "nothing seen yet" in text
    assert f"first one that is known was seen on {ago(80)}" in text


async def test_a_failing_page_shows_its_last_text_and_the_failure(datasette: Datasette) -> None:
    data = await data_of(datasette, "/as-of.json?document=brightwell/terms")
    assert (data["number"], data["certainty"]) == (1, "last seen")
    assert data["looks"]["before"]["state"] == "dns"  # type: ignore[index]


async def test_an_older_text_leads_to_what_has_changed_since(datasette: Datasette) -> None:
    text = await text_of(datasette, f"/as-of?day={ago(40)}&document={NAME}")
    assert 'href="/compare?document=lumora%2Fprivacy-en&amp;old=1&amp;new=3"' in text
    assert "What has changed since" not in await text_of(datasette, f"/as-of?document={NAME}")


async def test_each_text_leads_to_the_one_before_and_after_it(datasette: Datasette) -> None:
    data = await data_of(datasette, f"/as-of.json?day={ago(15)}&document={NAME}")
    assert (data["number"], data["earlier"], data["later"]) == (2, ago(60), ago(8))


async def test_by_its_stated_date_a_text_counts_before_it_was_seen(tmp_path: Path) -> None:
    stated = TODAY - timedelta(days=20)
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 30, page(updated=f"{TODAY - timedelta(days=50):%B %d, %Y}"))
        look(DOCUMENT, 10, page(LONGER, updated=f"{stated:%B %d, %Y}"))
    both = Datasette([str(tmp_path / "history.db")])
    assert (await standing(both, f"day={ago(15)}&by=observed"))[NAME] == (1, "between two looks")
    assert (await standing(both, f"day={ago(15)}&by=stated"))[NAME] == (2, "seen later")
    assert "24 months" in await text_of(both, f"/as-of?day={ago(15)}&by=stated&document={NAME}")


async def test_a_day_to_come_is_told_as_such(datasette: Datasette) -> None:
    assert "still to come" in await text_of(datasette, f"/as-of?day={ago(-40)}")


# --- what cannot be answered


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "0", "2026-1-5", "<script>"])
async def test_a_day_that_is_none_is_refused_with_a_sentence(datasette: Datasette, day: str) -> None:
    response = await datasette.client.get("/as-of", params={"day": day})
    assert response.status_code == 400
    assert "is no day: write it as 2026-01-31" in response.text


async def test_a_document_that_is_unknown_is_said_to_be(datasette: Datasette) -> None:
    assert "There is no document nobody/nothing" in await text_of(datasette, "/as-of?document=nobody/nothing", 404)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
async def test_the_first_and_the_last_day_of_all_are_answered(datasette: Datasette, day: str) -> None:
    assert f"As of {day}" in await text_of(datasette, f"/as-of?day={day}")
