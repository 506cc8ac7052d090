"""How much a change says anew."""

from collections.abc import Callable

from tracker.comparison import compare
from tracker.model import Policy

Make = Callable[..., Policy]
FEW = ("You can return a lamp within 30 days.", "You can swap a lamp within 30 days.")
MANY = tuple(
    f"Members of the {name} club agree to bring their lamp to the yearly fair, where a jury of {name} members will look at it and "
    f"may award a ribbon that must be kept with the lamp for {months} months."
    for months, name in enumerate(("amber", "brass", "copper", "dapple", "ember", "fern"), 2)
)


def test_a_text_that_is_rewritten_at_large_is_high(make: Make) -> None:
    old = make([("Rules", FEW)])
    change = compare(old, make([("Rules", (*FEW, *MANY))]))
    assert max(each.level for each in change.clauses) == "medium"
    assert change.level == "high"
    assert [reason.rule for reason in change.reasons if reason.level == "high"] == ["change.broad"]


def test_a_few_new_words_are_no_rewriting(make: Make) -> None:
    change = compare(make([("Rules", FEW)]), make([("Rules", (*FEW, *MANY[:1]))]))
    assert change.level == "medium"


def test_what_only_went_is_no_rewriting(make: Make) -> None:
    change = compare(make([("Rules", (*FEW, *MANY))]), make([("Rules", FEW)]))
    assert "change.broad" not in {reason.rule for reason in change.reasons}


DONE = (
    "When you wear the belt, we record how you stand, compare your posture with that of other wearers and keep a chart of each day.",
    "Our coaches look at these charts and use them to suggest exercises, which are sent to your telephone and remembered there.",
    "What coaches write about your exercises is stored beside the charts and shown to the next coach who looks after you.",
)


def test_a_few_new_sentences_of_what_is_done_with_what_is_learnt_of_people_are_high(make: Make) -> None:
    change = compare(make([("Rules", FEW)]), make([("Rules", (*FEW, *DONE))]))
    assert max(each.level for each in change.clauses) == "medium"
    assert [reason.rule for reason in change.reasons if reason.level == "high"] == ["change.practices"]


def test_one_new_sentence_of_what_is_done_is_not(make: Make) -> None:
    assert compare(make([("Rules", FEW)]), make([("Rules", (*FEW, DONE[2]))])).level == "medium"


def test_as_many_words_on_other_matters_are_not(make: Make) -> None:
    visits = tuple(
        f"The {name} hall of our museum is open to members on every second Sunday of the month from ten to four o’clock, also in winter."
        for name in ("amber", "brass", "copper")
    )
    change = compare(make([("Rules", FEW)]), make([("Rules", (*FEW, *visits))]))
    assert "change.practices" not in {reason.rule for reason in change.reasons}
