"""Enumerators that clauses begin with."""

from __future__ import annotations

import pytest

from tracker.extraction.labels import label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.2 Refunds of lamps", "4.2"),
        ("4.2.1. Refunds", "4.2.1"),
        ("7. Liability", "7."[:-1]),
        ("1.Location of lamps", "1"),
        ("(a) the lamp", "(a)"),
        ("(iv) the bulb", "(iv)"),
        ("b) the bulb", "b)"),
        ("Article 5 – Lamps", "Article 5"),
        ("Artikel 12: Lampen", "Artikel 12"),
        ("§ 3 Haftung", "§ 3"),
        ("第五条 责任", "第五条"),
        ("제3조 (목적)", "제3조"),
        ("18 years is the least age", None),
        ("25. Mai 2018", None),
        ("Section 5 applies to lamps", None),
        ("e.g. lamps", None),
        ("Lamps", None),
        ("3.5% of the price", None),
    ],
)
def test_label(text: str, expected: str | None) -> None:
    assert label(text) == expected


def test_a_word_and_a_number_label_a_heading_without_a_stop() -> None:
    assert label("Section 5 Lamps", heading=True) == "Section 5"
