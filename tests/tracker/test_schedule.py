from datetime import UTC, datetime, timedelta

import pytest

from tracker.schedule import JITTER, LONGEST_BACK_OFF, next_due, parse

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)  # a Wednesday
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("1 day", DAY),
        ("6 hours", timedelta(hours=6)),
        ("30 minutes", timedelta(minutes=30)),
        ("2 weeks", timedelta(weeks=2)),
        (" 3  Days ", 3 * DAY),
    ],
)
def test_intervals_are_read(text, interval):
    assert parse(text) == interval


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "expected an interval"),
        ("daily", "expected an interval"),
        ("0 days", "between 1 minute and 52 weeks"),
        ("999999 weeks", "between 1 minute and 52 weeks"),
        ("5 fortnights", "minutes, hours, days or weeks"),
        ("-1 day", "expected an interval"),
        ("61 * * * *", "five cron fields"),
        ("0 0 30 2 *", "a date that exists"),
        ("0 0 * * 8", "weekdays 0 to 7"),
        ("0 0 * * 5-2", "from low to high"),
        ("0 0 1 * mon", "not both"),
        ("* * * *", "expected an interval"),
    ],
)
def test_a_bad_schedule_is_refused_in_a_sentence(text, expected):
    with pytest.raises(ValueError, match=expected):
        parse(text)


def test_an_interval_is_lengthened_by_no_more_than_the_jitter():
    for name in ("acme/privacy", "acme/terms", "other/privacy"):
        assert DAY <= next_due("1 day", NOW, name) - NOW < DAY * (1 + JITTER)


def test_documents_do_not_fall_due_together():
    assert len({next_due("1 day", NOW, f"vendor{n}/privacy") for n in range(50)}) == 50


def test_the_same_document_is_due_at_the_same_moment_whoever_asks():
    assert next_due("1 day", NOW, "acme/privacy") == next_due("1 day", NOW, "acme/privacy")


def test_one_failure_changes_nothing_and_more_double_the_wait():
    waits = [next_due("1 day", NOW, "acme/privacy", failures=n) - NOW for n in range(4)]
    assert waits[1] == waits[0]
    assert waits[2] / waits[1] == pytest.approx(2)
    assert waits[3] / waits[1] == pytest.approx(4)


def test_back_off_ends_at_a_week():
    assert next_due("1 day", NOW, "acme/privacy", failures=500) - NOW < LONGEST_BACK_OFF * (1 + JITTER)


def test_back_off_never_looks_sooner_than_the_schedule():
    assert next_due("3 weeks", NOW, "acme/privacy", failures=5) - NOW >= timedelta(weeks=3)


@pytest.mark.parametrize(
    ("cron", "due"),
    [
        ("0 6 * * *", "2026-03-04T06:00"),
        ("0 5 * * *", "2026-03-05T05:00"),
        ("*/15 * * * *", "2026-03-04T05:15"),
        ("0 0 1 * *", "2026-04-01T00:00"),
        ("0 0 * * mon", "2026-03-09T00:00"),
        ("0 0 * * 1", "2026-03-09T00:00"),
        ("0 0 * * 0", "2026-03-08T00:00"),
        ("0 0 * * 7", "2026-03-08T00:00"),
        ("0 0 * * 1-5", "2026-03-05T00:00"),
        ("0 0 * * */6", "2026-03-07T00:00"),
        ("0 0 29 2 *", "2028-02-29T00:00"),
    ],
)
def test_cron_fields_are_read_as_cron_reads_them_in_utc(cron, due):
    assert next_due(cron, NOW, "acme/privacy") == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_cron_looks_again_later_than_the_moment_it_fires_at():
    at = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
    assert next_due("0 6 * * *", at, "acme/privacy") == at + DAY


def test_cron_backs_off_too():
    due = next_due("0 6 * * *", NOW, "acme/privacy", failures=3)
    assert due == datetime(2026, 3, 7, 6, 0, tzinfo=UTC)


def test_the_answer_is_in_utc_whatever_zone_the_clock_has():
    local = NOW.astimezone(datetime.strptime("+0530", "%z").tzinfo)
    assert next_due("1 day", local, "acme/privacy") == next_due("1 day", NOW, "acme/privacy")
    assert next_due("1 day", local, "acme/privacy").tzinfo is UTC
