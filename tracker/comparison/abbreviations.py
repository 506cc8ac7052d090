"""Names and what they are shortened to: "European Economic Area (EEA)" and "the EEA" are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

_LETTERS = r"[A-Z][A-Za-z]{0,2}[A-Z][A-Z]{0,6}"
_SHORT = re.compile(rf"(?<!\w){_LETTERS}(?!\w)")
_BRACKETED = re.compile(rf"\((?:the |the “|[\"“„«'])?({_LETTERS})[\"”“»']?\)")
_EXPLAINED = re.compile(rf"(?<!\w)({_LETTERS}) \(([^()]{{4,120}})\)")
_MARKS = " ,’'\"“”"
_WORD = re.compile(r"[^\W\d_]+")
_PASSED = 3
"""Little words in a row that a name is shortened without: "de l'" and "et des"."""
_LITTLE = 4
"""Letters of the longest of these."""
_COMPOUND = 10
"""Letters from which on a word is taken for several: "Datenschutz" gives two letters."""


def shortened(text: str) -> frozenset[str]:
    """The words of a text that may be shortened names."""
    return frozenset(_SHORT.findall(text))


def bracketed(text: str) -> Iterator[tuple[str, str]]:
    """Each short name that stands in brackets after the name in full, or the other way round, and that name."""
    for found in _BRACKETED.finditer(text):
        ends = (
            (start, end) for start, end in spelled_out((found[1],), text) if not text[end : found.start()].strip(_MARKS)
        )
        yield from ((found[1], text[start:end]) for start, end in ends if end <= found.start())
    for found in _EXPLAINED.finditer(text):
        yield from ((found[1], found[2][start:end]) for start, end in spelled_out((found[1],), found[2]))


def spelled_out(short: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Where in a text names stand that may be shortened to one of these."""
    words = [(match[0], *match.span()) for match in _WORD.finditer(text)]
    spoken = tuple(word for word, *_ in words)
    for letters in {name.upper() for name in short}:
        for at, (word, start, _) in enumerate(words):
            if word[0] == letters[0] and (last := _last(letters, spoken[at : at + len(letters) * (1 + _PASSED)])):
                yield start, words[at + last - 1][2]


@lru_cache(maxsize=4096)
def _last(letters: str, spoken: Sequence[str]) -> int:
    """Of how many of the words the name is made that these letters shorten, 0 for none: each word gives its first letter, a long one others
    too, and little words give none."""
    if not spoken or _little(spoken[0]) or spoken[0][0].upper() != letters[0]:
        return 0
    for taken in range(1, len(letters) + 1):
        if not _within(letters[:taken], spoken[0].upper()):
            break
        if taken == len(letters):
            return 1
        passed = len(tuple(takewhile(_little, spoken[1 : 2 + _PASSED])))
        if rest := _last(letters[taken:], spoken[1 + passed :]):
            return 1 + passed + rest
    return 0


def _little(word: str) -> bool:
    return len(word) <= _LITTLE and word.islower()


def _within(letters: str, word: str) -> bool:
    """Whether a word gives these letters, in order."""
    if len(letters) > 1 and len(word) < _COMPOUND:
        return False
    left = iter(word)
    return all(letter in left for letter in letters)
