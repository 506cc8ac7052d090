"""What became of a clause, in one word."""

from __future__ import annotations

import pytest

from tracker.comparison import compare
from tracker.model import Clause, Policy

KEPT = "Couriers get the address that is printed on the parcel and nothing else."
ORDER = "We note your name, your street and the lamp that you order from us."


def op(old: str, new: str) -> str:
    """The operation on the clauses that two texts hold besides the first; lines are clauses."""
    before, after = (Policy(tuple(map(Clause, (KEPT, *text.split("\n")))), language="en") for text in (old, new))
    (change,) = compare(before, after).clauses
    return change.op


MIRRORED = {"added": "removed", "merged": "split"}


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (f"{ORDER} Never any more.", "added"),
        (ORDER.replace("order from us", "order from us or that somebody else orders for you and has sent"), "added"),
        (ORDER.replace("your street", "your street, your town"), "modified"),
        (ORDER.replace("your street", "the kind town of yours").replace("order", "once order"), "modified"),
        (
            ORDER.replace("the lamp that you order from us", "whatever we can find in all the books of the town"),
            "modified",
        ),
    ],
    ids=["a sentence", "a long phrase", "a few words", "some words here and there", "words in place of others"],
)
def test_what_is_added_to_a_clause_is_a_statement(new: str, told: str) -> None:
    assert op(ORDER, new) == told
    assert op(new, ORDER) == MIRRORED.get(told, told)


def test_a_clause_replaced_by_a_longer_one_is_modified() -> None:
    asked = "Who else sees it:"
    longer = "Shops, workshops, and every courier whom we ask to carry a lamp to you or back to our house."
    assert op(f"{asked}\nNobody at all.", f"{asked}\n{longer}") == "modified"


def test_a_statement_that_came_when_paragraphs_were_joined_was_added() -> None:
    parts = "We note your name and your street.\nWe note the lamp that you order from us."
    joined = parts.replace("\n", " ")
    assert op(parts, f"{joined} Our partners abroad may read all of these notes as well.") == "added"
    assert op(parts, joined.replace("note the lamp", "write down the lamp")) == "merged"
