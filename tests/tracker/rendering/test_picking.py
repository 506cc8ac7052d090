from tracker.model import Clause, ClauseChange, Reason
from tracker.rendering.picking import (
    abridged,
    before_and_after,
    clipped,
    counts,
    edits,
    excerpt,
    most_material_first,
    operation_of,
    told,
    visible,
)

WORDS = (
    ("=", "one two three four five six seven eight nine ten "),
    ("-", "old"),
    ("+", "new"),
    ("=", " and a long tail of words"),
)


def test_the_most_material_clause_change_comes_first(change):
    assert [c.level for c in most_material_first(change.clauses)] == ["critical", "high", "medium", "none"]


def test_of_equal_materiality_the_place_in_the_text_decides():
    late, early = (ClauseChange("added", new=(Clause("x"),), new_at=(n,)) for n in (9, 2))
    assert most_material_first([late, early]) == [early, late]


def test_operations_are_counted(change):
    assert counts(change) == {"modified": 1, "removed": 1, "added": 1, "moved": 1}


def test_folding_keeps_every_edit_and_the_words_beside_it():
    folded = abridged(WORDS, around=10)
    assert [edit for edit in folded if edit[0] != "="] == [("-", "old"), ("+", "new")]
    assert folded[0] == ("=", "… nine ten ")
    assert folded[-1][1].startswith(" and a")
    assert folded[-1][1].endswith("…")


def test_short_unchanged_runs_are_not_folded():
    words = (("=", "We may "), ("+", "not "), ("=", "sell it."))
    assert abridged(words) == words


def test_a_run_between_two_edits_is_folded_in_its_middle():
    words = (("-", "a"), ("=", " one two three four five six seven "), ("+", "b"))
    assert abridged(words, around=8)[1] == ("=", " one … seven ")


def test_before_and_after_are_short_and_show_the_difference(change):
    before, after = before_and_after(change.clauses[0], longest=80)
    assert before.endswith("logs for 12 months.")
    assert after.endswith("logs for 24 months.")
    assert len(before) <= 80


def test_what_has_one_side_only_has_no_other(change):
    assert before_and_after(change.clauses[1]) == ("We never <b>sell</b> your data.", None)
    assert before_and_after(change.clauses[2]) == (None, "Partners get a copy.")


def test_a_clause_that_only_moved_reads_the_same_on_both_sides(change):
    assert edits(change.clauses[3]) == (("=", "Lamps report their light."),)


def test_clipping_cuts_between_words():
    assert clipped("one two three four", 12) == "one two…"
    assert clipped("short", 12) == "short"
    assert clipped("x" * 50, 12) == "x" * 11 + "…"


def test_an_excerpt_is_cut_off_where_it_gets_too_long():
    clause = ClauseChange(
        "modified", (Clause("a"),), (Clause("b"),), words=(("-", "one " * 20), ("+", "two " * 200), ("=", "end"))
    )
    runs = excerpt(clause, longest=100)
    assert [op for op, _ in runs] == ["-", "+"]
    assert sum(len(text) for _, text in runs) <= 100


def test_control_characters_of_a_page_never_reach_the_reader():
    assert visible("a\x1b[31mred\x07\x9b\nnext\tcell") == "a[31mred\nnext\tcell"


def test_each_reason_is_told_once_most_serious_first_and_quotes_once():
    low = Reason("a", "low", "a limit goes", words="only")
    high = Reason("b", "high", "“we do not” becomes “we may”", words="we may")
    assert [(r.text, r.words) for r in told([low, high, low])] == [
        ("“we do not” becomes “we may”", ""),
        ("a limit goes", "only"),
    ]


def test_words_added_to_a_clause_that_stays_are_called_so():
    before, after = Clause("We keep it."), Clause("We keep it. For ever.")
    assert operation_of(ClauseChange("added", old=(before,), new=(after,))) == "words added"
    assert operation_of(ClauseChange("added", new=(after,))) == "added"
    assert operation_of(ClauseChange("modified", old=(before,), new=(after,), moved=True)) == "moved and modified"


def test_a_page_cannot_turn_round_what_stands_after_it():
    assert visible("fine \u202egnihton\u202c \u2067שלום\u2069") == "fine gnihton \u2067שלום\u2069"


def test_a_reason_that_only_repeats_the_redline_is_told_where_nothing_else_is_said_of_the_words() -> None:
    pair = Reason("meaning.changed", "medium", "“never sell” → “may sell”")
    said = Reason("promise.withdrawn", "high", "no longer promised: “never sell”")
    assert [reason.text for reason in told([pair, said])] == [said.text]
    assert told([pair]) == [pair]
