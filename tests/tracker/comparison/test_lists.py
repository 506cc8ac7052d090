"""Entries of a list, read with what leads into it."""

from collections.abc import Sequence

import pytest

from tracker.comparison import compare, facts
from tracker.model import Clause, Policy


def listing(lead: str, entries: Sequence[str], *, heading: str = "Privacy") -> Policy:
    items = (Clause(entry, "item", trail=(heading,)) for entry in entries)
    return Policy((Clause(heading, "heading", depth=1), Clause(lead, trail=(heading,)), *items), language="en")


@pytest.mark.parametrize(
    ("lead", "negated"),
    [
        ("We never collect:", True),
        ("At no time do we keep:", True),
        ("We collect:", False),
        ("We never collect anything, except:", False),
        ("We rely on interests that are not overridden by yours to collect:", False),
    ],
)
def test_what_leads_in_denies_what_the_entries_name(lead: str, negated: bool) -> None:
    told = {fact.value: fact.negated for _, fact in facts(listing(lead, ["your health data", "your phone number"]))}
    assert (told["health data"], told["phone number"]) == (negated, negated)


def test_what_the_reader_must_not_do_is_not_done_to_the_reader() -> None:
    old = listing("You must not:", ["copy the app."])
    new = listing("You must not:", ["copy the app.", "use the app to collect the health data of others."])
    assert compare(old, new).level in ("none", "low", "medium")


def test_a_sentence_that_is_set_as_a_list_is_the_same_sentence() -> None:
    text = "We do not sell, rent or trade your personal data."
    old = Policy((Clause("Privacy", "heading", depth=1), Clause(text, trail=("Privacy",))), language="en")
    entries = [f"{verb} your personal data" for verb in ("sell", "rent", "trade")]
    assert compare(old, listing("We do not:", entries)).level in ("none", "low")


def test_an_entry_that_comes_under_what_is_given_away_is_told() -> None:
    def policy(kept: Sequence[str], given: Sequence[str]) -> Policy:
        clauses = []
        for heading, entries in (("Data we keep to ourselves", kept), ("Data we share with advertisers", given)):
            clauses.append(Clause(heading, "heading", depth=1))
            clauses += [Clause(entry, "item", trail=(heading,)) for entry in entries]
        return Policy(tuple(clauses), language="en")

    change = compare(
        policy(["your name", "your photos"], ["the hour of your visit"]),
        policy(["your name"], ["the hour of your visit", "your photos"]),
    )
    assert [(each.op, each.level) for each in change.clauses if each.level != "none"] == [("moved", "medium")]


def test_the_answer_to_a_question_is_read_with_it() -> None:
    def asked(answer: str) -> Policy:
        return Policy(
            (Clause("Do you sell my personal data?", "heading", depth=2), Clause(answer, trail=("Do you sell it?",))),
            language="en",
        )

    change = compare(asked("No. We do not."), asked("Yes, to some partners."))
    assert (change.level, change.reasons[0].direction) == ("critical", "weaker")
