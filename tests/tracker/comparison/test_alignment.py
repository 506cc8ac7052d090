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


def test_a_clause_that_lost_its_blanks_is_still_itself() -> None:
    (match,) = changed(clauses(*LINES), clauses(LINES[0].replace(" ", ""), *LINES[1:]))
    assert (match.old, match.new) == ((0,), (0,))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("To repair the lamps and to deliver them.", "Delivery of lamps, and their repair, where needed."),
        ("Um Leuchten zu reparieren und auszuliefern", "Auslieferung und Reparatur von Leuchten"),
        ("Pour réparer les lampes et les livrer à domicile", "Livraison des lampes à votre domicile, réparation"),
        ("Reparamos las lámparas y las entregamos gratis", "Entrega y reparación gratis de su lámpara"),
    ],
)
def test_a_clause_is_found_though_its_sentence_is_built_otherwise(before: str, after: str) -> None:
    gone = "Nobody at the depot was ever shown a film."
    matches = changed(clauses(*LINES[:2], gone, before, *LINES[2:]), clauses(*LINES[:2], after, *LINES[2:]))
    assert ((3,), (2,)) in [(m.old, m.new) for m in matches]


def test_what_pairs_beside_clauses_that_changed_places_does_so_from_either_side() -> None:
    old = clauses(LINES[0], "Um Leuchten zu reparieren und auszuliefern", LINES[1])
    new = clauses(LINES[1], LINES[0], "Auslieferung und Reparatur von Leuchten")
    there, back = ({(m.old, m.new) for m in align(*pair).matches} for pair in ((old, new), (new, old)))
    assert there == {(before, after) for after, before in back}


def test_what_leads_up_to_the_same_is_said_anew() -> None:
    old, new = ("Who must see the invoices:", "Nobody."), ("Who must see the invoices:", "An accountant in Norway.")
    (match,) = changed(clauses(*old, *LINES), clauses(*new, *LINES))
    assert (match.old, match.new) == ((1,), (1,))


def test_what_begins_alike_in_the_same_place_is_said_anew() -> None:
    old = "Limits of liability. What a lamp costs is the most that we ever pay, even if we knew how much could break."
    new = "Limits of liability. Injuries, deaths and fraud are for courts; nothing here cuts claims under such laws short."
    (match,) = changed(clauses(LINES[0], old, LINES[1]), clauses(LINES[0], new, LINES[1]))
    assert (match.old, match.new) == ((1,), (1,))


def test_several_clauses_said_anew_pair_in_order() -> None:
    old = ("Buyers must be adults to order lamps and must say so.", "You must accept these rules.")
    new = ("Nobody may order lamps here who is not of age by law.", "Whoever breaks these rules must leave.")
    matches = changed(clauses(LINES[0], *old, LINES[1]), clauses(LINES[0], *new, LINES[1]))
    assert [(m.old, m.new) for m in matches] == [((1,), (1,)), ((2,), (2,))]


def test_a_list_that_became_a_paragraph_is_one_match_though_an_entry_was_extended() -> None:
    old = (LINES[0], "Some facts come from public sources, such as open registers of the state.")
    new = f"{LINES[0]} Some facts come from public sources, such as registers, trade fairs and the archives of newspapers."
    (match,) = changed(clauses(*old, *LINES[1:]), clauses(new, *LINES[1:]))
    assert (match.old, match.new) == ((0, 1), (0,))


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
