"""Menus and surveys of the site, which the clauses around them tell."""

from collections.abc import Callable

import pytest

from tracker import compare
from tracker.comparison.furniture import furnished
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


def paragraphs(*texts: str) -> tuple[Clause, ...]:
    return tuple(map(Clause, texts))


def furniture(clauses: tuple[Clause, ...]) -> dict[int, str]:
    return furnished(clauses, clauses)


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


def test_links_to_partners_before_a_footer_are_told() -> None:
    partners = [link(name, f"https://{name.lower()}.example/privacy") for name in ("Fotolumen", "Candelo", "Wattley")]
    old, new = (Policy((*POLICY, *named, *MENU), language="en") for named in ((), partners))
    assert compare(old, new).level != "none"


LANGUAGES = ("English (UK)", "Deutsch", "Français (France)", "Lietuvių", "中文(简体)", "Português (Brasil)", "العربية")
FOOTER = (
    *LANGUAGES,
    "Sign Up Log In Lampwright Pay Places Groups Voting About Help Terms Ad Choices",
    "© 2026 Lampwright",
)


@pytest.mark.parametrize("where", [0, 2])
def test_the_languages_and_the_footer_of_a_site_are_quiet(where: int) -> None:
    assert quiet(*paragraphs(*FOOTER), where=where) == "none"


def test_one_language_more_in_a_menu_is_quiet() -> None:
    assert (
        between(paragraphs(*LANGUAGES), paragraphs(*LANGUAGES[:3], "Lampish", *LANGUAGES[3:])) != "none"
    )  # no language
    assert between(paragraphs(*LANGUAGES[:2], *LANGUAGES[3:]), paragraphs(*LANGUAGES)) == "none"


def test_what_calls_out_among_buttons_is_quiet() -> None:
    calls = (
        "Schedule a demo",
        "Ready for better lamps?",
        "Watch demo",
        "Get started",
        "Lamps for everyone!",
        "Next",
    )
    assert quiet(*paragraphs(*calls), where=2) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "We sell what we know of you.",
        "Your data go to Fotolumen.",
        "Fotolumen and Candelo",
        "privacy@lampwright.example",
        "We do not answer requests to delete.",
        "Kept for 90 days",
        "Lampwright GmbH, Ring 4, Wien",
    ],
)
def test_what_a_footer_says_of_its_own_is_told(text: str) -> None:
    assert quiet(*paragraphs(*FOOTER[:4], text, *FOOTER[4:]), where=2) != "none"


def test_a_menu_of_many_pages_is_told_by_where_its_links_lead() -> None:
    sections = [link(name) for name in ("Opinion", "Weather", "Chess", "Gardens", "Letters", "Opera", "Rivers") * 9]
    assert quiet(link("Home"), *sections, link("News"), where=0) == "none"


HEAD = ("Lampwright Canvas", "For cities", "Boards", "Norway – Norsk", "Sister shops", "Open house on Saturday")


def test_what_stands_before_the_title_is_quiet() -> None:
    assert quiet(*paragraphs(*HEAD), where=0) == "none"
    old, new = (
        Policy((*paragraphs("Talk to us", name), *POLICY), language="en")
        for name in ("Lampwright Forms", "Glow Canvas")
    )
    assert compare(old, new).level == "none"
    assert quiet(*paragraphs(*HEAD), where=2) != "none"


@pytest.mark.parametrize(
    "text",
    [
        "We never sell your data!",
        "Our partners see your orders.",
        "From $9 a month",
        "Do not sell my data",
        "Write to hello@lampwright.example",
        "By shopping here you agree to arbitration.",
    ],
)
def test_what_a_line_before_the_title_says_of_its_own_is_told(text: str) -> None:
    assert quiet(*paragraphs(*HEAD[:3], text, *HEAD[3:]), where=0) != "none"


def items(*texts: str) -> tuple[Clause, ...]:
    return tuple(Clause(text, "item") for text in texts)


@pytest.mark.parametrize(
    ("lead", "before", "more"),
    [
        (Clause("We may disclose what we know of you to:"), ("Partners", "Developers", "Support"), ("Investors",)),
        (Clause("We use what we know of you for:"), ("Support", "Security", "Search"), ("Advertising",)),
        (Clause("Recipients", "heading", depth=2), (), ("Partners", "Investors", "Developers", "Press")),
        (Clause("Cookies we set", "heading", depth=2), ("Preferences", "Security"), ("Products",)),
        (Clause("Complaints are handled in:"), ("English", "Deutsch", "Español"), ("Polski",)),
        (Clause("Empfänger", "heading", depth=2), ("Presse", "Unternehmen"), ("Partners",)),
    ],
)
def test_a_list_that_is_led_in_is_no_menu(lead: Clause, before: tuple[str, ...], more: tuple[str, ...]) -> None:
    assert between((lead, *items(*before)), (lead, *items(*before, *more))) != "none"


def test_the_heading_of_a_section_is_no_title() -> None:
    section = Clause("What data we collect", "heading", depth=1)
    who = (Clause("Our partners", "heading", depth=1), *items("Fotolumen"))
    old, new = (Policy((*who, *more, section, *POLICY[1:]), language="en") for more in ((), items("Candelo Ads")))
    assert compare(old, new).level != "none"
    numbered = Clause("1. Terms of service", "heading", depth=1)
    old, new = (Policy((*paragraphs(text), numbered, *POLICY[1:])) for text in ("Off by default", "On by default"))
    assert compare(old, new).level != "none"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Controller: Lampwright", "Controller: Glow Holdings"),
        ("For ages 16+", "For all ages"),
        ("Lamps for all", "Lampwright is now part of Glow Holdings."),
        ("Ring 4, Oslo", "Harbour Road 3, Dublin"),
        ("Lamps for all", "Calls are recorded."),
    ],
)
def test_what_changes_before_the_title_is_told_where_it_says_something(old: str, new: str) -> None:
    before, after = (Policy((*paragraphs("Talk to us", text), *POLICY), language="en") for text in (old, new))
    assert compare(before, after).level != "none"


def test_a_statement_beside_a_copyright_is_told() -> None:
    sold = "© 2026 Lampwright. We sell your data to Candelo Ads and to insurers."
    assert between(paragraphs(*FOOTER), paragraphs(*FOOTER[:-1], sold)) == "critical"


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


CATEGORY = "Performance cookies"
SAID = "These cookies help us to see which lamps are looked at most often."
DIALOGS = {
    "en": (
        "Manage consent preferences", "Strictly necessary cookies", "Always active",
        "These cookies are necessary for the shop to work and cannot be switched off.", CATEGORY, SAID, "Cookie list",
        "Confirm my choices",
    ),
    "joined": ("Cookie settings", "Always active", "Marketing", "Applicable cookies:", "Reject allAccept allSave my choices"),
    "de": (
        "Cookie-Einstellungen", "Immer aktiv", "Diese Cookies sind für den Laden unbedingt nötig.", "Statistik",
        "Auswahl speichern", "Alle akzeptieren",
    ),
    "fr": (
        "Gérer mes préférences", "Toujours actif", "Ces cookies permettent à la boutique de fonctionner.", "Tout refuser",
        "Confirmer mes choix",
    ),
    "es": (
        "Configuración de cookies", "Siempre activas", "Estas cookies permiten que la tienda funcione.", "Rechazar todas",
        "Guardar preferencias",
    ),
}  # fmt: skip


@pytest.mark.parametrize("texts", DIALOGS.values(), ids=DIALOGS)
@pytest.mark.parametrize("where", [0, 2])
def test_a_consent_dialog_that_comes_is_quiet(texts: tuple[str, ...], where: int) -> None:
    assert quiet(*paragraphs(*texts), where=where) == "none"


def between(before: tuple[Clause, ...], after: tuple[Clause, ...]) -> str:
    """The level of the change when what stands after a policy changes so."""
    return compare(Policy((*POLICY, *before), language="en"), Policy((*POLICY, *after), language="en")).level


def test_a_label_that_a_consent_dialog_gains_is_quiet() -> None:
    texts = DIALOGS["en"]
    assert between(paragraphs(*texts), paragraphs(*texts[:4], "checkbox label", *texts[4:])) == "none"


def test_a_category_that_a_consent_dialog_gains_is_told() -> None:
    texts = DIALOGS["en"]
    assert between(paragraphs(*texts[:4], *texts[6:]), paragraphs(*texts)) != "none"


@pytest.mark.parametrize(
    "text",
    [
        "These cookies are also used to sell your data to advertisers.",
        "These cookies do not tell us who you are.",
        "If you do not allow these cookies, we do not share your data.",
        "These cookies share what you look at with our partners.",
        "These cookies are kept for two years.",
        "You can choose to refuse these cookies.",
        "These cookies build a profile of you.",
        "We share what you look at with our partners.",
        "We keep your choices for six months.",
        "Applicable cookies: Lampcount",
        "We use cookies to share your screen with Fotolumen and other partners.",
        "These cookies are sold to Fotolumen.",
        "Click on the button and our staff watch your recordings.",
    ],
)
def test_what_a_consent_dialog_says_of_its_own_is_told(text: str) -> None:
    texts = DIALOGS["en"]
    assert quiet(*paragraphs(*texts[:6], text, *texts[6:]), where=2) != "none"


def test_a_cookie_policy_that_explains_its_cookies_is_no_dialog() -> None:
    explained = (
        Clause("Performance cookies", "heading", depth=2),
        Clause(SAID),
        Clause("Marketing", "heading", depth=2),
    )
    assert quiet(*explained, Clause("These cookies help to show lamps that you may like."), where=2) != "none"
    asked = Clause("You can reject all cookies in the settings of your browser.")
    assert quiet(*explained, Clause(SAID), asked, where=2) != "none"


FORM = ("First name*", "Last name*", "Work email*", "Phone number", "Select your country", "Request a demo")


def test_a_form_that_comes_is_quiet() -> None:
    assert quiet(*paragraphs(*FORM), where=2) == "none"
    assert quiet(*paragraphs("Vorname*", "Nachname*", "Firma", "Pflichtfelder", "Absenden"), where=2) == "none"


def test_the_form_of_a_right_and_a_list_of_data_are_told() -> None:
    withdrawal = paragraphs("I hereby withdraw from my contract.", "Name", "Date of the order", "Postal code")
    assert quiet(*withdrawal, where=2) != "none"
    assert quiet(*(Clause(text, "item") for text in ("First name", "Last name", "Email address")), where=2) != "none"
    assert quiet(*paragraphs("First name", "Last name", "Email address", "Contact us"), where=2) != "none"
    assert quiet(*paragraphs(*FORM[:3], "I consent to the sale of my data.", *FORM[3:]), where=2) != "none"


@pytest.mark.parametrize(
    "lead", ["Related articles", "Verwandte Artikel", "Articles similaires", "Artículos relacionados"]
)
def test_the_names_of_other_articles_are_quiet(lead: str) -> None:
    entries = [link("How a lamp is hung"), link("Bulbs and sockets")]
    assert quiet(Clause(lead, "heading", depth=3), *entries, where=2) == "none"
    renamed = (Clause(lead), entries[0], link("Lamps by the sea"))
    assert between((Clause(lead), *entries), renamed) == "none"


def test_a_statement_and_a_right_after_other_articles_are_told() -> None:
    lead = Clause("Related articles", "heading", depth=3)
    assert quiet(lead, link("How a lamp is hung"), Clause("We sell what we know of you."), where=2) != "none"
    assert quiet(lead, link("How to delete your account"), where=2) != "none"


def test_what_stands_between_a_title_and_its_copy_is_quiet() -> None:
    title = POLICY[0].text
    entries = paragraphs("The terms of Lampwright", "What is a lamp?", "Something else")
    with_menu = Policy((POLICY[0], *entries, Clause(title), *POLICY[1:]), language="en")
    assert compare(with_menu, Policy((POLICY[0], Clause(title), *POLICY[1:]), language="en")).level == "none"
    told = Policy((POLICY[0], *entries, Clause("We never sell your data"), Clause(title), *POLICY[1:]), language="en")
    assert compare(with_menu, told).level != "none"


@pytest.mark.parametrize(
    "text",
    [
        "Sent to servers in China",
        "Hosted in China",
        "Our partners Fotolumen and Candelo",
        "Our staff watch your recordings",
        "Data of visitors go to Fotolumen",
        "Fingerprints for advertising",
    ],
)
@pytest.mark.parametrize("entry", [Clause, link])
def test_what_an_entry_says_of_people_is_told(entry: Callable[[str], Clause], text: str) -> None:
    assert between(MENU, (*MENU[:4], entry(text), *MENU[4:])) != "none"


def test_what_a_survey_says_of_people_is_told() -> None:
    assert between(SURVEY, (*SURVEY[:2], Clause("Our staff watch your recordings."), *SURVEY[2:])) != "none"


@pytest.mark.parametrize("text", ["Ada Wick is our officer", "We film you at work"])
@pytest.mark.parametrize("entry", [Clause, link])
def test_what_a_list_of_articles_says_of_people_is_told(entry: Callable[[str], Clause], text: str) -> None:
    lead = (Clause("Related resources", "heading", depth=3), link("How a lamp is hung"))
    assert between(lead, (*lead, entry(text))) != "none"


def test_names_between_a_title_and_its_copy_are_told() -> None:
    again = Clause(POLICY[0].text)
    old, new = (
        Policy((POLICY[0], *named, again, POLICY[1]), language="en")
        for named in ((), paragraphs("Fotolumen, Candelo and Wattley"))
    )
    assert compare(old, new).level != "none"
