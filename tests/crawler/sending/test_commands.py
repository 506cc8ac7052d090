"""The commands around deliveries, as processes, and the daemon that sends."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from lumora import page

from tracker import Document, History, Observation, observe

ROOT = Path(__file__).parents[3]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NOW = datetime.now(UTC).replace(microsecond=0)
LUMORA = Document(vendor="Lumora", kind="privacy", url="http://lumora.test/privacy", name="lumora/privacy")


class Clausewatch:
    """A registry and a history in a folder, and the command upon them."""

    def __init__(self, folder, receiver):
        self.folder, self.receiver = folder, receiver
        self.registry = folder / "vendors.toml"

    def write(self, *subscriptions, url="http://lumora.test/privacy"):
        self.registry.write_text(
            f"""
[settings]
allow_networks = ["127.0.0.0/8"]
delay = 0.05
[settings.resolve]
"hooks.test" = "127.0.0.1"
"lumora.test" = "127.0.0.1"
[vendors.lumora]
name = "Lumora"
home = "http://lumora.test/"
[[vendors.lumora.documents]]
kind = "privacy"
url = "{url}"
"""
            + "\n".join(f"[[subscriptions]]\n{each}" for each in subscriptions)
        )

    @property
    def hook(self):
        return f'name = "hook"\nchannel = "webhook"\nurl = "{self.receiver.url}"\nsecret = "env:HOOK_SECRET"\n'

    @property
    def lines(self):
        return 'name = "lines"\nchannel = "jsonl"\npath = "events.jsonl"\n'

    def tell(self, *days_ago):
        """First sight long ago, and a change on each of these days."""
        with self.history() as history:
            for number, days in enumerate((400, *days_ago)):
                body = page(("12 months", f"{12 + number} months"))
                seen = {"status": 200, "headers": {"content-type": "text/html"}, "body": body}
                observe(history, LUMORA, Observation(url=LUMORA.url, at=NOW - timedelta(days=days), **seen))
            return [event.id for event in reversed(history.events()) if event.type == "changed"]

    def history(self):
        return History(self.folder / "history.db")

    def start(self, *arguments):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "HOOK_SECRET": SECRET}
        command = [sys.executable, "-m", "crawler", "--registry", str(self.registry), *arguments]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )

    def __call__(self, *arguments):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=60)
        assert "Traceback" not in err, err
        return SimpleNamespace(code=process.returncode, out=out, err=err)


@pytest.fixture
def clausewatch(tmp_path, receiver):
    return Clausewatch(tmp_path, receiver)


def test_send_drains_the_outbox_and_deliveries_lists_what_was_sent(clausewatch, receiver, verified):
    clausewatch.write(clausewatch.hook, clausewatch.lines)
    clausewatch("send")
    [event] = clausewatch.tell(0)
    done = clausewatch("send")
    assert (done.code, done.out) == (0, "")
    assert "hook: 1 sent" in done.err
    assert verified(receiver.got[0])["data"]["id"] == event
    listed = json.loads(clausewatch("deliveries", "--json").out)
    assert {(row["subscription"], row["state"], row["event"]) for row in listed} == {
        ("hook", "sent", event),
        ("lines", "sent", event),
    }
    assert "Nothing is due" in clausewatch("send").err


def test_what_failed_is_listed_with_its_reason_and_ends_with_1(clausewatch, receiver):
    clausewatch.write(clausewatch.hook)
    clausewatch("send")
    clausewatch.tell(0)
    receiver.answers = [503]
    assert clausewatch("send").code == 1
    failed = clausewatch("deliveries", "--failed")
    assert failed.code == 1
    assert "the receiver answered 503" in failed.out
    assert (
        clausewatch("deliveries", "hoook").err.strip() == 'Error: There is no subscription "hoook"; did you mean hook?'
    )


def test_kill_9_after_sending_and_before_noting_it_sends_again_under_the_same_id(clausewatch, receiver):
    clausewatch.write(clausewatch.hook)
    clausewatch("send")
    clausewatch.tell(0)
    started = []
    receiver.answers = [lambda _: started[0].kill()]
    started.append(clausewatch.start("send"))
    started[0].communicate(timeout=30)
    assert (started[0].returncode, len(receiver.got)) == (-signal.SIGKILL, 1)
    assert "Nothing is due" in clausewatch("send").err
    with sqlite3.connect(clausewatch.folder / "history.db") as db:  # time passes, and whoever took it must be dead
        db.execute("UPDATE deliveries SET due = '2000-01-01T00:00:00Z' WHERE state = 'waiting'")
    assert "hook: 1 sent" in clausewatch("send").err
    assert receiver.got[0].id == receiver.got[1].id


def test_replay_sends_an_event_or_a_stretch_of_time_again(clausewatch, receiver):
    clausewatch.write(clausewatch.hook, clausewatch.lines)
    first, *_, last = clausewatch.tell(9, 5, 1)
    done = clausewatch("replay", last[:10], "--subscription", "hook")
    assert (done.code, done.out) == (0, "1 delivery to send.\n")
    assert [json.loads(got.body)["data"]["id"] for got in receiver.got] == [last]
    assert clausewatch("replay", "--since", "6 days").out == "4 deliveries to send.\n"
    assert len(receiver.got) == 3
    assert first not in (clausewatch.folder / "events.jsonl").read_text()
    assert clausewatch("replay", "nonsense").code == 2
    assert clausewatch("replay").code == 2


def test_a_test_event_arrives_marked_and_leaves_no_trace(clausewatch, receiver, verified):
    clausewatch.write(clausewatch.hook)
    done = clausewatch("send", "--test", "hook")
    assert (done.code, done.err) == (0, "hook: the test event was sent.\n")
    body = verified(receiver.got[0])
    assert (body["type"], body["data"]["test"]) == ("policy.test", True)
    with clausewatch.history() as history:
        assert (history.events(), history.deliveries()) == ([], [])
    receiver.answers = [404]
    refused = clausewatch("send", "--test", "hook")
    assert (refused.code, "the receiver answered 404" in refused.err) == (1, True)


def test_a_dry_run_shows_what_would_have_been_sent_and_sends_nothing(clausewatch, receiver):
    clausewatch.write(
        clausewatch.hook,
        'name = "legal"\nchannel = "mail"\nto = ["a@b.test"]\nfrom = "c@b.test"\nserver = "smtp://b.test"\ndigest = "weekly"\n',
        clausewatch.hook.replace('"hook"', '"picky"') + 'types = ["broken"]\n',
    )
    clausewatch.tell(390, 30, 29, 28, 27)
    shown = json.loads(clausewatch("subscriptions", "hook", "legal", "picky", "--dry-run", "--json").out)
    assert [len(shown[name]) for name in ("hook", "picky")] == [4, 0]
    assert 1 <= len(shown["legal"]) <= 2
    assert sum(len(message["events"]) for message in shown["legal"]) == 4
    assert all(datetime.fromisoformat(message["at"]).weekday() == 0 for message in shown["legal"])
    said = clausewatch("subscriptions", "hook", "--dry-run", "--days", "500").out
    assert "hook: 5 messages with 5 events" in said
    assert receiver.got == []


def test_subscriptions_says_who_is_told_what_and_who_was_disabled(clausewatch, receiver):
    clausewatch.write(clausewatch.hook + 'level = "high"\nvendors = ["lumora"]\n', clausewatch.lines)
    clausewatch("send")
    clausewatch.tell(0)
    receiver.answers = [410]
    clausewatch("send")
    listed = clausewatch("subscriptions")
    assert listed.code == 1
    assert re.search(
        r"hook +webhook +from high up; vendors: lumora +at once +disabled: the receiver answered 410 Gone", listed.out
    )
    assert re.search(r"lines +jsonl +everything +at once +ok +0 +1", listed.out)
    clausewatch("subscriptions", "hook", "--enable")
    assert "disabled" not in clausewatch("subscriptions").out
    assert clausewatch("subscriptions", "--enable").code == 2


@pytest.fixture
def site(tmp_path):
    """A page on loopback that can be changed, and its address."""
    import functools
    import threading
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    folder = tmp_path / "site"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    put = (folder / "privacy.html").write_bytes
    put(page())
    yield SimpleNamespace(url=f"http://lumora.test:{server.server_address[1]}/privacy.html", put=put)
    server.shutdown()
    server.server_close()


def test_a_crawl_sends_what_it_found_and_its_output_stays_its_own(clausewatch, receiver, site):
    pipe = 'name = "pipe"\nchannel = "jsonl"\npath = "-"\n'
    clausewatch.write(clausewatch.hook, pipe, url=site.url)
    assert clausewatch("crawl").code == 0
    assert receiver.got == []
    site.put(page(("12 months", "24 months")))
    done = clausewatch("recrawl", "lumora", "--json")
    assert (done.code, len(json.loads(done.out)["looks"])) == (10, 1)
    assert len(receiver.got) == 1
    assert json.loads(clausewatch("send").out)["type"] == "changed"


def test_the_daemon_sends_without_being_asked_and_lets_a_running_delivery_finish(
    clausewatch, receiver, site, wait_until
):
    import time

    def slow(handler):
        time.sleep(1)
        handler.send_response(204)
        handler.end_headers()

    clausewatch.write(clausewatch.hook, url=site.url)
    assert clausewatch("crawl").code == 0
    site.put(page(("12 months", "24 months")))
    receiver.answers = [slow]
    daemon = clausewatch.start("daemon")
    try:
        clausewatch("recrawl", "lumora")
        wait_until(lambda: receiver.got)
        daemon.send_signal(signal.SIGTERM)
        _, log = daemon.communicate(timeout=30)
    finally:
        if daemon.poll() is None:
            daemon.kill()
            daemon.communicate()
    assert daemon.returncode == 0, log
    with clausewatch.history() as history:
        assert [(row.state, row.tries) for row in history.deliveries()] == [("sent", 1)]
