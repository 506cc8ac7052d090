"""How single clauses find each other, step by step; every step looks at what the ones before left over."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from operator import attrgetter
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from tracker.comparison.clauses import joined, unnumbered, wording
from tracker.comparison.moves import stayed
from tracker.comparison.sketch import Sketches
from tracker.model import Clause

ANYWHERE, NEARBY, BRIEF = 60, 42, 60
"""Least similarity (0–100): by words anywhere in the text; by words nearby; by characters for brief clauses nearby. Nearby is between the
same two unchanged clauses, or under the same headings."""
AKIN = 42
"""Least similarity (0–100) of the gists of two clauses between the same two others."""
FLOOR = 6
"""Words below which a clause is brief: those resemble each other by chance, and pair nearby only."""
PHRASE = 3
"""Words below which a clause is found in others by chance."""
HELD = 0.9
"""Share of the shorter clause's words that the other must hold, in order, to be what it grew to or shrank from."""
_TRIED = 16
"""Equal clauses that are tried as the first line of a paragraph."""
ORDERED = 400_000_000
"""Pairs of clauses among which a longest common order is looked for (50 MB of bit rows); beyond it equal ones pair as they come."""
CELLS = 2_000_000
"""Pairs of leftover clauses that are scored. Beyond it only pairs with rare words in common are, and the alignment is incomplete."""

Group = tuple[tuple[int, ...], tuple[int, ...]]
_Ranked = tuple[float, int, int, int]  # minus the score, a place to break ties by, and the two positions


@dataclass(frozen=True, slots=True)
class Board:
    """What is matched so far: `pairs` of single clauses, and `groups` of several."""

    old: Sequence[Clause]
    new: Sequence[Clause]
    sketches: Sketches
    pairs: dict[int, int] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    _left: list[Sequence[int]] = field(default_factory=list)
    _gaps: dict[int, _Gaps] = field(default_factory=dict)

    def leftovers(self) -> tuple[list[int], list[int]]:
        """The positions that are not matched yet: what was matched once stays so."""
        old, new = self._left or (range(len(self.old)), range(len(self.new)))
        olds = chain(self.pairs, *(group for group, _ in self.groups)) if old else ()
        news = chain(self.pairs.values(), *(group for _, group in self.groups)) if new else ()
        left = sorted({*old}.difference(olds)), sorted({*new}.difference(news))
        self._left[:] = left
        return left

    def gaps(self) -> _Gaps:
        """Where positions lie between the pairs found so far, which only grow in number."""
        count = len(self.pairs)
        if count not in self._gaps:
            self._gaps[count] = _Gaps(self)
        return self._gaps[count]


def pair(board: Board) -> bool:
    """Match all that can be matched; False where the budget was exceeded, so that less similar pairs may be missed."""
    for key in (_placed, _exact, _text, _wording, _letters, unnumbered):
        _pair_equal(board, key)
    _join_reflowed(board)
    complete = _pair_similar(board)
    _take(_brief(board), board)
    _pair_headings(board)
    complete = _pair_grown(board) and complete
    return _pair_akin(board) and complete


_placed, _exact, _text = attrgetter("text", "kind", "trail"), attrgetter("text", "kind"), attrgetter("text")


def _wording(clause: Clause) -> object:
    return wording(clause.text) or clause.text


def _letters(clause: Clause) -> object:
    """What is left of a clause that lost the blanks between its words, as in texts taken from printed pages."""
    return joined(clause.text) or clause.text


def _pair_equal(board: Board, key: Callable[[Clause], Any]) -> None:
    """Pair leftovers of equal key: those in order first, then the others, duplicates in order."""
    olds, news = board.leftovers()
    if not olds or not news:
        return
    a, b = [key(board.old[i]) for i in olds], [key(board.new[j]) for j in news]
    pairs = board.pairs
    # Of equally long orders the one is taken that is found from either side.
    first, second = sorted(((a, 0, olds), (b, 1, news)))
    for op in LCSseq.opcodes(first[0], second[0]) if len(a) * len(b) <= ORDERED else ():
        if op.tag == "equal":
            here, there = first[2][op.src_start : op.src_end], second[2][op.dest_start : op.dest_end]
            pairs.update(zip(*((here, there) if first[1] == 0 else (there, here)), strict=True))
    waiting: dict[object, deque[int]] = defaultdict(deque)
    taken = set(pairs.values())
    for value, j in zip(b, news, strict=True):
        if j not in taken:
            waiting[value].append(j)
    for value, i in zip(a, olds, strict=True):
        if i not in pairs and waiting.get(value):
            pairs[i] = waiting[value].popleft()


def _join_reflowed(board: Board) -> None:
    """Group a leftover with the neighbouring leftovers of the other side that together read the same: lines set as one paragraph."""
    for side in (0, 1):
        leftovers = board.leftovers()
        if not all(leftovers):
            return
        starts: dict[str, list[int]] = defaultdict(list)
        for at in leftovers[1 - side]:
            starts[board.sketches.of(1 - side, at)].append(at)
        lengths = sorted({len(text) for text in starts} - {0})
        free = set(leftovers[1 - side])
        for whole in leftovers[side]:
            text = board.sketches.of(side, whole)
            shorter = lengths[: bisect(lengths, len(text) - 1)]
            for start in (at for length in shorter for at in starts.get(text[:length], ())[:_TRIED]):
                run = _run(board.sketches, 1 - side, start, text, free)
                if len(run) > 1:
                    free.difference_update(run)
                    board.groups.append((run, (whole,)) if side else ((whole,), run))
                    break


def _run(sketches: Sketches, side: int, start: int, text: str, free: set[int]) -> tuple[int, ...]:
    """The neighbours from `start` on that together have exactly these words, or none."""
    end, length = start, 0
    while end in free and text.startswith(sketches.of(side, end), length):
        length += sketches.size(side, end)
        end += 1
        if length == len(text):
            return tuple(range(start, end))
    return ()


def _pair_similar(board: Board) -> bool:
    """Pair similar leftovers, the most similar first; pairs of the same place win over equally similar ones from elsewhere."""
    olds, news = board.leftovers()
    if not olds or not news:
        return True
    old, new, sketches = board.old, board.new, board.sketches
    fits = len(olds) * len(news) <= CELLS
    gap = board.gaps()
    ranked: list[_Ranked] = []
    for i, j, score in (sketches.similar if fits else sketches.candidates)(olds, news, NEARBY):
        near = gap.same(i, j)
        related = near or (bool(old[i].trail) and old[i].trail == new[j].trail)
        brief = min(sketches.size(0, i), sketches.size(1, j)) < FLOOR
        if score >= (NEARBY if related else ANYWHERE) and (related or not brief):
            rank = score + 8 * near + 6 * (old[i].trail == new[j].trail) + 4 * (old[i].kind == new[j].kind)
            ranked.append((-rank, i + j, i, j))
    _take(ranked, board)
    return fits


def _brief(board: Board) -> Iterator[_Ranked]:
    """Brief leftovers of the same place, compared by characters: "Contact" and "Contacts" share no word."""
    old, new, sketches = board.old, board.new, board.sketches
    olds, news = board.leftovers()
    olds = [i for i in olds if sketches.size(0, i) <= FLOOR]
    news = [j for j in news if sketches.size(1, j) <= FLOOR]
    if not olds or not news:
        return
    gap = board.gaps()
    places: dict[int, list[int]] = defaultdict(list)
    for j in news:
        places[gap.of_new(j)].append(j)
    for i in olds:
        for j in places[gap.of_old(i)]:
            score = fuzz.ratio(wording(old[i].text), wording(new[j].text))
            if score >= BRIEF and old[i].kind == new[j].kind:
                yield -score, i + j, i, j


def _pair_akin(board: Board) -> bool:
    """Pair leftovers of the same place that are about the same in sentences built otherwise: "to delete it" and "its deletion". False where
    there are too many to look at."""
    olds, news = board.leftovers()
    if not olds or not news:
        return True
    gap = board.gaps()
    places: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, left, place in ((0, olds, gap.of_old), (1, news, gap.of_new)):
        for at in left:
            if len(board.sketches.gist(side, at)) >= PHRASE:
                places[place(at)][side].append(at)
    if sum(len(here) * len(there) for here, there in places.values()) > CELLS:
        return False
    ranked: list[_Ranked] = []
    for here, there in places.values():
        for i, j, score in board.sketches.akin(here, there, AKIN) if here and there else ():
            score -= 8 * (board.old[i].kind != board.new[j].kind)
            if score >= AKIN:
                ranked.append((-score, i + j, i, j))
    _take(ranked, board)
    return True


class _Gaps:
    """Between which two staying pairs a position lies."""

    def __init__(self, board: Board) -> None:
        listed = sorted(board.pairs.items())
        # Of equally long orders the one is taken that is found from either side.
        differ = ((a.text, b.text) for a, b in zip(board.old, board.new, strict=False) if a.text != b.text)
        swapped = next((a > b for a, b in differ), len(board.old) > len(board.new))
        kept = sorted(stayed([(j, i) for i, j in listed] if swapped else listed, repeat(1)))
        self._old, self._new = [listed[k][0] for k in kept], [listed[k][1] for k in kept]

    def of_old(self, i: int) -> int:
        return bisect(self._old, i)

    def of_new(self, j: int) -> int:
        return bisect(self._new, j)

    def same(self, i: int, j: int) -> bool:
        return self.of_old(i) == self.of_new(j)


def _take(ranked: Iterable[_Ranked], board: Board) -> None:
    """Best first; the order of positions decides between equals."""
    taken = set(board.pairs.values())
    for _, _, i, j in sorted(ranked):
        if i not in board.pairs and j not in taken:
            board.pairs[i] = j
            taken.add(j)


def _pair_headings(board: Board) -> None:
    """Pair a leftover heading with the leftover heading above the same clause: a renamed section is the section it was."""
    old, new, pairs = board.old, board.new, board.pairs
    olds, news = board.leftovers()
    free = set(news)
    for i in olds:
        if old[i].kind != "heading":
            continue
        below = i + 1
        while below < len(old) and below not in pairs and old[below].kind != "heading":
            below += 1
        j = pairs.get(below, 0) - 1
        while j > 0 and j in free and new[j].kind != "heading":
            j -= 1
        if j in free and new[j].kind == "heading":
            pairs[i] = j
            free.discard(j)


def _pair_grown(board: Board) -> bool:
    """Pair a leftover with one whose words it holds nearly all: a clause that grew to several times its length, or shrank. Brief ones must
    stand in it whole, and in the same place. False where there are too many to look at."""
    sketches = board.sketches
    olds, news = board.leftovers()
    olds = [i for i in olds if sketches.size(0, i) >= PHRASE]
    news = [j for j in news if sketches.size(1, j) >= PHRASE]
    if not olds or not news:
        return True
    if len(olds) * len(news) > CELLS:
        return False
    gap = board.gaps()
    ranked: list[_Ranked] = []
    for i, j, common in sketches.held(olds, news, HELD):
        old, new = sketches.of(0, i), sketches.of(1, j)
        least = min(len(old), len(new))
        if least >= 2 * FLOOR or (gap.same(i, j) and (least >= FLOOR + 2 or old in new or new in old)):
            ranked.append((-float(common), i + j, i, j))
    _take(ranked, board)
    return True
