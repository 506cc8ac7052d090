"""Enumerators: "4.2", "(a)", "IV.", "Article 5", "§ 3", "第五条", "제3조"."""

from __future__ import annotations

import re

_WORDS = (
    r"article|art\.?|section|sec\.?|clause|chapter|part|annex|appendix|schedule|exhibit"  # en, fr
    r"|artikel|abschnitt|ziffer|anhang|anlage|kapitel|teil|absatz"  # de, nl, sv, da
    r"|articolo|sezione|capitolo|allegato|artículo|sección|capítulo|cláusula|anexo|apartado|artigo|seção|secção"  # it, es, pt
    r"|annexe|chapitre|titre|hoofdstuk|bijlage|artykuł|rozdział|załącznik|madde|bölüm|avsnitt|kapittel|bilaga|kapitola|článek|čl\."
    r"|статья|раздел|глава|пункт|приложение|стаття|розділ|член|άρθρο|κεφάλαιο|cikk|fejezet|articolul|capitolul|título|titolo"
    r"|المادة|البند|الفصل|סעיף|פרק|điều|chương|mục|pasal|bab|ข้อ|अनुच्छेद|धारा"
)
_ORDINAL = (
    r"primer[oa]|segund[oa]|tercer[oa]|terceir[oa]|cuart[oa]|quart[oa]|quint[oa]|sext[oa]|séptim[oa]|sétim[oa]|octav[oa]|oitav[oa]"
    r"|noven[oa]|non[oa]|décim[oa]|أولاً|ثانياً|ثالثاً|رابعاً|خامساً|سادساً|سابعاً|ثامناً|تاسعاً|عاشراً"
)
_INNER = r"(?:\((?:\d{1,2}|[a-z]{1,4})\))"
_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*[a-zªº°]?|[ivxlc]{{1,6}}|[a-z]){_INNER}{{0,3}}"
_CJK = r"[一二三四五六七八九十百零〇0-9０-９]{1,4}"
_HIGH = re.compile(
    r"part|title|titre|títul|titol|chap|chương|cap[ií]t|kapit|hoofdst|rozdz|bölüm|глава|розділ|κεφ|fejez|الفصل|פרק|bab|第.*[章編编]|제.*장",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"第.*[节節]|제.*절")
_LOW = re.compile(r"[(（①-⑳]|[a-zⅰ-ⅻ]{1,5}[).]?\Z")

_LABEL = re.compile(
    rf"(?P<named>(?:{_WORDS})\s?{_NUMBER}(?![\w']))(?P<stop>\s?[.:)،–—-])?"
    rf"|(?P<ordinal>(?:{_ORDINAL})(?=\s?[.:)،–—-]))"
    r"|(?P<para>§{1,2}\s?\d{1,3}[a-z]?(?:\.\d{1,3})*\b)\.?"
    rf"|(?P<cjk>第\s?{_CJK}\s?[条條章节節款項编編]|제\s?\d{{1,3}}\s?[조장절]|[(（]{_CJK}[)）]|{_CJK}[、．]|[①-⑳])"
    r"|(?P<bracket>\((?:\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6})\))(?=\s|[^\W\d])"
    rf"|(?P<inner>\d{{1,3}}(?:\.\d{{1,3}}){{0,5}}{_INNER}{{1,3}})(?=\s)"
    r"|(?P<dotted>\d{1,3}(?:\.\d{1,3}){1,5}\.?\)?)(?=\s*[^\W\d]|\s)(?!\s?%)"
    r"|(?P<single>(?:\d{1,3}|[a-z]|[ivxlc]{1,6}|[Ⅰ-Ⅻⅰ-ⅻ])[.)])(?=\s|[^\W\d]{2})",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{1,2}\. ?[^\W\d]{3,12}\.? \d{4}")


def label(text: str, *, heading: bool = False) -> str | None:
    """The enumerator that a text begins with, without the stop after it; None where there is none.

    "Section 5" at the start of a sentence is a reference: outside headings a stop must follow it.
    """
    found = _LABEL.match(text)
    if not found or _DATED.match(text):
        return None
    kind = found.lastgroup if found.lastgroup != "stop" else "named"
    if kind == "named":
        if not (heading or found["stop"]):
            return None
        return found["named"]
    if (
        kind == "single"
        and found["single"][0].isalpha()
        and found["single"][-1] == "."
        and not text[found.end() :][:1].isspace()
    ):
        return None  # "e.g", "i.e.", "U.S."
    return found[kind or 0].strip().rstrip(".、．") or None


def rank(mark: str | None) -> int:
    """How deep an enumerator stands: 0 for "Chapter 3", 2 for none, "3" and "Article 3", 3 for "3.1", and so on."""
    if mark is None:
        return 2
    if _HIGH.match(mark):
        return 0
    return 1 if _MIDDLE.match(mark) else 2 + mark.rstrip(".").count(".") + (_LOW.match(mark) is not None)
