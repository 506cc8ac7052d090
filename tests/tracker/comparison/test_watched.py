"""What a watch must get right: changes that people must hear of, and those that they must not be woken for."""

import tomllib
from pathlib import Path

import pytest

from tracker.comparison import compare
from tracker.extraction import extract
from tracker.model import Page, Policy

FAMILIES = [
    family
    for name in ("watched.toml", "practised.toml", "worded.toml", "turned.toml", "restated.toml")
    for family in tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))["family"]
]
AROUND = {
    "en": (
        "About this policy",
        "This policy is about the app and the devices of Moorhen Works.",
        "We take your questions about personal data seriously.",
    ),
    "de": (
        "Über diese Erklärung",
        "Diese Erklärung betrifft die App und die Geräte der Moorhuhn-Werke.",
        "Wir nehmen Ihre Fragen zu Ihren Daten ernst.",
    ),
    "fr": (
        "À propos",
        "Cette politique concerne l'application et les appareils de la maison Poule.",
        "Vos questions sur vos données comptent pour nous.",
    ),
    "es": (
        "Acerca de",
        "Esta política trata de la aplicación y los aparatos de la casa Gallina.",
        "Sus preguntas sobre sus datos nos importan.",
    ),
}
PAIRS = [
    pytest.param(language, *pair, family["levels"], id=f"{family['says']}: {pair[1][:40]}")
    for family in FAMILIES
    for language in AROUND
    for pair in family.get(language, ())
]
TURNED = [
    pytest.param(language, *pair, family["direction"], id=f"{family['says']}: {pair[1][:40]}")
    for family in FAMILIES
    for language in AROUND
    for pair in family.get(language, ())
    if family.get("direction", "any") != "any"
]
OPPOSITE = {"weaker": "stronger", "stronger": "weaker"}


def policy(text: str, language: str) -> Policy:
    heading, first, last = AROUND[language]
    body = "\n\n".join(filter(None, (f"## {heading}", first, text, last)))
    return extract(body.encode(), Page("text/markdown", language=language))


@pytest.mark.parametrize(("language", "old", "new", "levels"), PAIRS)
def test_the_level_can_be_argued(language: str, old: str, new: str, levels: str) -> None:
    assert compare(policy(old, language), policy(new, language)).level in levels.split()


@pytest.mark.parametrize(("language", "old", "new", "direction"), TURNED)
def test_what_weighs_most_is_not_told_the_wrong_way_round(language: str, old: str, new: str, direction: str) -> None:
    change = compare(policy(old, language), policy(new, language))
    told = {reason.direction for reason in change.reasons if reason.level == change.level}
    assert direction in told or OPPOSITE[direction] not in told
