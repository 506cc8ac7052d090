"""The page of a change."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import rewritten
from asking import POLICY, changes_of, data_of, text_of
from datasette.app import Datasette
from docx import Document as WordDocument
from lumora import DOCUMENT, page
from nightjar import looking

from tracker import History


@pytest.fixture(scope="module")
def rewriting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history with one change: a promise and a period weakened, a section moved, a heading in capitals."""
    path = tmp_path_factory.mktemp("rewriting") / "history.db"
    with History(path) as history:
        look = looking(history)
        look(rewritten.DOCUMENT, 9, rewritten.page(rewritten.BEFORE))
        look(rewritten.DOCUMENT, 5, rewritten.page(rewritten.AFTER))
    return path


@pytest.fixture
def harrow(rewriting: Path) -> Datasette:
    return Datasette([str(rewriting)])


async def clauses_of(datasette: Datasette, query: str = "") -> list[dict[str, object]]:
    return (await data_of(datasette, f"/change/1.json{query}"))["change"]["clauses"]  # type: ignore[index,return-value]


async def number_of(datasette: Datasette, words: str) -> object:
    """The number of the clause change in whose new text the words stand."""
    [number] = [
        clause["number"]
        for clause in await clauses_of(datasette)
        if any(words in new["text"] for new in clause["new"])  # type: ignore[attr-defined]
    ]
    return number


def shown(text: str) -> list[str]:
    """The ids of the clause changes that a page shows as such."""
    return re.findall(r'id="(change-\d+)"', text)


# --- what is said of it


async def test_a_change_is_shown_as_a_redline_that_needs_no_colour(datasette: Datasette, served: Path) -> None:
    [_, weakened] = changes_of(served, DOCUMENT.name)
    text = await text_of(datasette, f"/change/{weakened}")
    assert re.search(r"<del>do not\s*</del>", text)
    assert re.search(r"<ins>may\s*</ins>", text)
    assert "the wording changed and the stated date did not" in text


async def test_a_change_shows_how_the_stated_date_moved(datasette: Datasette, served: Path) -> None:
    [prolonged, _] = changes_of(served, DOCUMENT.name)
    assert "<del>2026-01-02</del> → <ins>2026-03-03</ins>" in await text_of(datasette, f"/change/{prolonged}")


async def test_a_reason_leads_to_the_clause_that_it_is_about(harrow: Datasette) -> None:
    text = await text_of(harrow, "/change/1")
    reasons = text[text.index('<h2 id="reasons">') : text.index('<h2 id="redline">')]
    assert f'href="#change-{await number_of(harrow, "We may sell")}"' in reasons


async def test_reasons_and_topics_stand_beside_their_clause(harrow: Datasette) -> None:
    number = await number_of(harrow, "36 months")
    [clause] = [clause for clause in await clauses_of(harrow) if clause["number"] == number]
    for view in ("changes", "in-place", "side-by-side"):
        text = await text_of(harrow, f"/change/1?view={view}")
        beside = text[text.index(f'id="change-{number}"') :].split("</ul>")[0]
        assert all(topic in beside for topic in clause["topics"])  # type: ignore[attr-defined]
        assert clause["reasons"][0]["text"] in beside  # type: ignore[index]


async def test_a_change_leads_to_the_one_before_and_after_it(datasette: Datasette, served: Path) -> None:
    [prolonged, weakened] = changes_of(served, DOCUMENT.name)
    first = await data_of(datasette, f"/change/{weakened}.json")
    last = await data_of(datasette, f"/change/{prolonged}.json")
    assert (first["earlier"], first["later"]) == (None, prolonged)
    assert (last["earlier"], last["later"]) == (weakened, None)


async def test_a_clause_leads_to_the_change_that_brought_it(datasette: Datasette, served: Path) -> None:
    [_, weakened] = changes_of(served, DOCUMENT.name)
    text = await text_of(datasette, POLICY)
    margin = re.split(r'<p class="words"[^>]*>We may sell', text)[0].rsplit('<p class="since', 1)[-1]
    assert f'href="/change/{weakened}"' in margin


async def test_a_change_that_happens_again_shows_both_sightings(tmp_path: Path) -> None:
    longer = ("12 months", "24 months")
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        for days_ago, body in ((40, page()), (30, page(longer)), (20, page()), (10, page(longer))):
            look(DOCUMENT, days_ago, body)
    data = await data_of(Datasette([str(tmp_path / "history.db")]), "/change/1.json")
    assert len(data["sightings"]) == 2  # type: ignore[arg-type]


# --- the views


async def test_changes_only_shows_no_clause_that_stands_as_it_was(harrow: Datasette) -> None:
    assert "one cookie" not in await text_of(harrow, "/change/1")


async def test_in_place_shows_the_whole_text_with_its_unchanged_clauses_folded(harrow: Datasette) -> None:
    text = await text_of(harrow, "/change/1?view=in-place")
    folded = re.findall(r'<details class="fold">.*?</details>', text, re.DOTALL)
    assert any("one cookie" in fold for fold in folded)
    assert not any("36" in fold for fold in folded)
    assert "unchanged clauses</summary>" in folded[0]


async def test_a_change_of_formatting_alone_has_a_page_in_every_view(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history:
        look = looking(history)
        look(DOCUMENT, 9, page())
        look(DOCUMENT, 5, page(("<h2>Retention", "<h2>RETENTION")))
    formatted = Datasette([str(tmp_path / "history.db")])
    for view in ("changes", "in-place", "side-by-side", "topics"):
        assert "No wording changed" in await text_of(formatted, f"/change/1?view={view}")


async def test_the_unchanged_clauses_can_all_be_shown(harrow: Datasette) -> None:
    text = await text_of(harrow, "/change/1?view=in-place&context=all")
    assert '<details class="fold">' not in text
    assert "one cookie" in text


async def test_side_by_side_has_the_old_words_in_one_column_and_the_new_in_the_other(harrow: Datasette) -> None:
    text = await text_of(harrow, "/change/1?view=side-by-side")
    pair = text[text.index(f'id="change-{await number_of(harrow, "36 months")}"') :]
    old, new = pair.split('<div class="side new">')[0], pair.split('<div class="side new">')[1].split("</div>")[0]
    assert ("<del>12</del>" in old, "36" in old) == (True, False)
    assert ("<ins>36</ins>" in new, "12" in new) == (True, False)


async def test_each_column_is_named_where_they_stand_above_each_other(harrow: Datasette) -> None:
    text = await text_of(harrow, "/change/1?view=side-by-side")
    assert '<div class="side old"><span class="which">version 1</span>' in text
    assert '<div class="side new"><span class="which">version 2</span>' in text


async def test_by_topic_a_clause_stands_under_each_of_its_topics(harrow: Datasette) -> None:
    number = await number_of(harrow, "36 months")
    [clause] = [clause for clause in await clauses_of(harrow) if clause["number"] == number]
    text = await text_of(harrow, "/change/1?view=topics")
    for topic in clause["topics"]:  # type: ignore[attr-defined]
        section = text[text.index(f">{topic}</h3>") :].split("</section>")[0]
        assert "<ins>36</ins>" in section


async def test_a_view_that_there_is_not_shows_the_changes_only(harrow: Datasette) -> None:
    shown = [await text_of(harrow, f"/change/1{query}") for query in ("?view=upside-down", "")]
    assert len({re.sub(r'name="csrftoken" value="[^"]+"', "", text) for text in shown}) == 1


async def test_a_clause_change_has_one_number_and_one_anchor_in_every_view(harrow: Datasette) -> None:
    listed, placed, paired = [
        sorted(shown(await text_of(harrow, f"/change/1?view={view}")))
        for view in ("changes", "in-place", "side-by-side")
    ]
    assert listed == placed == paired
    assert len(set(listed)) == len(listed) > 2


@pytest.mark.parametrize("view", ["changes", "in-place", "side-by-side"])
async def test_links_lead_from_each_change_to_the_next_and_back_without_a_script(harrow: Datasette, view: str) -> None:
    text = await text_of(harrow, f"/change/1?view={view}")
    stops = shown(text)
    forwards = re.findall(r'href="#(change-\d+)" aria-label="Change after', text)
    back = re.findall(r'href="#(change-\d+)" aria-label="Change before', text)
    assert (forwards, back) == (stops[1:], stops[:-1])


async def test_what_moved_is_linked_from_where_it_was_to_where_it_is_and_back(harrow: Datasette) -> None:
    number = await number_of(harrow, "in Graz")
    for view in ("in-place", "side-by-side"):
        text = await text_of(harrow, f"/change/1?view={view}")
        left, arrived = text.index(f'id="left-{number}"'), text.index(f'id="change-{number}"')
        assert left < arrived
        assert f'href="#change-{number}"' in text[left:].split('<div class="clause')[0]
        assert f'href="#left-{number}"' in text[arrived:].split('<div class="clause')[0]


async def test_the_list_of_changes_leads_to_both_places_of_what_moved(harrow: Datasette) -> None:
    number = await number_of(harrow, "in Graz")
    text = await text_of(harrow, "/change/1")
    assert f'href="/change/1?view=in-place#left-{number}"' in text
    assert f'href="/change/1?view=in-place#change-{number}"' in text


# --- filters


async def test_differences_of_formatting_are_hidden_behind_their_count(harrow: Datasette) -> None:
    for view in ("changes", "in-place", "side-by-side"):
        hidden, open_ = [await text_of(harrow, f"/change/1?view={view}{more}") for more in ("", "&formatting=shown")]
        assert "1 difference of formatting only" in hidden
        assert "<ins>RETENTION</ins>" not in hidden
        assert "<ins>RETENTION</ins>" in open_


async def test_a_hidden_difference_of_formatting_reads_in_each_column_as_it_reads_there(harrow: Datasette) -> None:
    text = await text_of(harrow, "/change/1?view=side-by-side&context=all")
    assert re.search(r'<div class="side old">.*?>Retention</p>', text)
    assert re.search(r'<div class="side new">.*?>RETENTION</p>', text)


@pytest.mark.parametrize("name", ["level", "op", "topic"])
async def test_a_filter_leaves_as_many_clause_changes_as_it_says(harrow: Datasette, name: str) -> None:
    filters = (await data_of(harrow, "/change/1.json"))["change"]["filters"][name]  # type: ignore[index]
    assert filters
    for value, count in filters.items():
        response = await harrow.client.get("/change/1.json", params={name: value})
        assert len(response.json()["change"]["clauses"]) == count, value


async def test_filters_are_links_with_counts_and_the_chosen_one_leads_back(harrow: Datasette) -> None:
    count = sum("moved" in (clause["op"], clause["moved"] and "moved") for clause in await clauses_of(harrow))
    open_ = await text_of(harrow, "/change/1")
    assert f'href="/change/1?op=moved#redline">moved <span class="count">{count}</span>' in open_
    chosen = await text_of(harrow, "/change/1?op=moved")
    assert 'href="/change/1#redline" aria-current="true">moved' in chosen
    assert len(shown(chosen)) == count


async def test_filters_and_view_are_kept_by_each_other(harrow: Datasette) -> None:
    text = await text_of(harrow, "/change/1?view=in-place&op=moved")
    assert 'href="/change/1?view=side-by-side&amp;op=moved#redline"' in text
    assert 'href="/change/1?view=in-place&amp;level=none&amp;op=moved#redline"' in text


async def test_in_place_what_does_not_pass_the_filters_is_folded_like_the_unchanged(harrow: Datasette) -> None:
    text = await text_of(harrow, "/change/1?view=in-place&op=moved")
    assert re.search(r"of them changed</summary>(?:(?!</details>).)*<ins>36</ins>", text, re.DOTALL)


async def test_where_nothing_passes_the_filters_the_page_says_so(harrow: Datasette) -> None:
    text = await text_of(harrow, "/change/1?level=low&topic=Nothing+of+the+kind")
    assert "No change passes these filters" in text
    assert 'href="/change/1?level=low#redline" aria-current="true">Nothing of the kind' in text, "it can be taken back"


# --- taking it along


async def test_a_change_as_json_is_the_change_as_everywhere_else(datasette: Datasette, served: Path) -> None:
    [_, weakened] = changes_of(served, DOCUMENT.name)
    data = await data_of(datasette, f"/change/{weakened}.json")
    assert data["change"]["silent"] is True  # type: ignore[index]
    assert [clause["op"] for clause in data["change"]["clauses"]] == ["modified"]  # type: ignore[index]
    assert len(data["sightings"]) == 1  # type: ignore[arg-type]


async def test_json_hides_no_difference_of_formatting(harrow: Datasette) -> None:
    assert "reformatted" in [clause["op"] for clause in await clauses_of(harrow)]


async def test_a_change_can_be_saved_as_one_file(datasette: Datasette) -> None:
    response = await datasette.client.get("/change/1/redline.html")
    assert response.headers["content-disposition"] == 'attachment; filename="change-1.html"'
    assert "<ins>" in response.text


async def test_a_change_can_be_saved_as_a_word_file_with_tracked_changes(harrow: Datasette) -> None:
    response = await harrow.client.get("/change/1/redline.docx")
    assert response.headers["content-disposition"] == 'attachment; filename="change-1.docx"'
    body = WordDocument(io.BytesIO(response.content)).element.body
    inserted = [run.text for run in body.iter("{*}ins") for run in run.iter("{*}t")]
    assert "36" in " ".join(inserted)


@pytest.mark.parametrize("kind", ["html", "docx"])
async def test_a_file_of_a_change_that_there_is_not_is_said_to_be_missing(harrow: Datasette, kind: str) -> None:
    assert "There is no change 999" in await text_of(harrow, f"/change/999/redline.{kind}", status=404)
