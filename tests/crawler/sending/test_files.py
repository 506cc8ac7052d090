"""Events in files: lines that others follow, and feeds."""

import json

import feedparser
import pytest

from crawler.sending import files
from tracker.model import Document
from tracker.subscription import Subscription


@pytest.fixture
def jsonl(tmp_path):
    return Subscription(name="lines", channel="jsonl", settings={"path": str(tmp_path / "out" / "events.jsonl")})


@pytest.fixture
def feed(tmp_path):
    return Subscription(
        name="public", channel="feed", settings={"folder": str(tmp_path / "feeds"), "address": "https://w.example/f/"}
    )


def test_each_event_is_a_line_with_its_whole_payload(outbox, jsonl, read_lines, tmp_path):
    outbox.subscribe(jsonl)
    events = outbox.changes(3)
    outbox.drain()
    assert read_lines(tmp_path / "out" / "events.jsonl") == [dict(event.payload) for event in events]


def test_a_line_that_was_cut_off_spoils_no_other(outbox, jsonl, tmp_path):
    path = tmp_path / "out" / "events.jsonl"
    path.parent.mkdir()
    path.write_text('{"id": "cut off')
    outbox.subscribe(jsonl)
    outbox.changes()
    outbox.drain()
    [_, whole] = path.read_text().splitlines()
    assert json.loads(whole)["type"] == "changed"


def test_a_dash_is_standard_output(outbox, capsys):
    outbox.subscribe(Subscription(name="pipe", channel="jsonl", settings={"path": "-"}))
    outbox.changes()
    outbox.drain()
    assert json.loads(capsys.readouterr().out)["type"] == "changed"


def test_a_folder_that_cannot_be_written_is_a_failure_with_its_reason(outbox, tmp_path):
    (tmp_path / "file").write_text("no folder")
    outbox.subscribe(Subscription(name="lines", channel="jsonl", settings={"path": str(tmp_path / "file" / "x.jsonl")}))
    outbox.changes()
    outbox.drain()
    assert outbox.states() == [("waiting", 1)]
    assert outbox.history.deliveries()[0].why.endswith("x.jsonl: File exists")


def test_there_are_feeds_of_everything_of_each_vendor_and_of_each_level(outbox, feed, tmp_path):
    other = Document(vendor="Zed", kind="terms", url="https://zed.example/terms", language="en")
    outbox.subscribe(feed)
    outbox.changes(2)
    outbox.look(document=other)
    outbox.look(("hosting providers", "service providers"), document=other)
    outbox.drain()
    made = {str(path.relative_to(tmp_path / "feeds")) for path in (tmp_path / "feeds").rglob("*") if path.is_file()}
    names = {"all", "vendors/lumora", "vendors/zed", "levels/low", "levels/medium", "levels/high"}
    assert {f"{name}.{ending}" for name in names for ending in ("atom", "json")} <= made

    def entries(name):
        read = feedparser.parse((tmp_path / "feeds" / f"{name}.atom").read_bytes())
        assert not read.bozo
        return read.entries

    assert [len(entries(name)) for name in ("all", "vendors/lumora", "vendors/zed")] == [3, 2, 1]
    assert entries("all")[0].title.startswith("Zed, terms")
    assert {entry.id for entry in entries("vendors/lumora")} < {entry.id for entry in entries("all")}
    assert len(entries("levels/high")) <= len(entries("levels/low")) == 3


def test_a_feed_holds_the_newest_events_and_no_more_than_a_reader_wants(outbox, feed, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ENTRIES", 3)
    outbox.subscribe(feed)
    events = outbox.changes(5)
    outbox.drain()
    read = json.loads((tmp_path / "feeds" / "all.json").read_text())
    assert [item["_clausewatch"]["id"] for item in read["items"]] == [event.id for event in reversed(events[2:])]


def test_whoever_reads_a_feed_never_reads_half_of_it(outbox, feed, tmp_path, monkeypatch):
    outbox.subscribe(feed)
    outbox.changes()
    outbox.drain()
    before = (tmp_path / "feeds" / "all.atom").read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        outbox.look(("12 months", "90 months"))
        outbox.drain()
    assert (tmp_path / "feeds" / "all.atom").read_bytes() == before
    assert "No space left" in outbox.history.deliveries(failed=True)[0].why


def test_a_feed_names_where_it_is_published(outbox, feed, tmp_path):
    outbox.subscribe(feed)
    outbox.changes()
    outbox.drain()
    read = feedparser.parse((tmp_path / "feeds" / "vendors" / "lumora.atom").read_bytes())
    assert [link.href for link in read.feed.links] == ["https://w.example/f/vendors/lumora.atom"]


def test_a_feed_that_could_not_be_written_leaves_nothing_behind(outbox, feed, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.chmod", full)
    outbox.subscribe(feed)
    outbox.changes()
    assert "No space left" in outbox.drain().failed["public"]
    assert list((tmp_path / "feeds").rglob("*.*")) == []
