"""Hand-made policies for the comparison's tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tracker.model import Clause, Policy, StatedDate

SECTIONS: dict[str, tuple[str, ...]] = {
    "Information we collect": (
        "When you make an account we ask for your name and e-mail address, and we keep them while the account is open.",
        "Our apps write down which buttons are pressed, so that engineers can find the screens on which people get lost.",
        "If you order a spare part, the courier receives the delivery address printed on the parcel.",
    ),
    "How long we keep it": (
        "Server logs are deleted after 12 months.",
        "Invoices stay in our books for ten years, because tax law asks for that.",
    ),
    "Sharing": (
        "We do not sell your personal information.",
        "Repair workshops see the serial number and the fault report of the device that you send in.",
    ),
    "Your rights": (
        "You have the right to access your data and to ask for a copy in a common format.",
        "You may lodge a complaint with the authority of the country where you live.",
        "Write to privacy@lampwright.example if you want to use these rights.",
    ),
}


def build(sections: Sequence[tuple[str, Sequence[str]]], dates: Sequence[StatedDate] = ()) -> Policy:
    clauses = []
    for heading, texts in sections:
        clauses.append(Clause(heading, "heading", depth=2))
        clauses += [Clause(text, trail=(heading,)) for text in texts]
    return Policy(tuple(clauses), language="en", dates=tuple(dates))


@pytest.fixture
def policy() -> Policy:
    return build(list(SECTIONS.items()))


@pytest.fixture
def sections() -> list[tuple[str, tuple[str, ...]]]:
    return list(SECTIONS.items())


@pytest.fixture
def make() -> Callable[..., Policy]:
    return build


@pytest.fixture
def one() -> Callable[[str], Policy]:
    """A policy of one clause under a heading."""
    return lambda text: Policy(
        (Clause("Privacy", "heading", depth=1), *([Clause(text, trail=("Privacy",))] if text else []))
    )
