"""The outbox: written with the event, taken by one at a time, never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lumora import DOCUMENT, START, page

from tracker import History, Observation, State, observe
from tracker.history import outbox
from tracker.subscription import Subscription

ALL = Subscription(name="all", channel="jsonl", settings={"path": "/secret/place"})
WEEKLY = Subscription(name="weekly", channel="mail", digest="0 7 * * mon")
SOON = START + timedelta(days=3, hours=1)
NOW = START + timedelta(days=20)


@pytest.fixture
def told(history, look):
    """Three events for both subscriptions."""
    history.subscribe([ALL, WEEKLY])
    look(0, page())
    for day in (1, 2, 3):
        look(day, page(("12 months", f"{12 + day} months")))


def states(history, name):
    return [(row.state, row.tries) for row in reversed(history.deliveries([name]))]


def test_first_sight_tells_nobody_by_default(history, look):
    history.subscribe([ALL])
    look(0, page())
    assert len(history.events()) == 1
    assert history.deliveries() == []


def test_a_change_is_to_be_sent_to_whoever_wants_it(history, told):
    assert states(history, "all") == [("waiting", 0)] * 3
    assert [row.type for row in history.deliveries(["all"])] == ["changed"] * 3


def test_event_and_deliveries_are_recorded_together_or_not_at_all(history, look, monkeypatch):
    history.subscribe([ALL])
    look(0, page())
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(outbox, "_insert", lambda *_: (_ for _ in ()).throw(RuntimeError))
        look(1, page(("12 months", "24 months")))
    assert [event.type for event in history.events()] == ["first"]
    assert len(history.observations(DOCUMENT.name)) == 1


def test_an_import_fills_the_history_and_tells_nobody(history):
    history.subscribe([ALL])
    for day, months in enumerate(("12 months", "24 months")):
        seen = {"status": 200, "headers": {"content-type": "text/html"}, "body": page(("12 months", months))}
        observe(history, DOCUMENT, Observation(url="", at=START + timedelta(days=day), source="archive", **seen))
    assert [event.type for event in history.events()] == ["changed", "first"]
    assert history.deliveries() == []


def test_a_digest_is_due_on_its_day(history, told):
    assert {row.due for row in history.deliveries(["weekly"])} == {START.replace(day=12, hour=7)}
    assert history.to_send(START + timedelta(days=5)) == ["all"]
    assert history.to_send(START + timedelta(days=7)) == ["all", "weekly"]


def test_what_is_taken_is_nobody_elses_until_its_taker_must_be_dead(history, told):
    first, second = (history.take("all", NOW, 1) for _ in range(2))
    assert first.id != second.id
    assert len(history.take("all", NOW, 5).payloads) == 1
    assert history.take("all", NOW, 1) is None
    later = history.take("all", NOW + outbox.TAKEN_FOR, 1)
    assert (later.id, later.tries) == (first.id, 2)


def test_what_was_sent_together_is_sent_together_again(history, look, told):
    monday = START.replace(day=12, hour=8)
    taken = history.take("weekly", monday, 2)
    history.failed(taken, monday, "no answer")
    taken_later = [history.take("weekly", monday + timedelta(hours=1), 100) for _ in range(2)]
    ids = {each.id: [payload["id"] for payload in each.payloads] for each in taken_later}
    assert ids[taken.id] == [payload["id"] for payload in taken.payloads]
    assert sorted(map(len, ids.values())) == [1, 2]


def test_a_late_word_from_who_took_it_before_counts_only_if_it_arrived(history, told):
    hung = history.take("all", SOON, 3)
    history.take("all", SOON + outbox.TAKEN_FOR, 3)
    history.failed(hung, SOON + outbox.TAKEN_FOR, "no answer after all")
    assert {(row.state, row.tries, row.why) for row in history.deliveries(["all"])} == {("waiting", 2, "being sent")}
    history.sent(hung, SOON + outbox.TAKEN_FOR)
    assert states(history, "all") == [("sent", 2)] * 3


def test_it_is_tried_for_three_days_and_then_given_up(history, told):
    taken = history.take("all", START + timedelta(days=2), 1)
    assert history.failed(taken, START + timedelta(days=3), "no answer") is not None
    taken = history.take("all", START + timedelta(days=5), 1)
    while taken.tries == 1:
        taken = history.take("all", START + timedelta(days=5), 1)
    assert history.failed(taken, START + timedelta(days=5), "no answer") is None
    [row] = [row for row in history.deliveries(failed=True) if row.state == "given up"]
    assert (row.due, row.why) == (None, "no answer")


def test_a_replay_sends_again_under_the_same_id(history, told):
    taken = history.take("all", NOW, 1)
    history.sent(taken, NOW)
    [payload] = taken.payloads
    assert history.replay([payload], [ALL], NOW) == 1
    again = next(t for t in iter(lambda: history.take("all", NOW, 1), None) if t.payloads[0]["id"] == payload["id"])
    assert (again.id, again.tries) == (taken.id, 1)


def test_a_replay_reaches_who_subscribed_later_and_wants_it(history, told):
    late = Subscription(name="late", channel="jsonl")
    picky = Subscription(name="picky", channel="jsonl", types=("broken",))
    history.subscribe([late, picky])
    assert history.replay(history.payloads(since=START + timedelta(days=2)), [late, picky], NOW) == 2
    assert states(history, "late") == [("waiting", 0)] * 2


def test_nothing_more_goes_to_a_subscription_that_left_the_registry(history, told):
    history.subscribe([ALL])
    assert history.to_send(NOW) == ["all"]
    assert {row.why for row in history.deliveries(["weekly"])} == {"the subscription is no longer in the registry"}


def test_what_a_channel_needs_is_not_kept(history, told):
    assert "/secret/place" not in "\n".join(history.db.conn.iterdump())


def test_two_who_take_at_once_take_each_message_once(tmp_path, history, told):
    with History(history.path) as other:
        taken = [each.take("all", NOW, 1) for each in (history, other, history, other)]
    assert len({each.id for each in taken if each}) == 3
    assert taken[3] is None


def test_a_page_that_stays_broken_is_told_again_after_a_week_and_a_month_and_then_when_it_recovers(history, look):
    history.subscribe([ALL])
    look(0, page())
    for day in range(1, 60):
        look(day, failure=State.DNS)
    look(60, page())
    told = [(row.type, row.summary) for row in reversed(history.deliveries())]
    assert [kind for kind, _ in told] == ["broken", "broken", "broken", "recovered"]
    assert told[1][1] == "still cannot be read, since 2026-01-06: dns"
