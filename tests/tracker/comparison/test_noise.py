"""Text that is caught with a policy and is no part of it."""

import pytest

from tracker.comparison.noise import noise
from tracker.model import Clause


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Facebook Twitter Pinterest Email Share", "share-bar"),
        ("Home | Products | Our lamps | Support | Contact", "menu"),
        ("Skip to main content", "menu"),
        ("Close", "menu"),
        ("Was this page helpful?", "feedback"),
        ("Updated 9 days ago", "relative-time"),
        ("© 2024 Lampwright Ltd. All rights reserved.", "copyright"),
        ("Something went wrong. Please try again later.", "error-banner"),
        ("We're updating our terms. The new ones apply from 1 May.", "announcement"),
        ("lamp-in-the-window.png", "picture"),
        ("***", "blank"),
    ],
)
def test_noise_is_named(text: str, kind: str) -> None:
    assert noise(Clause(text)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "We do not sell your data.",
        "Name | Purpose | Retention",
        "We use cookies to remember your basket, to keep you signed in and to count how many people visit which part of our shop, "
        "for which we rely on your consent wherever the law asks for it.",
        "Something went wrong with an order? You have the right to a refund within fourteen days of delivery, for which we ask you "
        "to send us the number of your order, the date on which it came, and what you would like us to do about it, please.",
        "数据安全",
    ],
)
def test_what_a_policy_says_is_no_noise(text: str) -> None:
    assert noise(Clause(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "We have updated our privacy policy: from 1 May we share your viewing history with advertisers.",
        "We've updated our terms. Recordings are now kept for 90 days.",
        "Wir haben unsere Datenschutzerklärung aktualisiert und erheben nun Ihre Herzfrequenz.",
        "Nous avons mis à jour notre politique : vos données sont désormais transférées en Inde.",
        "Hemos actualizado nuestra política: ahora vendemos sus datos a terceros.",
        "This policy will change over time, and we will notify you before it does.",
        "We use cookies to follow you from one shop to another.",
    ],
)
def test_an_announcement_that_tells_something_is_part_of_the_policy(text: str) -> None:
    assert noise(Clause(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "We have updated our privacy policy. Please read it before 1 May.",
        "We use cookies to make your visit pleasant. By clicking Accept you agree.",
    ],
)
def test_an_announcement_that_tells_nothing_is_not(text: str) -> None:
    assert noise(Clause(text)) is not None
