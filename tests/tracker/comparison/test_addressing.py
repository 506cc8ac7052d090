"""Phrases as familiar texts have them."""

import pytest

from tracker.comparison.addressing import addressed


@pytest.mark.parametrize(
    ("language", "formal", "familiar"),
    [
        ("es", "con su consentimiento", "con su|tu consentimiento"),
        ("es", "darse de baja", "darse|darte de baja"),
        ("de", "wenn sie zustimmen", "wenn sie|du|dich zustimmen|zustimmst"),
        ("de", "mit ihrer einwilligung", "mit ihrer|deiner einwilligung"),
    ],
)
def test_a_phrase_takes_in_how_familiar_texts_put_it(language: str, formal: str, familiar: str) -> None:
    assert addressed({"consent": {language: [formal]}}) == {"consent": {language: [familiar]}}


def test_a_word_is_followed_by_the_familiar_one() -> None:
    assert addressed({"may": {"es": ["puede", "pueden"]}}) == {"may": {"es": ["puede", "puedes", "pueden"]}}


def test_verbs_of_others_stay_as_they_are() -> None:
    assert addressed({"may": {"de": ["dritte können"]}}) == {"may": {"de": ["dritte können"]}}


def test_words_that_tell_a_language_stay_as_they_are() -> None:
    assert addressed({"small": {"es": ["su"]}}) == {"small": {"es": ["su"]}}
