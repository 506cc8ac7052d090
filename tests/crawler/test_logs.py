"""The daemon's log, as lines that a machine reads."""

from __future__ import annotations

import io
import json
import logging

import pytest

from crawler import logs


@pytest.fixture
def lines(monkeypatch):
    """What a logger of its own writes in the format of JSON lines."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers.clear()
    logs.set_up("json")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before


def test_each_record_is_one_object_with_what_it_is_about(lines):
    about = {"document": "acme/privacy", "outcome": "changed"}
    logging.getLogger("crawler.daemon").warning("%s: changed", "acme/privacy", extra={"about": about})
    [said] = lines()
    assert (said["level"], said["message"]) == ("warning", "acme/privacy: changed")
    assert about.items() <= said.items()
    assert said["time"].endswith("+00:00")


def test_what_a_page_says_cannot_break_a_line_or_a_terminal(lines):
    logging.getLogger("crawler").error("title: %s", 'Privacy"}\n{"level": "info"}\x1b[2J')
    [said] = lines()
    assert said["level"] == "error"
    assert "\x1b" not in said["message"]


def test_a_failure_carries_its_traceback(lines):
    try:
        raise ValueError("broken")
    except ValueError:
        logging.getLogger("crawler").exception("it failed")
    [said] = lines()
    assert "ValueError: broken" in said["traceback"]


def test_plain_lines_cannot_steer_a_terminal_either(monkeypatch):
    stream, root = io.StringIO(), logging.getLogger()
    monkeypatch.setattr("sys.stderr", stream)
    before = root.handlers[:]
    root.handlers.clear()
    logs.set_up("text")
    logging.getLogger("crawler.daemon").error("acme/privacy: unexpected failure: \x1b[2J\x9b31m gone")
    root.handlers[:] = before
    assert stream.getvalue().endswith("acme/privacy: unexpected failure: [2J31m gone\n")
