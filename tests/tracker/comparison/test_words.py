"""The word-level redline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.comparison import words as module
from tracker.comparison.words import rebuilt, redline

TEXTS = st.text(alphabet=st.sampled_from(list("abc not 12,. \n'您不😀\u0301")), max_size=60) | st.text(max_size=40)


def edits(old: str, new: str) -> list[tuple[str, str]]:
    return [edit for edit in redline(old, new)[0] if edit[0] != "="]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_rebuilt_exactly(old: str, new: str) -> None:
    assert rebuilt(redline(old, new)[0]) == (old, new)


@given(TEXTS, TEXTS)
def test_the_same_texts_give_the_same_edits(old: str, new: str) -> None:
    assert redline(old, new) == redline(old, new)


@given(TEXTS)
def test_equal_texts_have_no_edits(text: str) -> None:
    assert not edits(text, text)


def test_whole_words_change_not_letters() -> None:
    assert edits("We collect data.", "We collected data.") == [("-", "collect"), ("+", "collected")]


def test_coincidental_equalities_are_dissolved_into_phrases() -> None:
    assert len(edits("the red fox of the hill sleeps", "a blue bird in the valley sings")) == 2


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("red apples do not fall here", "green pears may not stay there", "not"),
        ("we keep old logs 12 short months", "they hold new files 12 long weeks", "12"),
        ("our staff may read some notes", "their people may see all letters", "may"),
    ],
    ids=["negation", "number", "modal verb"],
)
def test_vital_words_never_vanish_in_a_neighbouring_edit(old: str, new: str, kept: str) -> None:
    assert any(sign == "=" and kept in text for sign, text in redline(old, new)[0])


@pytest.mark.parametrize(
    ("old", "new", "inserted"),
    [
        ("We film. We keep it.", "We film. We tell nobody. We keep it.", "We tell nobody. "),
        ("To pay, to plan and to sleep.", "To pay, to rest, to plan and to sleep.", "to rest, "),
        ("To weigh parcels To send parcels", "To weigh parcels To open parcels To send parcels", "To open parcels "),
        ("Name", "Name of the sender Name on the door", " of the sender Name on the door"),
    ],
    ids=["a sentence", "an entry", "an entry without marks", "at the end"],
)
def test_what_is_inserted_begins_where_a_reader_would_say(old: str, new: str, inserted: str) -> None:
    assert edits(old, new) == [("+", inserted)]


def test_a_word_between_two_insertions_is_not_struck_out() -> None:
    assert edits("the people", "all of the people here") == [("+", "all of "), ("+", " here")]


def test_sentences_that_lack_a_blank_are_two() -> None:
    assert edits("We ask.Then we act.", "We ask.") == [("-", "Then we act.")]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("我们收集您的姓名。", "我们收集您的地址。", [("-", "姓名"), ("+", "地址")]),
        ("เราเก็บชื่อของคุณ", "เราเก็บที่อยู่ของคุณ", [("-", "ชื่อ"), ("+", "ที่อยู่")]),
        ("نجمع اسمك", "نجمع عنوانك", [("-", "اسمك"), ("+", "عنوانك")]),
    ],
    ids=["Chinese", "Thai", "Arabic"],
)
def test_every_script_falls_into_parts_that_can_be_read(old: str, new: str, changed: list[tuple[str, str]]) -> None:
    assert edits(old, new) == changed


def test_texts_beyond_the_budget_are_shown_as_replaced_and_said_to_be_coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CELLS", 4)
    assert redline("one two three", "one two four") == ((("-", "one two three"), ("+", "one two four")), False)
