"""Clauses that do nothing but say where to read on: they are told, and told as a matter of form."""

from collections.abc import Callable

import pytest

from tracker import compare
from tracker.comparison.pointing import points
from tracker.model import Clause, Policy


@pytest.mark.parametrize(
    "text",
    [
        "You can read a summary of our terms.",
        "Learn more about our lamps.",
        "View our certificate",
        "For more information, see the guide to our lamps.",
        "Vous pouvez lire un résumé de nos conditions.",
        "Hier finden Sie eine Zusammenfassung.",
        "Puede consultar un resumen aquí.",
    ],
)
def test_a_pointer_says_where_to_read_on(text: str) -> None:
    assert points(Clause(text))


@pytest.mark.parametrize(
    "text",
    [
        "Learn more about the lamp. We read the messages that you send.",
        "Visit our page to opt out of advertising.",
        "Read our addendum, which forms part of this agreement.",
        "Please read these terms carefully, as they limit our liability.",
        "For more information see how we never sell your data.",
        "Learn how to turn off precise location.",
        "Click on the three dots to report a lamp.",
        "More information on the data collected with your consent",
        "See what we keep:",
        "You must read our terms.",
        "For more information, we collect your fingerprints and your location from data brokers.",
        "More information: our staff read your messages",
        "Learn more about how we listen to conversations.",
        "You can view all your recordings and remove them here.",
        "See our page on how our staff watch your recordings.",
        "You can write to privacy@lampwright.example for more information.",
    ],
)
def test_what_tells_something_of_its_own_is_no_pointer(text: str) -> None:
    assert not points(Clause(text))


def test_a_pointer_that_comes_is_told_and_is_no_matter(one: Callable[[str], Policy]) -> None:
    change = compare(one(""), one("You can read a summary of our terms."))
    assert (change.kind, change.level, change.reasons[0].rule) == ("editorial", "low", "form.pointer")


def test_a_name_that_one_policy_lacks_is_no_page() -> None:
    text = "You can view our list of lamps, Fotolumen and Candelo, here."
    assert points(Clause(text))
    assert not points(Clause(text), lambda word: word != "candelo")
