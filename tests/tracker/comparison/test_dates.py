"""Stated dates that differ, and what can be said of them."""

from __future__ import annotations

import pytest

from tracker.comparison.dates import date_changes, silent
from tracker.model import DateChange, Policy, StatedDate


def stated(value: str | None, *, ambiguous: bool = False) -> Policy:
    return Policy(dates=(StatedDate("effective", value, value, 0, ambiguous),) if value else ())


@pytest.mark.parametrize(
    ("old", "new", "notes"),
    [
        (None, "2024-05-01", ("added",)),
        ("2024-05-01", None, ("removed",)),
        ("2024-05-01", "2024-06-01", ("forwards",)),
        ("2024-05-01", "2023-06-01", ("backwards",)),
        ("2024-05-01", "2024-05", ()),
        ("2023", "2024-05-01", ("forwards",)),
    ],
    ids=["added", "removed", "forwards", "backwards", "less precise", "more precise and later"],
)
def test_notes_say_which_way_a_date_moved(old: str | None, new: str | None, notes: tuple[str, ...]) -> None:
    assert date_changes(stated(old), stated(new)) == (DateChange("effective", old, new, notes),)


def test_no_way_is_told_of_a_date_that_can_be_read_two_ways() -> None:
    (change,) = date_changes(stated("2024-03-04"), stated("2024-02-05", ambiguous=True))
    assert change.notes == ()


def test_the_year_tells_even_then() -> None:
    (change,) = date_changes(stated("2024-03-04"), stated("2023-02-05", ambiguous=True))
    assert change.notes == ("backwards",)


def test_equal_dates_are_no_change() -> None:
    assert date_changes(stated("2024-03-04"), stated("2024-03-04")) == ()


@pytest.mark.parametrize(
    ("old", "new", "worded", "expected"),
    [
        (None, None, True, None),
        ("2024-03-04", "2024-03-04", True, True),
        ("2024-03-04", "2024-03-04", False, False),
        ("2024-03-04", "2024-04-04", True, False),
        (None, "2024-04-04", True, False),
    ],
)
def test_silence(old: str | None, new: str | None, worded: bool, expected: bool | None) -> None:
    assert silent(stated(old), stated(new), worded=worded) is expected
