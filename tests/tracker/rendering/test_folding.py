"""Folding a long text, and its two columns."""

from __future__ import annotations

from tracker.model import Clause, ClauseChange
from tracker.rendering.folding import sides, stretches
from tracker.rendering.layout import Row

LAMPS, SHADES = Clause("Lamps are ours."), Clause("Shades are yours.")


def rows(count: int) -> list[Row]:
    return [Row(Clause(f"Clause {number}.")) for number in range(count)]


def folded(row_count: int, *interesting: int) -> list[tuple[int, bool]]:
    text = rows(row_count)
    wanted = [text[at] for at in interesting]
    return [(len(part.rows), part.folded) for part in stretches(text, lambda row: row in wanted)]


def test_what_lies_between_two_interesting_rows_is_folded_with_one_row_left_beside_each():
    assert folded(20, 3, 12) == [(2, False), (3, False), (6, True), (3, False), (6, True)]


def test_two_rows_are_not_worth_folding():
    assert folded(8, 1, 6) == [(3, False), (2, False), (3, False)]


def test_every_row_stays_in_its_place():
    text = rows(30)
    assert [row for part in stretches(text, lambda row: row is text[17]) for row in part.rows] == text


def test_a_text_without_anything_interesting_is_one_fold():
    assert folded(9) == [(9, True)]


def test_an_unchanged_clause_stands_in_both_columns():
    assert sides(Row(LAMPS)) == ((("=", "Lamps are ours."),), (("=", "Lamps are ours."),))


def test_of_an_edited_clause_each_column_has_its_own_words():
    edited = ClauseChange(
        "modified", old=(LAMPS,), new=(SHADES,), words=(("-", "Lamps"), ("+", "Shades"), ("=", " are"))
    )
    assert sides(Row(SHADES, edited, 1)) == ((("-", "Lamps"), ("=", " are")), (("+", "Shades"), ("=", " are")))


def test_an_added_clause_leaves_the_old_column_empty_and_a_removed_one_the_new():
    added, removed = ClauseChange("added", new=(LAMPS,)), ClauseChange("removed", old=(LAMPS,))
    assert sides(Row(LAMPS, added, 1)) == ((), (("+", "Lamps are ours."),))
    assert sides(Row(LAMPS, removed, 1)) == ((("-", "Lamps are ours."),), ())


def test_what_moved_stands_in_the_old_column_where_it_was_and_in_the_new_one_where_it_is():
    moved = ClauseChange("moved", old=(LAMPS,), new=(LAMPS,))
    whole = (("=", "Lamps are ours."),)
    assert sides(Row(LAMPS, moved, 1, left=True)) == (whole, ())
    assert sides(Row(LAMPS, moved, 1)) == ((), whole)
