"""Text that is caught with a policy and is no part of it. noise.toml beside this has texts of each kind, and such as sound alike."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker import compare
from tracker.comparison.form import _HALF_HIDDEN
from tracker.comparison.noise import noise
from tracker.model import Clause, ClauseKind, Link, Policy, StatedDate

One = Callable[[str], Policy]

TEXTS = tomllib.loads(Path(__file__).with_name("noise.toml").read_text(encoding="utf-8"))
KINDS = [(text, kind) for kind, texts in TEXTS["noise"].items() for text in texts]
TOLD = [text for texts in TEXTS["told"].values() for text in texts]


def known(word: str) -> bool:
    return word == "lampwright"


def everything(_word: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *KINDS,
        ("Facebook Twitter Pinterest Email Share", "share-bar"),
        ("Home | Products | Our lamps | Support | Contact", "menu"),
        ("Skip to main content", "menu"),
        ("Close", "menu"),
        ("Was this page helpful?", "feedback"),
        ("Updated 9 days ago", "relative-time"),
        ("Page 2 of 9", "page-number"),
        ("© 2024 Lampwright Ltd. All rights reserved.", "copyright"),
        ("© Lampwright 2024", "copyright"),
        ("← Back to all policies", "menu"),
        ("Loading, please wait", "menu"),
        ("Need help? Chat with us", "menu"),
        ("Something went wrong. Please try again later.", "error-banner"),
        ("We're updating our terms. The new ones apply from 1 May.", "announcement"),
        ("lamp-in-the-window.png", "picture"),
        ("***", "blank"),
    ],
)
def test_noise_is_named(text: str, kind: str) -> None:
    assert noise(Clause(text), known) == kind


@pytest.mark.parametrize(
    "text",
    [
        *TOLD,
        "We do not sell your data.",
        "Name | Purpose | Retention",
        "We use cookies to remember your basket, to keep you signed in and to count how many people visit which part of our shop, "
        "for which we rely on your consent wherever the law asks for it.",
        "Something went wrong with an order? You have the right to a refund within fourteen days of delivery, for which we ask you "
        "to send us the number of your order, the date on which it came, and what you would like us to do about it, please.",
        "数据安全",
        "We have updated our privacy policy: from 1 May we share your viewing history with advertisers.",
        "We've updated our terms. Recordings are now kept for 90 days.",
        "Wir haben unsere Datenschutzerklärung aktualisiert und erheben nun Ihre Herzfrequenz.",
        "Nous avons mis à jour notre politique : vos données sont désormais transférées en Inde.",
        "Hemos actualizado nuestra política: ahora vendemos sus datos a terceros.",
        "This policy will change over time, and we will notify you before it does.",
        "We use cookies to follow you from one shop to another.",
    ],
)
def test_what_a_policy_says_is_no_noise(text: str) -> None:
    assert noise(Clause(text), everything) is None


@pytest.mark.parametrize(
    "text",
    [
        "We have updated our privacy policy. Please read it before 1 May.",
        "We use cookies to make your visit pleasant. By clicking Accept you agree.",
    ],
)
def test_an_announcement_that_tells_nothing_is_no_part_of_the_policy(text: str) -> None:
    assert noise(Clause(text)) is not None


def test_an_announcement_may_name_what_both_policies_know() -> None:
    text = "We're updating the Lampwright Terms. Read the new Terms."
    assert (noise(Clause(text), known), noise(Clause(text))) == ("announcement", None)


@pytest.mark.parametrize("text", ["Facebook", "X", "Content", "Security", "Language"])
def test_a_list_names_partners_and_data_as_menus_do(text: str) -> None:
    assert noise(Clause(text, "item")) is None


@pytest.mark.parametrize(("text", "kind"), [("Facebook", "paragraph"), ("Security | Account | Support", "row")])
def test_a_single_name_and_a_row_of_a_table_may_be_of_the_policy(text: str, kind: ClauseKind) -> None:
    assert noise(Clause(text, kind)) is None


def test_an_entry_of_a_menu_is_a_link() -> None:
    assert noise(Clause("Products", "item", links=(Link("Products", "/products"),))) == "menu"


def button(text: str) -> Clause:
    return Clause(text, links=(Link(text, "https://lampwright.example/app"),))


@pytest.mark.parametrize(
    "text", ["Get the lamp app now", "Rejoignez-nous", "Jetzt kostenlos testen", "Descubre nuestras lámparas"]
)
def test_a_button_that_asks_for_custom_is_a_link_and_no_more(text: str) -> None:
    assert noise(button(text)) == "promotion"
    assert noise(Clause(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Download your data",
        "Get a copy of your data",
        "Delete my account",
        "Télécharger vos données",
        "Join us to watch visitors",
    ],
)
def test_a_button_for_a_right_is_part_of_the_policy(text: str) -> None:
    assert noise(button(text)) is None


STUCK = [
    ("Lamp privacy policy", "Lamp privacy policy (new window)"),
    ("Datenschutz der Lampen", "Datenschutz der Lampen (öffnet in neuem Tab)"),
    ("La politique des lampes", "La politique des lampes (nouvelle fenêtre)"),
    ("The guide to our lamps", "The guide to our lamps (PDF, 1.2 MB)"),
    ("Rules on lamps", "« Back to list Rules on lamps"),
    ("Regeln für Lampen", "Zurück zur Übersicht Regeln für Lampen"),
    (
        "For questions about your lamp write to [email protected]",
        "For questions about your lamp write to [email protected]le.",
    ),
]


@pytest.mark.parametrize(("old", "new"), [*STUCK, *(pair[::-1] for pair in STUCK)])
def test_what_is_stuck_to_a_clause_is_none_of_its_words(one: One, old: str, new: str) -> None:
    change = compare(one(old), one(new))
    assert (change.kind, change.level, change.reasons[0].rule) == ("cosmetic", "none", "form.noise")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You can go back.", "You can go back to the previous plan."),
        ("We keep your recordings.", "We keep your recordings in a new window."),
        ("We keep photos.", "We keep photos (faces)."),
        ("Return to the first page if you decline.", "If you decline."),
        ("Ask that they stop: dass sie Sie nicht anrufen.", "Ask that they stop: dass sie nicht anrufen."),
    ],
)
def test_what_sounds_like_it_is_told(one: One, old: str, new: str) -> None:
    assert compare(one(old), one(new)).kind in ("editorial", "substantive")


def test_one_notice_of_a_version_for_another_is_quiet(one: One) -> None:
    old, new = (
        "We updated our policy on 2 May 2025. View our previous policy.",
        "The policy below goes into effect on 1 June 2026.",
    )
    assert compare(one(old), one(new)).level == "none"


def test_a_notice_within_a_paragraph_is_quiet_too(one: One) -> None:
    kept = "This policy speaks of lamps."
    old, new = (
        f"{kept} We revised it on 2 May 2025.",
        f"{kept} We revised it on 1 June 2026. See the previous version here.",
    )
    assert compare(one(old), one(new)).level == "none"
    assert compare(one(old), one(new.replace("it on", "what we share on"))).level != "none"


def test_a_date_in_a_quiet_notice_is_told_all_the_same(one: One) -> None:
    notice = "We're updating our terms. The new ones go into effect on 1 June 2026. Please read them before."
    old, new = one(""), one(notice)
    dated = Policy(
        new.clauses, language="en", dates=(StatedDate("effective", "2026-06-01", "on 1 June 2026", clause=1),)
    )
    change = compare(old, dated)
    assert (change.level, change.date_only) == ("none", True)
    assert change.clauses[0].reasons[0].rule == "form.noise.announcement"


@pytest.fixture
def asked() -> Callable[[str], Policy]:
    question = Clause("Is it true that you sell my data?")
    return lambda answer: Policy((question, *([Clause(answer)] if answer else ())), language="en")


@pytest.mark.parametrize("answer", ["False", "true"])
def test_a_word_that_answers_a_question_is_told(asked: Callable[[str], Policy], answer: str) -> None:
    assert compare(asked(""), asked(answer)).level != "none"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[email protected]", "lamps[email protected]"),
        ("[email protected]×8.example", "lamps[email protected]×8.example"),
    ],
)
def test_more_or_less_of_a_hidden_address_is_quiet(one: One, old: str, new: str) -> None:
    text = "For questions about your lamp write to our officer at {}."
    change = compare(one(text.format(old)), one(text.format(new)))
    assert (change.kind, change.level) == ("cosmetic", "none")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lamps[email protected]", "bulbs[email protected]"),
        ("[email protected]lamps.example", "[email protected]bulbs.example"),
    ],
)
def test_another_address_is_told_however_much_of_it_is_hidden(one: One, old: str, new: str) -> None:
    text = "For questions about your lamp write to our officer at {}."
    assert compare(one(text.format(old)), one(text.format(new))).level != "none"


def test_an_address_of_which_nothing_is_left_and_that_goes_is_told(one: One) -> None:
    old = one("You may opt out of the sale by mail to [email protected] or by post.")
    assert compare(old, one("You may opt out of the sale by mail to or by post.")).level != "none"


MAKERS = "Bulbs are made by Fotolumen (https://fotolumen.example/bulbs)."
PIXEL = "We use the Wattley pixel ({})."


def test_an_address_that_leads_now_to_whom_the_clause_names_is_no_wording() -> None:
    def policy(address: str, *more: str) -> Policy:
        return Policy(tuple(map(Clause, (PIXEL.format(address), *more))), language="en")

    mistaken, right = "https://www.fotolumen.example/privacy", "https://www.wattley.example/privacy"
    assert compare(policy(mistaken, MAKERS), policy(right, MAKERS)).level == "none"
    assert compare(policy(right, MAKERS), policy(mistaken, MAKERS)).level != "none"
    assert compare(policy(mistaken), policy(right)).level != "none"  # nobody names Fotolumen any more


def test_a_long_word_beside_a_hidden_address_is_read_in_no_time() -> None:
    text = "a" * 100_000
    assert _HALF_HIDDEN.findall(f"{text} lamps[email protected]") == [("lamps", "")]


def test_a_word_that_stood_twice_is_a_typing_error(one: One) -> None:
    assert compare(one("We keep the the lamps."), one("We keep the lamps.")).level == "none"
