"""Words that say to how much, how soon or how a thing is done."""

import pytest

from tracker.comparison.scales import turns
from tracker.comparison.words import redline


@pytest.mark.parametrize(
    ("old", "new", "turn"),
    [
        ("We erase it at once.", "We erase it in due course.", "weakened"),
        ("We erase it in due course.", "We erase it at once.", "strengthened"),
        ("We tell you by e-mail.", "We tell you by posting it on this page.", "weakened"),
        ("We encrypt every message.", "We encrypt some messages.", "turned"),
        ("We then stop sending offers.", "We then continue sending offers.", "turned"),
        ("Wir löschen es sofort.", "Wir löschen es zu gegebener Zeit.", "weakened"),
        ("Nous chiffrons tous les messages.", "Nous chiffrons la plupart des messages.", "turned"),
        ("Lo borramos de inmediato.", "Lo borramos en un plazo razonable.", "weakened"),
    ],
)
def test_a_firm_word_gives_way_to_a_loose_one(old: str, new: str, turn: str) -> None:
    assert [name for name, _ in turns(redline(old, new)[0])] == [turn]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We erase it at once.", "We erase it immediately."),
        ("We keep all of it.", "We keep it."),
        ("We always ask, and we answer some letters.", "We always ask, and we answer certain letters."),
    ],
)
def test_other_words_are_no_turn(old: str, new: str) -> None:
    assert not list(turns(redline(old, new)[0]))
