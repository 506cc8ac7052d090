"""Similarity of clauses by their words, each word one code point, so that rapidfuzz compares words at the speed of characters.

A sketch is what a clause says, word by word. Its gist is what it is about: the stems of its longer words, each once, in one order for all
clauses, so that what two gists have in common in order is all they have in common, however their sentences are built.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from tracker.comparison.clauses import wording
from tracker.model import Clause

_FIRST, _SURROGATES, _AFTER = 0x100, 0xD800, 0xE000
_RARE, _CANDIDATES = 6, 8
_LONG, _STEM = 4, 5
"""Letters that a word must have to be part of a gist, and those of it that count: "create", "creating" and "creation" are one."""


class _Codes(dict[str, str]):
    """A code point for each word, given when it is first asked for."""

    def __missing__(self, word: str) -> str:
        number = _FIRST + len(self)
        number += (_AFTER - _SURROGATES) * (number >= _SURROGATES)
        self[word] = code = chr(min(number, 0x10FFFF))
        return code


class Sketches:
    """The words of two policies' clauses as strings of code points, made when first asked for."""

    def __init__(self, old: Sequence[Clause], new: Sequence[Clause]) -> None:
        self._clauses = (old, new)
        self._sketches: tuple[dict[int, str], dict[int, str]] = ({}, {})
        self._gists: tuple[dict[int, str], dict[int, str]] = ({}, {})
        self._codes = _Codes()

    def of(self, side: int, at: int) -> str:
        """The sketch of a clause; side 0 is the old policy, 1 the new one. Its length is the number of words."""
        known = self._sketches[side]
        if at not in known:
            known[at] = "".join(map(self._codes.__getitem__, wording(self._clauses[side][at].text).split()))
        return known[at]

    def size(self, side: int, at: int) -> int:
        """The number of words of a clause."""
        return len(self.of(side, at))

    def gist(self, side: int, at: int) -> str:
        """The gist of a clause. Its length is the number of stems."""
        known = self._gists[side]
        if at not in known:
            words = (word.rpartition("'")[2] for word in wording(self._clauses[side][at].text).split())
            stems = {word[:_STEM] for word in words if len(word) >= _LONG or not word.isascii()}
            known[at] = "".join(sorted(map(self._codes.__getitem__, stems)))
        return known[at]

    def similarity(self, i: int, j: int) -> float:
        """0–100: twice the longest common subsequence of words over the words of both."""
        return fuzz.ratio(self.of(0, i), self.of(1, j))

    def kinship(self, i: int, j: int) -> float:
        """0–100: twice the stems that two gists share over the stems of both."""
        return fuzz.ratio(self.gist(0, i), self.gist(1, j)) if self.gist(0, i) else 0.0

    def similar(self, olds: Sequence[int], news: Sequence[int], least: float) -> Iterator[tuple[int, int, float]]:
        """All pairs at least so similar."""
        return self._scored(self.of, olds, news, least)

    def akin(self, olds: Sequence[int], news: Sequence[int], least: float) -> Iterator[tuple[int, int, float]]:
        """All pairs whose gists are at least so similar."""
        return self._scored(self.gist, olds, news, least)

    def _scored(
        self, drawn: Callable[[int, int], str], olds: Sequence[int], news: Sequence[int], least: float
    ) -> Iterator[tuple[int, int, float]]:
        a, b = [drawn(0, i) for i in olds], [drawn(1, j) for j in news]
        scores = process.cdist(a, b, scorer=fuzz.ratio, score_cutoff=least)
        xs, ys = scores.nonzero()
        for x, y, score in zip(xs.tolist(), ys.tolist(), scores[xs, ys].tolist(), strict=True):
            yield olds[x], news[y], score

    def held(self, olds: Sequence[int], news: Sequence[int], share: float) -> Iterator[tuple[int, int, int]]:
        """All pairs of which one holds so much of the other's words, in order, with the number of these."""
        a, b = [self.of(0, i) for i in olds], [self.of(1, j) for j in news]
        common = process.cdist(a, b, scorer=LCSseq.similarity, dtype=np.int32)
        least = share * np.minimum.outer([len(text) for text in a], [len(text) for text in b])
        xs, ys = (common >= least).nonzero()
        for x, y, count in zip(xs.tolist(), ys.tolist(), common[xs, ys].tolist(), strict=True):
            yield olds[x], news[y], count

    def candidates(self, olds: Sequence[int], news: Sequence[int], least: float) -> Iterator[tuple[int, int, float]]:
        """Pairs at least so similar among those that share rare words: what is looked at when all pairs would be too many."""
        holders: dict[str, list[int]] = defaultdict(list)
        for j in news:
            for word in set(self.of(1, j)):
                holders[word].append(j)
        for i in olds:
            rare = sorted((w for w in set(self.of(0, i)) if w in holders), key=lambda w: (len(holders[w]), w))[:_RARE]
            votes: dict[int, float] = defaultdict(float)
            for word in rare:
                for j in holders[word][: 4 * _CANDIDATES]:
                    votes[j] += 1 / len(holders[word])
            for j, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_CANDIDATES]:
                score = self.similarity(i, j)
                if score >= least:
                    yield i, j, score

    def common(self, side: int, group: Sequence[int], partner: Sequence[int]) -> int:
        """Words that the joined clauses of one side have in common, in order, with those of the other."""
        return LCSseq.similarity(
            "".join(self.of(side, at) for at in group), "".join(self.of(1 - side, at) for at in partner)
        )
