"""Every charset that pages come in, declared or not."""

from __future__ import annotations

import pytest

from tracker.extraction import extract
from tracker.extraction.html.parsing import decode
from tracker.extraction.mojibake import repaired
from tracker.model import Page

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


SENTENCES = {
    "fr": "Nous conservons vos données à caractère personnel, l’adresse e-mail comprise, aussi longtemps que nécessaire – pas au-delà.",
    "de": "Wir löschen Ihre persönlichen Daten, sobald sie für die „genannten Zwecke“ unnötig sind – spätestens nach einem Jahr.",
    "ru": "Мы храним ваши персональные данные не дольше, чем это необходимо для указанных целей.",
    "zh": "我们仅在实现目的所必需的期限内保存您的个人信息，期限届满后予以删除。",
    "en": "We don’t sell your data — and we never “share” it for anybody’s advertising…",
}


def misread(text: str) -> str:
    """As whoever takes UTF-8 for Windows-1252 has it; bytes without a character there become control characters."""
    return "".join(
        chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([b]).decode("cp1252") for b in text.encode()
    )


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("times", [1, 2])
def test_text_that_was_misread_and_written_again_is_repaired(language: str, times: int) -> None:
    broken = SENTENCES[language]
    for _ in range(times):
        broken = misread(broken)
    assert repaired(f"<p>{broken}</p>") == f"<p>{SENTENCES[language]}</p>"


@pytest.mark.parametrize("language", SENTENCES)
def test_text_that_is_right_stays_as_it_is(language: str) -> None:
    assert repaired(SENTENCES[language]) == SENTENCES[language]


@pytest.mark.parametrize(
    "text",
    [
        "INFORMAÇÕES SOBRE PROTEÇÃO DE DADOS – NÃO VENDEMOS SEUS DADOS. ÂMBITO",
        "Marque Â® seule, une fois.",
        "Ã‰ une seule fois, et Ãô deux",
        "Les «Â» et les «Ã» d’un alphabet",
    ],
)
def test_what_only_looks_like_it_is_not_touched(text: str) -> None:
    assert repaired(text) == text


def test_a_page_that_was_misread_reads_like_the_one_that_was_not(policy_html: str) -> None:
    page = f"<html lang='fr'><body><main>{policy_html}<p>{SENTENCES['fr']}</p></main></body></html>"
    pages = (extract(text.encode(), Page("text/html; charset=utf-8")).markdown for text in (page, misread(page)))
    assert len(set(pages)) == 1
