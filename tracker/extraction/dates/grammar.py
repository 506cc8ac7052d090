"""Date expressions: what calendar dates a line of text names, in any of the languages that CLDR has month names for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

LANGUAGES = (
    "en fr de es it pt nl pl sv da no fi cs sk hu ro el uk ru tr zh ja ko bg hr sl et lv lt ca vi id ar he th".split()
)
_EARLIEST, _LATEST = 1990, 2100
_BUDDHIST, _BUDDHIST_ERA = 2500, 543
"""Thai dates count from the Buddha's death."""
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
"""The year before the first of an era: reigns in Japan, the republic in Taiwan."""
_HAN = str.maketrans("〇零○元一二三四五六七八九", "0001123456789")
_ROMAN = {name.lower(): n for n, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
_COUNTRIES = {"de": ("de_AT",), "ar": ("ar_SY", "ar_DZ", "ar_MA")}
"""Countries with names of their own for some months."""
_SPELLINGS = {
    "en": {"sept": 9},
    "es": {"setiembre": 9, "set": 9},
    "de": {"maerz": 3},
    "nl": {"mrt": 3},
    "da": {"sept": 9},
}
"""Names that CLDR does not have."""

YEAR = re.compile(
    r"[\d令平民〇零○](?:(?<=\d)(?:\d{3}|[./-]\s?\d{1,2}[./-]\s?\d\d|/\d\d)|(?<=[令平民])[和成國国]|(?<=[〇零○]))"
)
"""Cheap to look for; no line without it names a date."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A date named at `start`:`end` of a line: a year, perhaps a month, perhaps a day.

    Where `order` is "/" or "-", month and day are told apart by nothing but custom, and both readings are possible.
    """

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None
    order: str = ""
    loose: bool = False
    """Digits that are a date only where a cue says so ("20180525", "11/2023", "2023")."""

    @property
    def value(self) -> str:
        parts = [f"{self.year:04}", *(f"{p:02}" for p in (self.month, self.day) if p is not None)]
        return "-".join(parts)


_HAN_NUMBER = r"(?:\d{1,4}|[〇零○元一二三四五六七八九十]{1,4})"
_NUMERIC = (
    r"(?P<y1>\d{4})\s?[-./]\s?(?P<m1>\d{1,2})\s?[-./]\s?(?P<d1>\d{1,2})(?!\d)"
    r"|(?<![\d./-])(?P<a>\d{1,2})(?P<sep>\.\s?|\s?[/-]\s?)(?P<b>\d{1,2})(?:\.\s?|\s?[/-]\s?)(?P<y2>\d{4}|\d{2})(?![\d/-]|\.\d)"
    r"|(?P<y3>\d{4})\s?[年년]\s?(?P<m3>\d{1,2})\s?[月월](?:\s?(?P<d3>\d{1,2})\s?[日일号號])?"
    rf"|(?P<era>{'|'.join(_ERAS)}|(?=[〇零○一二三四五六七八九]{{4}}\s?年))\s?(?P<ey>{_HAN_NUMBER})\s?年"
    rf"\s?(?P<em>{_HAN_NUMBER})\s?月(?:\s?(?P<ed>{_HAN_NUMBER})\s?[日號号])?"
    r"|(?<![\d./-])(?P<y5>20\d\d)(?P<m5>0[1-9]|1[0-2])(?P<d5>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<![\d./-])(?P<m6>0?[1-9]|1[0-2])\s?[-/.]\s?(?P<y6>20\d\d)(?![\d/-]|\.\d)"
    r"|(?<![\w./-])(?P<m12>0[1-9]|1[0-2])/(?P<y12>[1-3]\d)(?![\w/-]|\.\d)"
    r"|(?<![\d./:,-])(?P<y7>20\d\d)(?![\d:/,]|\.\d|-\d)"
)
_LOOSE = frozenset(("d5", "y6", "y12", "y7"))
_APART = r"(?:(?<![^\W\d])|(?-i:(?<=[a-zß-öø-ÿа-яёіїєґά-ώ])(?=[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐΑ-Ω])))"
"""Before the name of a month stands no letter, but where a page sets two words side by side without a space: "Last updatedMay 1"."""
_TRAILING = r"(?:\s?(?:года?|г\.|г|року|р\.|р|roku|r\.|r)(?!\w))?"
"""The word for "year" that Slavic dates end with."""


def _named(months: str) -> str:
    day = r"\d{1,2}"
    tail = r"(?:(?:st|nd|rd|th|er|re|ère|ro|\.?[ºª°o]|\.|:?[ae]|-?го|-?е|ης|η)(?![^\W\d_]{2}))?[»”\"]?(?:\sday)?"
    of = r"(?:\s?(?:of|de|del|di|da|d['’]|/|\.)\s?|-|\s)?"
    year = r"(?:\s?(?:,|de|del|of|do|-|/|\.|năm|พ\.ศ\.|г\.)\s?|\s)*"
    return (
        rf"(?<!\d)(?<!\d\.)(?P<d8>{day})\s?{tail}{of}(?P<n8>{months})\.?{year}(?P<y8>\d{{4}})(?!\d){_TRAILING}"
        rf"|{_APART}(?P<n9>{months})\.?,?\s?(?P<d9>{day})\s?(?:st|nd|rd|th)?\s?[,.]?\s?(?:of\s)?(?P<y9>\d{{4}})(?!\d)"
        rf"|(?P<y10>\d{{4}})\.?,?\s?(?:m\.\s|de\s)?(?P<n10>{months})\.?\s?(?P<d10>{day})(?!\d)"
        rf"|{_APART}(?P<n11>{months})\.?{year}(?P<y11>\d{{4}})(?!\d){_TRAILING}"
        rf"|(?P<y13>\d{{4}})\.\s(?P<n13>{months})(?![^\W_])"
        rf"|(?<!\d)(?P<d14>{day})[\s./-]{{1,2}}(?P<n14>(?-i:[IVX]{{1,4}}))[\s./-]{{1,2}}(?P<y14>\d{{4}})(?!\d){_TRAILING}"
    )


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    names = dict(_SPELLINGS.get(language, {}))
    for code in (language, *_COUNTRIES.get(language, ())):
        names = {**_months_of(code), **names}
    if language == "he":
        names |= {"ב" + name: number for name, number in names.items()}  # "in": written in one with the month
    return names


def _months_of(locale: str) -> dict[str, int]:
    names: dict[str, int] = {}
    try:
        known = Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return names
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, context, known).items():
                name = name.lower().rstrip(".")
                if len(name) > 2 and not name.isdigit() and name[-1] not in "月월":
                    names.setdefault(name, number)
                    names.setdefault(_bare(name), number)
    return names


def _bare(name: str) -> str:
    """A month without its accents, as people without the keys for them write it."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).replace("ı", "i")


@lru_cache(maxsize=64)
def _grammar(language: str | None) -> tuple[re.Pattern[str], dict[str, int]]:
    languages = [language, "en"] if language in LANGUAGES else list(LANGUAGES)
    names: dict[str, int] = {}
    for code in languages:
        for name, number in _months(code or "en").items():
            names.setdefault(name, number)
    months = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(f"{_named(months)}|{_NUMERIC}", re.IGNORECASE), names


def expressions(line: str, language: str | None) -> Iterator[Expression]:
    """The dates that a line names, from left to right. Impossible ones (30 February, the year 1066) are none."""
    pattern, names = _grammar(language)
    for found in pattern.finditer(line):
        parts = {key.rstrip("0123456789"): value for key, value in found.groupdict().items() if value is not None}
        expression = _read(found.start(), found.end(), parts, names, found.lastgroup or "")
        if expression is not None and _possible(expression):
            yield expression


def digits(text: str) -> str:
    """The text with ASCII digits and without the brackets that forms put around numbers, each character where it was."""
    if text.isascii():
        return text
    return "".join(_digit(c) for c in text).translate(_BRACKETS)


def lowered(text: str) -> str:
    """The text in lower case, each character where it was."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _digit(character: str) -> str:
    value = None if character.isascii() else unicodedata.decimal(character, None)
    return character if value is None else str(value)


_BRACKETS = str.maketrans(dict.fromkeys("【】〔〕", " "))


def _read(start: int, end: int, p: dict[str, str], names: dict[str, int], last: str) -> Expression | None:
    if "a" in p:
        a, b, year = int(p["a"]), int(p["b"]), _year(p["y"])
        separator = p["sep"].strip()
        if a > 12 or b > 12:
            return Expression(start, end, year, min(a, b), max(a, b), "dmy" if a > 12 else "mdy")
        return Expression(start, end, year, b, a, separator if a != b else "")
    if "era" in p:
        year = _ERAS.get(p["era"], 0) + _han(p["ey"])
        return Expression(start, end, year, _han(p["em"]), _han(p["ed"]) if "ed" in p else None)
    month: int | None = None
    if "n" in p:
        month = names.get(p["n"].lower(), _ROMAN.get(p["n"].lower()))
    elif "m" in p:
        month = int(p["m"])
    if "n" in p and month is None:
        return None
    return Expression(start, end, _year(p["y"]), month, int(p["d"]) if "d" in p else None, loose=last in _LOOSE)


def _year(digits: str) -> int:
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    return year - _BUDDHIST_ERA if year > _BUDDHIST else year


def _han(number: str) -> int:
    """A number in digits or in Chinese numerals up to 99 ("二十三", "六", "元": the first), or digit by digit ("二〇二四")."""
    tens, ten, ones = number.partition("十")
    if not ten:
        return int(number.translate(_HAN))
    return int(tens.translate(_HAN) or "1") * 10 + int(ones.translate(_HAN) or "0")


def _possible(x: Expression) -> bool:
    try:
        date(x.year, x.month or 1, x.day or 1)
    except ValueError:
        return False
    return _EARLIEST <= x.year < _LATEST
