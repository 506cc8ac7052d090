"""Phrases of the data files, found in texts by one mechanism: facts, topics, rules and boilerplate all use it.

A phrase is words as `terms` folds them. `shar*` stands for every word that begins so, `a|b` for either word, `_` for any
one word, and `...` for up to four words. Unspaced scripts need nothing special, since their characters are words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Any

from tracker.wording import words

_GAP = 4
_STEM = 2  # letters by which stems are indexed; no stem is shorter
_REMEMBERED = 50_000  # words

_Entry = tuple[
    str, tuple[str, ...], str
]  # the value, what must follow the first word, and the second word where it is plain


@cache
def data(name: str) -> dict[str, Any]:
    """A packaged data file, by its path beside this module, without the suffix."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


_ELISION = re.compile(r"((?:[cdjlmnst]|qu|un|dell|all|nell|sull)')(?=\w)")


@lru_cache(maxsize=16_384)
def terms(text: str) -> tuple[str, ...]:
    """The folded words of a text with elided articles and particles split off ("l'adresse" → "l'", "adresse").

    Remembered, since facts, topics, noise and rules all begin with the terms of the same clause.
    """
    folded = words(text)
    if "'" not in text and "’" not in text:
        return tuple(folded)
    parts: list[str] = []
    for word in folded:
        parts += _ELISION.sub(r"\1 ", word, count=1).split(" ") if "'" in word else [word]
    return tuple(parts)


class _Seen(dict[str, tuple[_Entry, ...]]):
    """Entries by word, looked up once, since texts repeat their words."""

    def __init__(self, look_up: Callable[[str], tuple[_Entry, ...]]) -> None:
        self._look_up = look_up
        self.blank: set[str] = set()

    def __missing__(self, word: str) -> tuple[_Entry, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
            self.blank.clear()
        self[word] = entries = self._look_up(word)
        if not entries:
            self.blank.add(word)
        return entries


class Lexicon:
    """Values and the phrases that stand for them, indexed by their first words so that a long list costs no more than a short one."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases` are (value, phrase) pairs."""
        self._whole: dict[str, list[_Entry]] = {}
        self._stems: dict[str, list[tuple[str, _Entry]]] = {}
        self._seen = _Seen(self._look_up)
        for value, phrase in phrases:
            for first, *rest in _patterns(phrase):
                second = rest[0] if rest and rest[0] not in ("_", "...") and not rest[0].endswith("*") else ""
                entry = (value, tuple(rest), second)
                if first.endswith("*"):
                    self._stems.setdefault(first[:_STEM], []).append((first[:-1], entry))
                else:
                    self._whole.setdefault(first, []).append(entry)

    def find(self, text: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Each place where a phrase stands in the words of a text, as (value, start, end)."""
        if self._seen.blank.issuperset(text):  # most texts hold nothing of most lexicons, and this finds out in C
            return
        size = len(text)
        for start, entries in enumerate(map(self._seen.__getitem__, text)):
            if entries:
                following = text[start + 1] if start + 1 < size else ""
                for value, rest, second in entries:
                    if second and second != following:
                        continue
                    end = _end(text, start + 1, rest)
                    if end is not None:
                        yield value, start, end

    def _look_up(self, word: str) -> tuple[_Entry, ...]:
        """The entries whose first word this is."""
        stems = self._stems.get(word[:_STEM], ())
        return (*self._whole.get(word, ()), *(entry for stem, entry in stems if word.startswith(stem)))

    def values(self, text: Sequence[str]) -> set[str]:
        """The values whose phrases stand in the words of a text."""
        return {value for value, _, _ in self.find(text)}


def lexicon(table: Mapping[str, Iterable[str]]) -> Lexicon:
    """A lexicon from a table of value → phrases."""
    return Lexicon((value, phrase) for value, phrases in table.items() for phrase in phrases)


def _patterns(phrase: str) -> Iterator[tuple[str, ...]]:
    """The phrase as the words it is matched by; alternatives become patterns of their own."""
    parts = [["..."] if part == "..." else part.split("|") for part in phrase.split()]
    for choice in product(*parts):
        pattern: list[str] = []
        for part in choice:
            pattern += [part] if part in ("_", "...") else _folded(part)
        if pattern[:1] in ([], ["_"], ["..."]):
            raise ValueError(f"a phrase begins with a word, not with {phrase!r}")
        yield tuple(pattern)


def _folded(part: str) -> list[str]:
    return [part] if part[-1] in "*'" else list(terms(part))


def _end(text: Sequence[str], at: int, pattern: tuple[str, ...]) -> int | None:
    """Where the pattern ends if it stands at `at`."""
    for i, part in enumerate(pattern):
        if part == "...":
            rest = pattern[i + 1 :]
            ends = (_end(text, at + skip, rest) for skip in range(_GAP + 1))
            return next((end for end in ends if end is not None), None)
        if at >= len(text) or not _fits(text[at], part):
            return None
        at += 1
    return at


def _fits(word: str, part: str) -> bool:
    return part == "_" or word == part or (part.endswith("*") and word.startswith(part[:-1]))
