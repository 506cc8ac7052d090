"""The pages over a history, asked as a browser asks them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from lumora import DOCUMENT, page
from nightjar import ATTACK, CHINESE, HOSTILE, TODAY, hostile_page, looking

from tracker import History
from tracker.browsing import queries

POLICY = f"/policy/{DOCUMENT.name}"
EVERY_PAGE = ["/", "/-/home", POLICY, "/policy/nightjar/privacy", "/change/1", "/change/2", "/clauses?q=nobody+else"]


async def text_of(datasette: Datasette, path: str, status: int = 200) -> str:
    response = await datasette.client.get(path)
    assert response.status_code == status, path
    return str(response.text)


async def data_of(datasette: Datasette, path: str) -> dict[str, object]:
    response = await datasette.client.get(path)
    assert response.status_code == 200, path
    return dict(response.json())


def changes_of(served: Path, name: str) -> list[int]:
    with History(served, read_only=True) as history:
        return [row.id for row in history.changes([name])]


# --- home --------------------------------------------------------------------------------------------------------------------


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


# --- document ----------------------------------------------------------------------------------------------------------------


async def test_a_document_shows_its_dates_reigns_and_changes(datasette: Datasette) -> None:
    data = await data_of(datasette, f"{POLICY}.json")
    document = data["document"]
    assert (document["updated"], document["number"], document["versions"]) == ("2026-03-03", 3, 3)
    assert [row["number"] for row in data["reigns"]] == [3, 2, 1]
    assert [(row["old_number"], row["new_number"], row["silent"]) for row in data["changes"]] == [(2, 3, 0), (1, 2, 1)]
    shown = await text_of(datasette, POLICY)
    assert "version 3 of 3" in shown
    assert "2026-03-03" in shown


async def test_each_clause_of_the_text_has_the_day_on_which_it_was_first_seen_so(datasette: Datasette) -> None:
    clauses = (await data_of(datasette, f"{POLICY}.json"))["text"]
    since = {clause["text"][:12]: clause["since"][:10] for clause in clauses}
    assert since["Lumora Devic"] == f"{TODAY - timedelta(days=80):%Y-%m-%d}"
    assert since["We may sell "] == f"{TODAY - timedelta(days=20):%Y-%m-%d}"
    assert since["We keep acco"] == f"{TODAY - timedelta(days=8):%Y-%m-%d}"


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


# --- change ------------------------------------------------------------------------------------------------------------------


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


# --- search ------------------------------------------------------------------------------------------------------------------


async def hits(datasette: Datasette, query: str) -> list[tuple[str, int]]:
    data = await data_of(datasette, f"/clauses.json?{query}")
    return [(hit["document"], hit["in_force"]) for hit in data["hits"]]


async def test_search_finds_clauses_that_are_gone_with_the_days_on_which_they_stood(datasette: Datasette) -> None:
    data = await data_of(datasette, "/clauses.json?q=not+sell&vendor=Lumora")
    [hit] = data["hits"]
    assert (hit["document"], hit["in_force"]) == (DOCUMENT.name, 0)
    assert hit["first_seen"][:10] == f"{TODAY - timedelta(days=80):%Y-%m-%d}"
    assert hit["last_seen"][:10] == f"{TODAY - timedelta(days=60):%Y-%m-%d}"
    assert "withdrawn" in await text_of(datasette, "/clauses?q=not+sell")


async def test_search_marks_the_words_that_were_found(datasette: Datasette) -> None:
    assert "<mark>hosting</mark>" in await text_of(datasette, "/clauses?q=Hosting")


async def test_search_can_be_limited_to_what_is_in_force_or_withdrawn(datasette: Datasette) -> None:
    assert await hits(datasette, "q=not+sell+hosting&standing=withdrawn") == [(DOCUMENT.name, 0)]
    assert (DOCUMENT.name, 0) not in await hits(datasette, "q=not+sell+hosting&standing=in+force")


async def test_search_takes_quoted_words_in_their_order(datasette: Datasette) -> None:
    assert await hits(datasette, 'q="close your account"')
    assert not await hits(datasette, 'q="account close your"')


async def test_search_finds_words_in_scripts_without_spaces(datasette: Datasette) -> None:
    assert await hits(datasette, f"q={quote('账户数据')}") == [(CHINESE.name, 1)]


@pytest.mark.parametrize("typed", ['"', '"" ""', "NEAR(", "a AND", "text:*", "-", "'; DROP TABLE clauses; --", "  "])
async def test_search_takes_anything_people_type_for_words(datasette: Datasette, typed: str) -> None:
    await text_of(datasette, f"/clauses?q={quote(typed)}")


async def test_a_search_that_takes_too_long_says_so(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupted(*_: object, **__: object) -> None:
        raise QueryInterrupted(TimeoutError(), "select", {})

    monkeypatch.setattr(queries, "search", interrupted)
    assert "took longer" in await text_of(datasette, "/clauses?q=data", status=503)


# --- safety ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*EVERY_PAGE, "/clauses?q=%3Cscript%3Ealert(1)%3C/script%3E", "/policy/<script>"])
async def test_nothing_from_the_net_or_the_address_becomes_markup(datasette: Datasette, path: str) -> None:
    response = await datasette.client.get(path)
    assert "<script" not in response.text.lower()


async def test_the_attack_is_shown_as_the_text_that_it_is(datasette: Datasette, served: Path) -> None:
    [change] = changes_of(served, HOSTILE.name)
    escaped = ATTACK.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
    for path in ("/", "/policy/nightjar/privacy", f"/change/{change}", "/clauses?q=nobody"):
        assert escaped in await text_of(datasette, path), path


@pytest.mark.parametrize("path", ["/history/current_clauses", "/history/document_status", "/history/clause_log"])
async def test_datasettes_own_pages_do_not_run_the_attack(datasette: Datasette, path: str) -> None:
    assert ATTACK not in await text_of(datasette, path)


async def test_an_address_that_is_no_web_address_is_not_a_link(datasette: Datasette) -> None:
    shown = await text_of(datasette, "/policy/nightjar/privacy")
    assert "javascript:alert(1)" in shown
    assert 'href="javascript:' not in shown


@pytest.mark.parametrize("path", [*EVERY_PAGE, "/policy/nobody/nothing", "/change/1.json"])
async def test_pages_allow_no_script_no_frame_and_nothing_from_elsewhere(datasette: Datasette, path: str) -> None:
    headers = (await datasette.client.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", EVERY_PAGE)
async def test_pages_keep_to_their_own_policy(datasette: Datasette, path: str) -> None:
    assert not re.search(r"<style|\sstyle=|\son\w+=", await text_of(datasette, path))


async def test_every_link_of_the_pages_leads_somewhere(datasette: Datasette) -> None:
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop()
        response = await datasette.client.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        ours = path == "/" or path.startswith(("/policy", "/change", "/clauses", "/-/home"))
        links = re.findall(r'href="(/[^"#]*)', response.text) if ours else []
        fresh = {link.replace("&amp;", "&") for link in links} - seen
        waiting += fresh
        seen |= fresh
    assert f"{POLICY}.json" in seen


# --- living ------------------------------------------------------------------------------------------------------------------


async def test_a_look_recorded_after_the_start_is_seen(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 9, page())
        live = Datasette([str(tmp_path / "history.db")])
        assert "The text has not changed" in await text_of(live, POLICY)
        look(DOCUMENT, 3, page(("12 months", "24 months")))
        assert "version 2 of 2" in await text_of(live, POLICY)
        look(HOSTILE, 2, hostile_page())
        assert "nightjar/privacy" in await text_of(live, "/")


async def test_pages_stand_below_a_base_url_too(served: Path) -> None:
    below = Datasette([str(served)], settings={"base_url": "/watch/"})
    shown = await text_of(below, "/")
    assert f'href="/watch{POLICY}"' in shown
    assert not re.search(r'href="/(?!watch/)', shown)
