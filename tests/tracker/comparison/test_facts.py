"""Facts read out of clauses, with their negation and modality."""

import pytest

from tracker.comparison import facts
from tracker.comparison.facts import differences, said, sentences
from tracker.model import Clause, Fact, Policy


def kinds(text: str) -> set[tuple[str, str, bool]]:
    return {(fact.kind, fact.value, fact.negated) for fact in said(text)}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("We collect your fingerprints as biometric templates.", ("data", "biometric data", False)),
        ("We do not sell your personal data.", ("sale", "selling data", True)),
        ("Your personal data are never sold to anyone.", ("sale", "selling data", True)),
        ("We share data, including but not limited to your IP address.", ("data", "ip address", False)),
        ("Logs are deleted after two years.", ("retention", "730 days", False)),
        ("Logs are kept as long as necessary.", ("retention", "as long as necessary", False)),
        ("You must be at least 16 years of age.", ("age", "16", False)),
        ("Write to dpo@firm.example.", ("mail", "dpo@firm.example", False)),
        ("Nous ne vendons pas vos données.", ("sale", "selling data", True)),
        ("Les journaux sont conservés pendant 6 mois.", ("retention", "183 days", False)),
        ("L'adresse IP est enregistrée.", ("data", "ip address", False)),
        ("Ihre Daten werden niemals verkauft.", ("sale", "selling data", True)),
        ("Wir speichern die IP-Adresse für 30 Tage.", ("retention", "30 days", False)),
        ("No vendemos sus datos personales.", ("sale", "selling data", True)),
        ("Tiene derecho de acceso a sus datos.", ("right", "access", False)),
        ("我们不会出售您的个人信息。", ("sale", "selling data", True)),
    ],
)
def test_a_clause_states(text: str, fact: tuple[str, str, bool]) -> None:
    assert fact in kinds(text)


def test_a_negation_does_not_reach_over_but() -> None:
    assert ("data", "health data", False) in kinds("We do not keep your voice, but we record health data.")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("We may use cookies.", "may"),
        ("We will use cookies.", "will"),
        ("We use cookies.", "does"),
        ("With your consent we use cookies.", "only with consent"),
    ],
)
def test_modality_belongs_to_the_fact(text: str, modality: str) -> None:
    assert [fact.modality for fact in said(text) if fact.value == "cookies"] == [modality]


def test_facts_of_a_policy_know_their_clause() -> None:
    policy = Policy((Clause("Hello."), Clause("We use cookies.")))
    assert {at for at, fact in facts(policy) if fact.value == "cookies"} == {1}


def test_what_both_sides_say_is_no_difference() -> None:
    assert differences(said("We use cookies and pixels."), said("Pixels and cookies are things we use.")) == ()


def test_a_negated_fact_is_altered_not_gained() -> None:
    (change,) = differences([Fact("data", "x", negated=True)], [Fact("data", "x")])
    assert (change.old, change.new) == (Fact("data", "x", negated=True), Fact("data", "x"))


def test_one_period_gives_way_to_another() -> None:
    (change,) = differences([Fact("retention", "30 days")], [Fact("retention", "60 days")])
    assert change.old is not None
    assert change.new is not None


@pytest.mark.parametrize(
    ("text", "phone"),
    [("Call 01 23 45 67 89.", True), ("Fax: (555) 555 5555", True), ("RCS Paris 434 317 293 000 18", False)],
)
def test_a_row_of_digits_is_a_telephone_number_where_the_sentence_says_so(text: str, phone: bool) -> None:
    assert ("phone" in {fact.kind for fact in said(text)}) is phone


def test_a_company_begins_with_its_own_name() -> None:
    assert ("entity", "Acme Malta Ltd", False) in kinds(
        "Under the Data Protection Act Acme Malta Ltd. is the controller."
    )


def test_without_reaches_no_further_than_what_follows() -> None:
    assert ("data", "ip address", False) in kinds("Without registering or logging in, your IP address is stored.")


def test_only_is_no_negation_and_not_is_one() -> None:
    assert not [f for f in said("Vos données ne sont transmises à des tiers que dans ce cas.") if f.negated]
    assert [f for f in said("Nous ne vendons pas vos données, que ce soit ici ou là.") if f.negated]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Laws of the U.S. state apply. We obey.", 2),
        ("See the U.S. State Notice, e.g. Annex A.", 1),
        ("We obey. You too! All of us? Yes.", 4),
        ("We keep logs; you may ask for them.", 2),
    ],
)
def test_abbreviations_end_no_sentence(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_number_is_the_same_number_for_callers_from_abroad() -> None:
    home, abroad = said("Tel.: 030/555 01 23"), said("Telephone: +49 (0)30 5550123")
    assert differences(home, abroad) == ()


def test_a_company_name_tells_nothing_else() -> None:
    assert {fact.kind for fact in said("We are Moorhen Research Ireland Ltd.")} == {"entity"}


@pytest.mark.parametrize(
    "text",
    [
        "You may not use the assistant, or what it says, to train or improve any artificial intelligence model.",
        "Users are prohibited from using the service to sell personal data of others.",
        "Vous ne pouvez pas utiliser le service pour entraîner des modèles d'IA.",
        "Sie dürfen die Dienste nicht nutzen, um KI-Modelle zu trainieren.",
    ],
)
def test_what_the_reader_must_not_do_is_no_promise_of_the_vendor(text: str) -> None:
    assert not {kind for kind, _, _ in kinds(text)} & {"training", "sale"}


def test_what_the_vendor_does_beside_it_is_told() -> None:
    text = "You may not use the assistant below the age of 16, and we may use your content to train our models."
    assert ("training", "AI training", False) in kinds(text)
