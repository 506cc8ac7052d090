"""Who is told what, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.registry.subscribing import digest
from tracker.subscription import GIVEN_UP_AFTER, LONGEST_WAIT, Subscription, delivery_id, retry_wait, wants, when

ALL = Subscription(name="all", channel="jsonl")
THURSDAY = datetime(2026, 3, 5, 9, tzinfo=UTC)


def payload(
    event="changed", level="high", name="acme/privacy", kind="privacy", language="en-GB", topics=("Data Retention",)
):
    clauses = [{"topics": list(topics)}] if event == "changed" else []
    document = {"name": name, "kind": kind, "language": language}
    return {"type": event, "level": level, "document": document, "clauses": clauses}


@pytest.mark.parametrize(
    ("filters", "told", "untold"),
    [
        ({"vendors": ("acme",)}, payload(), payload(name="acme-home/privacy")),
        ({"vendors": ("ac*",)}, payload(), payload(name="bolt/privacy")),
        ({"kinds": ("privacy", "terms")}, payload(), payload(kind="cookies")),
        ({"languages": ("en",)}, payload(), payload(language="de")),
        ({"languages": ("en-GB",)}, payload(), payload(language="en")),
        ({"languages": ("en",)}, payload(), payload(language=None)),
        ({"level": "high"}, payload(), payload(level="medium")),
        ({"types": ("broken",)}, payload("broken"), payload()),
        ({"topics": ("Data Retention",)}, payload(), payload(topics=("Data Security",))),
        ({"topics": ("Data Retention",)}, payload("broken"), payload(topics=())),
        ({"level": "medium"}, payload("recovered", level="low"), payload("dates", level="low")),
        ({}, payload("dates"), payload("first", level="none")),
    ],
)
def test_a_subscription_is_told_what_it_asks_for(filters, told, untold):
    subscription = replace(ALL, **filters)
    assert wants(subscription, told)
    assert not wants(subscription, untold)


def test_without_a_digest_everything_is_told_at_once():
    assert when(ALL, payload(level="low"), THURSDAY) == THURSDAY


@pytest.mark.parametrize(
    ("written", "due"),
    [("daily", datetime(2026, 3, 6, 7, tzinfo=UTC)), ("weekly", datetime(2026, 3, 9, 7, tzinfo=UTC)),
     ("30 18 * * *", datetime(2026, 3, 5, 18, 30, tzinfo=UTC))],
)  # fmt: skip
def test_a_digest_waits_for_its_day_and_what_is_critical_does_not(written, due):
    subscription = replace(ALL, digest=digest(written))
    assert when(subscription, payload(), THURSDAY) == due
    assert when(subscription, payload(level="critical"), THURSDAY) == THURSDAY
    assert when(replace(subscription, at_once="high"), payload(), THURSDAY) == THURSDAY


def test_a_delivery_has_the_same_id_whenever_it_is_sent_and_another_for_each_subscription():
    assert delivery_id("a", "event") == delivery_id("a", "event")
    assert len({delivery_id("a", "event"), delivery_id("b", "event"), delivery_id("a", "other")}) == 3


def test_waits_grow_spread_and_stay_below_half_a_day():
    waits = [retry_wait(tries, "key") for tries in range(1, 20)]
    assert waits[:7] == sorted(waits[:7])
    assert timedelta(seconds=3) < waits[0] < timedelta(seconds=7)
    assert all(wait <= LONGEST_WAIT * 1.2 for wait in waits)
    assert retry_wait(3, "key") != retry_wait(3, "other")
    assert sum(waits[:12], timedelta()) < GIVEN_UP_AFTER < sum(waits, timedelta())
