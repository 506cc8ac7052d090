"""Hostile text, and the pages as one site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from asking import EVERY_PAGE, POLICY, changes_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT, page
from nightjar import ATTACK, HOSTILE, hostile_page, looking

from tracker import History


@pytest.mark.parametrize("path", [*EVERY_PAGE, "/clauses?q=%3Cscript%3Ealert(1)%3C/script%3E", "/policy/<script>"])
async def test_nothing_from_the_net_or_the_address_becomes_markup(datasette: Datasette, path: str) -> None:
    response = await datasette.client.get(path)
    assert not re.search(r"<script(?! src=\"/-/clausewatch/)", response.text.lower())


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
async def test_pages_allow_no_script_but_our_own_no_frame_and_nothing_from_elsewhere(
    datasette: Datasette, path: str
) -> None:
    headers = (await datasette.client.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src 'self';" in headers["content-security-policy"]
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
        ours = path == "/" or path.startswith(("/policy", "/change", "/clauses", "/compare", "/as-of", "/-/home"))
        # filters are links as well; one of each is followed, their combinations are not
        followed = '<a rel="nofollow"[^>]*' if re.search("(level|op|topic|formatting|context)=", path) else "^$"
        links = re.findall(r'href="(/[^"#]*)', re.sub(followed, "", response.text)) if ours else []
        fresh = {link.replace("&amp;", "&") for link in links} - seen
        waiting += fresh
        seen |= fresh
    assert f"{POLICY}.json" in seen


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
