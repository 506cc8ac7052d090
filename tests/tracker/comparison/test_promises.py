"""Promises: what a vendor says it does not do, and what becomes of that."""

import pytest

from tracker.comparison.promises import Statement, consents, promise_changes, shortened, statements, upheld


def denied(text: str) -> set[str]:
    return {action for statement in statements(text) for action in statement.denied}


def nowhere(_promise: Statement, _side: str) -> frozenset[str]:
    return frozenset()


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("We do not share your recipes with supermarkets.", "sharing"),
        ("Your readings are never sold.", "selling"),
        ("Lampwright does not record your voice.", "collecting"),
        ("We will not sell, rent or pass on your address.", "sharing"),
        ("There are no advertisements in the app.", "advertising"),
        ("Wir geben Ihre Messwerte nicht an Versicherer weiter.", "sharing"),
        ("Nous ne conservons pas vos messages.", "storing"),
        ("No compartimos sus grabaciones.", "sharing"),
        ("当社はお客様の写真を利用しません。", "using"),
    ],
)
def test_a_sentence_promises(text: str, action: str) -> None:
    assert action in denied(text)


@pytest.mark.parametrize(
    "text",
    [
        "You may not share your password.",
        "Do not share your password with anyone.",
        "If we do not use your data, we delete it.",
        "We are not responsible for partners who use your data.",
        "You grant us a non-exclusive licence to use your pictures.",
        "The right, but not the obligation, to monitor your messages is ours.",
    ],
)
def test_a_sentence_promises_nothing(text: str) -> None:
    assert denied(text) == set()


def test_a_promise_that_is_stated_the_other_way_round_is_reversed() -> None:
    (change,) = promise_changes("We do not use your songs.", "We may use your songs.", nowhere)
    assert change.old is not None
    assert change.new is not None
    assert (change.old.negated, change.new.negated) == (True, False)


def test_a_promise_in_other_words_is_kept() -> None:
    assert list(promise_changes("We never share your songs.", "Your songs are not shared with anyone.", nowhere)) == []


def test_a_promise_made_elsewhere_is_not_withdrawn() -> None:
    assert list(promise_changes("We never share your songs.", "", lambda promise, _side: promise.denied)) == []


def test_an_equal_sentence_does_not_stand_for_another_promise() -> None:
    kept = "We never use your face."
    (change,) = promise_changes(f"{kept} We do not use your recordings to build products.", kept, nowhere)
    assert change.new is None


def test_consent_that_is_no_longer_asked_is_found() -> None:
    found = list(consents("We share logs only with your consent.", "We share logs."))
    assert [name for name, *_ in found] == ["consent-lost"]


def test_an_opt_out_in_the_place_of_consent_is_found() -> None:
    found = list(consents("We share logs only with your consent.", "We share logs unless you object."))
    assert [name for name, *_ in found] == ["consent-opt-out"]


def upheld_by(promise: str, *others: str) -> frozenset[str]:
    (statement,) = statements(promise)
    return upheld(statement, [s for other in others for s in statements(other)])


def test_a_promise_of_all_personal_data_covers_a_narrower_one() -> None:
    narrow = "We will never sell the readings of your thermostat to power companies, whatever they may pay for them."
    assert upheld_by(narrow, "We do not sell your personal data.") == {"selling"}
    assert upheld_by(narrow, "We do not sell the personal data of children.") == frozenset()


def test_what_is_left_of_a_promise_is_told() -> None:
    old = "We do not sell your data and never share them with insurers."
    (change,) = promise_changes(old, "", lambda _promise, _side: frozenset({"selling"}))
    assert change.old is not None
    assert change.old.value == "sharing"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We do not sell your recipes, lists and photos.", "We do not sell your lists and photos."),
        ("We do not sell your recipes, lists and photos.", "We do not sell your recipes and photos."),
        ("We do not sell your recipes, lists, and photos.", "We do not sell your recipes, and lists."),
        ("We never share your recipes or lists with supermarkets.", "We never share your recipes with supermarkets."),
        (
            "If you use Oven Home, Oven Team or Oven Guild, we do not use your recipes to train our models.",
            "If you use Oven Home or Oven Guild, we do not use your recipes to train our models.",
        ),
        ("Wir verkaufen nie Ihre Rezepte, Notizen und Fotos.", "Wir verkaufen nie Ihre Rezepte und Fotos."),
        (
            "Nous ne vendons pas vos recettes, listes et photos.",
            "Nous ne vendons pas vos recettes et photos.",
        ),
        ("No vendemos sus recetas, listas y fotos.", "No vendemos sus listas y fotos."),
    ],
)
def test_a_promise_that_leaves_out_an_entry_of_what_it_lists_is_found(old: str, new: str) -> None:
    assert list(shortened(old, new)) == [(old, new)]
    assert list(shortened(new, old)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We do not share your exact recipes or lists.", "We do not share your recipes or lists."),
        ("We do not, however, sell your recipes or lists.", "We do not sell your recipes or lists."),
        ("In addition, we do not sell your recipes or lists.", "We do not sell your recipes or lists."),
        (
            "We do not share your recipes except with bakers, grocers and cooks.",
            "We do not share your recipes except with bakers and cooks.",
        ),
        ("We may share your recipes, lists and photos.", "We may share your recipes and photos."),
        ("We do not sell your recipes, generally, or lists.", "We do not sell your recipes or lists."),
    ],
    ids=["widened", "a turn of speech", "an opening", "fewer exceptions", "no promise", "a back door shut"],
)
def test_what_else_a_promise_loses_is_no_entry(old: str, new: str) -> None:
    assert list(shortened(old, new)) == []
