"""Stated dates that differ, and what can be said of them."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.comparison import compare
from tracker.comparison.dates import date_changes, seen_on, silent
from tracker.model import Clause, DateChange, Policy, StatedDate


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


def dated(text: str, *dates: StatedDate) -> Policy:
    return Policy((Clause("Privacy", "heading", depth=1), Clause(text, trail=("Privacy",))), "en", dates)


def reasons(old: Policy, new: Policy) -> dict[str, str]:
    return {reason.rule: reason.text for reason in compare(old, new).reasons if reason.rule.startswith("date.")}


def test_a_date_that_went_back_is_a_reason() -> None:
    old, new = (dated("Hello.", StatedDate("updated", day, day)) for day in ("2026-03-01", "2026-01-01"))
    assert list(reasons(old, new)) == ["date.backwards"]
    assert compare(old, new).level == "none"


def test_a_date_that_moved_alone_is_a_reason() -> None:
    old, new = (dated("Hello.", StatedDate("updated", day, day)) for day in ("2026-01-01", "2026-03-01"))
    assert list(reasons(old, new)) == ["date.alone"]


PROMISE = "We will notify you 30 days before we change this policy."


@pytest.mark.parametrize(("effective", "short"), [("2026-03-08", True), ("2026-04-01", False)])
def test_less_notice_than_was_promised_is_a_reason(effective: str, short: bool) -> None:
    old = dated(f"We file reports. {PROMISE}", StatedDate("effective", "2025-01-01", ""))
    new = dated(
        f"We file reports and sell your personal data. {PROMISE}",
        StatedDate("effective", effective, ""),
        StatedDate("updated", "2026-03-01", ""),
    )
    told = reasons(old, new).get("date.short-notice")
    assert (told is not None) is short
    if told:
        assert told.startswith("7 days of notice by its own dates, where 30 were promised")


@pytest.mark.parametrize(
    ("value", "ahead"), [("2026-03-02", True), ("2026-03-01", False), ("2026-04", True), ("2026-03", False)]
)
def test_a_date_is_ahead_by_the_day_of_the_look(value: str, ahead: bool) -> None:
    old, new = dated("Hello."), dated("Hello.", StatedDate("effective", value, ""))
    [change] = seen_on(compare(old, new), date(2026, 3, 1)).dates
    assert ("ahead" in change.notes) is ahead


def test_the_same_words_read_the_other_way_round_are_no_other_date() -> None:
    first, second = (
        Policy(
            (Clause("Updated 04/03/2026"),),
            language="en",
            dates=(StatedDate("updated", value, "Updated 04/03/2026", 0, True),),
        )
        for value in ("2026-03-04", "2026-04-03")
    )
    assert not compare(first, second).dates
