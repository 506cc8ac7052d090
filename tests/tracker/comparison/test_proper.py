"""Who counts as a partner that is named, and which capitals name nobody."""

import pytest

from tracker.comparison import compare
from tracker.model import Clause, Policy

HEADING = "How we handle your personal data"
TRAIL = (HEADING,)


def reasons(old: str, new: str, language: str = "en", **shape: object) -> dict[str, str]:
    """The reasons of a change from one sentence to another under a heading, by rule."""
    before, after = (
        Policy(
            (Clause(HEADING, "heading", depth=2), *([Clause(text, trail=TRAIL, **shape)] if text else [])),  # type: ignore[arg-type]
            language=language,
        )
        for text in (old, new)
    )
    return {reason.rule: reason.text for reason in compare(before, after).reasons}


@pytest.mark.parametrize(
    ("language", "old", "new", "name"),
    [
        ("en", "", "We work with partners such as Quantimetrix.", "Quantimetrix"),
        ("en", "", "Our analytics partner, Quantimetrix, counts your visits.", "Quantimetrix"),
        ("en", "", "Payments by third parties are processed by Brindlepay.", "Brindlepay"),
        ("en", "", "We share your address with Krahl Parcels, a courier.", "Krahl Parcels"),
        ("fr", "", "Vos données sont traitées par nos prestataires, notamment Pécunia.", "Pécunia"),
        ("es", "", "Los pagos son procesados por Brindlepay, un proveedor.", "Brindlepay"),
        ("de", "Wir nutzen einen Dienstleister.", "Wir nutzen den Dienstleister Taubenpost.", "Taubenpost"),
        ("de", "", "Ihre Daten erhält die Firma Krähenlogistik.", "Krähenlogistik"),
    ],
)
def test_who_gets_or_handles_data_is_a_partner(language: str, old: str, new: str, name: str) -> None:
    assert reasons(old, new, language).get("recipient.named") == f"names {name}"


@pytest.mark.parametrize(
    "text",
    [
        "You may link third-party services such as Tweedlebox to your account.",
        "Our services such as Lampdeck place cookies.",
        "Residents of some states (e.g., Wyoming) may opt out of sharing.",
        "Third-party cookies can be read by apps that use Bluetooth.",
        "You receive cookies when you use the Lampdeck app.",
    ],
)
def test_other_names_are_no_partners(text: str) -> None:
    assert "recipient.named" not in reasons("", text)


def test_a_cell_of_a_list_of_third_parties_names_one() -> None:
    row = "_qx | advertising partners | Quantimetrix | 12 months"
    assert reasons("", row, kind="row").get("recipient.named") == "names Quantimetrix"


@pytest.mark.parametrize("new", ["Our Website is run by us.", "This Website is run by us."])
def test_what_is_somebodys_is_a_term_and_no_name(new: str) -> None:
    assert "name.added" not in reasons("Our Site is run by us.", new)


def test_words_that_lost_their_blanks_are_no_name() -> None:
    assert "name.added" not in reasons("", "You see TheOrderIsConfirmedAsSoonAsItIsPaid on paper.")


def test_a_name_at_the_head_of_a_sentence_is_told_whole() -> None:
    assert reasons("", "Represented by: Krahl Advice Group.")["name.added"] == "names Krahl Advice Group"


def test_what_entries_repeat_in_their_midst_names_nobody() -> None:
    before = Policy((Clause(HEADING, "heading", depth=2),))
    entries = ("Quantimetrix: a third party. Purpose: counts visits", "Purpose: a third party counts visits")
    items = tuple(Clause(text, "item", trail=TRAIL, depth=1) for text in entries)
    found = [reason.text for reason in compare(before, Policy((*before.clauses, *items))).reasons]
    assert "names Quantimetrix" in found
    assert "names Purpose" not in found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "You can turn off this feature in the menu.",
            "You can turn off Zephyr in the menu.",
            "this feature is now Zephyr",
        ),
        (
            "Parcels go by Rapid Pigeon Post within a day.",
            "Parcels go by Pigeon Post within a day.",
            "Rapid Pigeon Post is now Pigeon Post",
        ),
        (
            "You collect Zephyr Super Coins here.",
            "You collect Zephyr Coins here.",
            "Zephyr Super Coins is now Zephyr Coins",
        ),
    ],
)
def test_what_is_called_otherwise_is_the_same_thing(old: str, new: str, told: str) -> None:
    found = reasons(old, new)
    assert found == {"name.replaced": told}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Members of Zephyr Hub Guild pay less.", "Members of Zephyr Hub pay less."),
        ("Members of this club pay less.", "Members of this club and of Zephyr pay less."),
    ],
    ids=["the last word of a name", "named besides"],
)
def test_what_is_another_thing_is_told(old: str, new: str) -> None:
    assert reasons(old, new).keys() & {"name.left", "name.added"}
