"""The dates that a document states of itself, and those that it states of other things."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tracker.extraction import extract
from tracker.model import Page, Policy

SEEN = date(2026, 11, 1)


def read(text: str, region: str | None = None, observed: date = SEEN) -> Policy:
    return extract(text.encode(), Page("text/plain", observed=observed, region=region))


@pytest.mark.parametrize(
    ("text", "effective", "updated"),
    [
        ("Lamp Privacy\n\nEffective Date: December 15, 2020", "2020-12-15", None),
        ("Lamp Privacy\n\nLast updated: November 2023.", None, "2023-11"),
        ("Lamp Privacy\n\nLast Updated & Effective: June 1st, 2022", "2022-06-01", "2022-06-01"),
        ("Terms\n\nThese Terms were revised on the 5th of January, 2021 and take effect on February 1, 2021.", "2021-02-01", "2021-01-05"),
        ("Lamp Privacy\n\nMarch 3, 2024\n\nWe collect data.", None, "2024-03-03"),
        ("Lamp Privacy\n\nLast modified\n\nNov 24, 2022\n\nWe collect data.", None, "2022-11-24"),
        ("Lamp Privacy\n\nversion 20180525\n\nWe collect data.", None, "2018-05-25"),
        ("Datenschutzerklärung\n\nStand: Mai 2023\n\nWir verarbeiten Daten.", None, "2023-05"),
        ("Datenschutz\n\nDiese Erklärung tritt am 25. Mai 2018 in Kraft.", "2018-05-25", None),
        ("Politique de confidentialité\n\nDernière mise à jour : 1er décembre 2023", None, "2023-12-01"),
        ("Política de privacidad\n\nÚltima actualización: 5 de marzo de 2024", None, "2024-03-05"),
        ("Política de Privacidade\n\nEsta política entra em vigor em 10 de agosto de 2022.", "2022-08-10", None),
        ("Informativa sulla privacy\n\nUltimo aggiornamento: 12 maggio 2021", None, "2021-05-12"),
        ("Privacyverklaring\n\nLaatst bijgewerkt op 3 februari 2022", None, "2022-02-03"),
        ("Polityka\n\nOstatnia aktualizacja: 7 września 2023 r.\n\nObowiązuje od 1 października 2023 r.", "2023-10-01", "2023-09-07"),
        ("Integritetspolicy\n\nSenast uppdaterad: 14 juni 2024", None, "2024-06-14"),
        ("Privatlivspolitik\n\nSenest opdateret den 4. maj 2023", None, "2023-05-04"),
        ("Personvernerklæring\n\nSist oppdatert: 12. mai 2023", None, "2023-05-12"),
        ("Tietosuojaseloste\n\nPäivitetty viimeksi 5.3.2024", None, "2024-03-05"),
        ("Zásady ochrany osobních údajů\n\nTyto zásady jsou účinné od 1. ledna 2024.", "2024-01-01", None),
        ("Adatvédelmi tájékoztató\n\nHatályos: 2023. május 5.", "2023-05-05", None),
        ("Politica de confidențialitate\n\nUltima actualizare: 20 februarie 2024", None, "2024-02-20"),
        ("Πολιτική Απορρήτου\n\nΤελευταία ενημέρωση: 3 Μαρτίου 2023", None, "2023-03-03"),
        ("Політика конфіденційності\n\nОновлено: 5 квітня 2024 р.", None, "2024-04-05"),
        ("Политика\n\nПоследнее обновление: 3 июля 2024 г.\n\nПолитика вступает в силу с 10 июля 2024 года.", "2024-07-10", "2024-07-03"),
        ("Gizlilik\n\nSon güncelleme: 15 Mart 2023\n\nBu politika 1 Nisan 2023 tarihinde yürürlüğe girmiştir.", "2023-04-01", "2023-03-15"),
        ("隐私政策\n\n更新日期:2023年5月1日\n\n生效日期:2023年6月1日", "2023-06-01", "2023-05-01"),
        ("隐私政策\n\n本政策于2023年5月1日更新,2023年6月1日生效。", "2023-06-01", "2023-05-01"),
        ("隐私政策\n\n生效日期:2022年【3】月【2】日", "2022-03-02", None),
        ("プライバシーポリシー\n\n2020年4月1日 制定\n2023年10月5日 改定", None, "2023-10-05"),
        ("プライバシーポリシー\n\n令和5年4月1日 施行", "2023-04-01", None),
        ("개인정보 처리방침\n\n이 개인정보처리방침은 2023년 9월 15일부터 적용됩니다.", "2023-09-15", None),
        ("سياسة الخصوصية\n\nآخر تحديث: 5 مارس 2024\n\nتاريخ السريان: ١ أبريل ٢٠٢٤", "2024-04-01", "2024-03-05"),
        ("מדיניות פרטיות\n\nעודכן לאחרונה: 5 במרץ 2024", None, "2024-03-05"),
        ("Chính sách quyền riêng tư\n\nCập nhật lần cuối: ngày 5 tháng 3 năm 2024", None, "2024-03-05"),
        ("Kebijakan Privasi\n\nTerakhir diperbarui: 12 Maret 2024", None, "2024-03-12"),
        ("Политика за поверителност\n\nПоследна актуализация: 12 март 2024 г.", None, "2024-03-12"),
        ("Pravila privatnosti\n\nZadnja izmjena: 12. ožujka 2024.", None, "2024-03-12"),
        ("นโยบายความเป็นส่วนตัว\n\nปรับปรุงล่าสุดเมื่อวันที่ 5 มีนาคม 2567", None, "2024-03-05"),
        ("Lamp Privacy\n\nLast updated\n\nTue, 19 March 2024 - 14:05\n\nWe collect data.", None, "2024-03-19"),
    ],
)  # fmt: skip
def test_stated(text: str, effective: str | None, updated: str | None) -> None:
    policy = read(text)
    assert (policy.effective_date, policy.updated_date) == (effective, updated)


@pytest.mark.parametrize(
    "text",
    [
        "Lamp Privacy\n\nWe collect data.\n\n© 2024 Lumentide",
        "Lamp Privacy\n\nThis policy supersedes the version dated 1 May 2019.",
        "Lamp Privacy\n\nThe previous version was in force until 3 June 2020.",
        "Lamp Privacy\n\nFrom 1 January 2020 the Lamp Privacy Act applies. The GDPR took effect on 25 May 2018.",
        "Confidentialité\n\nConformément à la loi du 6 janvier 1978 modifiée, vous avez des droits.",
        "Lamp Privacy\n\nLast updated 9 days ago",
        "Lamp Privacy\n\nVersions: in force from 4 July 2023 to 19 October 2023",
        "Lamp Privacy\n\nWe have sold lamps since 30 February 2020 and in the year 1066.",
        "Lamp Privacy\n\n"
        + "We light streets.\n\n" * 40
        + "This section was updated on 26 June 2020.\n\n"
        + "We light homes.\n\n" * 40,
    ],
)
def test_not_stated(text: str) -> None:
    policy = read(text)
    assert (policy.effective_date, policy.updated_date) == (None, None)


def test_a_date_keeps_the_words_and_the_clause_that_state_it() -> None:
    (stated,) = read("Lamp Privacy\n\nThese terms apply from April 4, 2026.").dates
    assert (stated.role, stated.words, stated.clause) == ("effective", "These terms apply from April 4, 2026.", 1)


def test_the_newest_entry_of_the_change_log_is_the_update() -> None:
    entries = "May 23, 2024: Changed the colour of lamps.\n\nMay 26, 2026: Added bulbs.\n\nJune 1, 2020: Began to sell."
    text = f"Lamp Terms\n\nPay first.\n\nChangelog\n\n{entries}"
    assert read(text).updated_date == "2026-05-26"


def test_the_date_at_the_head_goes_before_those_of_other_parts() -> None:
    text = (
        "Lamp Privacy\n\nLast updated: May 1, 2026\n\n"
        + "We light streets.\n\n" * 60
        + "California notice\n\nLast updated: July 9, 2026"
    )
    assert read(text).updated_date == "2026-05-01"


@pytest.mark.parametrize(
    ("text", "region", "value", "ambiguous"),
    [
        ("Effective: 03/04/2025", None, "2025-03-04", True),
        ("Effective: 03/04/2025", "GB", "2025-04-03", True),
        ("Effective: 03/04/2025\n\nLast updated: 25/04/2025", None, "2025-04-03", False),
        ("Effective: 03.04.2025", None, "2025-04-03", False),
        ("Effective: 13/04/2025", None, "2025-04-13", False),
        ("Politique de confidentialité des lampes\n\nDate d'entrée en vigueur : 03/04/2025", None, "2025-04-03", False),
    ],
)
def test_the_order_of_day_and_month(text: str, region: str | None, value: str, ambiguous: bool) -> None:
    found = next(d for d in read(f"Lamp Privacy Policy\n\n{text}", region).dates if d.role == "effective")
    assert (found.value, found.ambiguous) == (value, ambiguous)


def test_the_spelling_of_britain_puts_the_day_first() -> None:
    text = "Lamp Privacy\n\nUpdated on: 09/05/2021\n\nOur {} {} lamps by their {} and {} every visitor of our {}."
    assert (
        read(text.format("organisation", "personalises", "colour", "recognises", "centre")).updated_date == "2021-05-09"
    )
    assert (
        read(text.format("organization", "personalizes", "color", "recognizes", "center")).updated_date == "2021-09-05"
    )


@pytest.mark.parametrize(
    "text",
    [
        "An update to our Terms of Service will be effective on 26 July 2026. You can preview the updated version here.\n\n"
        "Lamp Terms\n\nWe light streets.\n\nLast updated: 4 January 2026",
        "Une nouvelle version de nos conditions d’utilisation entrera en vigueur le 24 septembre 2026. Pour la consulter, cliquez ici.\n\n"
        "Conditions des lampes\n\nNous éclairons les rues.\n\nDernière mise à jour : 4 janvier 2026",
    ],
)
def test_what_is_announced_of_a_coming_version_is_no_date_of_this_one(text: str) -> None:
    policy = read(text, observed=date(2026, 6, 1))
    assert (policy.effective_date, policy.updated_date) == (None, "2026-01-04")


def test_an_update_is_hardly_ahead_when_it_is_stated() -> None:
    assert read("Lamp Privacy\n\nUpdated on: 10/06/2024", observed=date(2024, 6, 12)).updated_date == "2024-06-10"


def test_a_reading_that_lies_far_ahead_of_the_look_is_not_taken() -> None:
    policy = read("Lamp Privacy\n\nUpdated on: 11/05/2021", observed=date(2021, 6, 1))
    assert policy.updated_date == "2021-05-11"


FILLER = "<p>We collect personal data of the people who use our lamps and keep it only as long as we need it.</p>"


def on_page(
    main: str, tail: str = "", title: str = "Privacy Policy", tag: str = "en", region: str | None = None
) -> Policy:
    html = f"<html lang={tag}><body><main><h1>{title}</h1>{main}{FILLER * 12}{tail}</main></body></html>"
    return extract(html.encode(), Page("text/html", observed=SEEN, region=region))


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr><td>{row.replace(' | ', '</td><td>')}</td></tr>" for row in rows) + "</table>"


LIST = "<ul><li>{}</li><li>{}</li></ul>"


@pytest.mark.parametrize(
    ("main", "tail", "effective", "updated"),
    [
        (table("Version | Effective date", "3.2 | 1 May 2024"), "", "2024-05-01", None),
        (table("Owner | Legal", "Last updated | 1 May 2024", "Effective date | 2 June 2024"), "", "2024-06-02", "2024-05-01"),
        ("<dl><dt>Last updated</dt><dd>1 May 2024</dd><dt>Effective</dt><dd>2 June 2024</dd></dl>", "", "2024-06-02", "2024-05-01"),
        ("<p>Last updated: May 1, 2024<br>Effective: June 2, 2024</p>", "", "2024-06-02", "2024-05-01"),
        ("<h2>Effective June 2, 2024</h2>", "", "2024-06-02", None),
        ("<p>Last updated <time datetime='2024-05-01'>1<sup>st</sup> of May 2024</time></p>", "", None, "2024-05-01"),
        ("<p>We've updated our Privacy Policy. The changes take effect June 2, 2024.</p>", "", "2024-06-02", None),
        ("<p>This policy is effective until June 1, 2024. The new one, effective June 2, 2024, is here.</p>", "", "2024-06-02", None),
        ("<p>Effective June 2, 2024</p><p>Previous versions:</p>" + LIST.format("March 3, 2021", "May 5, 2019"), "", "2024-06-02", None),
        ("<p>Archived versions: <a href=/a>March 3, 2021</a>, <a href=/b>May 5, 2019</a></p>", "", None, None),
        ("", "<h2>Previous versions</h2><ul><li>Version effective March 3, 2021</li><li>May 5, 2019</li></ul>", None, None),
        ("", "<h2>Revisions</h2>" + table("No | Date | Change", "1 | 3 May 2021 | First", "2 | 1 May 2024 | New"), None, "2024-05-01"),
        ("", "<h2>Change log</h2>" + table("1 May 2024 | New section on cookies", "3 March 2021 | First version"), None, "2024-05-01"),
        ("", "<h2>Version history</h2>" + LIST.format("v2 (1 May 2024): more on it", "v1 (3 May 2021): first one"), None, "2024-05-01"),
        ("", table("Cookie | Expires", "_lamp | 31 December 2030", "_bulb | 1 January 2031"), None, None),
        ("", "<h2>News</h2><div><h3>A prize</h3><p>May 1, 2024</p></div><div><h3>A new lamp</h3><p>June 2, 2024</p></div>", None, None),
        ("", "<p>Lumentide Ltd, 5 Lamp Street. Rev. 05/01/2024</p>", None, "2024-05-01"),
        ("<p>Our Cookie Policy was last updated on May 1, 2024.</p>", "", None, None),
        ("<p>See our Terms of Service, effective May 1, 2024.</p>", "", None, None),
        ("<h2>California</h2><p>Effective January 1, 2023, residents have the right to know all.</p>", "", None, None),
    ],
)  # fmt: skip
def test_dates_stand_in_tables_lists_and_histories(
    main: str, tail: str, effective: str | None, updated: str | None
) -> None:
    policy = on_page(main, tail)
    assert (policy.effective_date, policy.updated_date) == (effective, updated)


def test_a_past_version_keeps_its_date_as_such() -> None:
    found = on_page("<p>The previous version of this policy, effective March 3, 2021, is kept.</p>").dates
    assert [(date.role, date.value) for date in found] == [("previous", "2021-03-03")]


def test_what_applies_to_some_users_earlier_is_all_kept() -> None:
    line = "<p>These Terms take effect on May 1, 2024 for new users and on June 1, 2024 for all others.</p>"
    found = on_page(line, title="Terms of Service").dates
    assert [(date.role, date.value) for date in found] == [("effective", "2024-05-01"), ("effective", "2024-06-01")]


def test_of_updates_below_one_another_the_newest_is_the_documents() -> None:
    policy = on_page("<p>Updated 3 March 2021</p><p>Updated 1 May 2024</p><p>Updated 2 April 2022</p>")
    assert policy.updated_date == "2024-05-01"


@pytest.mark.parametrize(("tag", "value"), [("en-GB", "2025-04-03"), ("en-US", "2025-03-04"), ("en", "2025-03-04")])
def test_the_country_that_a_page_gives_itself_settles_the_order(tag: str, value: str) -> None:
    assert on_page("<p>Last updated: 03/04/2025</p>", tag=tag).updated_date == value


def test_the_country_that_is_expected_outweighs_it() -> None:
    assert on_page("<p>Last updated: 03/04/2025</p>", tag="en-US", region="GB").updated_date == "2025-04-03"


def test_metadata_are_hints_and_no_stated_dates() -> None:
    page = f"""<html><head><meta property="article:modified_time" content="2024-05-01T10:00:00Z">
        <script type="application/ld+json">{{"@type": "WebPage", "dateModified": "2024-05-02"}}</script></head>
        <body><h1>Privacy Policy</h1>{FILLER * 4}</body></html>"""
    policy = extract(page.encode(), Page("text/html"))
    assert (policy.dates, policy.updated_date) == ((), None)
    assert dict(policy.hints) == {"article:modified_time": "2024-05-01", "json-ld dateModified": "2024-05-02"}


@pytest.mark.parametrize(
    ("lines", "effective", "updated"),
    [
        ("<p>Revision history</p><ul><li>v3 – 20 December 2024: new lamps</li><li>v2 – 2 May 2022: bulbs</li></ul>", None, "2024-12-20"),
        ("<table><tr><td>Date of the last update</td><td>20 December 2024</td></tr></table>", None, "2024-12-20"),
        ("<p>© 2019–2026 Lumentide Ltd. | Terms of use</p><p>Lamp Town, 20 December 2024</p>", None, "2024-12-20"),
        ("<p>Version 5 | Issued: 1 February 2024 | In force: 10 March 2024</p>", "2024-03-10", "2024-02-01"),
    ],
)  # fmt: skip
def test_dates_are_stated_in_lists_tables_and_signatures(
    framed: Callable[[str], str], policy_html: str, lines: str, effective: str | None, updated: str | None
) -> None:
    undated = policy_html.replace("<p>Last updated: 4 May 2024</p>", "")
    policy = extract(framed(undated * 2 + lines).encode(), Page("text/html"))
    assert (policy.effective_date, policy.updated_date) == (effective, updated)
