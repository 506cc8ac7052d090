"""Which clause became which."""

from __future__ import annotations

from itertools import pairwise, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.comparison import pairing
from tracker.comparison.alignment import Match, align
from tracker.comparison.moves import stayed
from tracker.model import Clause

LINES = (
    "We keep invoices for as long as tax law asks for it.",
    "Photos that you attach to a claim are erased when the claim is settled.",
    "Couriers get the address that is printed on the parcel and nothing else.",
    "Engineers read crash reports to find out why a lamp stopped working.",
    "Visitors of the showroom are counted by a light barrier at the door.",
)


def clauses(*texts: str, trail: tuple[str, ...] = ("Data",)) -> list[Clause]:
    return [Clause(text, trail=trail) for text in texts]


def changed(old: list[Clause], new: list[Clause]) -> list[Match]:
    return [m for m in align(old, new).matches if m.moved or m.similarity < 1 or len(m.old) != 1 or len(m.new) != 1]


def test_an_edited_clause_is_found_under_its_heading() -> None:
    edited = LINES[1].replace("erased", "kept for a year")
    (match,) = changed(clauses(*LINES), clauses(LINES[0], edited, *LINES[2:]))
    assert (match.old, match.new, match.moved) == ((1,), (1,), False)


def test_an_edited_clause_is_found_in_another_place() -> None:
    edited = LINES[0].replace("tax law asks for it", "the tax office wants")
    (match,) = changed(clauses(*LINES), clauses(*LINES[1:], edited))
    assert (match.old, match.new, match.moved) == ((0,), (4,), True)


def test_brief_clauses_pair_only_nearby() -> None:
    old = [*clauses("Contact data"), *clauses(*LINES)]
    assert [m.old for m in changed(old, [*clauses("Contact details"), *clauses(*LINES)])] == [(0,)]
    assert len(changed(old, [*clauses(*LINES), *clauses("Contact details", trail=("Else",))])) == 2


def test_unrelated_clauses_do_not_pair() -> None:
    matches = changed(clauses(*LINES[:2]), clauses(LINES[0], LINES[4]))
    assert {(m.old, m.new) for m in matches} == {((1,), ()), ((), (1,))}


def test_lines_set_as_one_paragraph_are_one_match() -> None:
    lines = ("Lampwright Ltd", "Mill Lane 5", "Lower Town")
    (match,) = changed(clauses(*lines), clauses(" ".join(lines)))
    assert (match.old, match.new) == ((0, 1, 2), (0,))


def test_a_clause_that_grew_manifold_is_still_itself() -> None:
    grown = f"{LINES[0]} {LINES[1]} {LINES[2]} {LINES[3]}"
    (match,) = changed(clauses(LINES[0]), clauses(grown))
    assert (match.old, match.new) == ((0,), (0,))


def test_an_exceeded_budget_is_reported_and_close_pairs_are_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "CELLS", 3)
    edited = [line.replace(" the ", " any ") for line in LINES]
    alignment = align(clauses(*LINES), clauses(*edited))
    assert not alignment.complete
    assert all(m.old == m.new for m in alignment.matches)


def test_beyond_the_budget_clauses_pair_by_what_is_rare_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "CELLS", 3)
    old, new = (
        clauses(*(f"Lamp {n} costs {price} coins in our shop in town." for n in range(100, 200))) for price in (5, 6)
    )
    assert all((m.old[0] + 50) % 100 == m.new[0] for m in align(old, new[50:] + new[:50]).matches)


@given(st.permutations(range(8)))
def test_who_stays_is_the_longest_increasing_run(order: list[int]) -> None:
    kept = sorted(stayed([*enumerate(order)], repeat(1)))
    assert all(order[a] < order[b] for a, b in pairwise(kept))
    longest = [1] * 8
    for k in range(8):
        longest[k] += max((longest[m] for m in range(k) if order[m] < order[k]), default=0)
    assert len(kept) == max(longest)


def test_the_heavier_part_stays() -> None:
    assert stayed([(0, 1), (1, 0)], (1, 5)) == {1}
