"""Quotations in reports, and the names of values."""

import pytest

from tracker.comparison.naming import shown
from tracker.comparison.quoting import clip, inset, quotation, swap
from tracker.comparison.words import redline
from tracker.model import Clause, Fact


def test_a_long_sentence_is_cut_between_words() -> None:
    cut = clip("word " * 40)
    assert cut.endswith("word…")
    assert len(cut) < 80


def test_an_enumerator_is_no_part_of_a_quotation() -> None:
    assert clip("4.3 We keep logs.") == "We keep logs"


def test_the_sentence_that_holds_the_words_is_quoted() -> None:
    assert quotation([Clause("We keep logs. We sell lamps.")], "sell lamps") == "We sell lamps"


def test_a_turn_of_phrase_is_shown_with_the_words_beside_it() -> None:
    edits = (("=", "Then we "), ("-", "will"), ("+", "may"), ("=", " answer your letter soon."))
    assert swap(edits, 1) == "“Then we will answer your letter” → “Then we may answer your letter”"


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        (Fact("retention", "365 days", words="12 monaten"), "12 months"),
        (Fact("retention", "365 days", words="one year"), "1 year"),
        (Fact("retention", "as long as necessary", words="solange"), "as long as necessary"),
        (Fact("country", "JP", words="japan"), "Japan"),
        (Fact("age", "16", words="16"), "16"),
    ],
)
def test_a_value_is_named_in_words(fact: Fact, name: str) -> None:
    assert shown(fact) == name


def test_a_turn_of_phrase_that_is_new_gives_way_to_nothing() -> None:
    assert swap((("=", "We knit. "), ("+", "We never purl.")), 1) == "adds “We never purl”"


def test_a_few_words_are_told_with_those_around_them() -> None:
    edits, _ = redline("You can clear your search history here.", "You can clear your stored search history here.")
    assert inset(edits, 1) == " in “clear your stored search history here”"


def test_words_that_stand_alone_are_told_alone() -> None:
    edits, _ = redline("", "stored")
    assert inset(edits, 0) == ""


def test_a_title_is_quoted_with_what_follows_it() -> None:
    clause = Clause("Free trials. You may try the lamp for a week.")
    assert quotation((clause,), "free trials") == "Free trials. You may try the lamp for a week"


def test_a_label_of_a_row_is_quoted_with_its_cell() -> None:
    clause = Clause("Exact position | Where the lamp stands in your house.", "row")
    assert quotation((clause,), "exact position") == "Exact position Where the lamp stands in your house"
