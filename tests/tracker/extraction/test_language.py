"""The language of a text."""

from __future__ import annotations

import pytest

from tracker.extraction.language import language, primary


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "We collect personal data when you pair a lamp with your phone and with your wireless network at home."),
        ("de", "Wir erheben personenbezogene Daten, wenn Sie eine Lampe mit Ihrem Telefon und Ihrem Netzwerk verbinden."),
        ("fr", "Nous collectons des données personnelles lorsque vous associez une lampe à votre téléphone et à votre réseau."),
        ("pl", "Zbieramy dane osobowe, gdy łączysz lampę ze swoim telefonem i z siecią bezprzewodową w domu."),
        ("zh", "当您将灯具与手机和无线网络配对时,我们会收集您的个人信息,并在法律规定的期限内保存这些信息。"
               "我们不会出售您的个人信息,只有在您同意的情况下才会与第三方共享。"),
        ("ja", "お客様がランプを携帯電話や無線ネットワークに接続する際に、当社は個人情報を収集し、法律で定められた期間保存します。"
               "お客様の同意がない限り、第三者に提供することはありません。"),
    ],
)  # fmt: skip
def test_is_told_from_the_text(code: str, text: str) -> None:
    assert language(text, "xx") == code


def test_of_a_tiny_text_is_the_declared_one() -> None:
    assert language("Imprint", None, "de-AT") == "de"


def test_of_nothing_is_unknown() -> None:
    assert language("123") is None


def test_tags_are_reduced_to_the_language() -> None:
    assert [primary(tag) for tag in ("pt-BR", "zh_Hans", "nb", "", None, "x")] == ["pt", "zh", "no", None, None, None]
