"""The main families of facts in English, French, German and Spanish, in the varied wording of real policies; and measures in more."""

import tomllib
from pathlib import Path

import pytest

from tracker.comparison import compare
from tracker.comparison.facts import said
from tracker.model import Clause, Policy

HEADINGS = {
    "en": "How we handle information",
    "fr": "Traitement des données",
    "de": "Verarbeitung Ihrer Daten",
    "es": "Tratamiento de los datos",
}
FAMILIES = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))["family"]
CASES = [
    pytest.param(language, family["rules"], old, new, id=f"{language}: {family['says']}: {old} → {new}")
    for family in FAMILIES
    for language in HEADINGS
    for old, new in family[language]
]


def policy(language: str, text: str) -> Policy:
    heading = HEADINGS[language]
    return Policy((Clause(heading, "heading", depth=2), Clause(text, trail=(heading,))), language=language)


@pytest.mark.parametrize(("language", "rules", "old", "new"), CASES)
def test_a_change_is_understood(language: str, rules: list[str], old: str, new: str) -> None:
    change = compare(policy(language, old), policy(language, new))
    assert {reason.rule for reason in change.reasons} & set(rules), change.reasons


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family["says"])
def test_each_family_has_fifteen_pairs_in_each_language(family: dict[str, list[object]]) -> None:
    assert all(len(family[language]) >= 15 for language in HEADINGS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Logi przechowujemy przez 12 miesięcy.", "365 days"),
        ("Loggar sparas i 6 månader.", "183 days"),
        ("Журналы хранятся 3 года.", "1095 days"),
        ("Kayıtlar 6 ay boyunca saklanır.", "183 days"),
        ("ログは30日間保存されます。", "30 days"),
        ("日志保存12个月。", "365 days"),
        ("로그는 12개월 동안 보관됩니다.", "365 days"),
        ("I dati sono conservati per due anni.", "730 days"),
        ("Os dados são conservados por seis meses.", "183 days"),
        ("Wij bewaren uw gegevens twaalf maanden.", "365 days"),
        ("Lokitietoja säilytetään 24 kuukautta.", "730 days"),
        ("Záznamy uchováváme 90 dnů.", "90 days"),
        ("Datele sunt păstrate 5 ani.", "1825 days"),
        ("Τα αρχεία διατηρούνται για 2 έτη.", "730 days"),
        ("A naplókat 30 napig tároljuk.", "30 days"),
        ("Les sauvegardes sont conservées quatre-vingt-dix jours.", "90 days"),
        ("Logs are deleted after twenty-four months.", "730 days"),
        ("Fotos werden achtundvierzig Stunden gespeichert.", "2 days"),
        ("Se guardan treinta y un días.", "31 days"),
        ("We keep it for half a year.", "182 days"),
    ],
)
def test_a_retention_period_is_read_in_days(text: str, value: str) -> None:
    assert ("retention", value) in {(fact.kind, fact.value) for fact in said(text)}


def test_an_article_is_one_only_before_a_unit_and_where_something_is_kept() -> None:
    assert not [fact for fact in said("We meet once a month.") if fact.kind == "period"]
