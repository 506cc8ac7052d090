"""The page that compares two texts."""

from __future__ import annotations

import re

import pytest
from asking import data_of, text_of
from datasette.app import Datasette
from lumora import DOCUMENT
from nightjar import CHINESE

from tracker.browsing.pages import comparing

NAME = DOCUMENT.name
VERSIONS = f"/compare?document={NAME}"
DOCUMENTS = "/compare?old=nightjar/privacy&new=lumora/privacy-en"


def as_json(path: str) -> str:
    return path.replace("/compare", "/compare.json")


# --- asking


async def test_without_a_question_the_page_asks_which_texts(datasette: Datasette) -> None:
    text = await text_of(datasette, "/compare")
    assert f'<option value="{NAME}">' in text
    assert "brightwell/privacy" not in text, "of which no text was ever seen"


async def test_of_a_document_the_page_asks_which_versions_and_proposes_the_last_two(datasette: Datasette) -> None:
    text = await text_of(datasette, VERSIONS)
    old, new = text.split('name="old"')[1].split("</select>")[0], text.split('name="new"')[1].split("</select>")[0]
    assert '<option value="2" selected>' in old
    assert '<option value="3" selected>' in new
    assert "states 2026-03-03" in new


async def test_a_document_of_one_version_can_be_asked_for_too(datasette: Datasette) -> None:
    assert '<option value="1" selected>' in await text_of(datasette, f"/compare?document={CHINESE.name}")


async def test_every_control_has_a_label(datasette: Datasette) -> None:
    for path in ("/compare", VERSIONS):
        text = await text_of(datasette, path)
        controls = re.findall(r'<(?:input|select)(?! type="hidden")[^>]*id="([^"]+)"', text)
        assert controls
        assert all(f'<label for="{control}">' in text for control in controls)


# --- two versions of a document


async def test_any_two_versions_of_a_document_are_compared(datasette: Datasette) -> None:
    text = await text_of(datasette, f"{VERSIONS}&old=1&new=3")
    assert "version 1 and version 3 of lumora/privacy-en" in text
    assert "<ins>24</ins>" in text
    assert "may" in text


async def test_backwards_too(datasette: Datasette) -> None:
    forwards = await text_of(datasette, f"{VERSIONS}&old=1&new=3")
    assert f'href="/compare?document={NAME.replace("/", "%2F")}&amp;old=3&amp;new=1"' in forwards
    assert "<ins>12</ins>" in await text_of(datasette, f"{VERSIONS}&old=3&new=1")


async def test_a_version_compared_with_itself_has_no_differences(datasette: Datasette) -> None:
    assert "No wording changed" in await text_of(datasette, f"{VERSIONS}&old=2&new=2")


async def test_the_comparison_of_neighbours_is_the_change_between_them(datasette: Datasette) -> None:
    stored = (await data_of(datasette, "/change/1.json"))["change"]
    compared = (await data_of(datasette, as_json(f"{VERSIONS}&old=1&new=2")))["change"]
    assert compared["clauses"] == stored["clauses"]  # type: ignore[index]
    assert compared["id"] == stored["id"]  # type: ignore[index]


async def test_views_and_filters_are_those_of_a_change(datasette: Datasette) -> None:
    text = await text_of(datasette, f"{VERSIONS}&old=1&new=3&view=side-by-side")
    assert '<span class="which">version 1</span>' in text
    assert "&amp;view=in-place#redline" in text


# --- two documents


async def test_two_documents_are_compared_as_they_are_in_force(datasette: Datasette) -> None:
    data = await data_of(datasette, as_json(DOCUMENTS))
    assert (data["old"]["document"], data["new"]["document"]) == ("nightjar/privacy", NAME)  # type: ignore[index]
    assert data["new"]["number"] == 3  # type: ignore[index]


async def test_of_two_documents_nobody_is_said_to_have_changed_anything(datasette: Datasette) -> None:
    text = await text_of(datasette, DOCUMENTS)
    assert "Nobody changed anything" in text
    assert (await data_of(datasette, as_json(DOCUMENTS)))["change"]["silent"] is None  # type: ignore[index]


async def test_in_the_columns_of_two_documents_only_differing_words_are_marked(datasette: Datasette) -> None:
    text = await text_of(datasette, f"/compare?old={NAME}&new={CHINESE.name}&view=side-by-side")
    columns = text[text.index('<div class="policy redline') :]
    assert "connected lamps" in columns
    assert not any(mark in columns for mark in ("<ins>", "<del>"))


async def test_two_languages_are_told_apart(datasette: Datasette) -> None:
    assert "different languages (en, zh)" in await text_of(datasette, f"/compare?old={NAME}&new={CHINESE.name}")


# --- what is not compared


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/compare?document=nobody/nothing", "No text of a document nobody/nothing has been seen."),
        (f"{VERSIONS}&old=1&new=99", "There is no version 99 of lumora/privacy-en."),
        (f"{VERSIONS}&old=one&new=2", "There is no version one of lumora/privacy-en."),
        ("/compare?old=lumora/privacy-en&new=nobody/nothing", "No text of a document nobody/nothing has been seen."),
        ("/compare?old=lumora/privacy-en&new=brightwell/privacy", "No text of a document brightwell/privacy has been"),
        ("/compare/redline.html?old=lumora/privacy-en&new=nobody/nothing", "No text of a document nobody/nothing"),
    ],
)
async def test_what_is_not_there_is_said_in_a_sentence(datasette: Datasette, path: str, sentence: str) -> None:
    assert sentence in await text_of(datasette, path, status=404)


async def test_a_file_of_a_comparison_needs_two_texts(datasette: Datasette) -> None:
    assert "Name two texts" in await text_of(datasette, "/compare/redline.docx", status=400)


async def test_texts_that_are_too_long_are_not_compared_here(
    datasette: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "MOST_WORDS", 100)
    text = await text_of(datasette, f"{VERSIONS}&old=1&new=3", status=413)
    assert "up to 100 are compared here" in text
    assert "clausewatch diff" in text


# --- taking it along, and asking again


@pytest.mark.parametrize("kind", ["html", "docx"])
async def test_a_comparison_can_be_saved(datasette: Datasette, kind: str) -> None:
    response = await datasette.client.get(f"/compare/redline.{kind}?document={NAME}&old=1&new=3")
    assert response.status_code == 200
    assert f'.{kind}"' in response.headers["content-disposition"]


async def test_a_comparison_that_was_made_is_not_made_again(
    datasette: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    whole = comparing.between

    def counted(*arguments):  # type: ignore[no-untyped-def]
        made.append(arguments)
        return whole(*arguments)

    monkeypatch.setattr(comparing, "between", counted)
    comparing._between.cache_clear()
    for view in ("changes", "in-place", "side-by-side"):
        await text_of(datasette, f"{VERSIONS}&old=1&new=3&view={view}")
    assert len(made) == 1
