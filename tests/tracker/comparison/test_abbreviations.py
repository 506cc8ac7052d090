"""Which names may be shortened to which letters."""

import pytest

from tracker.comparison.abbreviations import shortened, spelled_out


@pytest.mark.parametrize(
    ("short", "text", "full"),
    [
        ("EEA", "It stays in the European Economic Area for good.", "European Economic Area"),
        ("AEPD", "ante la Agencia Española de Protección de Datos", "Agencia Española de Protección de Datos"),
        ("DSGVO", "nach der Datenschutz-Grundverordnung", "Datenschutz-Grundverordnung"),
        ("BDSG", "nach dem Bundesdatenschutzgesetz", "Bundesdatenschutzgesetz"),
    ],
)
def test_a_name_is_found_by_its_letters(short: str, text: str, full: str) -> None:
    assert [text[start:end] for start, end in spelled_out({short}, text)] == [full]


@pytest.mark.parametrize(
    ("short", "text"), [("ICO", "In case of need"), ("US", "Under some laws"), ("DPO", "Data Office")]
)
def test_words_that_happen_to_begin_so_are_no_name(short: str, text: str) -> None:
    assert not list(spelled_out({short}, text))


def test_words_in_capitals_may_be_short_for_names() -> None:
    assert shortened("Complain to the ICO or the BfDI, or write to Ann.") == {"ICO", "BfDI"}
