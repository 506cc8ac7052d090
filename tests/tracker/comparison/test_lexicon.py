"""Phrases found in words."""

import pytest

from tracker.comparison.lexicon import Lexicon, data, terms
from tracker.comparison.signals import reading, vital


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("opt out", "You may opt-out today.", True),
        ("shar*", "sharing and shares", True),
        ("sell* ... data", "we sell all of your data", True),
        ("sell* ... data", "we sell each and every one of your many data", False),
        ("access|delete your", "delete your account", True),
        ("notice of _ days", "a notice of thirty days", True),
        ("d' accès", "le droit d’accès", True),
        ("出售", "我们不会出售您的信息", True),
        ("not", "nothing", False),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str, found: bool) -> None:
    assert bool(Lexicon([("value", phrase)]).values(terms(text))) is found


def test_a_phrase_begins_with_a_word() -> None:
    with pytest.raises(ValueError, match="begins with a word"):
        Lexicon([("value", "_ days")])


def test_every_place_is_told() -> None:
    assert list(Lexicon([("x", "data")]).find(terms("data about data"))) == [("x", 0, 1), ("x", 2, 3)]


@pytest.mark.parametrize("name", ["facts", "signals", "measures", "topics", "noise", "rules"])
def test_the_data_files_can_be_read(name: str) -> None:
    assert data(name)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("we do not sell", True),
        ("including but not limited to", False),
        ("not only here", False),
        ("sans s'y limiter", False),
        ("ohne Ihre Zustimmung", True),
        ("不限于", False),
    ],
)
def test_what_negates_and_what_does_not(text: str, negated: bool) -> None:
    assert bool(reading(text).negations) is negated


@pytest.mark.parametrize("token", ["not", "NOT", "12", "may", "only", "niemals", "v2"])
def test_vital_words(token: str) -> None:
    assert vital(token)


def test_other_words_are_not_vital() -> None:
    assert not vital("cookies")
