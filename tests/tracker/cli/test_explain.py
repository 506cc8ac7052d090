import json
from dataclasses import replace

import pytest
from bracken import BRACKEN, LAST, look

from tracker import History
from tracker.comparison.rules import rules
from tracker.model import OwnRule


@pytest.fixture
def explained(run):
    """The clause changes of a change, each found by words of a heading above it."""

    def explained(change, heading):
        clauses = json.loads(run(f"explain {change} --json").stdout)["clauses"]
        return next(clause for clause in clauses if any(heading in part for part in clause["trail"]))

    return explained


def test_each_rule_is_told_with_the_words_it_fired_on_and_who_calls_it_material(explained):
    clause = explained(1, "Retention")
    [fired] = [fired for fired in clause["fired"] if fired["rule"] == "retention.longer"]
    assert fired["words"] == "24 months"
    assert fired["direction"] == "weaker"
    assert fired["source"] == next(rule.source for rule in rules() if rule.id == "retention.longer")


def test_facts_are_told_as_they_were_altered(explained):
    facts = explained(1, "Retention")["facts"]
    assert [(fact["old"]["value"], fact["new"]["value"]) for fact in facts if fact["old"] and fact["new"]] == [
        ("365 days", "730 days")
    ]


def test_differences_of_form_are_told_with_the_reason_why_they_do_not_count(run):
    clauses = json.loads(run("explain 3 --json").stdout)["clauses"]
    folded = {fold["old"]: fold for clause in clauses for fold in clause["folded"]}
    assert folded["4. Your rights"]["new"] == "5. Your rights"
    assert "(form.numbering)" in folded["4. Your rights"]["why"]
    assert any("(form.marks)" in fold["why"] for fold in folded.values())


def test_form_within_a_change_that_counts_is_told_too(run, watched):
    with History(watched / "history.db") as history:
        look(
            history,
            70,
            LAST.replace("We use what the sensors", "We Use what the sensors").replace(
                "our AI models", "our new AI models"
            ),
        )
    [clause] = [c for c in json.loads(run("explain bracken --json").stdout)["clauses"] if c["level"] != "none"]
    assert [(fold["old"], fold["new"]) for fold in clause["folded"]] == [("use", "Use")]


def test_a_term_renamed_throughout_is_told_once(run, watched):
    with History(watched / "history.db") as history:
        look(history, 70, LAST.replace("sensors", "probes"))
    record = json.loads(run("explain bracken --json").stdout)
    assert record["renamed"] == {"sensors": "probes"}
    assert any(fold["why"] == "a term renamed throughout" for clause in record["clauses"] for fold in clause["folded"])


def test_people_read_rules_words_sources_facts_and_what_was_folded(run):
    output = run("explain 1").output
    for words in (
        "retention.longer",
        "less protection for the person",
        "on “24 months” in the new text",
        "\n      by ",
        "fact altered",
    ):
        assert words in output
    assert "Folded away" not in output
    output = run("explain 3").output
    assert "only numbering differs (form.numbering)" in output
    assert "[-4-][+5+]. Your rights" in output


def test_a_rule_of_the_users_own_is_told_as_that(run, watched):
    own = replace(BRACKEN, rules=(OwnRule("owls", ("owl*",), "high"),))
    with History(watched / "history.db") as history:
        look(history, 70, LAST.replace("our AI models", "our AI models to know owls"), own)
    fired = [fired for c in json.loads(run("explain bracken --json").stdout)["clauses"] for fired in c["fired"]]
    assert [f["source"] for f in fired if f["rule"] == "own.owls"] == ["your own rule"]


def test_one_clause_change_can_be_asked_about(run):
    record = json.loads(run("explain 1 2 --json").stdout)
    assert [clause["number"] for clause in record["clauses"]] == [2]


def test_of_a_document_the_last_change_is_explained(run):
    assert json.loads(run("explain bracken --json").stdout)["change"] == 3


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("explain 99", "There is no change 99"),
        ("explain 1 99", "Change 1 has no clause change 99; it has 2"),
        ("explain thistle", "has not changed"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(run, line, expected):
    assert expected in run(line, code=2).stderr
