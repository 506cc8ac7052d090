"""The sender: no channel waits for another, nothing is lost, memory stays bounded."""

import threading
import time
import tracemalloc

import pytest

from crawler.sending import sender as module
from crawler.sending.message import SENT
from tracker.history.connection import writing
from tracker.history.outbox import enqueue
from tracker.model import Event
from tracker.rendering.trial import trial_payload
from tracker.subscription import Subscription


@pytest.fixture
def channel(monkeypatch):
    """Register a channel of the test's own: channel(name, function)."""
    return lambda name, function: monkeypatch.setitem(module.CHANNELS, name, function)


def of(channel):
    return Subscription(name=channel, channel=channel)


def test_a_channel_that_raises_is_a_failed_delivery_and_the_others_are_sent(outbox, channel):
    channel("bad", lambda *_: 1 / 0)
    channel("good", lambda *_: SENT)
    outbox.subscribe(of("bad"), of("good"))
    outbox.changes(2)
    sender = outbox.drain()
    assert (sender.sent, sender.failed) == ({"good": 2}, {"bad": "unexpected ZeroDivisionError"})


def test_a_channel_that_hangs_holds_up_itself_alone(outbox, channel, monkeypatch, caplog):
    monkeypatch.setattr(module, "HANGS", 0.3)
    release, calls = threading.Event(), []
    channel("hung", lambda *_: calls.append(1) or (release.wait(20) and SENT))
    channel("good", lambda *_: SENT)
    outbox.subscribe(of("hung"), of("good"))
    outbox.changes(2)
    sender = outbox.sender()
    begun = time.monotonic()
    sender.drain(outbox.history)
    assert time.monotonic() - begun < 3
    assert (sender.sent, list(sender.failed)) == ({"good": 2}, ["hung"])
    outbox.look(("12 months", "90 months"))
    outbox.pass_time(hours=1)
    sender.drain(outbox.history)
    assert (sender.sent["good"], len(calls)) == (3, 1)
    assert caplog.text.count("subscription hung: sending hangs") == 1
    release.set()
    for run in list(sender._runs.values()):
        run.thread.join(5)


def test_a_tick_never_waits(outbox, channel):
    release = threading.Event()
    channel("slow", lambda *_: release.wait(5) and SENT)
    outbox.subscribe(of("slow"))
    outbox.changes()
    sender = outbox.sender()
    begun = time.monotonic()
    sender.tick(outbox.history)
    assert time.monotonic() - begun < 0.5
    release.set()
    sender.drain(outbox.history)
    assert sender.sent == {"slow": 1}


def test_stopping_lets_the_message_under_way_arrive_and_begins_no_other(outbox, channel):
    begun = threading.Event()

    def slow(*_):
        begun.set()
        time.sleep(0.4)
        return SENT

    channel("slow", slow)
    outbox.subscribe(of("slow"))
    outbox.changes(3)
    sender = outbox.sender()
    sender.tick(outbox.history)
    begun.wait(5)
    sender.stop(5)
    assert [state for state, _ in outbox.states()] == ["sent", "waiting", "waiting"]


def test_a_receiver_that_fails_rests_longer_each_time_and_an_hour_at_most(outbox, channel):
    calls = []
    channel("dead", lambda *_: calls.append(1) or 1 / 0)
    outbox.subscribe(of("dead"))
    outbox.changes(20)
    sender = outbox.sender()
    for _ in range(600):
        sender.drain(outbox.history)
        outbox.pass_time(minutes=1)
    assert 9 + 5 < len(calls) < 30


def test_a_subscription_that_is_no_longer_in_the_registry_is_left_alone(outbox, channel):
    channel("gone", lambda *_: SENT)
    outbox.subscribe(of("gone"))
    outbox.changes()
    sender = outbox.sender()
    sender.registry = type(sender.registry)(sender.registry.path)
    sender.drain(outbox.history)
    assert outbox.states() == [("waiting", 0)]


def test_ten_thousand_deliveries_drain_with_bounded_memory(outbox, hook, channel):
    seen, highest = set(), 0

    def receiving(message, _):
        nonlocal highest
        seen.update(payload["id"] for payload in message.payloads)
        highest = max(highest, tracemalloc.get_traced_memory()[0])
        return SENT

    channel("many", receiving)
    outbox.subscribe(of("many"))
    outbox.look()
    [document] = outbox.history.documents()
    payload = trial_payload(outbox.now)
    with writing(outbox.history.db):
        for number in range(10_000):
            event = Event(f"{number}", "changed", outbox.now, document.name, "high", {**payload, "id": f"{number}"})
            outbox.history.db.execute(
                """INSERT INTO events (id, type, at, document, level, summary, payload)
                   VALUES (?, 'changed', ?, ?, 'high', '', json_set(?, '$.id', ?))""",
                [event.id, payload["at"], document.id, PADDED, event.id],
            )
            enqueue(outbox.history, event)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        outbox.drain()
    finally:
        tracemalloc.stop()
    assert len(seen) == 10_000
    assert highest - before < 10_000_000
    assert outbox.history.subscriptions()[0].sent == 10_000


PADDED = '{"padding": "' + "x" * 2000 + '"}'


def test_a_rest_that_began_while_the_clock_was_ahead_ends_when_it_is_set_back(outbox, channel):
    calls = []
    channel("slow", lambda *_: calls.append(1) or module.failed("busy"))
    outbox.subscribe(of("slow"))
    outbox.changes(2)
    outbox.pass_time(days=1)
    sender = outbox.drain()
    outbox.pass_time(days=-1)
    sender.drain(outbox.history)
    assert len(calls) == 2
