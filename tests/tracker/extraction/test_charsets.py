"""Every charset that pages come in, declared or not."""

from __future__ import annotations

import pytest

from tracker.extraction.html.parsing import decode

GERMAN = "<html lang=de><p>Wir löschen Ihre Daten gemäß dem Gesetz über Lampen für Größen.</p>"
RUSSIAN = "<p>Мы собираем персональные данные пользователей ламп и храним их один год в соответствии с законом.</p>"
CHINESE = "<p>我们收集您的个人信息,包括设备序列号、电子邮件地址和无线网络名称,并保存一年。</p>"


JAPANESE = "<p>当社はお客様の個人情報を取得し、必要な期間に限って保管します。第三者に販売することはありません。</p>"
KOREAN = "<p>회사는 고객의 개인정보를 수집하며 필요한 기간 동안만 보관합니다. 제삼자에게 판매하지 않습니다.</p>"
TAIWANESE = "<p>我們會蒐集使用燈具的用戶的個人資料,並且只在必要的時間內保存這些資料。我們不會出售您的資料。</p>"
POLISH = (
    "<html lang=pl><p>Zbieramy dane osobowe osób, które używają naszych lamp, i nie przechowujemy ich zbyt długo.</p>"
)


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
        (CHINESE, "gb18030", "text/html; charset=utf-8"),
        (RUSSIAN, "koi8-r", "text/html; charset=koi8-r"),
        (RUSSIAN, "koi8-r", ""),
        (RUSSIAN, "windows-1251", "text/html; charset=utf-8"),
        (JAPANESE, "shift_jis", "text/html; charset=Shift_JIS"),
        (JAPANESE, "shift_jis", ""),
        (JAPANESE, "euc-jp", "text/html; charset=euc-jp"),
        (JAPANESE, "iso2022_jp", "text/html; charset=iso-2022-jp"),
        (KOREAN, "euc-kr", "text/html; charset=euc-kr"),
        (KOREAN, "euc-kr", ""),
        (TAIWANESE, "big5", "text/html; charset=big5"),
        (TAIWANESE, "big5", ""),
        (POLISH, "iso-8859-2", "text/html; charset=iso-8859-2"),
        (POLISH, "cp1250", ""),
        (GERMAN, "utf-16-be", ""),
        (GERMAN, "utf-8", "text/html; charset=utf-16"),
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
