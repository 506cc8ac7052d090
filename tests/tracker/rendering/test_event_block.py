from dataclasses import replace
from datetime import timedelta

import pytest

from tracker.model import State
from tracker.rendering.event import event_payload
from tracker.rendering.event_block import event_block
from tracker.rendering.inks import PLAIN, written


@pytest.fixture
def block(document, change, old, new, at):
    def make(**given):
        arguments = {
            "document": document, "type": "changed", "at": at, "change": change, "old": old, "new": new,
            "last_seen": at - timedelta(days=1), "first_seen": at, "version_from": 1, "version_to": 2,
            "state": State.OK, "why": "the text changed",
        }  # fmt: skip
        return written(event_block(event_payload(**(arguments | given)), PLAIN), 100, PLAIN)

    return make


def test_the_first_lines_say_how_bad_whose_and_what(block):
    title, summary = block().splitlines()[:2]
    assert title.split() == ["CRITICAL", "Acme", "&", "Söhne", "acme/privacy", "changed"]
    assert summary.strip() == "withdraws the promise not to sell; retention 12 → 24 months"


def test_it_says_that_the_date_did_not_move_and_when_the_text_did(block):
    text = block()
    assert "silent: the wording changed, the stated date did not" in text
    assert "between 2026-03-03 05:06 UTC and 2026-03-04 05:06 UTC" in text


def test_it_shows_the_words_that_changed_and_counts_the_rest(block):
    text = block()
    assert "We keep logs for [-12-][+24+] months." in text
    assert "not shown: 1 more" in text


def test_a_broken_page_is_a_short_block(block):
    text = block(type="broken", change=None, new=None, state=State.BLOCKED, why="a challenge page")
    assert "cannot be read any more: blocked (a challenge page)" in text
    assert "updated" not in text


def test_a_first_sight_shows_its_dates_and_nothing_compared(block):
    text = block(type="first", change=None, old=None, last_seen=None)
    assert "seen 2026-03-04 05:06 UTC" in text
    assert "updated 2024-01-01" in text


def test_a_moved_date_is_shown_from_and_to(block, date_only, new):
    later = type(new)(new.clauses, dates=(type(new.dates[0])("updated", "2025-01-01", ""),))
    assert "updated 2024-01-01 → 2025-01-01" in block(type="dates", change=date_only, new=later)


def test_a_moved_date_alone_is_not_called_a_change_of_wording(block, date_only):
    assert "with it" not in block(type="dates", change=replace(date_only, silent=False))
