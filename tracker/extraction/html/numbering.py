"""The enumerators that ordered lists generate: a page shows them and does not write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

_STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
    "decimal": "1",
}  # fmt: skip
_STYLED = re.compile(rf"list-style(?:-type)?\s*:[^;]*?({'|'.join(_STYLES)})\b", re.IGNORECASE)
_UNMARKED = re.compile(r"list-style[^;]*none")
_INTEGER = re.compile(r"-?\d{1,6}\Z")


@dataclass(slots=True)
class Numbering:
    """How a list counts its items; `shown` is False where it shows no numbers, or bullets. `begun`: one of its items has text."""

    shown: bool
    next: int = 1
    style: str = "1"
    step: int = 1
    begun: bool = False

    def next_label(self, item: HtmlElement) -> str:
        """The enumerator that the page shows before this item: "3.", "c.", or nothing."""
        value = item.get("value") or ""
        number = int(value) if _INTEGER.match(value) else self.next
        self.next = number + self.step
        return f"{enumerator(number, self.style)}." if self.shown and not _unmarked(item) else ""


def numbering(element: HtmlElement) -> Numbering:
    """How a ul, ol or menu element counts."""
    start = element.get("start") or ""
    backwards = element.get("reversed") is not None
    styled = _STYLED.search(element.get("style") or "")
    return Numbering(
        shown=element.tag == "ol" and not _unmarked(element),
        next=int(start) if _INTEGER.match(start) else sum(1 for _ in element.iterchildren("li")) if backwards else 1,
        style=_STYLES[styled[1].lower()] if styled else element.get("type") or "1",
        step=-1 if backwards else 1,
    )


def _unmarked(element: HtmlElement) -> bool:
    return _UNMARKED.search(element.get("style") or "") is not None


def enumerator(number: int, style: str) -> str:
    """A number as a list of this `type` shows it: 1, a, A, i or I."""
    if style in ("i", "I") and 0 < number < 4000:
        roman = _roman(number)
        return roman if style == "I" else roman.lower()
    if style in ("a", "A") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(style) + rest) + letters
        return letters
    return str(number)


def _roman(number: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    result = ""
    for value, sign in zip(values, signs, strict=True):
        count, number = divmod(number, value)
        result += sign * count
    return result
