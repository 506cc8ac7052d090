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
