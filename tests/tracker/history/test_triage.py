"""What people say of changes, documents and rules, and what follows from it for who is told what."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from lumora import DOCUMENT, START, page

from tracker import History, State
from tracker.history import Unknown
from tracker.history.triage import LONGEST_NOTE, BadMark
from tracker.model import OwnRule
from tracker.subscription import Subscription

NOW = START + timedelta(days=30)
LONGER = ("12 months", "24 months")
SELLING = ("We do not sell your personal data", "We may sell your personal data")
NAME = DOCUMENT.name


@pytest.fixture
def changed(history, look):
    """The number of a change."""
    look(0, page())
    look(1, page(SELLING))
    [row] = history.changes()
    return row.id


def mark(history, change, mark, note="", *, who="ines", at=NOW):
    return history.mark_change(change, mark, who=who, at=at, note=note)


def triage(history, column="triage"):
    return [row[0] for row in history.db.execute(f"SELECT {column} FROM change_log ORDER BY seen").fetchall()]


# --- changes --------------------------------------------------------------------------------------------------------------------


def test_a_change_is_open_until_somebody_says_otherwise(history, changed):
    assert triage(history) == ["open"]
    mark(history, changed, "reviewed")
    assert triage(history) == ["reviewed"]


def test_the_last_word_counts_and_the_words_before_it_stay(history, changed):
    for said in ("reviewed", "wrong", "open", "wrong"):
        mark(history, changed, said)
    assert triage(history) == ["wrong"]
    assert [row.mark for row in history.marks(change=changed)] == ["wrong", "open", "wrong", "reviewed"]


def test_a_note_says_something_and_decides_nothing(history, changed):
    mark(history, changed, "reviewed")
    mark(history, changed, "note", "Ask the vendor.")
    assert (triage(history), triage(history, "notes")) == (["reviewed"], [1])


def test_a_mark_says_who_made_it_and_when(history, changed):
    row = mark(history, changed, "wrong", "Only moved.", who="omar", at=NOW + timedelta(hours=1))
    assert (row.who, row.at, row.note, row.document, row.change) == (
        "omar",
        NOW + timedelta(hours=1),
        "Only moved.",
        NAME,
        changed,
    )


def test_marks_are_neither_altered_nor_deleted(history, changed):
    mark(history, changed, "wrong")
    for statement in ("UPDATE marks SET mark = 'reviewed'", "DELETE FROM marks"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            history.db.execute(statement)


def test_a_mark_keeps_what_was_judged(history, changed):
    judged = mark(history, changed, "wrong").judged
    assert judged["level"] == history.change(changed).change.level
    assert "sale" in " ".join(judged["rules"])
    [clause] = judged["clauses"]
    assert "do not sell" in clause["old"][0]["text"]
    assert "may sell" in clause["new"][0]["text"]
    assert clause["new"][0]["trail"] == ["Privacy Policy", "Sharing"]


def test_a_mark_follows_its_change_to_another_number(history, changed):
    mark(history, changed, "wrong")
    history.db.execute(
        """INSERT INTO changes SELECT 99, digest, document, old, new, kind, level, summary, silent, reasons, dates, kept, complete, 'later'
           FROM changes"""
    )
    history.db.execute("UPDATE reigns SET change = 99 WHERE change IS NOT NULL")
    assert triage(history) == ["wrong"]
    assert [row.change for row in history.marks(change=99)] == [99]


@pytest.mark.parametrize(
    ("said", "note", "sentence"),
    [("note", " \n", "needs words"), ("fine", "", "is marked"), ("reviewed", "x" * (LONGEST_NOTE + 1), "at most")],
)
def test_a_mark_that_cannot_be_is_refused_in_a_sentence(history, changed, said, note, sentence):
    with pytest.raises(BadMark, match=sentence):
        mark(history, changed, said, note)
    assert history.marks() == []


def test_a_change_that_does_not_exist_is_not_marked(history):
    with pytest.raises(Unknown):
        mark(history, 7, "reviewed")


def test_what_was_judged_is_asked_for_by_its_last_verdict(history, look, changed):
    look(2, page(SELLING, LONGER))
    later = history.changes()[0].id
    mark(history, changed, "wrong", "first")
    mark(history, later, "wrong", "second")
    mark(history, later, "note", "on second thoughts")
    mark(history, changed, "reviewed")
    assert [row.note for row in history.judged("wrong")] == ["second"]
    assert [row.change for row in history.judged("reviewed")] == [changed]


# --- muted documents ------------------------------------------------------------------------------------------------------------


def mute(history, said="muted"):
    return history.mute(NAME, said, who="ines", at=NOW, note="a page that flickers")


def test_a_muted_document_is_recorded_and_nobody_is_told(history, look):
    history.subscribe([Subscription(name="all", channel="jsonl")])
    look(0, page())
    mute(history)
    outcome = look(1, page(LONGER))
    assert (outcome.kind, outcome.events, outcome.why) == ("changed", (), "the text changed; muted")
    assert history.deliveries() == []
    assert [row.change.level for row in history.changes()] == [outcome.change.level]
    assert triage(history, "muted") == ["document"]


def test_a_document_that_is_muted_no_more_is_told_with_what_was_missed(history, look):
    look(0, page())
    mute(history)
    look(1, page(LONGER))
    look(2, page(LONGER, SELLING))
    mute(history, "unmuted")
    [event] = look(9, page(LONGER, SELLING)).events
    assert event.type == "changed"
    assert not event.payload["returned"]
    assert (event.payload["texts"]["old"]["version"], event.payload["texts"]["new"]["version"]) == (1, 3)
    assert triage(history, "muted") == [None, None]


def test_a_muted_document_that_flips_while_it_is_muted_leaves_nothing_to_tell(history, look):
    look(0, page())
    mute(history)
    look(1, page(LONGER))
    look(9, page())
    mute(history, "unmuted")
    assert look(20, page()).events == ()


def test_a_muted_page_breaks_in_silence(history, look):
    look(0, page())
    mute(history)
    assert [look(day, failure=State.DNS).events for day in (1, 2, 3)] == [(), (), ()]
    mute(history, "unmuted")
    assert [event.type for event in look(4, failure=State.DNS).events] == ["broken"]


def test_a_look_that_is_decided_while_its_document_is_muted_is_decided_again(history, look):
    look(0, page())
    stand = history.standing(DOCUMENT, NOW)
    mute(history)
    assert history.standing(DOCUMENT, NOW).revision > stand.revision


def test_what_is_muted_is_known(history, look):
    look(0, page())
    mute(history)
    history.mute_rule("sale.promise-removed", "muted", who="ines", at=NOW)
    assert [(row.document, row.rule) for row in history.muted()] == [(None, "sale.promise-removed"), (NAME, None)]
    mute(history, "unmuted")
    assert [row.rule for row in history.muted()] == ["sale.promise-removed"]
    assert [row.mark for row in history.marks(document=NAME)] == ["unmuted", "muted"]


# --- muted rules ----------------------------------------------------------------------------------------------------------------


def rules_of(history, change):
    return {reason.rule for reason in history.change(change).change.reasons if reason.level != "none"}


def test_a_muted_rule_raises_no_level_in_what_is_told_and_stays_in_the_record(history, look, changed):
    fired = rules_of(history, changed)
    for rule in fired:
        history.mute_rule(rule, "muted", who="ines", at=NOW)
    look(2, page())
    look(10, page())
    [event] = look(30, page(SELLING)).events
    assert (event.level, event.payload["change"]["kind"]) == ("low", "editorial")
    assert set(event.payload["muted_rules"]) == fired
    assert not fired & {reason["rule"] for reason in event.payload["change"]["reasons"]}
    assert history.change(changed).change.level in ("high", "critical")
    assert triage(history, "muted")[0] == "rules"


def test_a_subscription_goes_by_the_level_that_is_told(history, look, changed):
    look(9, page())
    history.subscribe([Subscription(name="grave", channel="jsonl", level="medium")])
    for rule in rules_of(history, changed):
        history.mute_rule(rule, "muted", who="ines", at=NOW)
    assert [event.level for event in look(30, page(SELLING)).events] == ["low"]
    assert history.deliveries() == []


def test_a_change_with_another_reason_of_its_level_is_not_muted(history, look, changed):
    some = min(rules_of(history, changed))
    history.mute_rule(some, "muted", who="ines", at=NOW)
    weighty = [r for r in history.change(changed).change.reasons if r.level == history.change(changed).change.level]
    assert triage(history, "muted") == [None if {r.rule for r in weighty} - {some} else "rules"]


def test_a_rule_that_does_not_exist_is_not_muted(history):
    with pytest.raises(Unknown, match=r"sale\.promise-removed"):
        history.mute_rule("sale.promise-remove", "muted", who="ines", at=NOW)


def test_a_rule_of_the_registry_can_be_muted(history):
    history.register([replace(DOCUMENT, rules=(OwnRule("mine", ("lamps",)),))], START)
    assert history.mute_rule("mine", "muted", who="ines", at=NOW).rule == "mine"


def test_two_people_mark_at_once_and_neither_mark_is_lost(history, changed):
    with History(history.path) as other:
        for n in range(5):
            mark(history, changed, "note", f"a{n}")
            mark(other, changed, "note", f"b{n}", who="omar")
    assert len(history.marks(change=changed)) == 10
