"""What a comparison promises, as properties and as minimal pairs named for what differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.comparison import compare, rebuild, wording_hash
from tracker.comparison.words import rebuilt
from tracker.model import Change, Clause, Link, Policy, StatedDate

One = Callable[[str], Policy]
QUIET = ("none", "cosmetic")

WORDS = st.sampled_from(
    "we you may not sell share keep data logs cookies partners 12 24 months rights the of and with your consent "
    "delete account privacy@firm.example 我们 sécurité Acme".split()
)
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(lambda parts: " ".join(parts).capitalize() + ".")
CLAUSES = st.builds(
    Clause,
    text=TEXTS,
    kind=st.sampled_from(["paragraph", "item", "row", "heading"]),
    trail=st.sampled_from([(), ("Data",), ("Data", "Logs")]),
    depth=st.just(1),
)
POLICIES = st.lists(CLAUSES, max_size=9).map(lambda clauses: Policy(tuple(clauses), language="en"))
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def positions(change: Change) -> tuple[list[int], list[int]]:
    old = [i for i, _ in change.kept] + [i for c in change.clauses for i in c.old_at]
    new = [j for _, j in change.kept] + [j for c in change.clauses for j in c.new_at]
    return sorted(old), sorted(new)


@quick
@given(POLICIES, POLICIES)
def test_every_clause_of_both_sides_is_accounted_for_once(old: Policy, new: Policy) -> None:
    assert positions(compare(old, new)) == (list(range(len(old.clauses))), list(range(len(new.clauses))))


@quick
@given(POLICIES, POLICIES)
def test_the_new_text_can_be_rebuilt_from_the_old_and_the_change(old: Policy, new: Policy) -> None:
    change = compare(old, new)
    assert rebuild(change, old) == tuple(clause.text for clause in new.clauses)


@quick
@given(POLICIES, POLICIES)
def test_redlines_hold_both_texts(old: Policy, new: Policy) -> None:
    for change in compare(old, new).clauses:
        if change.words:
            texts = tuple("\n".join(clause.text for clause in side) for side in (change.old, change.new))
            assert rebuilt(change.words) == texts


@quick
@given(POLICIES)
def test_a_policy_does_not_differ_from_itself(policy: Policy) -> None:
    change = compare(policy, policy)
    assert (change.kind, change.level, change.clauses) == ("none", "none", ())


@quick
@given(POLICIES, POLICIES)
def test_comparing_is_deterministic(old: Policy, new: Policy) -> None:
    assert compare(old, new) == compare(old, new)


@quick
@given(POLICIES, POLICIES)
def test_swapping_the_sides_swaps_what_came_and_went(old: Policy, new: Policy) -> None:
    there, back = compare(old, new), compare(new, old)
    assert there.kind in QUIET or back.kind not in QUIET
    assert sum(len(c.new) - len(c.old) for c in there.clauses) == -sum(len(c.new) - len(c.old) for c in back.clauses)


def cased(clause: Clause) -> Clause:
    return replace(clause, text=clause.text if "@" in clause.text else clause.text.upper())


def quoted(clause: Clause) -> Clause:
    return replace(clause, text=f"“{clause.text}”")


def spaced(clause: Clause) -> Clause:
    return replace(clause, text=clause.text.replace(" ", "  "))


def numbered(clause: Clause) -> Clause:
    return replace(clause, text=f"4.2 {clause.text}", label="4.2")


def linked(clause: Clause) -> Clause:
    return replace(clause, links=(Link(clause.text[:5], "https://firm.example/x"),))


@pytest.mark.parametrize("form", [cased, quoted, spaced, numbered, linked], ids=lambda form: form.__name__)
def test_a_new_form_is_no_new_wording(policy: Policy, form: Callable[[Clause], Clause]) -> None:
    reformed = replace(policy, clauses=tuple(form(clause) for clause in policy.clauses))
    assert compare(policy, reformed).kind in QUIET
    assert compare(reformed, policy).kind in QUIET


@quick
@given(POLICIES, st.sampled_from([cased, quoted, spaced, numbered, linked]))
def test_a_new_form_of_any_policy_is_no_new_wording(policy: Policy, form: Callable[[Clause], Clause]) -> None:
    reformed = replace(policy, clauses=tuple(form(clause) for clause in policy.clauses))
    assert compare(policy, reformed).kind in QUIET


def test_an_inserted_paragraph_is_exactly_one_clause_change(policy: Policy) -> None:
    added = Clause("From next spring, we film visitors of our showroom.", trail=("Sharing",))
    for at in range(len(policy.clauses) + 1):
        grown = replace(policy, clauses=(*policy.clauses[:at], added, *policy.clauses[at:]))
        (change,) = compare(policy, grown).clauses
        assert (change.op, change.new_at, change.kind) == ("added", (at,), "substantive")


def test_an_inserted_sentence_is_exactly_one_clause_change(policy: Policy) -> None:
    for at, clause in enumerate(policy.clauses):
        if clause.kind == "heading":
            continue
        longer = replace(clause, text=f"{clause.text} From next spring, we film all visitors of our showroom.")
        grown = replace(policy, clauses=(*policy.clauses[:at], longer, *policy.clauses[at + 1 :]))
        (change,) = compare(policy, grown).clauses
        assert (change.op, change.old_at, change.new_at) == ("added", (at,), (at,))
        assert change.words


@pytest.mark.parametrize(
    ("with_negation", "without"),
    [
        ("We do not record sound.", "We record sound."),
        ("Repair shops never see your photos.", "Repair shops see your photos."),
        ("Nous n'enregistrons pas le son.", "Nous enregistrons le son."),
        ("Wir zeichnen keinen Ton auf.", "Wir zeichnen Ton auf."),
        ("No grabamos el sonido.", "Grabamos el sonido."),
        ("我们不会录音。", "我们会录音。"),
    ],
)
def test_a_negation_that_comes_or_goes_is_substantive(one: One, with_negation: str, without: str) -> None:
    assert compare(one(with_negation), one(without)).kind == "substantive"
    assert compare(one(without), one(with_negation)).kind == "substantive"


def test_swapped_sections_give_moves_only(
    make: Callable[..., Policy], sections: list[tuple[str, tuple[str, ...]]]
) -> None:
    swapped = [sections[1], sections[0], *sections[2:]]
    change = compare(make(sections), make(swapped))
    assert {clause.op for clause in change.clauses} == {"moved"}
    assert change.kind == "cosmetic"
    assert next(clause.text for c in change.clauses for clause in c.old) in (
        "How long we keep it",
        "Information we collect",
    )


def test_a_renamed_section_does_not_make_its_clauses_new(
    make: Callable[..., Policy], sections: list[tuple[str, tuple[str, ...]]]
) -> None:
    renamed = [
        ("What happens to old records", texts) if name == "How long we keep it" else (name, texts)
        for name, texts in sections
    ]
    (change,) = compare(make(sections), make(renamed)).clauses
    assert (change.op, change.old[0].kind) == ("modified", "heading")


def test_a_paragraph_cut_in_two_is_a_split(one: One) -> None:
    whole = "We keep the invoices of your orders for ten years. Photos that you attach to a claim are erased when it is settled."
    first, second = whole.split(". ", 1)
    cut = Policy((one("").clauses[0], Clause(f"{first}.", trail=("Privacy",)), Clause(second, trail=("Privacy",))))
    (change,) = compare(one(whole), cut).clauses
    assert (change.op, change.kind) == ("split", "cosmetic")
    (change,) = compare(cut, one(whole)).clauses
    assert (change.op, change.kind) == ("merged", "cosmetic")


def test_repeated_clauses_pair_in_order(one: One) -> None:
    twice = Policy(
        (Clause("Back to the list of our products."),) * 2 + (Clause("We keep the invoices of your orders."),)
    )
    thrice = replace(twice, clauses=(twice.clauses[0], *twice.clauses))
    assert len(compare(twice, thrice).clauses) == 1


PAIRS = {
    "retention lengthened": ("Logs are kept for 12 months.", "Logs are kept for 24 months.", "substantive", "high"),
    "retention in other units": ("Logs are kept for 12 months.", "Logs are kept for 1 year.", "editorial", "low"),
    "promise not to sell reversed": ("We do not sell your data.", "We may sell your data.", "substantive", "critical"),
    "mail address": ("Write to a@firm.example.", "Write to b@firm.example.", "substantive", "medium"),
    "mail address hidden": ("Write to a@firm.example.", "Write to [email protected].", "none", "none"),
    "mail address spelled out": (
        "For questions write a letter to a@firm.example.",
        "For questions write a letter to a [at] firm [dot] example.",
        "none",
        "none",
    ),
    "price": ("The plan costs $10 each month.", "The plan costs $12 each month.", "substantive", "medium"),
    "currency": ("The plan costs $10.", "The plan costs €10.", "substantive", "medium"),
    "may becomes will": ("We may answer your letters.", "We will answer your letters.", "substantive", "medium"),
    "only dropped": (
        "We film only in shops that you visit.",
        "We film in shops that you visit.",
        "substantive",
        "medium",
    ),
    "case": ("Your Rights as a Customer", "YOUR RIGHTS AS A CUSTOMER", "cosmetic", "none"),
    "quotation marks": ('the "Service" is ours', "the “Service” is ours", "cosmetic", "none"),
    "hyphen": ("Our homepage is open.", "Our home-page is open.", "cosmetic", "none"),
    "blank": ("Our shop , too, is open.", "Our shop, too, is open.", "none", "none"),
    "word in two": ("Our website is open.", "Our web site is open.", "cosmetic", "none"),
    "spelling": ("We organise your photos.", "We organize your photos.", "cosmetic", "none"),
    "spelling of the beginning": ("Your enquiry is imbedded.", "Your inquiry is embedded.", "cosmetic", "none"),
    "apostrophe": ("Read how its used.", "Read how it's used.", "cosmetic", "none"),
    "another beginning": ("We ensure your lamp.", "We insure your lamp.", "editorial", "low"),
    "accents": (
        "Nous gardons les donnees pour la duree du contrat.",
        "Nous gardons les données pour la durée du contrat.",
        "cosmetic",
        "none",
    ),
    "dots are no accents": ("Der Laden wurde gefilmt.", "Der Laden würde gefilmt.", "editorial", "low"),
    "letter doubled": ("The matter is setled by a judge.", "The matter is settled by a judge.", "cosmetic", "none"),
    "accent at the end": (
        "Filmamos hasta que usted cancele la lámpara.",
        "Filmamos hasta que usted cancelé la lámpara.",
        "editorial",
        "low",
    ),
    "letter of an address": ("Write to a@lammps.example.", "Write to a@lamps.example.", "substantive", "medium"),
    "fee beside what is free": (
        "The first copy is free of charge.",
        "The first copy is free of charge; a fee applies to further copies.",
        "substantive",
        "medium",
    ),
    "choice gone beside what cannot be refused": (
        "You can opt out of analytics at any time. Necessary cookies cannot be switched off.",
        "Necessary cookies cannot be switched off.",
        "substantive",
        "high",
    ),
    "condition that everybody meets": (
        "You can write to our officer.",
        "If you wish, you can write to our officer.",
        "editorial",
        "low",
    ),
    "vowel doubled": ("We meet the owners of lamps.", "We met the owners of lamps.", "editorial", "low"),
    "spelling of the end": ("We fulfil your wish.", "We fulfill your wish.", "cosmetic", "none"),
    "reference renumbered": (
        "As said in section 4.2, we help you.",
        "As said in section 5.1, we help you.",
        "cosmetic",
        "none",
    ),
    "synonym": ("We often help you.", "We frequently help you.", "editorial", "low"),
    "deletion in other words": (
        "Après la suppression de la carte, cela peut prendre 90 jours.",
        "Une fois la carte supprimée, cela peut prendre 90 jours.",
        "editorial",
        "low",
    ),
    "Chinese promise": ("我们不会出售您的个人信息。", "我们可能会出售您的个人信息。", "substantive", "critical"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_minimal_pair(one: One, name: str) -> None:
    old, new, kind, level = PAIRS[name]
    change = compare(one(old), one(new))
    assert (change.kind, change.level) == (kind, level)


def test_a_typing_error_put_right_is_cosmetic() -> None:
    rest = Clause("Each delivery is insured, and every delivery is tracked.")
    old = Policy((Clause("We plan the delivrey of your lamp."), rest))
    new = Policy((Clause("We plan the delivery of your lamp."), rest))
    assert compare(old, new).kind == "cosmetic"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We tell our partner what you order.", "We tell our partners what you order."),
        ("We send it with Brenta on Mondays.", "We send it with Brinta on Mondays."),
        ("We now tell you what we keep.", "We not tell you what we keep."),
        ("It costs 1200 coins.", "It costs 1300 coins."),
    ],
    ids=["another form of a word", "a name", "a negation", "a number"],
)
def test_words_that_mean_something_else_are_no_typing_error(old: str, new: str) -> None:
    rest = Clause("With partners such as Brinta you would not pay 1300 coins, we are told.")
    assert compare(Policy((Clause(old), rest)), Policy((Clause(new), rest))).kind not in QUIET


def test_a_term_renamed_throughout_is_one_reason_and_low() -> None:
    lines = ("The {} stores photos.", "You can close the {} whenever you like.", "Visitors of the {} see a banner.")
    old, new = (Policy(tuple(Clause(line.format(name)) for line in lines)) for name in ("portal", "dashboard"))
    change = compare(old, new)
    assert (change.kind, change.level) == ("editorial", "low")
    assert [reason.rule for reason in change.reasons] == ["term.renamed"]


def test_a_name_whose_first_word_changes_throughout_is_renamed_whole() -> None:
    lines = (
        "Open your {} Settings to see which cookies we set.",
        "Cookie settings of browsers differ from {} Settings.",
    )
    old, new = (Policy(tuple(Clause(line.format(name)) for line in lines)) for name in ("Cookie", "Privacy"))
    assert [reason.rule for reason in compare(old, new).reasons] == ["term.renamed"]


@pytest.mark.parametrize(
    ("lines", "old", "new", "rule"),
    [
        (("Your readings are kept in {}.", "Our servers stand in {}."), "Iceland", "China", "country.added"),
        (("{} Ltd runs this site.", "Write to {} Ltd."), "Wetterwarte Nord", "Barometer Sued", "entity.replaced"),
        (("We ask for your {}.", "Your {} is kept for a year."), "phone number", "fingerprint", "data.sensitive-added"),
        (("Your data serve {}.", "What is used for {} is kept."), "research", "advertising", "purpose.exposing-added"),
        (
            ("We share your data with partners such as {}.", "{} keeps your data."),
            "Quantimetrix",
            "Datavore",
            "recipient.replaced",
        ),
    ],
    ids=["another country", "another company", "other data", "another purpose", "another partner"],
)
def test_what_is_something_else_throughout_is_no_other_name(
    lines: tuple[str, str], old: str, new: str, rule: str
) -> None:
    rest = Clause("We protect your personal data with care.")
    sides = [Policy((*(Clause(line.format(term)) for line in lines), rest)) for term in (old, new)]
    change = compare(*sides)
    assert change.kind == "substantive"
    assert rule in {reason.rule for reason in change.reasons}


def test_terms_too_tell_of_sensitive_data_where_the_sentence_before_says_whose_they_are() -> None:
    rules = [
        Clause(f"Game {name} ends when one player holds all tiles of the colour.") for name in ("Ara", "Bor", "Cel")
    ]
    check = "We may look at your face before a game. The pictures are scanned for biometric data."
    lore = "A tournament was once held at sea. Pictures of it are scanned for biometric data, as legend goes."
    added, told = (
        {reason.rule for reason in compare(Policy(tuple(rules)), Policy((*rules, Clause(text)))).reasons}
        for text in (check, lore)
    )
    assert "data.sensitive-added" in added
    assert "data.sensitive-added" not in told


def test_a_sentence_that_moves_to_another_clause_is_not_removed() -> None:
    first, second = (
        "Our shops open at nine on every day of the week.",
        "Our vans are painted red and drive slowly through town.",
    )
    moved = " Members of the lamp club may bring along a friend of theirs."
    old = Policy((Clause(first + moved), Clause(second)))
    new = Policy((Clause(first), Clause(second + moved)))
    assert compare(old, new).level == "low"
    assert compare(old, Policy((Clause(first), Clause(second)))).level == "medium"


def test_a_reference_that_changes_alone_is_editorial(one: One) -> None:
    rules = [Clause(f"{n}. Rule {'abc'[n]}", label=f"{n}.") for n in range(3)]
    old, new = (Policy((*rules, Clause(f"As said in section {n}, we help you."))) for n in (1, 2))
    assert (compare(old, new).kind, compare(old, new).level) == ("editorial", "low")


def test_a_share_bar_caught_in_the_text_is_cosmetic(policy: Policy) -> None:
    bar = Clause(
        "{removed href} Facebook {removed href} Twitter {removed href} Pinterest {removed href} Email {removed href} Share."
    )
    assert compare(policy, replace(policy, clauses=(*policy.clauses, bar))).kind == "cosmetic"


def test_a_clause_said_again_is_cosmetic(policy: Policy) -> None:
    change = compare(policy, replace(policy, clauses=(*policy.clauses, policy.clauses[1])))
    assert (change.kind, change.clauses[0].reasons[0].rule) == ("cosmetic", "form.repeated")


def dated(policy: Policy, day: str, words: str) -> Policy:
    line = Clause(f"Last updated: {words}")
    return replace(policy, clauses=(line, *policy.clauses), dates=(StatedDate("updated", day, line.text, 0),))


def test_a_new_date_alone_is_cosmetic_and_date_only(policy: Policy) -> None:
    change = compare(dated(policy, "2024-01-05", "5 January 2024"), dated(policy, "2024-03-09", "9 March 2024"))
    assert (change.kind, change.date_only, change.silent) == ("cosmetic", True, False)
    assert [(c.op, c.kind) for c in change.clauses] == [("date", "cosmetic")]
    assert [(d.role, d.notes) for d in change.dates] == [("updated", ("forwards",))]


def test_a_date_moved_backwards_is_noted(policy: Policy) -> None:
    change = compare(dated(policy, "2024-03-09", "9 March 2024"), dated(policy, "2024-01-05", "5 January 2024"))
    assert change.dates[0].notes == ("backwards",)


def test_new_wording_under_an_old_date_is_silent(policy: Policy) -> None:
    old = dated(policy, "2024-01-05", "5 January 2024")
    new = replace(old, clauses=(*old.clauses, Clause("From next spring, we film visitors of our showroom.")))
    change = compare(old, new)
    assert change.silent is True
    assert change.summary.endswith("stated date unchanged")


def test_silence_is_unknown_where_no_date_is_stated(policy: Policy) -> None:
    assert compare(policy, replace(policy, clauses=policy.clauses[1:])).silent is None


def test_the_id_follows_from_the_two_texts(policy: Policy) -> None:
    other = replace(policy, clauses=policy.clauses[:-1])
    assert compare(policy, other).id == compare(policy, other).id
    assert len({compare(a, b).id for a in (policy, other) for b in (policy, other)}) == 4


def test_the_summary_names_what_matters_first(one: One) -> None:
    change = compare(
        one("Logs are kept for 12 months."), one("Logs are kept for 24 months. We use your photos to train our models.")
    )
    assert change.summary.startswith("adds AI training; retention 12 months → 24 months")


def test_the_wording_hash_ignores_form_and_numbering(policy: Policy) -> None:
    reformed = replace(policy, clauses=tuple(numbered(cased(clause)) for clause in policy.clauses))
    assert wording_hash(reformed) == wording_hash(policy)
    assert wording_hash(replace(policy, clauses=policy.clauses[:-1])) != wording_hash(policy)


def faq(question: str, answer: str) -> Policy:
    """A policy of questions, of which the second one is given."""
    return Policy(
        (
            Clause("Privacy policy", "heading"),
            Clause("Where is my data?", "heading", trail=("Privacy policy",), depth=2),
            Clause("In Oslo.", trail=("Privacy policy", "Where is my data?")),
            *((Clause(question, "heading", trail=("Privacy policy",), depth=2),) if question else ()),
            *((Clause(answer, trail=("Privacy policy", question)),) if answer else ()),
            Clause("How do I write to you?", "heading", trail=("Privacy policy",), depth=2),
            Clause("To 1 Lamp Street.", trail=("Privacy policy", "How do I write to you?")),
        ),
        language="en",
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Do you sell my data?", "Yes."),
        ("Do you sell my data?", "Sometimes, to partners we choose."),
        ("Do you keep my data safe?", "No."),
        ("Do you sell my data?", ""),
        ("", ""),
    ],
)
def test_an_answer_and_its_question_say_together_what_is_done(question: str, answer: str) -> None:
    assert compare(faq("Do you sell my data?", "No."), faq(question, answer)).kind == "substantive"


def test_a_question_put_otherwise_is_editorial() -> None:
    answer = "We keep what you order, and nothing else."
    change = compare(faq("What do you keep of my data?", answer), faq("Which data of mine do you keep?", answer))
    assert change.level == "low"


def lists(given: str, kept: str, *, lead: str = "heading") -> Policy:
    """What is collected and what is not, as words set apart by blanks, in the order in which they stand."""
    leads = (
        ("What we collect", "What we do not collect") if lead == "heading" else ("We collect:", "We do not collect:")
    )
    clauses = []
    for text, entries in zip(leads, (given, kept), strict=True):
        trail = (text,) if lead == "heading" else ()
        clauses.append(Clause(text, "heading" if lead == "heading" else "paragraph"))
        clauses += [Clause(f"your {entry}", "item", trail=trail, depth=1) for entry in entries.split()]
    return Policy(tuple(clauses), language="en")


@pytest.mark.parametrize("lead", ["heading", "paragraph"])
@pytest.mark.parametrize(
    ("old", "new"),
    [(("name", "photos contacts"), ("name photos", "contacts")), (("name", "photos"), ("name photos", ""))],
)
def test_an_entry_that_leaves_the_list_of_what_is_denied_is_substantive(
    lead: str, old: tuple[str, str], new: tuple[str, str]
) -> None:
    assert compare(lists(*old, lead=lead), lists(*new, lead=lead)).kind == "substantive"


def test_entries_that_change_their_order_are_cosmetic() -> None:
    assert compare(lists("name age", "photos contacts"), lists("age name", "contacts photos")).kind == "cosmetic"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Storage", "We share your location with advertisers"),
        ("Adults only", "Adults and children"),
        ("Your photos are shared only with your consent", "How your photos are shared"),
    ],
)
def test_a_heading_that_says_what_is_done_is_wording(old: str, new: str) -> None:
    said = Clause("Write to us for more.")
    one, other = (Policy((Clause(text, "heading"), said), language="en") for text in (old, new))
    front = Clause("Privacy policy", "heading"), Clause("We make lamps."), Clause("Lamps", "heading")
    one, other = (replace(policy, clauses=(*front, *policy.clauses)) for policy in (one, other))
    assert compare(one, other).kind == "substantive"


def test_a_heading_that_only_announces_is_editorial() -> None:
    front = Clause("Privacy policy", "heading"), Clause("We make lamps."), Clause("Lamps", "heading")
    said = Clause("Lamp makers get your address.")
    policies = [
        Policy((*front, Clause(text, "heading"), said), language="en")
        for text in ("Recipients", "How we share your data")
    ]
    assert compare(*policies).level in ("none", "low")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "We use data only for delivery. We use numbers for calls.",
            "We use data for delivery. We use numbers only for calls.",
        ),
        (
            "We share names only with couriers and store them in Oslo.",
            "We share names with couriers and store them only in Oslo.",
        ),
    ],
)
def test_a_word_that_goes_here_and_comes_there_is_no_typing_error(one: One, old: str, new: str) -> None:
    assert compare(one(old), one(new)).level != "none"
