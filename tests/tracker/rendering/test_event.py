import hashlib
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tracker.model import TOPICS, Clause, ClauseChange, Reason, State
from tracker.rendering.event import CLAUSES_SHOWN, event_payload

GONE = {"change": None, "new": None}


@pytest.fixture
def payload(document, change, old, new, at):
    def make(event="changed", **given):
        arguments = {
            "document": document, "type": event, "at": at, "change": change, "old": old, "new": new,
            "last_seen": at - timedelta(days=1), "first_seen": at, "version_from": 1, "version_to": 2,
            "state": State.OK, "why": "the text changed",
        }  # fmt: skip
        return event_payload(**(arguments | given))

    return make


def test_the_payload_can_be_written_and_read_back(payload):
    assert json.loads(json.dumps(payload())) == payload()


def test_it_says_whose_document_changed_how_much_and_what(payload):
    told = payload()
    assert told["document"]["name"] == "acme/privacy"
    assert told["document"]["vendor"] == "Acme & Söhne"
    assert (told["type"], told["level"]) == ("changed", "critical")
    assert told["summary"] == "withdraws the promise not to sell; retention 12 → 24 months"
    assert told["change"]["silent"] is True
    assert told["change"]["counts"] == {"modified": 1, "removed": 1, "added": 1, "moved": 1}


def test_it_says_between_which_looks_the_text_changed(payload, at):
    assert payload()["window"] == {
        "last_seen_unchanged": (at - timedelta(days=1)).isoformat(),
        "first_seen": at.isoformat(),
    }
    assert payload(last_seen=None)["window"]["last_seen_unchanged"] is None


def test_it_holds_both_stated_dates_and_both_texts_by_hash(payload, old):
    told = payload()
    assert told["dates"] == {
        "effective": {"old": None, "new": None},
        "updated": {"old": "2024-01-01", "new": "2024-01-01"},
    }
    assert told["texts"]["old"] == {"version": 1, "sha256": hashlib.sha256(old.markdown.encode()).hexdigest()}


def test_clauses_are_shown_most_material_first_and_the_cosmetic_ones_counted(payload):
    told = payload()
    assert [clause["op"] for clause in told["clauses"]] == ["removed", "modified", "added"]
    assert told["not_shown"] == 1
    assert told["clauses"][0] == {
        "op": "removed", "moved": False, "level": "critical", "trail": ["Privacy Policy", "3. Sharing"],
        "before": "We never <b>sell</b> your data.", "after": None, "words": [["-", "We never <b>sell</b> your data."]],
        "topics": ["Third Party Sharing/Collection"],
        "reasons": ["a promise is withdrawn"],
    }  # fmt: skip


def test_no_more_than_a_few_clauses_are_shown(payload, change):
    told = payload(change=replace(change, clauses=change.clauses[:1] * 50))
    assert (len(told["clauses"]), told["not_shown"]) == (CLAUSES_SHOWN, 50 - CLAUSES_SHOWN)


@pytest.mark.parametrize(
    ("event", "given", "level", "summary"),
    [
        ("first", {"change": None, "old": None}, "none", "first version: 5 clauses, updated 2024-01-01"),
        (
            "broken",
            {"change": None, "new": None, "state": State.NOT_FOUND, "why": "not_found"},
            "medium",
            "cannot be read any more: not found",
        ),
        (
            "broken",
            {"change": None, "new": None, "state": State.BLOCKED, "why": "a challenge"},
            "medium",
            "cannot be read any more: blocked (a challenge)",
        ),
        ("recovered", {"change": None}, "low", "can be read again"),
        (
            "changed",
            {"returned": True},
            "critical",
            "an earlier text is back: withdraws the promise not to sell; retention 12 → 24 months",
        ),
    ],
)
def test_every_type_of_event_has_its_headline_and_level(payload, event, given, level, summary):
    told = payload(event, **given)
    assert (told["level"], told["summary"]) == (level, summary)


def test_a_date_that_moved_alone_is_worth_a_low_event(payload, date_only):
    told = payload("dates", change=date_only)
    assert (told["level"], told["clauses"], told["change"]["dates"][0]["notes"]) == ("low", [], ["forwards"])


def test_a_wild_change_makes_no_wild_payload(payload, change):
    long = "word " * 400
    clause = Clause(long * 5, trail=(long,) * 6)
    reason = Reason("some-rule", "high", long, "unclear", "new", long)
    wild = ClauseChange("modified", (clause,), (clause,), (0,), (0,), (("-", long), ("+", long)), kind="substantive", level="high",
                        reasons=(reason,) * 30, topics=TOPICS)  # fmt: skip
    told = payload(change=replace(change, clauses=(wild,) * 500, reasons=(reason,) * 300))
    assert len(json.dumps(told, ensure_ascii=False).encode()) < 32_000
    assert (len(told["change"]["reasons"]), told["change"]["reasons_not_shown"]) == (12, 288)
