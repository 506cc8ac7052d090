"""Enumerators: "4.2", "(a)", "IV.", "Article 5", "§ 3", "第五条", "제3조"."""

from __future__ import annotations

import re

_WORDS = (
    r"article|art\.?|section|sec\.?|clause|chapter|part|annex|appendix|schedule|exhibit"  # en, fr
    r"|artikel|abschnitt|ziffer|anhang|anlage|kapitel|teil|absatz"  # de, nl, sv, da
    r"|articolo|sezione|capitolo|allegato|artículo|sección|capítulo|cláusula|anexo|apartado|artigo|seção|secção"  # it, es, pt
    r"|annexe|chapitre|hoofdstuk|bijlage|artykuł|rozdział|załącznik|madde|bölüm|avsnitt|bilaga|kapitola|článek"
    r"|статья|раздел|глава|пункт|приложение|стаття|розділ|άρθρο|cikk|fejezet|articolul|capitolul"
)
_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[ivxlc]{1,6}|[a-z])"
_CJK = r"[一二三四五六七八九十百零〇0-9０-９]{1,4}"

_LABEL = re.compile(
    rf"(?P<named>(?:{_WORDS})\s?{_NUMBER}(?![\w']))(?P<stop>\s?[.:)–—-])?"
    r"|(?P<para>§{1,2}\s?\d{1,3}[a-z]?(?:\.\d{1,3})*\b)\.?"
    rf"|(?P<cjk>第\s?{_CJK}\s?[条條章节節款項编編]|제\s?\d{{1,3}}\s?[조장절]|[(（]{_CJK}[)）]|{_CJK}、)"
    r"|(?P<bracket>\((?:\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6})\))(?=\s|[^\W\d])"
    r"|(?P<dotted>\d{1,3}(?:\.\d{1,3}){1,5}\.?\)?)(?=\s*[^\W\d]|\s)(?!\s?%)"
    r"|(?P<single>(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)])(?=\s|[^\W\d]{2})",
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
    return found[kind or 0].strip().rstrip(".、") or None


def rank(mark: str | None) -> int:
    """How deep an enumerator stands: 0 for none, "3" and "Article 3", 1 for "3.1", and so on."""
    return mark.count(".") if mark else 0
