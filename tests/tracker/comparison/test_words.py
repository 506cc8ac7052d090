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


def test_a_search_too_long_for_python_gives_an_equally_exact_redline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEARCH", 0)
    old, new = "one two three four", "one 2 three five"
    assert rebuilt(redline(old, new)[0]) == (old, new)


def test_texts_beyond_the_budget_are_shown_as_replaced_and_said_to_be_coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CELLS", 4)
    assert redline("one two three", "one two four") == ((("-", "one two three"), ("+", "one two four")), False)
