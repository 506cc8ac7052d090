"""Which words are written small tells the same however much is asked."""

from __future__ import annotations

import pytest

from tracker.comparison.lowercase import Lowercase

TEXTS = ('Our lamps (or "lanterns") need oil; see the e-mail, don\'t wait.', "Lamp Oil is kept by Zephyr-keepers.")
ASKED = {
    "lamps": True,
    "lanterns": True,
    "oil": True,
    "mail": True,
    "keepers": True,
    "e-mail": True,
    "or": True,
    "need": True,
    "t": False,
    "ail": False,
    "nee": False,
    "zephyr": False,
    "kept": True,
    "ear": False,
}


@pytest.mark.parametrize("before", [0, 50])
def test_a_word_is_ordinary_where_a_text_writes_it_small(before: int) -> None:
    small = Lowercase(TEXTS)
    for number in range(before):
        small.begins(f"absent{number}")
    assert {word: small.ordinary(word) for word in ASKED} == ASKED


@pytest.mark.parametrize("before", [0, 50])
def test_a_word_may_begin_after_a_mark_but_not_within_another(before: int) -> None:
    small = Lowercase(TEXTS)
    for number in range(before):
        small.begins(f"absent{number}")
    asked = {root: small.begins(root) for root in ("lante", "ma", "keepe", "anter", "ephyr", "n't")}
    assert asked == {"lante": True, "ma": True, "keepe": True, "anter": False, "ephyr": False, "n't": False}
