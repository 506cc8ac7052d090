"""Datasette's own pages over a history: described tables, views that read well, canned queries, links to our pages."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import looking

from tracker import Document, History
from tracker.browsing import metadata
from tracker.browsing.columns import EVERYWHERE, OF

VIEWS = [
    "change_log",
    "clause_log",
    "coverage",
    "current_clauses",
    "current_facts",
    "current_policies",
    "date_changes",
    "document_status",
    "event_log",
    "look_log",
    "muted",
    "promises_withdrawn",
    "silent_edits",
    "triage_log",
]
TABLES = ["documents", "observations", "versions", "reigns", "changes", "clause_changes", "clauses", "facts", "events"]
ARGUMENTS = {"document": DOCUMENT.name, "day": "2199-01-01", "year": ""}


@pytest.fixture
def shape(tmp_path: Path) -> dict[str, set[str]]:
    """The tables and views of a new history, each with its columns."""
    with History(tmp_path / "shape.db") as history:
        return {
            name: {column[1] for column in history.db.execute(f"PRAGMA table_info({name})").fetchall()}
            for (name,) in history.db.execute(
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'clauses_fts_%' "
                "AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
        }


def test_every_table_and_view_is_described(shape: dict[str, set[str]]) -> None:
    described = metadata.of_database()["tables"]
    assert described.keys() == shape.keys()
    assert [name for name in shape if not described[name]["description"]] == []
    assert set(metadata.views()) == set(VIEWS)


def test_every_column_is_described(shape: dict[str, set[str]]) -> None:
    described = metadata.of_database()["tables"]
    columns = [(table, column) for table, names in shape.items() for column in names]
    assert [(table, column) for table, column in columns if not described[table]["columns"].get(column)] == []


def test_no_column_is_explained_that_is_nowhere(shape: dict[str, set[str]]) -> None:
    assert set(EVERYWHERE) <= {column for columns in shape.values() for column in columns}
    for table, columns in OF.items():
        assert columns.keys() <= shape[table], table


async def test_the_columns_of_a_table_are_explained_on_its_page(datasette: Datasette) -> None:
    shown = (await datasette.client.get("/history/change_log")).text
    for column in metadata.of_database()["tables"]["change_log"]["columns"].values():
        assert column.replace("'", "&#39;") in shown, column


def test_every_description_is_of_something_that_exists(shape: dict[str, set[str]]) -> None:
    for name, shown in metadata.of_database()["tables"].items():
        assert name in shape
        named = set(shown.get("columns", {})) | set(shown.get("facets", []))
        named |= {shown[key] for key in ("sort", "sort_desc", "label_column") if key in shown}
        assert named <= shape[name], name


def test_a_comment_with_a_semicolon_does_not_end_the_description() -> None:
    columns = metadata.of_database()["tables"]["change_log"]["columns"]
    assert "no date is stated" in columns["silent"]
    assert "sorting" in columns["level_number"]


@pytest.mark.parametrize("name", VIEWS + TABLES)
async def test_tables_and_views_open_with_rows_and_a_description(datasette: Datasette, name: str) -> None:
    response = await datasette.client.get(f"/history/{name}")
    assert response.status_code == 200
    assert metadata.of_database()["tables"][name]["description"][:30] in response.text
    rows = (await datasette.client.get(f"/history/{name}.json?_shape=array")).json()
    assert rows


@pytest.mark.parametrize("name", VIEWS)
async def test_what_a_view_filters_and_sorts_by_is_answered(datasette: Datasette, name: str) -> None:
    shown = metadata.of_database()["tables"][name]
    for facet in shown.get("facets", []):
        found = (await datasette.client.get(f"/history/{name}.json?_facet={facet}")).json()["facet_results"]
        assert facet in found.get("results", found)  # Datasette 1.0 has them a level deeper


@pytest.mark.parametrize("name", metadata.CANNED_QUERIES)
async def test_canned_queries_answer(datasette: Datasette, name: str) -> None:
    arguments = "&".join(f"{key}={quote(value)}" for key, value in ARGUMENTS.items())
    response = await datasette.client.get(f"/history/{name}.json?_shape=objects&{arguments}")
    assert response.status_code == 200
    assert response.json()["ok"] is True
    assert (await datasette.client.get(f"/history/{name}?{arguments}")).status_code == 200


async def answers(datasette: Datasette, name: str, **arguments: str) -> list[dict[str, object]]:
    given = {**ARGUMENTS, **arguments} if name in metadata.CANNED_QUERIES else arguments
    query = "&".join(f"{key}={quote(value)}" for key, value in given.items())
    return list((await datasette.client.get(f"/history/{name}.json?_shape=array&{query}")).json())


async def test_silent_edits_are_those_that_left_the_date_alone(datasette: Datasette) -> None:
    found = [(row["document"], row["updated"]) for row in await answers(datasette, "silent_edits_of_a_year")]
    assert sorted(found) == [("lumora/privacy-en", "2026-01-02"), ("nightjar/privacy", "2026-01-02")]


async def test_a_sale_that_is_no_longer_excluded_is_a_promise_withdrawn(datasette: Datasette) -> None:
    rows = {row["vendor"]: row for row in await answers(datasette, "promises_withdrawn_by_vendor")}
    withdrawn = [row for row in await answers(datasette, "promises_withdrawn") if row["vendor"] == "Lumora"]
    assert "may sell" in str([row["new_text"] for row in withdrawn])
    assert rows["Lumora"]["clauses"] == len({(row["change"], row["number"]) for row in withdrawn})


async def test_retention_is_listed_with_the_words_that_say_it(datasette: Datasette) -> None:
    rows = await answers(datasette, "retention_by_vendor")
    assert any(row["document"] == DOCUMENT.name and "24 months" in str(row["words"]) for row in rows)


async def test_a_date_that_moved_is_in_date_changes(datasette: Datasette) -> None:
    [row] = await answers(datasette, "date_changes")
    assert (row["role"], row["old_date"], row["new_date"]) == ("updated", "2026-01-02", "2026-03-03")
    assert row["notes"] == "forwards"


async def test_the_document_whose_wording_changed_most_often_is_the_most_volatile(datasette: Datasette) -> None:
    rows = await answers(datasette, "most_volatile_documents")
    assert [(row["document"], row["changes"], row["silent"]) for row in rows] == [
        (DOCUMENT.name, 2, 1),
        ("nightjar/privacy", 1, 1),
    ]


async def test_the_policy_with_the_oldest_date_comes_first_and_undated_ones_apart(datasette: Datasette) -> None:
    stated = [row["stated"] for row in await answers(datasette, "oldest_policies")]
    assert stated == ["2026-01-02", "2026-01-02", "2026-03-03"]
    assert [row["vendor"] for row in await answers(datasette, "undated_policies")] == ["Lumora"]


@pytest.fixture
def travelling(tmp_path: Path) -> Datasette:
    """Three vendors that send data around; the first one's date moves back."""
    places = {
        "Aldertree": "We transfer personal data to the United States and to Singapore.",
        "Birchmoor": "We transfer personal data to Germany and to the United States.",
        "Cedarholt": "We do not transfer personal data to China.",
    }
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        for vendor, sentence in places.items():
            document = Document(vendor=vendor, kind="privacy", url=f"https://{vendor}.example/", language="en")
            body = ("Sharing</h2>", f"Sharing</h2><p>{sentence}</p>")
            look(document, 9, page(body))
            if vendor == "Aldertree":
                look(document, 3, page(body, updated="December 1, 2025"))
    return Datasette([str(tmp_path / "history.db")])


async def test_third_countries_are_those_outside_the_economic_area_that_are_not_denied(travelling: Datasette) -> None:
    rows = await answers(travelling, "third_countries_mentioned")
    assert [(row["country"], row["vendors"], row["who"]) for row in rows] == [
        ("US", 2, "Aldertree,Birchmoor"),
        ("SG", 1, "Aldertree"),
    ]


async def test_a_date_that_moved_backwards_is_told_with_both_days(travelling: Datasette) -> None:
    [row] = await answers(travelling, "dates_moved_backwards")
    assert (row["vendor"], row["old_date"], row["new_date"]) == ("Aldertree", "2026-01-02", "2025-12-01")


async def test_silent_edits_can_be_those_of_one_year(datasette: Datasette) -> None:
    everything = await answers(datasette, "silent_edits_of_a_year")
    year = str(everything[0]["seen"])[:4]
    of_the_year = await answers(datasette, "silent_edits_of_a_year", year=year)
    assert [row for row in everything if str(row["seen"]).startswith(year)] == of_the_year
    assert await answers(datasette, "silent_edits_of_a_year", year="1999") == []


async def test_the_longest_gap_in_coverage_comes_first(datasette: Datasette) -> None:
    assert [row["days"] for row in await answers(datasette, "gaps_in_coverage")] == [40, 20, 12, 6]


async def test_the_text_on_a_day_is_that_of_the_version_then_in_force(datasette: Datasette) -> None:
    today = await answers(datasette, "text_on_a_day")
    assert {row["version"] for row in today} == {3}
    assert await answers(datasette, "text_on_a_day", day="2001-01-01") == []


async def test_clauses_can_be_searched_on_their_own_table(datasette: Datasette) -> None:
    rows = (await datasette.client.get("/history/clauses.json?_shape=array&_search=hosting")).json()
    assert rows
    assert all("hosting" in row["text"] for row in rows)


async def test_documents_and_changes_in_a_view_lead_to_their_pages(datasette: Datasette) -> None:
    shown = (await datasette.client.get("/history/change_log")).text
    assert f'<a href="/policy/{DOCUMENT.name}">{DOCUMENT.name}</a>' in shown
    assert '<a href="/change/1">1</a>' in shown


async def test_documents_have_their_names_where_tables_refer_to_them(datasette: Datasette) -> None:
    assert DOCUMENT.name in (await datasette.client.get("/history/versions")).text


async def test_what_runs_the_crawls_is_hidden(datasette: Datasette) -> None:
    listed = {
        table["name"]: table["hidden"] for table in (await datasette.client.get("/history.json")).json()["tables"]
    }
    assert all(listed[name] for name in ("hosts", "validators", "daemon", "_sqlite_migrations"))
    assert not any(listed[name] for name in TABLES)


async def test_the_history_cannot_be_written_through_sql(datasette: Datasette) -> None:
    response = await datasette.client.get("/history.json?sql=DELETE+FROM+documents", follow_redirects=True)
    assert response.status_code in (400, 403)
    assert (await datasette.client.get("/history/documents.json?_shape=array")).json()


# --- databases that are no history ---------------------------------------------------------------------------------------------


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """Somebody else's database, with tables that are named like ours."""
    path = tmp_path / "stranger.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE documents (document TEXT, change INTEGER)")
        conn.execute("INSERT INTO documents VALUES ('a/b', 7)")
    return path


async def test_other_databases_are_served_as_without_the_plugin(stranger: Path) -> None:
    alone = Datasette([str(stranger)])
    assert (await alone.client.get("/stranger")).status_code == 200
    shown = (await alone.client.get("/stranger/documents")).text
    assert "/policy/" not in shown
    assert "/change/" not in shown
    assert "Clausewatch" not in shown
    assert "Datasette" in (await alone.client.get("/")).text


@pytest.mark.parametrize("path", ["/-/home", "/policy/a/b", "/change/7", "/clauses", "/stranger/retention_by_vendor"])
async def test_other_databases_get_none_of_our_pages(stranger: Path, path: str) -> None:
    assert (await Datasette([str(stranger)]).client.get(path)).status_code == 404


async def test_other_databases_beside_a_history_stay_as_they_are(served: Path, stranger: Path) -> None:
    both = Datasette([str(stranger), str(served)])
    assert "/policy/" not in (await both.client.get("/stranger/documents")).text
    assert (await both.client.get("/change/1")).status_code == 200


async def test_no_database_at_all_is_served(tmp_path: Path) -> None:
    assert (await Datasette([], memory=True).client.get("/")).status_code == 200


async def test_a_history_of_another_schema_gets_none_of_our_pages(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    with History(path) as history:
        history.db.execute("UPDATE _sqlite_migrations SET name = 'm999_from_the_future' WHERE name LIKE 'm001%'")
    newer = Datasette([str(path)])
    assert (await newer.client.get("/clauses")).status_code == 404
    assert (await newer.client.get("/newer/documents")).status_code == 200
