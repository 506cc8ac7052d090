"""What people say of changes, documents and rules, at the command line. Bracken's changes: 1 weakened, 2 taken back, 3 rewritten."""

import json

import pytest
from bracken import LAST, look

from bench.labels import tally
from tracker import History
from tracker.history import triage


@pytest.fixture(autouse=True)
def ines(monkeypatch):
    monkeypatch.setattr(triage.getpass, "getuser", lambda: "ines")


def marks(run, line):
    return json.loads(run(f"{line} --json").stdout)


def test_a_change_is_marked_by_who_is_at_the_machine(run):
    [mark] = marks(run, 'review 1 --as wrong --note "only moved"')
    assert (mark["mark"], mark["who"], mark["note"]) == ("wrong", "ines", "only moved")
    assert (mark["document"], mark["change"]) == ("bracken/privacy", 1)


def test_a_mark_is_told_in_a_line_with_its_note(run):
    lines = run('review 1 --as wrong --note "only moved"').output.splitlines()
    assert lines[0].startswith("change 1 of bracken/privacy: wrong alert  ines, ")
    assert lines[1].strip() == "only moved"


def test_a_note_alone_is_a_note(run):
    assert marks(run, "review 1 --note remember")[0]["mark"] == "note"


def test_what_was_said_of_a_change_is_listed_newest_first(run):
    assert "Nobody has said anything of change 1." in run("review 1").output
    run("review 1 --as reviewed")
    run("review 1 --as open")
    assert [mark["mark"] for mark in marks(run, "review 1")] == ["open", "reviewed"]


def test_muting_a_document_and_a_rule_lists_and_ends(run):
    assert "Nothing is muted." in run("mute").output
    run("mute bracken/privacy --note flickers")
    run("mute --rule retention.longer")
    assert [(mark["document"], mark["rule"]) for mark in marks(run, "mute")] == [
        (None, "retention.longer"),
        ("bracken/privacy", None),
    ]
    run("unmute bracken/privacy")
    run("unmute --rule retention.longer")
    assert marks(run, "mute") == []


def test_log_says_how_a_change_stands_and_lists_those_that_stand_so(run):
    run('review 1 --as wrong --note "only moved"')
    run("review 2 --as reviewed")
    assert "wrong alert, 1 note" in run("log").output
    assert [change["change"] for change in marks(run, "log --triage wrong")] == [1]
    assert 1 not in [change["change"] for change in marks(run, "log --triage open --level none")]
    assert {change["change"]: change["triage"] for change in marks(run, "log --level none")}[2] == "reviewed"


def test_of_a_muted_document_nobody_is_told(run, watched):
    run("mute bracken")
    with History(watched / "history.db") as history:
        told = history.events()
        look(history, 70, LAST.replace("one month", "two months"))
        assert history.observations("bracken/privacy")[0].outcome == "changed"
        assert history.events() == told


def labels(run, line="labels"):
    return [json.loads(label) for label in run(line).stdout.splitlines()]


def test_wrong_alerts_are_exported_as_labels_with_their_texts_and_rules(run):
    run('review 1 --as wrong --note "only moved"')
    run("review 3 --as reviewed")
    [label] = labels(run)
    assert (label["format"], label["verdict"], label["note"], label["change"]) == (1, "wrong", "only moved", 1)
    assert label["language"] == "en"
    assert "retention.longer" in label["rules"]
    [clause] = [clause for clause in label["clauses"] if "retention.longer" in clause["rules"]]
    assert "12 months" in clause["old"][0]["text"]
    assert "24 months" in clause["new"][0]["text"]


def test_labels_can_be_tried_on_the_rules_of_today(run):
    run("review 1 --as wrong")
    tried = tally(labels(run))
    assert tried["retention.longer", "wrong"] == (1, 1)


def test_a_wrong_alert_that_was_taken_back_is_no_label(run):
    run("review 1 --as wrong")
    run("review 1 --as reviewed")
    assert labels(run) == []
    assert [label["change"] for label in labels(run, "labels --as reviewed")] == [1]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("review 99 --as wrong", "There is no change 99."),
        ("review 1 --as note", "A note needs words."),
        ("review 1 --as fine", "fine"),
        ("review one --as wrong", "one"),
        ("mute nobody", 'There is no document "nobody"'),
        ("mute bracken --rule retention.longer", "and not both"),
        ("mute --rule retention.longest", 'There is no rule "retention.longest"'),
        ("unmute", "Give the NAME of a document or --rule"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(run, line, sentence):
    assert sentence in run(line, code=2).stderr
