"""What is left of a change where rules are muted."""

from __future__ import annotations

import pytest

from tracker.comparison import compare
from tracker.comparison.muting import without
from tracker.model import Change, Clause, Policy


def policy(*texts: str) -> Policy:
    return Policy(tuple(Clause(text) for text in texts), language="en")


@pytest.fixture(scope="module")
def change() -> Change:
    """Retention is prolonged in one clause, and a promise not to sell is withdrawn in another."""
    return compare(
        policy("We keep the data of your account for 12 months.", "We do not sell your personal data to anybody."),
        policy("We keep the data of your account for 24 months.", "We may sell your personal data to anybody."),
    )


def rules(change: Change, words: str) -> set[str]:
    return {reason.rule for each in change.clauses for reason in each.reasons if words in each.new[0].text}


def test_a_muted_rule_gives_no_reason_and_no_level(change: Change) -> None:
    quiet = without(change, rules(change, "sell"))
    assert [each.level for each in change.clauses] != [each.level for each in quiet.clauses]
    assert {reason.rule for reason in quiet.reasons} == rules(change, "24 months") - rules(change, "sell")
    assert quiet.level == max((each.level for each in change.clauses if "24 months" in each.new[0].text), key=len)
    assert "sell" not in quiet.summary


def test_a_change_whose_rules_are_all_muted_is_editorial_and_low(change: Change) -> None:
    quiet = without(change, {reason.rule for reason in change.reasons})
    assert (quiet.kind, quiet.level, quiet.reasons) == ("editorial", "low", ())
    assert [each.kind for each in quiet.clauses] == ["editorial", "editorial"]


def test_the_words_stay_whatever_is_muted(change: Change) -> None:
    quiet = without(change, {reason.rule for reason in change.reasons})
    assert [each.words for each in quiet.clauses] == [each.words for each in change.clauses]
    assert (quiet.id, quiet.dates, quiet.silent) == (change.id, change.dates, change.silent)


def test_rules_that_did_not_fire_change_nothing(change: Change) -> None:
    assert without(change, {"no.such-rule"}) is change


def test_formatting_stays_formatting() -> None:
    formal = compare(policy("We keep data for 12 months."), policy("We keep data for “12 months”."))
    assert without(formal, {reason.rule for reason in formal.reasons}).kind in (formal.kind, "editorial")
