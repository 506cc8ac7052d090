"""Enumerators that clauses begin with."""

from __future__ import annotations

import pytest

from tracker.extraction.labels import label, rank


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
        ("Artículo 4. Derechos", "Artículo 4"),
        ("Cláusula 5ª. Ley", "Cláusula 5ª"),
        ("PRIMERA.- Objeto", "PRIMERA"),
        ("Art. 5: Prezzo", "Art. 5"),
        ("Madde 5 – Teslimat", "Madde 5"),
        ("المادة 3: حقوقك", "المادة 3"),
        ("Section 2(b): Remedies", "Section 2(b)"),
        ("4.2(a) the lamp", "4.2(a)"),
        ("① 고객은", "①"),
        ("（一）设备信息", "（一）"),
        ("Ⅳ. Scope", "Ⅳ"),
        ("Parties. The seller", None),
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


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Chapter 2", "Article 5"),
        ("第一章", "第一节"),
        ("第一节", "第三条"),
        ("3", "3.1"),
        ("3.1", "3.1.4"),
        ("3", "(a)"),
        ("一", "（一）"),
    ],
)
def test_enumerators_rank(above: str, below: str) -> None:
    assert rank(above) < rank(below)
