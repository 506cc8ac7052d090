"""Phrases of the data files, found in texts by one mechanism: facts, topics, rules and boilerplate all use it.

A phrase is words as `terms` folds them. `shar*` stands for every word that begins so, `a|b` for either word, `_` for any
one word, and `...` for up to four words. Unspaced scripts need nothing special, since their characters are words.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import chain, product
from math import inf
from typing import Any, Generic, NamedTuple, TypeVar

from tracker.comparison.addressing import addressed
from tracker.wording import words

_GAP = 4
_SHORT = 3  # letters up to which words are common ones
_STEM = 2  # letters by which stems are indexed; no stem is shorter
_REMEMBERED = 50_000  # words

V = TypeVar("V")
_Pattern = tuple[str, ...]
_ANY = ("_", "...")
_ADDRESSING = frozenset({"facts", "measures", "practices", "scales", "signals"})
"""The files whose phrases address the person."""


@cache
def data(name: str) -> dict[str, Any]:
    """A packaged data file, by its path beside this module, without the suffix."""
    table = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return addressed(table) if name in _ADDRESSING else table


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


_Phrase = tuple[int, _Pattern, _Pattern, _Pattern, str, bool]
"""A phrase as it is looked for by one of its words: its place in the lexicon, what must stand before and after that word, the whole words
without which no text holds it, and the beginning of a word without which none does."""


_ByWord = dict[str, tuple[_Phrase, ...]]


class _Entries(NamedTuple):
    """The phrases that a word may be part of: it alone; it and the word after it, or before it; it and another word somewhere; and what
    only a closer look tells."""

    alone: tuple[int, ...]
    after: _ByWord
    before: _ByWord
    along: _ByWord
    loose: tuple[_Phrase, ...]


def _sorted(phrases: Iterable[_Phrase]) -> _Entries:
    """In tuples all through, of which the garbage collector loses sight: thousands are remembered."""
    alone: tuple[int, ...] = ()
    loose: tuple[_Phrase, ...] = ()
    after, before, along = _ByWord(), _ByWord(), _ByWord()
    for phrase in phrases:
        rank, lead, rest, words, *_ = phrase
        if not lead and not rest:
            alone += (rank,)
        elif not lead and _is_word(rest[0]):
            after[rest[0]] = (*after.get(rest[0], ()), phrase)
        elif lead and _is_word(lead[-1]):
            before[lead[-1]] = (*before.get(lead[-1], ()), phrase)
        elif words:
            other = max(sorted(words), key=len)
            along[other] = (*along.get(other, ()), phrase)
        else:
            loose += (phrase,)
    return _Entries(alone, after, before, along, loose)


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


class Lexicon(Generic[V]):
    """Values and the phrases that stand for them. Each is looked for by its rarest word, so that a long list costs little more than a
    short one."""

    def __init__(self, phrases: Iterable[tuple[V, str]]) -> None:
        """`phrases` are (value, phrase) pairs."""
        patterns = [*dict.fromkeys((value, pattern) for value, phrase in phrases for pattern in _patterns(phrase))]
        holding = Counter(chain.from_iterable({*pattern} for _, pattern in patterns))
        rarity = {part: (len(part) <= _SHORT, count / len(part)) for part, count in holding.items()}
        rarity |= dict.fromkeys(_ANY, (True, inf))
        loose = {part for part in holding if not _is_word(part)}
        patterns.sort(key=lambda each: sum(map(loose.__contains__, each[1])))
        self._values = [value for value, _ in patterns]
        self._whole: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[tuple[str, _Phrase]]] = {}
        self._seen = _Seen(self._look_up)
        for rank, (_, pattern) in enumerate(patterns):
            at = _rarest(pattern, rarity)
            word, lead, rest = pattern[at], pattern[:at], pattern[at + 1 :]
            phrase = _plain(rank, lead, rest) if loose.isdisjoint(lead + rest) else _phrase(rank, lead, rest)
            if word[-1] == "*":
                self._stems.setdefault(word[:_STEM], []).append((word[:-1], phrase))
            else:
                self._whole.setdefault(word, []).append(phrase)

    def find(self, text: Sequence[str]) -> list[tuple[V, int, int]]:
        """Each place where a phrase stands in the words of a text, as (value, start, end): the longest of a place first, then the
        most exact."""
        if self._seen.blank.issuperset(text):  # most texts hold nothing of most lexicons, and this finds out in C
            return []
        found: list[tuple[int, int, int]] = []
        text = tuple(text)
        held, joined, padded = frozenset(text), f" {' '.join(text)}", (*text, "")
        for at, entries in enumerate(map(self._seen.__getitem__, text)):
            if entries is None:
                continue
            alone, after, before, along, near = entries
            if alone:
                found += [(at, -at - 1, rank) for rank in alone]
            if after and (phrases := after.get(padded[at + 1])):
                near = (*near, *phrases)
            if before and (phrases := before.get(padded[at - 1])):
                near = (*near, *phrases)
            if along and not held.isdisjoint(along):
                near = (*near, *chain(*(phrases for word, phrases in along.items() if word in held)))
            for phrase in near:
                rank, lead, rest, words, stem, plain = phrase
                if plain:
                    start, end = at - len(lead), at + 1 + len(rest)
                    if text[start:at] == lead and text[at + 1 : end] == rest:
                        found.append((start, -end, rank))
                elif stem in joined and held.issuperset(words):
                    found += _places(text, at, phrase)
        values = self._values
        return [(values[rank], start, -end) for start, end, rank in sorted(found)]

    def keys(self, value: V) -> tuple[frozenset[str], frozenset[str]]:
        """The words, and the stems of words, of which one stands wherever a phrase of a value does."""
        return self._keys[value]

    @cached_property
    def _keys(self) -> dict[V, tuple[frozenset[str], frozenset[str]]]:
        whole, stems = defaultdict[V, set[str]](set), defaultdict[V, set[str]](set)
        for word, phrases in self._whole.items():
            for phrase in phrases:
                whole[self._values[phrase[0]]].add(word)
        for stem, phrase in chain(*self._stems.values()):
            stems[self._values[phrase[0]]].add(stem)
        return {value: (frozenset(whole[value]), frozenset(stems[value])) for value in self._values}

    def _look_up(self, word: str) -> _Entries | None:
        """What this word may be part of."""
        whole, stems = self._whole.get(word, ()), self._stems.get(word[:_STEM], ())
        if not whole and not stems:  # as for most words
            return None
        phrases = [*whole, *(phrase for stem, phrase in stems if word.startswith(stem))]
        return _sorted(phrases) if phrases else None

    def values(self, text: Sequence[str]) -> set[V]:
        """The values whose phrases stand in the words of a text."""
        return {value for value, _, _ in self.find(text)}


def _rarest(pattern: _Pattern, rarity: Mapping[str, tuple[bool, float]]) -> int:
    """The part to look for a pattern by: a long word that few patterns hold. What may stand after a second gap is not looked for, since
    the same place could then be found twice."""
    parts = pattern[: pattern.index("...")] if pattern.count("...") > 1 else pattern
    rarities = [*map(rarity.__getitem__, parts)]
    return rarities.index(min(rarities))


def _plain(rank: int, lead: _Pattern, rest: _Pattern) -> _Phrase:
    return rank, lead, rest, (), "", True


def _phrase(rank: int, lead: _Pattern, rest: _Pattern) -> _Phrase:
    others = lead + rest
    stem = max((part[:-1] for part in others if part[-1] == "*"), key=len, default="")
    return rank, lead, rest, tuple(filter(_is_word, others)), f" {stem}", False


def _places(text: Sequence[str], at: int, phrase: _Phrase) -> Sequence[tuple[int, int, int]]:
    """Where a phrase stands whose word is at `at`: start, minus its end, and its rank."""
    rank, lead, rest, *_ = phrase
    end = _end(text, at + 1, rest)
    if end is None:
        return ()
    start = at - len(lead)
    if "..." not in lead:
        return ((start, -end, rank),) if start >= 0 and _end(text, start, lead) == at else ()
    whole = (*lead, text[at], *rest)
    starts = range(max(0, start + 1 - _GAP), start + 2)
    return [(first, -end, rank) for first in starts if _fits(text[first], lead[0]) and _end(text, first, whole) == end]


def lexicon(table: Mapping[str, Iterable[str]]) -> Lexicon[str]:
    """A lexicon from a table of value → phrases."""
    return Lexicon((value, phrase) for value, phrases in table.items() for phrase in phrases)


def _patterns(phrase: str) -> Iterator[_Pattern]:
    """The phrase as the words it is matched by; alternatives become patterns of their own."""
    for choice in product(*(part.split("|") for part in phrase.split())):
        pattern = tuple(chain.from_iterable(map(_folded, choice)))
        if not pattern or pattern[0] in _ANY:
            raise ValueError(f"a phrase begins with a word, not with {phrase!r}")
        yield pattern


def _folded(part: str) -> Sequence[str]:
    plain = part.isascii() and part.isalpha() and part.islower()
    return (part,) if plain or part in _ANY or part[-1] in "*'" else terms(part)


def _end(text: Sequence[str], at: int, pattern: _Pattern) -> int | None:
    """Where the pattern ends if it stands at `at`."""
    for place, part in enumerate(pattern, 1):
        if part == "...":
            ends = (_end(text, at + skip, pattern[place:]) for skip in range(_GAP + 1))
            return next((found for found in ends if found is not None), None)
        if at >= len(text) or not _fits(text[at], part):
            return None
        at += 1
    return at


def _is_word(part: str) -> bool:
    return part not in _ANY and not part.endswith("*")


def _fits(word: str, part: str) -> bool:
    return word == part or part == "_" or (part[-1] == "*" and word.startswith(part[:-1]))
