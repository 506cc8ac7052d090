"""The geometry of the pictures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.browsing import pictures
from tracker.browsing.pictures import LABEL, WIDTH, timeline, weeks


def reign(number: int, first: str, last: str, **more: Any) -> dict[str, Any]:
    row = {"number": number, "first_seen": f"{first}T00:00:00Z", "last_seen": f"{last}T00:00:00Z"}
    rest = {"looked_before": None, "effective": None, "updated": None, "change": None, "level": None, "silent": None}
    return {**row, **rest, **more}


FLIPS = [
    reign(1, "2026-01-01", "2026-01-11"),
    reign(2, "2026-01-12", "2026-01-15", change=1, level="high", silent=1, looked_before="2026-01-11T00:00:00Z"),
    reign(1, "2026-01-16", "2026-01-21", change=2, level="low"),
]


def test_no_reign_is_no_picture() -> None:
    assert timeline([]) is None


def test_a_version_that_returns_keeps_its_lane() -> None:
    picture = timeline(FLIPS)
    assert picture
    assert [number for number, _ in picture.lanes] == [2, 1]
    first, flipped, back = picture.bars
    assert first.y == back.y != flipped.y


def test_bars_stand_in_the_order_of_time_and_inside_the_picture() -> None:
    picture = timeline(FLIPS)
    assert picture
    first, flipped, back = picture.bars
    assert LABEL == first.x < flipped.x < back.x
    assert back.x + back.width <= WIDTH


def test_the_time_between_two_looks_is_drawn_as_unsure() -> None:
    picture = timeline(FLIPS)
    assert picture
    first, flipped, _ = picture.bars
    assert first.unsure == 0
    assert flipped.unsure == pytest.approx(flipped.x - (first.x + first.width), abs=0.2)


def test_a_time_of_bad_looks_after_the_last_sight_is_left_blank() -> None:
    picture = timeline(FLIPS, "2026-03-01T00:00:00Z")
    assert picture
    assert picture.bars[-1].x + picture.bars[-1].width < WIDTH / 2


def test_a_text_seen_once_is_still_visible() -> None:
    picture = timeline([reign(1, "2026-01-01", "2026-01-01")])
    assert picture
    assert picture.bars[0].width > 0


@pytest.mark.parametrize(("stated", "marks"), [("2026-01-05", 1), ("2026-01", 1), ("2019-05-01", 0), ("soon", 0)])
def test_stated_dates_are_marked_where_they_fall_into_the_picture(stated: str, marks: int) -> None:
    picture = timeline([reign(1, "2026-01-01", "2026-02-11", effective=stated)])
    assert picture
    assert len(picture.marks) == marks


@pytest.mark.parametrize(
    ("last", "first_tick"), [("2026-01-09", "01-01"), ("2026-06-01", "2026-01"), ("2036-06-01", "2026")]
)
def test_the_axis_has_days_months_or_years_and_never_too_many(last: str, first_tick: str) -> None:
    picture = timeline([reign(1, "2026-01-01", last)])
    assert picture
    assert picture.ticks[0].text == first_tick
    assert 2 <= len(picture.ticks) <= 11


def test_only_the_newest_versions_are_drawn() -> None:
    picture = timeline([reign(n, f"2026-01-{n:02}", f"2026-01-{n:02}") for n in range(1, 29)])
    assert picture
    assert (len(picture.lanes), picture.left_out) == (pictures.LANES, 28 - pictures.LANES)
    assert picture.lanes[0][0] == 28


def test_weeks_stack_the_levels_with_the_most_material_at_the_foot() -> None:
    counts = [
        {"monday": "2026-05-04", "level": "low", "changes": 3},
        {"monday": "2026-05-04", "level": "critical", "changes": 1},
        {"monday": "2020-01-06", "level": "low", "changes": 9},
    ]
    picture = weeks(counts, date(2026, 5, 6))
    assert picture.most == 4
    critical, low = picture.blocks
    assert (critical.level, low.level) == ("critical", "low")
    assert low.y + low.height == pytest.approx(critical.y)
    assert low.height == pytest.approx(3 * critical.height, abs=0.2)


def test_quiet_weeks_are_an_empty_picture() -> None:
    picture = weeks([], date(2026, 5, 6))
    assert (picture.most, picture.blocks) == (0, ())
