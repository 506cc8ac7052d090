"""The page of a document."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from asking import POLICY, changes_of, data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import CHINESE, TODAY, looking

from tracker import History, State
from tracker.browsing.pages.documents import heading_levels


def days_ago(days: int) -> str:
    return f"{TODAY - timedelta(days=days):%Y-%m-%d}"


async def test_a_document_shows_its_dates_reigns_and_changes(datasette: Datasette) -> None:
    data = await data_of(datasette, f"{POLICY}.json")
    document = data["document"]
    assert (document["updated"], document["number"], document["versions"]) == ("2026-03-03", 3, 3)
    assert [row["number"] for row in data["reigns"]] == [3, 2, 1]
    assert [(row["old_number"], row["new_number"], row["silent"]) for row in data["changes"]] == [(2, 3, 0), (1, 2, 1)]
    shown = await text_of(datasette, POLICY)
    assert "version 3 of 3" in shown
    assert "2026-03-03" in shown


async def test_each_clause_of_the_text_has_the_day_since_when_it_reads_so_and_the_change_that_made_it_so(
    datasette: Datasette, served: Path
) -> None:
    later, earlier = changes_of(served, DOCUMENT.name)
    clauses = {clause["text"][:12]: clause for clause in (await data_of(datasette, f"{POLICY}.json"))["text"]}
    since = {words: (clause["since"][:10], clause["change"]) for words, clause in clauses.items()}
    assert since["Lumora Devic"] == (days_ago(80), None)
    assert since["We may sell "] == (days_ago(20), earlier)
    assert since["We keep acco"] == (days_ago(8), later)
    assert clauses["We may sell "]["otherwise"][:10] == days_ago(60)


async def test_the_margin_leads_to_the_change_and_says_nothing_twice_in_a_row(datasette: Datasette) -> None:
    shown = await text_of(datasette, POLICY)
    text = shown[shown.index('<div class="policy"') :]
    assert text.count("first look") == 4  # before the date and the two clauses that changed, between them and after
    assert re.search(r'<div class="since" lang="en">\s*<a href="/change/\d+"', text)


async def test_a_document_is_drawn_with_its_versions_dates_and_length(datasette: Datasette) -> None:
    shown = await text_of(datasette, POLICY)
    assert shown.count('class="lane"') == 3
    assert shown.count('class="curve"') == 1
    assert 'aria-label="Version 2: seen from' in shown
    assert 'class="pennant"' in shown


async def test_a_gap_in_coverage_is_listed_with_the_looks_in_vain(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 90, page())
        look(DOCUMENT, 60, page())
        for days in (55, 50, 45):
            look(DOCUMENT, days, failure=State.DNS)
        look(DOCUMENT, 40, page())
        look(DOCUMENT, 35, page())
        look(DOCUMENT, 20, failure=State.TLS)
    watched = Datasette([str(tmp_path / "history.db")])
    gaps = (await data_of(watched, f"{POLICY}.json"))["gaps"]
    stretches = [(gap["seen"][:10], (gap["again"] or "")[:10], gap["looks"], gap["state"]) for gap in gaps]
    assert stretches == [
        (days_ago(35), "", 1, "tls"),
        (days_ago(60), days_ago(40), 3, "dns"),
        (days_ago(90), days_ago(60), 0, None),
    ]
    shown = await text_of(watched, POLICY)
    assert "3 looks in vain (dns)" in shown
    assert "nobody looked" in shown


async def test_any_older_version_can_be_read_with_what_was_known_then(datasette: Datasette, served: Path) -> None:
    [_, earlier] = changes_of(served, DOCUMENT.name)
    data = await data_of(datasette, f"{POLICY}/versions/2.json")
    version = data["version"]
    assert (version["number"], version["updated"], version["in_force"]) == (2, "2026-01-02", False)
    assert (data["earlier"], data["later"]) == (1, 3)
    since = {clause["text"][:12]: clause["change"] for clause in data["text"]}
    assert (since["We may sell "], since["We keep acco"]) == (earlier, None)
    shown = await text_of(datasette, f"{POLICY}/versions/2")
    assert "12 months" in shown
    assert "24 months" not in shown
    assert f"/compare?document={quote(DOCUMENT.name)}&amp;old=2&amp;new=3" in shown


async def test_the_version_in_force_says_so(datasette: Datasette) -> None:
    assert "Version 3, in force" in await text_of(datasette, f"{POLICY}/versions/3")


async def test_a_version_that_was_extracted_anew_leads_to_what_took_its_place(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 9, page())
        look(DOCUMENT, 5, page(("12 months", "24 months")))
        history.db.execute("UPDATE reigns SET version = 2 WHERE version = 1")
        history.db.execute("UPDATE versions SET superseded = 2 WHERE id = 1")
    response = await Datasette([str(tmp_path / "history.db")]).client.get(f"{POLICY}/versions/1")
    assert (response.status_code, response.headers["location"]) == (302, f"{POLICY}/versions/2")


@pytest.mark.parametrize("path", [f"{POLICY}/versions/4", f"{POLICY}/versions/0", "/policy/nobody/nothing/versions/1"])
async def test_a_version_that_is_not_there_is_said_in_a_sentence(datasette: Datasette, path: str) -> None:
    assert "There is no version" in await text_of(datasette, path, status=404)


async def test_all_looks_are_listed_the_newest_first_and_by_outcome(datasette: Datasette) -> None:
    data = await data_of(datasette, "/policy/brightwell/terms/looks.json")
    assert [row["outcome"] for row in data["looks"]] == ["failed", "failed", "first"]
    assert data["total"] == 3
    failed = await data_of(datasette, "/policy/brightwell/terms/looks.json?outcome=failed")
    assert ([row["state"] for row in failed["looks"]], failed["total"]) == (["dns", "dns"], 2)
    assert "No looks" not in await text_of(datasette, "/policy/brightwell/terms/looks?outcome=failed")


async def test_a_document_sums_up_what_its_looks_came_to(datasette: Datasette) -> None:
    outcomes = (await data_of(datasette, "/policy/brightwell/terms.json"))["outcomes"]
    assert [(row["outcome"], row["state"], row["looks"]) for row in outcomes] == [
        ("failed", "dns", 2),
        ("first", "ok", 1),
    ]


async def test_a_long_history_is_cut_and_leads_to_the_rest(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        for n in range(24):
            look(DOCUMENT, 300 - 10 * n, page(("12 months", f"{12 + n} months")))
    long = Datasette([str(tmp_path / "history.db")])
    shown = await text_of(long, POLICY)
    assert "All 23 changes" in shown
    assert "All 24 reigns" in shown
    assert len((await data_of(long, f"{POLICY}.json"))["looks"]) == 10
    assert "4 more versions in the table only" in shown


@pytest.mark.parametrize(
    ("depths", "levels"),
    [((1, 2, 3), [3, 4, 5]), ((3, 1), [3, 3]), ((1, 4, 2), [3, 4, 4]), ((6,) * 6, [3, 4, 5, 6, 6, 6])],
)
def test_headings_of_a_text_pass_over_no_level(depths: tuple[int, ...], levels: list[int]) -> None:
    text = [{"number": n, "kind": "heading", "depth": depth} for n, depth in enumerate(depths)]
    assert list(heading_levels(text).values()) == levels


async def test_a_failing_document_says_why_and_keeps_its_last_text(datasette: Datasette) -> None:
    shown = await text_of(datasette, "/policy/brightwell/terms")
    assert "failing" in shown
    assert "The last look:" in shown
    assert "the last one that was seen in force" in shown
    assert "hosting providers" in shown


async def test_a_document_without_an_address_has_a_page(datasette: Datasette) -> None:
    assert "No policy has been seen here yet" in await text_of(datasette, "/policy/brightwell/privacy")


async def test_a_document_with_a_name_of_another_script_has_a_page(datasette: Datasette) -> None:
    assert "我们收集的信息" in await text_of(datasette, f"/policy/{quote(CHINESE.name)}")


@pytest.mark.parametrize("path", ["/policy/nobody/nothing", "/change/999999", "/change/999999/redline.html"])
async def test_what_is_not_there_is_said_in_a_sentence(datasette: Datasette, path: str) -> None:
    assert "There is no" in await text_of(datasette, path, status=404)


async def test_what_is_not_there_is_said_in_json_where_json_was_asked_for(datasette: Datasette) -> None:
    response = await datasette.client.get("/change/999999.json")
    assert (response.status_code, response.json()) == (404, {"error": "There is no change 999999."})
