"""Retry-After, as servers write it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from scrapy import Request

from crawler.guard.limits import PauseGuard, pause
from crawler.guard.refusals import HostPaused
from crawler.work import Work

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


def test_a_host_is_left_alone_until_then_and_no_longer():
    now = NOW
    work = Work(history=None, workers=None, clock=lambda: now, paused={"acme.test": NOW + timedelta(minutes=1)})
    guard = PauseGuard(SimpleNamespace(spider=SimpleNamespace(work=work)))
    with pytest.raises(HostPaused):
        guard.process_request(Request("https://acme.test/privacy"))
    guard.process_request(Request("https://bolt.test/privacy"))
    now += timedelta(minutes=1)
    guard.process_request(Request("https://acme.test/privacy"))
