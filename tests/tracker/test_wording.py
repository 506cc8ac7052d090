"""What counts as wording, and what is folded away."""

import pytest

from tracker.wording import fold, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We collect DATA.", "we collect data"),
        ("“Personal data” means …", '"Personal data" means...'),
        ("the user’s choice", "the user's choice"),
        ("opt-out  of\u00a0sale", "opt out of sale"),
        ("soft\u00adhyphen", "softhyphen"),
        ("both {removed href} {removed hyperref}/ and", "both and"),
        ("Ｆｕｌｌ width", "full width"),
    ],
    ids=["case", "quotes", "apostrophe", "hyphen and blanks", "soft hyphen", "link markers", "width"],
)
def test_form_is_folded_away(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kept for 12 months", "kept for 24 months"),
        ("privacy@one.example", "privacy@two.example"),
        ("see https://one.example/a", "see https://one.example/b"),
        ("a fee of $10", "a fee of €10"),
        ("we do sell", "we do not sell"),
        ("कि", "की"),
    ],
    ids=["number", "mail", "address", "currency", "negation", "vowel sign"],
)
def test_wording_is_kept(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_addresses_and_numbers_stay_whole() -> None:
    assert words("Write to info@a-b.example by 31/12/2024, 1,000 times.") == [
        "write", "to", "info@a-b.example", "by", "31/12/2024", "1,000", "times",
    ]  # fmt: skip


def test_scripts_without_spaces_fall_into_characters() -> None:
    assert words("我们不出售。SDK") == ["我", "们", "不", "出", "售", "sdk"]


def test_plain_and_full_paths_agree() -> None:
    text = "We don't sell it; 12.5 % or $3, at v1.2"
    assert words(text) == words(text + "\u200b")
