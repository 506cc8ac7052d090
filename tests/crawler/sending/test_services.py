"""Services that Apprise speaks to, with a receiver on loopback in their place."""

import json
import sys

import pytest

from tracker.registry.subscribing import digest
from tracker.subscription import Subscription


@pytest.fixture
def team(receiver, monkeypatch):
    monkeypatch.setenv("TEAM_CHAT", f"json://me:HushHushHush@127.0.0.1:{receiver.port}/room")

    def team(**more):
        return Subscription(name="team", channel="apprise", settings={"url": "env:TEAM_CHAT"}, **more)

    return team


def test_an_event_arrives_in_a_few_words(outbox, team, receiver):
    outbox.subscribe(team())
    outbox.changes()
    outbox.drain()
    said = json.loads(receiver.got[0].body)
    assert said["title"].startswith("[high] Lumora, privacy: retention 12 months → 13 months")
    assert (
        said["message"]
        == "• HIGH lumora/privacy-en: retention 12 months → 13 months; stated date unchanged https://lumora.example/privacy"
    )


def test_a_digest_is_one_message(outbox, team, receiver):
    outbox.subscribe(team(digest=digest("daily")))
    outbox.changes(3)
    outbox.pass_time(days=1)
    outbox.drain()
    [got] = receiver.got
    assert json.loads(got.body)["message"].count("•") == 3


def test_a_service_that_refuses_is_tried_again_and_its_address_is_not_told(outbox, team, receiver, caplog):
    outbox.subscribe(team())
    outbox.changes()
    receiver.answers = [500]
    outbox.drain()
    [row] = outbox.history.deliveries(failed=True)
    assert row.why.startswith("the service did not take it: ")
    assert "HushHushHush" not in row.why + caplog.text
    outbox.pass_time(minutes=1)
    outbox.drain()
    assert outbox.states() == [("sent", 2)]


def test_an_address_that_apprise_does_not_know_is_said(outbox, team, monkeypatch):
    monkeypatch.setenv("TEAM_CHAT", "pigeon://HushHushHush")
    outbox.subscribe(team())
    outbox.changes()
    outbox.drain()
    assert outbox.history.deliveries()[0].why == "Apprise does not understand the address"


def test_without_apprise_it_is_said_how_to_get_it(outbox, team, monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    outbox.subscribe(team())
    outbox.changes()
    outbox.drain()
    assert "pip install 'clausewatch[apprise]'" in outbox.history.deliveries()[0].why
