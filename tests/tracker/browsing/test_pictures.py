"""The geometry of the pictures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.browsing.pictures import Timeline, lengths, of_documents, of_versions, weeks
from tracker.browsing.pictures.scale import LANES, WIDTH
from tracker.browsing.pictures.timeline import NUMBERS


def reign(number: int, first: str, last: str, **more: Any) -> dict[str, Any]:
    row = {"document": "lumora/privacy", "number": number, "words": 100 * number}
    seen = {"first_seen": f"{first}T00:00:00Z", "last_seen": f"{last}T00:00:00Z"}
    rest = {"looked_before": None, "effective": None, "updated": None, "change": None, "level": None, "silent": None}
    return {**row, **seen, **rest, **more}


def gap(seen: str, again: str | None, looks: int = 0) -> dict[str, Any]:
    return {"seen": f"{seen}T00:00:00Z", "again": f"{again}T00:00:00Z" if again else None, "looks": looks}


def drawn(reigns: list[dict[str, Any]], until: str | None = None, gaps: Any = ()) -> Timeline:
    picture = of_versions(reigns, until, gaps)
    assert picture
    return picture


FLIPS = [
    reign(1, "2026-01-01", "2026-01-11"),
    reign(2, "2026-01-12", "2026-01-15", change=1, level="high", silent=1, looked_before="2026-01-11T00:00:00Z"),
    reign(1, "2026-01-16", "2026-01-21", change=2, level="low"),
]


def test_no_reign_is_no_picture() -> None:
    assert (of_versions([]), of_documents([]), lengths([], None, NUMBERS)) == (None, None, None)


def test_a_version_that_returns_keeps_its_lane() -> None:
    picture = drawn(FLIPS)
    assert [lane.key for lane in picture.lanes] == [2, 1]
    first, flipped, back = (bar.y + bar.height / 2 for bar in picture.bars)
    assert first == back != flipped


def test_bars_stand_in_the_order_of_time_and_inside_the_picture() -> None:
    first, flipped, back = drawn(FLIPS).bars
    assert NUMBERS == first.x < flipped.x < back.x
    assert back.x + back.width <= WIDTH


def test_the_time_between_two_looks_is_drawn_as_unsure() -> None:
    first, flipped, _ = drawn(FLIPS).bars
    assert first.unsure == 0
    assert flipped.unsure == pytest.approx(flipped.x - (first.x + first.width), abs=0.2)


def test_a_more_material_change_has_a_thicker_bar() -> None:
    levels = ("none", "low", "medium", "high", "critical")
    heights = [drawn([reign(1, "2026-01-01", "2026-01-02", level=level)]).bars[0].height for level in levels]
    assert heights == sorted(set(heights))


def test_a_time_of_bad_looks_after_the_last_sight_is_left_blank() -> None:
    last = drawn(FLIPS, "2026-03-01T00:00:00Z").bars[-1]
    assert last.x + last.width < WIDTH / 2


def test_a_gap_is_drawn_where_the_text_was_not_seen_though_it_was_in_force() -> None:
    picture = drawn([reign(1, "2026-01-01", "2026-01-31")], gaps=[gap("2026-01-11", "2026-01-21", looks=3)])
    [hole], [bar] = picture.gaps, picture.bars
    assert bar.x < hole.x < hole.x + hole.width < bar.x + bar.width
    assert hole.title == "Not seen from 2026-01-11 to 2026-01-21: 3 looks saw no text"


def test_a_gap_that_has_not_ended_goes_to_the_last_look() -> None:
    picture = drawn([reign(1, "2026-01-01", "2026-01-11")], "2026-01-31T00:00:00Z", [gap("2026-01-11", None)])
    [hole] = picture.gaps
    assert hole.x + hole.width == pytest.approx(WIDTH, abs=15)


def test_a_gap_between_two_reigns_is_left_to_the_bars() -> None:
    assert drawn(FLIPS, gaps=[gap("2026-01-15", "2026-01-16")]).gaps == ()


def test_a_text_seen_once_is_still_visible() -> None:
    assert drawn([reign(1, "2026-01-01", "2026-01-01")]).bars[0].width > 0


@pytest.mark.parametrize(("stated", "marks"), [("2026-01-05", 1), ("2026-01", 1), ("2019-05-01", 0), ("soon", 0)])
def test_stated_dates_are_marked_where_they_fall_into_the_picture(stated: str, marks: int) -> None:
    assert len(drawn([reign(1, "2026-01-01", "2026-02-11", effective=stated)]).marks) == marks


def test_a_year_is_marked_at_its_beginning() -> None:
    picture = drawn([reign(1, "2025-01-01", "2027-01-01", updated="2026")])
    [mark] = picture.marks
    assert mark.x == pytest.approx((NUMBERS + WIDTH) / 2, abs=9)


@pytest.mark.parametrize(
    ("last", "first_tick"), [("2026-01-09", "01-01"), ("2026-06-01", "2026-01"), ("2036-06-01", "2026")]
)
def test_the_axis_has_days_months_or_years_and_never_too_many(last: str, first_tick: str) -> None:
    picture = drawn([reign(1, "2026-01-01", last)])
    assert picture.ticks[0].text == first_tick
    assert 2 <= len(picture.ticks) <= 11


def test_only_the_newest_versions_are_drawn() -> None:
    picture = drawn([reign(n, f"2026-01-{n:02}", f"2026-01-{n:02}") for n in range(1, 29)])
    assert (len(picture.lanes), picture.left_out) == (LANES, 28 - LANES)
    assert picture.lanes[0].key == 28


def test_a_vendor_has_a_lane_for_each_document_and_its_reigns_follow_each_other_there() -> None:
    picture = of_documents([*FLIPS, reign(1, "2026-01-05", "2026-01-21", document="lumora/terms")])
    assert picture
    assert [lane.key for lane in picture.lanes] == ["lumora/privacy", "lumora/terms"]
    assert len({bar.y + bar.height / 2 for bar in picture.bars[:3]}) == 1


def test_a_curve_rises_with_the_length_and_stays_level_in_a_reign() -> None:
    picture = lengths(FLIPS, None, NUMBERS)
    assert picture
    [curve] = picture.curves
    shorter, longer, back = curve.dots
    assert curve.top == longer.y < shorter.y == back.y < curve.foot
    assert curve.line.startswith(f"M {shorter.x} {shorter.y} L ")
    assert (curve.most, curve.now) == (200, 100)
    assert longer.title == "2026-01-12, version 2: 200 words (+100)"


def test_documents_have_curves_of_their_own_one_below_the_other() -> None:
    picture = lengths([*FLIPS, reign(7, "2026-01-05", "2026-01-21", document="lumora/terms")], None, NUMBERS)
    assert picture
    privacy, terms = picture.curves
    assert privacy.foot < terms.top
    assert [curve.most for curve in picture.curves] == [200, 700]


def test_an_empty_text_has_a_length_too() -> None:
    picture = lengths([reign(0, "2026-01-01", "2026-01-02")], None, NUMBERS)
    assert picture
    assert picture.curves[0].dots[0].y == picture.curves[0].foot


COUNTS = [
    {"monday": "2026-05-04", "level": "low", "changes": 3},
    {"monday": "2026-05-04", "level": "critical", "changes": 1},
    {"monday": "2020-01-06", "level": "low", "changes": 9},
]


def test_weeks_stack_the_levels_with_the_most_material_at_the_foot() -> None:
    picture = weeks(COUNTS, date(2026, 5, 6))
    assert picture.most == 4
    critical, low = picture.columns[-1].blocks
    assert (critical.level, low.level) == ("critical", "low")
    assert critical.y + critical.height == pytest.approx(picture.foot)
    assert low.y + low.height == pytest.approx(critical.y)
    assert low.height == pytest.approx(3 * critical.height, abs=0.2)


def test_a_week_goes_from_monday_to_sunday_and_the_last_is_this_one() -> None:
    last = weeks(COUNTS, date(2026, 5, 6)).columns[-1]
    assert (last.monday, last.sunday, last.changes) == ("2026-05-04", "2026-05-10", 4)


def test_quiet_weeks_are_an_empty_picture() -> None:
    picture = weeks([], date(2026, 5, 6))
    assert picture.most == 0
    assert all(week.changes == 0 for week in picture.columns)
