"""Which text stood on a day: by observation, and by the texts' own dates."""

from __future__ import annotations

from datetime import date

from tracker.browsing.days import Reign, observed, stated


def reign(number: int, seen: str, gone: str | None = None, *, last: str | None = None, **dates: str) -> Reign:
    """A reign of version `number` from a day on; the look of the day `gone` saw another text."""
    return Reign(
        reign=number,
        version=number,
        number=number,
        first_seen=f"{seen}T09:00:00+00:00",
        last_seen=f"{last or seen}T09:00:00+00:00",
        looked_before=None,
        looked_after=f"{gone}T09:00:00+00:00" if gone else None,
        effective=dates.get("effective"),
        updated=dates.get("updated"),
    )


def on(day: str, *reigns: Reign) -> tuple[int | None, str]:
    standing = observed(reigns, date.fromisoformat(day))
    return standing.reign.number if standing.reign else None, standing.certainty


def by_words(day: str, *reigns: Reign) -> tuple[int | None, str]:
    standing = stated(reigns, date.fromisoformat(day))
    return standing.reign.number if standing.reign else None, standing.certainty


FIRST = reign(1, "2026-01-05", "2026-03-10", last="2026-02-01")
SECOND = reign(2, "2026-03-10", last="2026-04-01")


# --- by observation


def test_before_the_first_sight_nothing_is_known():
    assert on("2026-01-04", FIRST, SECOND) == (None, "nothing seen yet")
    assert observed([FIRST], date(2026, 1, 4)).says == "first seen 2026-01-05"


def test_a_document_that_was_never_seen_says_so():
    assert observed([], date(2026, 1, 4)).says == "never seen"


def test_a_text_is_seen_on_the_day_it_came_and_until_the_day_it_was_seen_last():
    assert [on(day, FIRST, SECOND) for day in ("2026-01-05", "2026-01-20", "2026-02-01")] == [(1, "seen")] * 3


def test_after_its_last_sight_and_before_another_text_it_is_between_two_looks():
    assert on("2026-02-20", FIRST, SECOND) == (1, "between two looks")
    says = observed([FIRST, SECOND], date(2026, 2, 20)).says
    assert says == "last seen 2026-02-01; another text stood there on 2026-03-10, and came somewhere between"


def test_on_the_day_of_a_change_the_new_text_counts_for_the_end_of_the_day():
    assert on("2026-03-10", FIRST, SECOND) == (2, "seen")


def test_after_the_last_look_it_is_said_that_nobody_looked_since():
    assert on("2026-05-01", FIRST, SECOND) == (2, "last seen")


# --- by the texts' own dates


def test_a_text_counts_from_the_day_that_it_states_not_from_its_first_sight():
    old = reign(1, "2026-01-05", "2026-03-10", effective="2026-01-01")
    new = reign(2, "2026-03-10", effective="2026-04-01")
    assert by_words("2026-03-20", old, new) == (1, "stated")
    assert by_words("2026-04-01", old, new) == (2, "stated")


def test_what_was_in_force_before_anybody_here_saw_it_is_told_as_learnt_later():
    new = reign(2, "2026-03-10", effective="2026-03-01")
    assert by_words("2026-03-05", FIRST, new) == (2, "seen later")
    assert "first seen 2026-03-10, so on that day nobody here knew" in stated([FIRST, new], date(2026, 3, 5)).says


def test_the_effective_date_counts_before_the_updated_one():
    assert by_words("2026-02-15", FIRST, reign(2, "2026-02-10", updated="2026-02-10", effective="2026-03-01"))[0] == 1


def test_a_silent_edit_counts_from_its_first_sight():
    old = reign(1, "2026-01-05", "2026-03-10", effective="2026-01-01")
    silent = reign(2, "2026-03-10", effective="2026-01-01")
    assert by_words("2026-02-01", old, silent)[0] == 1
    assert by_words("2026-03-10", old, silent)[0] == 2


def test_a_silent_edit_of_a_text_that_is_not_yet_in_force_waits_with_it():
    old = reign(1, "2026-01-05", "2026-02-01", effective="2026-01-01")
    ahead = reign(2, "2026-02-01", "2026-02-10", effective="2026-04-01")
    silent = reign(3, "2026-02-10", effective="2026-04-01")
    assert [by_words(day, old, ahead, silent)[0] for day in ("2026-03-01", "2026-04-01")] == [1, 3]


def test_a_text_that_returned_counts_from_its_return():
    old = reign(1, "2026-01-05", "2026-03-10", effective="2026-01-01")
    new = reign(2, "2026-03-10", "2026-04-10", effective="2026-03-01")
    back = reign(1, "2026-04-10", "2026-05-10", effective="2026-01-01")
    again = reign(2, "2026-05-10", effective="2026-03-01")
    days = ("2026-03-15", "2026-04-20", "2026-05-20")
    assert [by_words(day, old, new, back, again)[0] for day in days] == [2, 1, 2]


def test_texts_without_a_date_count_from_their_first_sight_and_are_as_sure_as_the_looks():
    assert by_words("2026-01-20", FIRST, SECOND) == (1, "seen")
    assert by_words("2026-02-20", FIRST, SECOND) == (1, "between two looks")


def test_within_a_month_that_is_all_a_text_states_the_day_is_only_roughly_known():
    old = reign(1, "2026-01-05", "2026-03-02", effective="2026-01-01")
    monthly = reign(2, "2026-03-02", updated="2026-03")
    assert by_words("2026-03-15", old, monthly) == (2, "stated roughly")
    assert by_words("2026-04-01", old, monthly) == (2, "stated")


def test_a_first_text_that_states_a_day_to_come_is_not_yet_in_force():
    ahead = reign(1, "2026-01-05", effective="2026-03-01")
    assert by_words("2026-02-01", ahead) == (None, "not yet in force")
    assert by_words("2026-01-01", ahead) == (None, "nothing seen yet")


def test_the_last_day_of_all_can_be_asked_for():
    assert on("9999-12-31", FIRST, SECOND) == (2, "last seen")
