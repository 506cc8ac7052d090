"""Retry-After, as servers write it."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.guard.limits import pause

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 1 ", timedelta(seconds=1)),
        ("Wed, 04 Mar 2026 12:30:00 GMT", timedelta(minutes=30)),
        ("999999999999999999999", timedelta(days=1)),
        ("Fri, 01 Jan 2100 00:00:00 GMT", timedelta(days=1)),
    ],
)
def test_seconds_and_dates_are_understood_up_to_a_day(said, wait):
    assert pause({"retry-after": said}, NOW) == NOW + wait


@pytest.mark.parametrize(
    "said", ["", "0", "-5", "soon", "²", "Wed, 04 Mar 2026 11:00:00 GMT", "Mon, 01 Jan 99999999999 00:00:00 GMT"]
)
def test_what_is_past_or_makes_no_sense_is_no_pause(said):
    assert pause({"retry-after": said}, NOW) is None


def test_without_the_header_there_is_no_pause():
    assert pause({}, NOW) is None
