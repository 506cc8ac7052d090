"""Menus and surveys of the site, which the clauses around them tell."""

import pytest

from tracker import compare
from tracker.comparison.furniture import furniture
from tracker.model import Clause, Link, Policy

HOME = "https://lampwright.example"
POLICY = (
    Clause("Privacy at Lampwright", "heading", depth=1),
    Clause(
        "We keep the serial numbers of lamps for two years, so that a broken one can be replaced without a receipt."
    ),
)


def link(text: str, url: str = HOME) -> Clause:
    return Clause(text, "item", links=(Link(text, url),))


MENU = tuple(
    map(link, ("Home", "Table lamps", "Floor lamps", "Street lights", "Careers", "News", "Switzerland", "Sign in"))
)
SURVEY = (
    Clause("We'd like to ask you a few questions."),
    Clause("Question 1 of 2"),
    Clause("How likely are you to recommend us?"),
    Clause("I come for the lamps and like the light"),
    Clause("Next question"),
)


def quiet(*clauses: Clause, where: int = 0) -> str:
    """The level of the change when these clauses come into a policy."""
    old, new = POLICY, (*POLICY[:where], *clauses, *POLICY[where:])
    return compare(Policy(old, language="en"), Policy(new, language="en")).level


@pytest.mark.parametrize("where", [0, 1, 2])
@pytest.mark.parametrize("clauses", [MENU, SURVEY], ids=["menu", "survey"])
def test_furniture_that_comes_is_quiet(clauses: tuple[Clause, ...], where: int) -> None:
    assert quiet(*clauses, where=where) == "none"


def test_one_entry_more_in_a_menu_is_quiet() -> None:
    old, new = (
        Policy((*clauses, *POLICY), language="en") for clauses in (MENU, (*MENU[:4], link("Solar lamps"), *MENU[4:]))
    )
    change = compare(old, new)
    assert (change.level, change.reasons[0].rule) == ("none", "form.noise.menu")


def test_a_menu_whose_entries_ran_together_may_gain_one() -> None:
    menu = "LAMPS Table Lamps {}Bulbs SUPPORT Documentation Forums Training Contact COMPANY About Us News Careers Investors"
    old, new = (Policy((*POLICY, Clause(menu.format(more))), language="en") for more in ("", "Solar Lamps "))
    assert compare(old, new).level == "none"


def test_links_to_partners_are_no_menu() -> None:
    partners = [
        link(name, f"https://{name.lower()}.example/privacy")
        for name in ("Fotolumen", "Candelo", "Wattley", "Glimm", "Ampera", "Voltis")
    ]
    assert furniture((*POLICY, *partners)) == {}
    assert quiet(*partners, where=2) != "none"


def test_a_list_of_products_is_no_menu() -> None:
    assert furniture(tuple(map(link, ("Glow One", "Glow Two", "Glow Three", "Beam", "Ray", "Spark", "Torch")))) == {}


@pytest.mark.parametrize("text", ["Do not sell my personal information", "Delete my account"])
def test_a_right_among_the_entries_of_a_menu_is_told(text: str) -> None:
    entries = (*MENU, link(text), *MENU)
    assert len(MENU) not in furniture(entries)


def test_what_a_policy_says_between_two_menus_is_told() -> None:
    promise = Clause("We never sell your data.")
    assert len(MENU) not in furniture((*MENU, promise, *MENU))


def test_a_practice_among_the_questions_of_a_survey_is_told() -> None:
    assert 2 not in furniture((*SURVEY[:2], Clause("We share your answers with advertisers."), *SURVEY[2:]))


def test_questions_that_a_policy_answers_are_no_survey() -> None:
    asked = (Clause("How easy is it to close my account?", "heading", depth=2), Clause("Two taps are enough."))
    assert furniture(asked) == {}
