"""The user's own rules and watch words."""

import pytest

from tracker.comparison import compare
from tracker.comparison.own import phrase
from tracker.model import Change, Clause, OwnRule, Policy

FACES = OwnRule("faces", ("facial recognition", "face scan*"), "critical", reason="speaks of faces")


def judged(old: str, new: str, *rules: OwnRule) -> Change:
    def policy(text: str) -> Policy:
        return Policy(tuple(Clause(part) for part in text.split("\n")), language="en")

    return compare(policy(old), policy(new), rules=rules)


def own(change: Change) -> list[tuple[str, str, str]]:
    return [(r.rule, r.level, r.side) for r in change.reasons if r.rule.startswith("own.")]


def test_a_watched_phrase_that_comes_raises_the_change_to_the_level_named() -> None:
    change = judged("Doors open at nine.", "Doors open at nine, by face scanning.", FACES)
    assert own(change) == [("own.faces", "critical", "new")]
    assert (change.level, change.kind) == ("critical", "substantive")
    assert change.reasons[0].text == "speaks of faces: “Doors open at nine, by face scanning” (your rule)"


def test_a_watched_phrase_that_goes_is_told_on_the_old_side() -> None:
    change = judged("Lifts use facial recognition.\nHello.", "Hello.", FACES)
    assert own(change) == [("own.faces", "critical", "old")]


def test_what_is_there_as_often_as_before_raises_nothing() -> None:
    change = judged("Facial recognition opens the gate.", "Facial recognition opens the front gate.", FACES)
    assert own(change) == []


def test_moving_a_watched_clause_raises_nothing() -> None:
    change = judged(
        "Facial recognition opens the gate.\nHello to you all.",
        "Hello to you all.\nFacial recognition opens the gate.",
        FACES,
    )
    assert (own(change), change.kind) == ([], "cosmetic")


def test_the_sentence_that_came_is_quoted_and_not_one_that_stayed() -> None:
    old = "Facial recognition opens the gate."
    change = judged(old, f"{old} Facial recognition rings the bell.", FACES)
    assert "rings the bell" in change.reasons[0].text


@pytest.mark.parametrize(("event", "fires"), [("any", True), ("added", True), ("removed", False)])
def test_a_rule_may_watch_one_way_only(event: str, fires: bool) -> None:
    rule = OwnRule("faces", FACES.words, event=event)  # type: ignore[arg-type]
    assert bool(own(judged("Hello.", "Hello. We use facial recognition.", rule))) is fires


def test_the_level_is_raised_and_never_lowered() -> None:
    rule = OwnRule("sale", ("sell",), "low")
    change = judged("We do not sell your data.", "We may use your data. We sell them.", rule)
    assert change.level == "critical"


def test_a_renamed_term_that_is_watched_is_told() -> None:
    old = "Zephyr keeps the keys.\nZephyr opens at nine.\nZephyr is a shop."
    change = judged(old, old.replace("Zephyr", "Boreas"), OwnRule("b", ("boreas",), "high"))
    assert change.level == "high"


def test_without_rules_nothing_differs() -> None:
    pair = ("Hello.", "Hello. We use facial recognition.")
    assert judged(*pair) == judged(*pair, OwnRule("other", ("submarine",)))


@pytest.mark.parametrize(
    "text", ["facial recognition", "biometric*", "train ... model|models", "sell _ data", "人脸识别", "c++"]
)
def test_a_phrase_can_be_looked_for(text: str) -> None:
    assert phrase(text) == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "expected words"),
        ("... data", "expected a word first"),
        ("_ data", "expected a word first"),
        ("a* b", "two letters or more"),
        ("sell fo*o", "a star at its end"),
        ("sell !!", "expected a word"),
        ("one two three four five six seven eight nine ten eleven twelve thirteen", "at most 12 words"),
        ("a|b a|b a|b a|b a|b a|b a|b", "at most 64 readings"),
    ],
)
def test_a_phrase_that_cannot_be_looked_for_is_refused_with_the_reason(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        phrase(text)
