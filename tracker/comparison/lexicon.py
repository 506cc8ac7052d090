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
from itertools import chain, product
from typing import Any, NamedTuple

from tracker.wording import words

_GAP = 4
_STEM = 2  # letters by which stems are indexed; no stem is shorter
_REMEMBERED = 50_000  # words

_Entry = tuple[str, tuple[str, ...]]  # a value, and what must follow the words looked up


@cache
def data(name: str) -> dict[str, Any]:
    """A packaged data file, by its path beside this module, without the suffix."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


_ELISION = re.compile(r"^((?:[cdjlmnst]|qu|un|dell|all|nell|sull)')(?=\w)")


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


class _Entries(NamedTuple):
    """The phrases that a word may begin: it alone, it and a second word, or it and what only a closer look tells."""

    alone: list[str]
    pairs: dict[str, list[_Entry]]
    loose: list[_Entry]


def _sorted(entries: Iterable[_Entry]) -> _Entries:
    out = _Entries([], {}, [])
    for value, rest in entries:
        if not rest:
            out.alone.append(value)
        elif rest[0] in ("_", "...") or rest[0].endswith("*"):
            out.loose.append((value, rest))
        else:
            out.pairs.setdefault(rest[0], []).append((value, rest[1:]))
    return out


class _Seen(dict[str, _Entries | None]):
    """Entries by word, looked up once, since texts repeat their words."""

    def __init__(self, look_up: Callable[[str], _Entries | None]) -> None:
        self._look_up = look_up
        self.blank: set[str] = set()

    def __missing__(self, word: str) -> _Entries | None:
        if len(self) >= _REMEMBERED:
            self.clear()
            self.blank.clear()
        self[word] = entries = self._look_up(word)
        if entries is None:
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
                entry = (value, tuple(rest))
                if first.endswith("*"):
                    self._stems.setdefault(first[:_STEM], []).append((first[:-1], entry))
                else:
                    self._whole.setdefault(first, []).append(entry)

    def find(self, text: Sequence[str]) -> list[tuple[str, int, int]]:
        """Each place where a phrase stands in the words of a text, as (value, start, end); the longest of a place first."""
        if self._seen.blank.issuperset(text):  # most texts hold nothing of most lexicons, and this finds out in C
            return []
        found: list[tuple[str, int, int]] = []
        for start, (entries, following) in enumerate(
            zip(map(self._seen.__getitem__, text), (*text[1:], ""), strict=True)
        ):
            if entries is None:
                continue
            alone, pairs, loose = entries
            paired = pairs.get(following, ())
            if not paired and not loose:
                found += [(value, start, start + 1) for value in alone]
                continue
            here = [(value, start, start + 1) for value in alone]
            for skip, entry in (*((2, entry) for entry in paired), *((1, entry) for entry in loose)):
                end = _end(text, start + skip, entry[1])
                if end is not None:
                    here.append((entry[0], start, end))
            found += sorted(here, key=_shortness) if len(here) > 1 else here
        return found

    def openings(self, vocabulary: Iterable[str]) -> dict[str, list[str]]:
        """The words of a vocabulary with which phrases can begin, by value."""
        out: dict[str, list[str]] = {}
        for word in vocabulary:
            entries = self._seen[word]
            if entries is not None:
                for value in {*entries.alone, *(v for v, _ in (*entries.loose, *chain(*entries.pairs.values())))}:
                    out.setdefault(value, []).append(word)
        return out

    def _look_up(self, word: str) -> _Entries | None:
        """What this word may begin."""
        stems = self._stems.get(word[:_STEM], ())
        entries = [*self._whole.get(word, ()), *(entry for stem, entry in stems if word.startswith(stem))]
        return _sorted(entries) if entries else None

    def values(self, text: Sequence[str]) -> set[str]:
        """The values whose phrases stand in the words of a text."""
        return {value for value, _, _ in self.find(text)}


def _shortness(place: tuple[str, int, int]) -> int:
    return -place[2]


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
