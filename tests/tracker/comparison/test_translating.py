"""A policy that stands in another language than before."""

from tracker.comparison import compare
from tracker.model import Clause, Policy

ENGLISH = (
    "About this text",
    "We store your e-mail address and your name for as long as you have an account with us.",
    "We do not sell your data to anybody.",
    "You have the right to have your data deleted, and we will do so with care.",
    "This is what we do with the recipes that you write down in our book for cooks.",
)
GERMAN = (
    "Über diesen Text",
    "Wir speichern Ihre E-Mail-Adresse und Ihren Namen, solange Sie ein Konto bei uns haben.",
    "Wir verkaufen Ihre Daten nicht.",
    "Sie haben das Recht auf Löschung Ihrer Daten, und wir werden das mit Sorgfalt tun.",
    "Das machen wir mit den Rezepten, die Sie in unser Buch für Köche schreiben.",
)


def policy(texts: tuple[str, ...], language: str) -> Policy:
    return Policy(tuple(Clause(text, "heading" if at == 0 else "paragraph") for at, text in enumerate(texts)), language)


def test_the_same_in_another_language_is_a_matter_of_wording() -> None:
    for old, new in (
        (policy(ENGLISH, "en"), policy(GERMAN, "de")),
        (policy(GERMAN, "de"), policy(ENGLISH, "en")),
    ):
        change = compare(old, new)
        assert (change.kind, change.level) == ("editorial", "low")
        assert {reason.rule for reason in change.reasons} == {"form.language"}
        assert change.summary == "in another language"


def test_a_promise_that_is_not_made_in_the_other_language_is_told() -> None:
    change = compare(policy(ENGLISH, "en"), policy((*GERMAN[:2], *GERMAN[3:]), "de"))
    assert change.kind == "substantive"
    assert change.level in ("high", "critical")


def test_what_is_done_in_the_other_language_alone_is_told() -> None:
    more = (*GERMAN, "Ihren genauen Standort erheben wir und geben ihn an Werbepartner weiter.")
    assert compare(policy(ENGLISH, "en"), policy(more, "de")).level in ("high", "critical")


def test_a_text_that_is_only_taken_for_another_language_is_compared_as_ever() -> None:
    more = (*ENGLISH, "We share what you cook with the makers of your pots, who write to you about it.")
    change = compare(policy(ENGLISH, "en"), policy(more, "nl"))
    assert change.kind == "substantive"


def test_a_clause_that_keeps_its_language_is_read_as_ever() -> None:
    kept = "We show your photos to the guests of our inn only if you agree to it."
    old, new = (*ENGLISH, kept), (*GERMAN, kept.replace(" only if you agree to it", ""))
    assert "form.language" not in {
        reason.rule
        for clause in compare(policy(old, "en"), policy(new, "de")).clauses
        for reason in clause.reasons
        if clause.old and clause.old[0].text == kept
    }


def test_another_number_in_another_language_is_told() -> None:
    old, new = (
        (*ENGLISH, "An account costs 10 for those who cook."),
        (*GERMAN, "Ein Konto kostet 90 für alle, die kochen."),
    )
    change = compare(policy(old, "en"), policy(new, "de"))
    assert any(clause.reasons == () or clause.reasons[0].rule != "form.language" for clause in change.clauses)


def test_a_clause_more_in_another_language_is_weighed() -> None:
    more = (*GERMAN, "Wir können Ihr Konto jederzeit ohne Grund schließen.")
    added = [clause for clause in compare(policy(ENGLISH, "en"), policy(more, "de")).clauses if not clause.old]
    assert added
    assert all(reason.rule != "form.language" for clause in added for reason in clause.reasons)
