"""What a text applies to, and whom a sentence is about."""

import pytest

from tracker.comparison import compare
from tracker.model import Clause, Policy


def listed(heading: str, *entries: str) -> Policy:
    items = (Clause(entry, "item", trail=(heading,)) for entry in entries)
    return Policy((Clause(heading, "heading", depth=2), *items, Clause("We answer letters.")))


@pytest.mark.parametrize(
    ("heading", "entries", "more"),
    [
        ("Covered Services", ("Lamp maps", "Lamp mail"), "Lamp apps and websites"),
        ("This notice applies to:", ("Lamp maps", "Lamp mail"), "Lamp radio towers"),
        ("Geltungsbereich", ("Lampenkarte", "Lampenpost"), "Lampenfunk und Rundfunk"),
        ("Services concernés", ("Carte des lampes", "Lettres"), "Radio des lampes"),
        ("Ámbito de aplicación", ("Mapa de lámparas", "Correo"), "Radio de lámparas"),
    ],
)
def test_one_more_thing_that_the_text_applies_to_is_told(heading: str, entries: tuple[str, str], more: str) -> None:
    for change in (
        compare(listed(heading, *entries), listed(heading, *entries, more)),
        compare(listed(heading, *entries, more), listed(heading, *entries)),
    ):
        assert (change.kind, change.level) == ("substantive", "medium")


def test_one_more_entry_of_another_list_is_a_matter_of_wording() -> None:
    change = compare(
        listed("Our towns", "Lamp maps", "Lamp mail"), listed("Our towns", "Lamp maps", "Lamp mail", "Lamp apps")
    )
    assert change.kind == "editorial"


def reasons(old: str, new: str, kind: str = "paragraph") -> set[str]:
    rest = Clause("We answer letters.")
    sides = (Policy((Clause(text, kind, depth=3), rest)) for text in (old, new))  # type: ignore[arg-type]
    return {reason.rule for reason in compare(*sides).reasons}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("If you are a resident of Norrland, you can ask us for a copy.", "You can ask us for a copy."),
        ("You can ask us for a copy where the law of Norrland says so.", "You can ask us for a copy."),
        ("Wenn Sie in Norrland wohnen, schicken wir eine Kopie.", "Wir schicken eine Kopie."),
        ("Si vous habitez en Norrland, nous envoyons une copie.", "Nous envoyons une copie."),
        ("Si usted vive en Norrland, enviamos una copia.", "Enviamos una copia."),
    ],
)
def test_a_condition_that_comes_or_goes_is_told(old: str, new: str) -> None:
    assert "meaning.condition" in reasons(old, new)
    assert "meaning.condition" in reasons(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("If you are a resident of Norrland, write to us.", "Where you live in Norrland, write to us."),
        ("Write to us. Lamps are red.", "Write to us. If you want to, bring a lamp. Lamps are red."),
        ("You can ask if needed.", "You can ask."),
    ],
    ids=["in other words", "a sentence of its own", "a turn of speech"],
)
def test_what_else_begins_with_if_is_no_such_condition(old: str, new: str) -> None:
    assert "meaning.condition" not in reasons(old, new)


def test_a_heading_that_says_whom_a_section_is_about_is_more_than_a_title() -> None:
    old, new = "If you live in Norway, Iceland or Switzerland:", "If you live in Norway or Switzerland:"
    assert "country.left" in reasons(old, new, "heading")
    assert reasons("Norway, Iceland, Switzerland", "Norway, Switzerland", "heading") == set()
