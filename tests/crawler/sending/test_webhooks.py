"""Webhooks, against a receiver on loopback that checks signatures with the specification's own library."""

import re
import socket
import threading
import time
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from crawler.sending import webhooks
from tracker.subscription import GIVEN_UP_AFTER


def test_an_event_arrives_signed_and_whole(outbox, hook, receiver, verified):
    outbox.subscribe(hook())
    [event] = outbox.changes()
    outbox.drain()
    [got] = receiver.got
    body = verified(got)
    assert body == {"type": "policy.changed", "timestamp": event.payload["at"], "data": dict(event.payload)}
    assert got.headers["content-type"] == "application/json"
    assert outbox.states() == [("sent", 1)]


def test_another_key_does_not_verify(outbox, hook, receiver, verified):
    outbox.subscribe(hook())
    outbox.changes()
    outbox.drain()
    with pytest.raises(WebhookVerificationError):
        verified(receiver.got[0], "whsec_" + "A" * 32)


def test_two_keys_sign_while_one_replaces_the_other(outbox, hook, receiver, verified, monkeypatch):
    new = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
    monkeypatch.setenv("HOOK_SECRET", f"{new} whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    outbox.subscribe(hook())
    outbox.changes()
    outbox.drain()
    assert verified(receiver.got[0]) == verified(receiver.got[0], new)


def test_what_fails_is_sent_again_with_the_same_id_and_then_others_follow(outbox, hook, receiver):
    outbox.subscribe(hook())
    outbox.changes(2)
    receiver.answers = [500]
    outbox.drain()
    assert (len(receiver.got), outbox.states()) == (1, [("waiting", 1), ("waiting", 0)])
    assert outbox.history.deliveries(failed=True)[0].why == "the receiver answered 500"
    outbox.pass_time(seconds=10)
    outbox.drain()
    assert sorted(got.id for got in receiver.got[1:]) == sorted(
        {receiver.got[0].id, receiver.got[1].id, receiver.got[2].id}
    )
    assert outbox.states() == [("sent", 2), ("sent", 1)]


def test_the_waits_grow_and_end_after_three_days(outbox, hook, receiver):
    outbox.subscribe(hook())
    outbox.changes()
    begun, waits = outbox.now, []
    while (row := outbox.history.deliveries()[0]).due is not None:
        receiver.answers = [503]
        waits.append(row.due - outbox.now)
        outbox.now = max(outbox.now, row.due)
        outbox.drain()
    assert row.state == "given up"
    assert len({got.id for got in receiver.got}) == 1
    assert 10 <= len(receiver.got) <= 20
    assert abs((outbox.now - begun) - GIVEN_UP_AFTER) < timedelta(hours=1)
    assert waits[2] > waits[1] > timedelta(seconds=3)
    outbox.pass_time(days=9)
    outbox.drain()
    assert len(receiver.got) <= 20


def test_retry_after_is_waited_for(outbox, hook, receiver):
    outbox.subscribe(hook())
    outbox.changes()
    receiver.answers = [(429, {"retry-after": "3600"})]
    sender = outbox.drain()
    outbox.pass_time(minutes=59)
    sender.drain(outbox.history)
    assert len(receiver.got) == 1
    outbox.pass_time(minutes=2)
    sender.drain(outbox.history)
    assert outbox.states() == [("sent", 2)]


def test_410_disables_the_subscription_and_says_so(outbox, hook, receiver, caplog):
    outbox.subscribe(hook())
    outbox.changes(2)
    receiver.answers = [410]
    outbox.drain()
    outbox.look(("12 months", "90 months"))
    outbox.pass_time(days=1)
    outbox.drain()
    assert len(receiver.got) == 1
    [row] = outbox.history.subscriptions()
    assert (row.why, row.disabled is not None, row.given_up) == ("the receiver answered 410 Gone", True, 2)
    assert "disabled, because the receiver answered 410 Gone" in caplog.text


def test_a_disabled_subscription_is_told_again_once_it_is_enabled(outbox, hook, receiver):
    outbox.subscribe(hook())
    outbox.changes()
    receiver.answers = [410]
    outbox.drain()
    outbox.history.enable("hook")
    outbox.look(("12 months", "90 months"))
    outbox.drain()
    assert len(receiver.got) == 2


def test_redirects_are_not_followed(outbox, hook, receiver):
    outbox.subscribe(hook())
    outbox.changes()
    receiver.answers = [(307, {"location": f"http://127.0.0.1:{receiver.port}/elsewhere"})]
    outbox.drain()
    assert [got.path for got in receiver.got] == ["/in"]
    assert outbox.history.deliveries()[0].why == "the receiver answered 307, and redirects are not followed"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254", "private.test"]
)  # fmt: skip
def test_private_addresses_are_refused_however_they_are_written(outbox, hook, receiver, host):
    outbox.subscribe(
        hook(f"http://{host}:{receiver.port}/in"), allow_networks=(), resolve={"private.test": "127.0.0.1"}
    )
    outbox.changes()
    outbox.drain()
    assert receiver.got == []
    assert re.search("not a (public|canonical)", outbox.history.deliveries()[0].why)


def test_a_receiver_that_hangs_costs_its_own_time_alone(outbox, hook, receiver, monkeypatch):
    monkeypatch.setattr(webhooks, "SECONDS", 0.5)
    outbox.subscribe(hook(), hook(name="other"))
    outbox.changes()
    receiver.answers = [lambda handler: time.sleep(3)]
    begun = time.monotonic()
    outbox.drain()
    assert time.monotonic() - begun < 2.5
    assert sorted(outbox.states()) == [("sent", 1), ("waiting", 1)]
    assert "no answer in 0.5 s" in [row.why for row in outbox.history.deliveries()]


def test_a_receiver_that_drips_is_cut_off(outbox, hook, receiver, monkeypatch):
    monkeypatch.setattr(webhooks, "SECONDS", 0.5)

    def drip(handler):
        for _ in range(100):
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.1)

    outbox.subscribe(hook())
    outbox.changes()
    receiver.answers = [drip]
    begun = time.monotonic()
    outbox.drain()
    assert time.monotonic() - begun < 2
    assert outbox.states() == [("waiting", 1)]


def test_a_connection_that_is_reset_is_a_failure_with_its_name(outbox, hook, receiver):
    def reset(handler):
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        handler.close_connection = True
        handler.connection.close()

    outbox.subscribe(hook())
    outbox.changes()
    receiver.answers = [reset]
    outbox.drain()
    [row] = outbox.history.deliveries()
    assert (row.state, row.tries) == ("waiting", 1)
    assert "Error" in row.why or "Disconnected" in row.why


def test_a_secret_that_is_not_there_is_said_and_tried_again(outbox, hook, receiver, verified, monkeypatch):
    outbox.subscribe(hook())
    outbox.changes()
    monkeypatch.delenv("HOOK_SECRET")
    outbox.drain()
    assert outbox.history.deliveries()[0].why == "the environment variable HOOK_SECRET is not set"
    monkeypatch.setenv("HOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    outbox.pass_time(minutes=1)
    outbox.drain()
    assert verified(receiver.got[0])


def test_secrets_and_addresses_stay_out_of_history_and_log(outbox, hook, receiver, monkeypatch, tmp_path, caplog):
    caplog.set_level("DEBUG")
    token = "tokenThatNobodyMaySee"
    monkeypatch.setenv("HOOK_URL", f"{receiver.url}/{token}")
    (tmp_path / "secret").write_text("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
    subscription = hook("env:HOOK_URL")
    subscription.settings["secret"] = f"file:{tmp_path / 'secret'}"
    outbox.subscribe(subscription)
    outbox.changes(2)
    receiver.answers = [500]
    outbox.drain()
    assert Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").verify(receiver.got[0].body, receiver.got[0].headers)
    dumped = "\n".join(outbox.history.db.conn.iterdump())
    assert token not in dumped + caplog.text
    assert "MfKQ9r8G" not in dumped + caplog.text


def test_whoever_dies_between_sending_and_noting_it_sends_again_with_the_same_id(outbox, hook, receiver, monkeypatch):
    outbox.subscribe(hook())
    outbox.changes()
    with monkeypatch.context() as dying:
        dying.setattr("tracker.history.History.sent", lambda *_: (_ for _ in ()).throw(SystemExit))
        dying.setattr(threading, "excepthook", lambda _: None)
        outbox.drain()
    assert outbox.states() == [("waiting", 1)]
    outbox.pass_time(minutes=1)
    outbox.drain()
    assert len(receiver.got) == 1
    outbox.pass_time(minutes=2)
    outbox.drain()
    assert (len(receiver.got), len({got.id for got in receiver.got})) == (2, 1)
    assert outbox.states() == [("sent", 2)]
