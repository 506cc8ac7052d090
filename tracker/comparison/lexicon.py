"""Phrases of the data files, found in texts by one mechanism: facts, topics, rules and boilerplate all use it.

A phrase is words as `terms` folds them. `shar*` stands for every word that begins so, `a|b` for either word, `_` for any
one word, and `...` for up to four words. Unspaced scripts need nothing special, since their characters are words.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property, lru_cache
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
    """The phrases that a word may begin: it alone; it and a second word, or a stem, by its first letters; it, a gap and a word; or it and
    what only a closer look tells."""

    alone: list[str]
    pairs: dict[str, list[_Entry]]
    stems: dict[str, list[_Entry]]
    gaps: dict[str, list[_Entry]]
    loose: list[_Entry]

    def following(self, text: Sequence[str], at: int) -> Iterator[_Entry]:
        """The phrases of several words that may go on at a place."""
        if self.stems:
            yield from self.stems.get(text[at][:_STEM], ())
        if not self.gaps.keys().isdisjoint(text[at : at + _GAP + 1]):
            for word in dict.fromkeys(text[at : at + _GAP + 1]):
                yield from self.gaps.get(word, ())
        yield from self.loose


def _sorted(entries: Iterable[_Entry]) -> _Entries:
    out = _Entries([], {}, {}, {}, [])
    for value, rest in entries:
        if not rest:
            out.alone.append(value)
        elif rest[0] == "..." and rest[1] not in ("_", "...") and not rest[1].endswith("*"):
            out.gaps.setdefault(rest[1], []).append((value, rest))
        elif rest[0].endswith("*"):
            out.stems.setdefault(rest[0][:_STEM], []).append((value, rest))
        elif rest[0] in ("_", "..."):
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
            alone, pairs, stems, gaps, loose = entries
            here = [(value, start, start + 1) for value in alone]
            for value, rest in pairs.get(following, ()):
                end = _end(text, start + 2, rest) if rest else start + 2
                if end is not None:
                    here.append((value, start, end))
            if following and (stems or gaps or loose):
                for value, rest in entries.following(text, start + 1):
                    end = _end(text, start + 1, rest)
                    if end is not None:
                        here.append((value, start, end))
            if here:
                found += sorted(here, key=_shortness) if len(here) > 1 else here
        return found

    def openings(self, value: str, vocabulary: AbstractSet[str]) -> frozenset[str]:
        """The words of a vocabulary with which the phrases of a value can begin."""
        whole, stems = self._heads[value]
        return frozenset((*(whole & vocabulary), *(word for word in vocabulary if stems and word.startswith(stems))))

    @cached_property
    def _heads(self) -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
        """The words, and the stems, with which the phrases of each value begin."""
        whole, stems = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for word, entries in self._whole.items():
            for value, _ in entries:
                whole[value].add(word)
        for stem, (value, _) in chain(*self._stems.values()):
            stems[value].add(stem)
        return {value: (frozenset(whole[value]), tuple(stems[value])) for value in {*whole, *stems}}

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
