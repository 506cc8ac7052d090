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
from typing import Any, Generic, NamedTuple, TypeVar

from tracker.wording import words

_GAP = 4
_SHORT = 3  # letters up to which words are common ones
_STEM = 2  # letters by which stems are indexed; no stem is shorter
_REMEMBERED = 50_000  # words

V = TypeVar("V")
_Pattern = tuple[str, ...]
_ANY = ("_", "...")


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


class _Phrase(NamedTuple):
    """A phrase as it is looked for by one of its words: its place in the lexicon, what must stand before and after that word, and the words
    without which no text holds it."""

    rank: int
    lead: _Pattern
    rest: _Pattern
    words: frozenset[str]


class _Entries(NamedTuple):
    """The phrases that a word may be part of: it alone; it and the word after it, or before it; it and another word somewhere; and what
    only a closer look tells."""

    alone: list[int]
    after: dict[str, list[_Phrase]]
    before: dict[str, list[_Phrase]]
    along: dict[str, list[_Phrase]]
    loose: list[_Phrase]


def _sorted(phrases: Iterable[_Phrase]) -> _Entries:
    out = _Entries([], {}, {}, {}, [])
    for phrase in phrases:
        if not phrase.lead and not phrase.rest:
            out.alone.append(phrase.rank)
        elif not phrase.lead and _is_word(phrase.rest[0]):
            out.after.setdefault(phrase.rest[0], []).append(phrase)
        elif phrase.lead and _is_word(phrase.lead[-1]):
            out.before.setdefault(phrase.lead[-1], []).append(phrase)
        elif phrase.words:
            out.along.setdefault(max(sorted(phrase.words), key=len), []).append(phrase)
        else:
            out.loose.append(phrase)
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


class Lexicon(Generic[V]):
    """Values and the phrases that stand for them. Each is looked for by its rarest word, so that a long list costs little more than a
    short one."""

    def __init__(self, phrases: Iterable[tuple[V, str]]) -> None:
        """`phrases` are (value, phrase) pairs."""
        patterns = [(value, pattern) for value, phrase in phrases for pattern in _patterns(phrase)]
        patterns.sort(key=lambda each: sum(not _is_word(part) for part in each[1]))
        holding = Counter(part for _, pattern in patterns for part in {*pattern})
        self._values = [value for value, _ in patterns]
        self._whole: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[tuple[str, _Phrase]]] = {}
        self._seen = _Seen(self._look_up)
        for rank, (_, pattern) in enumerate(patterns):
            at = _rarest(pattern, holding)
            lead, word, rest = pattern[:at], pattern[at], pattern[at + 1 :]
            phrase = _Phrase(rank, lead, rest, frozenset(filter(_is_word, (*lead, *rest))))
            if word.endswith("*"):
                self._stems.setdefault(word[:_STEM], []).append((word[:-1], phrase))
            else:
                self._whole.setdefault(word, []).append(phrase)

    def find(self, text: Sequence[str]) -> list[tuple[V, int, int]]:
        """Each place where a phrase stands in the words of a text, as (value, start, end): the longest of a place first, then the
        most exact."""
        if self._seen.blank.issuperset(text):  # most texts hold nothing of most lexicons, and this finds out in C
            return []
        found: list[tuple[int, int, int]] = []
        last, held = len(text) - 1, frozenset(text)
        for at, entries in enumerate(map(self._seen.__getitem__, text)):
            if entries is None:
                continue
            alone, after, before, along, loose = entries
            if alone:
                found += [(at, -at - 1, rank) for rank in alone]
            near: Iterable[_Phrase] = after.get(text[at + 1], ()) if after and at < last else ()
            if before and at:
                near = (*near, *before.get(text[at - 1], ()))
            if along and not held.isdisjoint(along):
                near = chain(near, *(phrases for word, phrases in along.items() if word in held))
            for phrase in chain(near, loose) if loose else near:
                if phrase.words <= held:
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
                whole[self._values[phrase.rank]].add(word)
        for stem, phrase in chain(*self._stems.values()):
            stems[self._values[phrase.rank]].add(stem)
        return {value: (frozenset(whole[value]), frozenset(stems[value])) for value in self._values}

    def _look_up(self, word: str) -> _Entries | None:
        """What this word may be part of."""
        stems = self._stems.get(word[:_STEM], ())
        phrases = [*self._whole.get(word, ()), *(phrase for stem, phrase in stems if word.startswith(stem))]
        return _sorted(phrases) if phrases else None

    def values(self, text: Sequence[str]) -> set[V]:
        """The values whose phrases stand in the words of a text."""
        return {value for value, _, _ in self.find(text)}


def _rarest(pattern: _Pattern, holding: Mapping[str, int]) -> int:
    """The part to look for a pattern by: a long word that few patterns hold. What may stand after a second gap is not looked for, since
    the same place could then be found twice."""
    gaps = [at for at, part in enumerate(pattern) if part == "..."]
    parts = range(gaps[0] if len(gaps) > 1 else len(pattern))
    words = [at for at in parts if pattern[at] not in _ANY]
    return min(words, key=lambda at: (len(pattern[at]) <= _SHORT, holding[pattern[at]] / len(pattern[at])))


def _places(text: Sequence[str], at: int, phrase: _Phrase) -> Sequence[tuple[int, int, int]]:
    """Where a phrase stands whose word is at `at`: start, minus its end, and its rank."""
    rank, lead, rest, _ = phrase
    end = _end(text, at + 1, rest) if rest else at + 1
    if end is None:
        return ()
    start = at - len(lead)
    if "..." not in lead:
        return ((start, -end, rank),) if start >= 0 and all(map(_fits, text[start:at], lead)) else ()
    whole = (*lead, text[at], *rest)
    starts = range(max(0, start + 1 - _GAP), start + 2)
    return [(first, -end, rank) for first in starts if _end(text, first, whole) == end]


def lexicon(table: Mapping[str, Iterable[str]]) -> Lexicon[str]:
    """A lexicon from a table of value → phrases."""
    return Lexicon((value, phrase) for value, phrases in table.items() for phrase in phrases)


def _patterns(phrase: str) -> Iterator[tuple[str, ...]]:
    """The phrase as the words it is matched by; alternatives become patterns of their own."""
    parts = [["..."] if part == "..." else part.split("|") for part in phrase.split()]
    for choice in product(*parts):
        pattern: list[str] = []
        for part in choice:
            pattern += [part] if part in _ANY else _folded(part)
        if pattern[:1] in ([], ["_"], ["..."]):
            raise ValueError(f"a phrase begins with a word, not with {phrase!r}")
        yield tuple(pattern)


def _folded(part: str) -> list[str]:
    return [part] if part[-1] in "*'" else list(terms(part))


def _end(text: Sequence[str], at: int, pattern: tuple[str, ...]) -> int | None:
    """Where the pattern ends if it stands at `at`."""
    size = pattern.index("...") if "..." in pattern else len(pattern)
    end = at + size
    if end > len(text) or not all(map(_fits, text[at:end], pattern)):
        return None
    if size == len(pattern):
        return end
    ends = (_end(text, end + skip, pattern[size + 1 :]) for skip in range(_GAP + 1))
    return next((found for found in ends if found is not None), None)


def _is_word(part: str) -> bool:
    return part not in _ANY and not part.endswith("*")


def _fits(word: str, part: str) -> bool:
    return word == part or part == "_" or (part[-1] == "*" and word.startswith(part[:-1]))
