"""What counts as wording: text with case, punctuation, quotes, dashes and whitespace folded away.

Pure functions shared by extraction, comparison and the history's layered hashes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Scripts written without spaces (Chinese, Japanese; Thai, Lao, Burmese, Khmer): every character, with the signs that belong to it, is a
# word of its own, so that texts in them align and differ sensibly.
UNSPACED = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
    "\u0e01-\u0e30\u0e32-\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2-\u0eb3\u0ebd-\u0ec6\u1000-\u102a\u1780-\u17b3"
)
# Vowel signs and other marks that str.isalnum() does not count as letters, though words fall apart without them.
MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0970-\u09e3\u09f0-\u0a65\u0a70-\u0ae5\u0b00-\u0b65"
    "\u0b71-\u0be5\u0c00-\u0c65\u0c80-\u0ce5\u0d00-\u0d65\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u17b4-\u17d3"
)
_LETTER = rf"(?:(?![{UNSPACED}])[^\W\d_]|[{MARKS}])"

_WORD = re.compile(
    r"https?://[^\s<>()\"“”]+[^\s<>()\"“”.,;:!?]"  # an address of a page
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an address of mail
    r"|\d+(?:[.,:/]\d+)*"  # a number, a date in digits, a version
    r"|[$€£¥₹₩%]"  # what the number counts
    rf"|[{UNSPACED}][{MARKS}]*"
    rf"|{_LETTER}+(?:'{_LETTER}+)*",  # a word, with its apostrophes
)

# Letters as they are, what is no part of a word as a blank, and what needs a closer look as a zero.
_PLAIN = {code: " " if not chr(code).isalnum() else chr(code) if chr(code).isalpha() else "0" for code in range(128)}
_PLAIN.update(dict.fromkeys(map(ord, "'$%@"), "0"))

_BESIDE = '.,;:!?()"*|'
"""Marks of which none is part of a word."""

# Marks that would keep most texts from the plain path though no word depends on them.
_PLAIN_MARKS = (
    ("’", "'"),
    ("‘", "'"),
    ("“", '"'),
    ("”", '"'),
    ("–", "-"),
    ("—", "-"),
    ("…", "."),
    ("\u00a0", " "),
    ("•", "*"),
)

# Characters that no reader sees, and the markers that text normalisers leave where a link stood.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]|\{removed \w+\}")


def flat(text: str) -> str:
    """A text in which each of its folded words stands letter by letter."""
    if not text.isascii():
        for mark, plain in _PLAIN_MARKS:
            text = text.replace(mark, plain)
    if text.isascii() and "{" not in text:
        return text.lower()
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text; e-mail addresses, page addresses and numbers stay whole, unspaced scripts fall into characters."""
    text = flat(text)
    if not text.isascii():
        return [word for chunk in text.split() for word in _parted(chunk)]
    plain = text.replace("://", "000").translate(_PLAIN)
    out: list[str] = []
    done, at = 0, plain.find("0")
    while at >= 0:  # only what stands between two blanks needs the closer look
        start, end = text.rfind(" ", done, at) + 1 or done, text.find(" ", at)
        end = len(text) if end < 0 else end
        out += plain[done:start].split()
        out += _WORD.findall(text[start:end])
        done, at = end, plain.find("0", end)
    return out + plain[done:].split()


def _parted(chunk: str) -> Sequence[str]:
    """The words of what stands between two blanks: most are one, with or without a mark beside it."""
    bare = chunk.strip(_BESIDE)
    return (bare,) if bare.isascii() and bare.isalpha() else _WORD.findall(chunk)


def fold(text: str) -> str:
    """The wording of a text: equal for two texts that a reader would call equally worded."""
    return " ".join(words(text))
