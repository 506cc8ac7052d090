"""The dates that a document states of itself, and those that it states of other things."""

from __future__ import annotations

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


def test_a_reading_that_lies_far_ahead_of_the_look_is_not_taken() -> None:
    policy = read("Lamp Privacy\n\nUpdated on: 11/05/2021", observed=date(2021, 6, 1))
    assert policy.updated_date == "2021-05-11"
