"""Every charset that pages come in, declared or not."""

from __future__ import annotations

import pytest

from tracker.extraction.html.parsing import decode

GERMAN = "<html lang=de><p>Wir löschen Ihre Daten gemäß dem Gesetz über Lampen für Größen.</p>"
RUSSIAN = "<p>Мы собираем персональные данные пользователей ламп и храним их один год в соответствии с законом.</p>"
CHINESE = "<p>我们收集您的个人信息,包括设备序列号、电子邮件地址和无线网络名称,并保存一年。</p>"


@pytest.mark.parametrize(
    ("text", "charset", "header"),
    [
        (GERMAN, "utf-8", ""),
        (GERMAN, "utf-8", "text/html; charset=iso-8859-1"),
        (GERMAN, "latin-1", "text/html; charset=ISO-8859-1"),
        (GERMAN, "latin-1", ""),
        (GERMAN, "utf-8-sig", ""),
        (GERMAN, "utf-16", ""),
        (GERMAN, "utf-16-le", ""),
        (RUSSIAN, "windows-1251", "text/html; charset=windows-1251"),
        (RUSSIAN, "windows-1251", ""),
        (CHINESE, "gb2312", "text/html; charset=gb2312"),
        (CHINESE, "gb18030", ""),
        (CHINESE, "gb18030", "text/html; charset=no-such-charset"),
    ],
)
def test_decodes(text: str, charset: str, header: str) -> None:
    assert decode(text.encode(charset), header) == text


def test_a_meta_tag_declares_the_charset() -> None:
    text = '<meta charset="windows-1252"><p>“Lampen” – 5 €</p>'
    assert decode(text.encode("cp1252")) == text


def test_latin_1_means_what_browsers_read_it_as() -> None:
    assert decode("“lamp”".encode("cp1252"), "text/html; charset=iso-8859-1") == "“lamp”"


def test_one_broken_byte_does_not_turn_the_page_into_another_charset() -> None:
    body = ("é" * 2000).encode() + b"\xff"
    assert decode(body, "text/html; charset=utf-8") == "é" * 2000 + "\ufffd"
