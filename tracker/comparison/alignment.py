"""Which clause of the old policy became which of the new one.

In this order: equal; equal but for the number; similar under the same headings or nearby; similar anywhere; headings of clauses
that were found; grown or shrunk; split or merged. A heaviest increasing subsequence says who stayed. Every clause of both sides is in
exactly one match.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from tracker.comparison.clauses import unnumbered, wording
from tracker.comparison.moves import stayed
from tracker.comparison.sketch import Sketches
from tracker.model import Clause

ANYWHERE, NEARBY, BRIEF = 60, 42, 60
"""Least similarity (0–100): by words anywhere in the text; by words nearby; by characters for brief clauses nearby. Nearby is
between the same two unchanged clauses, or under the same headings."""
FLOOR = 6
"""Words below which a clause is brief: those resemble each other by chance, and pair nearby only."""
COVER = 0.8
"""Share of a clause's words that must be found, in order, in another one to call it part of that."""
_PART = 2  # words that a part must have at least
CELLS = 2_000_000
"""Pairs of leftover clauses that are scored. Beyond it only pairs with rare words in common are, and the alignment is incomplete."""


@dataclass(frozen=True, slots=True)
class Match:
    """Positions that belong together; one side is empty for what was added or removed. `similarity` is 0…1, by words."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    similarity: float = 0.0
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """All matches in the order of the new text, what was removed where it stood; `complete` is False where a budget was exceeded."""

    matches: tuple[Match, ...]
    complete: bool = True


def align(old: Sequence[Clause], new: Sequence[Clause]) -> Alignment:
    """Match the clauses of two policies."""
    pairs: dict[int, int] = {}
    for key in (_exact, _text, _wording, unnumbered):
        _pair_equal(old, new, pairs, key)
    sketches = Sketches(old, new)
    complete = _pair_similar(old, new, pairs, sketches)
    _pair_headings(old, new, pairs)
    _pair_grown(old, new, pairs, sketches)
    groups = _with_parts([((i,), (j,)) for i, j in sorted(pairs.items())], len(old), len(new), sketches)
    return Alignment(tuple(_ordered(old, new, groups, sketches)), complete)


def _exact(clause: Clause) -> object:
    return clause.text, clause.kind


def _text(clause: Clause) -> object:
    return clause.text


def _wording(clause: Clause) -> object:
    return wording(clause.text) or clause.text


def _left(count: int, taken: Callable[[int], bool]) -> list[int]:
    return [k for k in range(count) if not taken(k)]


def _leftovers(old: Sequence[Clause], new: Sequence[Clause], pairs: dict[int, int]) -> tuple[list[int], list[int]]:
    return _left(len(old), pairs.__contains__), _left(len(new), set(pairs.values()).__contains__)


def _pair_equal(
    old: Sequence[Clause], new: Sequence[Clause], pairs: dict[int, int], key: Callable[[Clause], object]
) -> None:
    """Pair leftovers of equal key: those in order first, then the others, duplicates in order."""
    olds, news = _leftovers(old, new, pairs)
    if not olds or not news:
        return
    a, b = [key(old[i]) for i in olds], [key(new[j]) for j in news]
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            pairs.update(zip(olds[op.src_start : op.src_end], news[op.dest_start : op.dest_end], strict=True))
    waiting: dict[object, deque[int]] = defaultdict(deque)
    taken = set(pairs.values())
    for value, j in zip(b, news, strict=True):
        if j not in taken:
            waiting[value].append(j)
    for value, i in zip(a, olds, strict=True):
        if i not in pairs and waiting.get(value):
            pairs[i] = waiting[value].popleft()


def _pair_similar(old: Sequence[Clause], new: Sequence[Clause], pairs: dict[int, int], sketches: Sketches) -> bool:
    """Pair similar leftovers, the most similar first; pairs of the same place win over equally similar ones from elsewhere."""
    olds, news = _leftovers(old, new, pairs)
    if not olds or not news:
        return True
    fits = len(olds) * len(news) <= CELLS
    find = sketches.similar if fits else sketches.candidates
    gap = _Gaps(pairs)
    ranked: list[tuple[float, int, int, int]] = []
    for i, j, score in find(olds, news, NEARBY):
        near = gap.same(i, j)
        related = near or (bool(old[i].trail) and old[i].trail == new[j].trail)
        brief = min(sketches.size(0, i), sketches.size(1, j)) < FLOOR
        if score >= (NEARBY if related else ANYWHERE) and (related or not brief):
            rank = score + 8 * near + 6 * (old[i].trail == new[j].trail) + 4 * (old[i].kind == new[j].kind)
            ranked.append((-rank, i + j, i, j))
    _take(ranked, pairs)
    _take(_brief(old, new, pairs, sketches), pairs)
    return fits


def _brief(
    old: Sequence[Clause], new: Sequence[Clause], pairs: dict[int, int], sketches: Sketches
) -> Iterator[tuple[float, int, int, int]]:
    """Brief leftovers of the same place, compared by characters: "Contact" and "Contacts" share no word."""
    olds, news = _leftovers(old, new, pairs)
    gap = _Gaps(pairs)
    places: dict[int, list[int]] = defaultdict(list)
    for j in news:
        if sketches.size(1, j) <= FLOOR:
            places[gap.of_new(j)].append(j)
    for i in olds:
        if sketches.size(0, i) > FLOOR:
            continue
        for j in places[gap.of_old(i)]:
            score = fuzz.ratio(wording(old[i].text), wording(new[j].text))
            if score >= BRIEF and old[i].kind == new[j].kind:
                yield -score, i + j, i, j


class _Gaps:
    """Between which two staying pairs a position lies."""

    def __init__(self, pairs: dict[int, int]) -> None:
        listed = sorted(pairs.items())
        kept = sorted(stayed([(i, j, 1) for i, j in listed]))
        self._old, self._new = [listed[k][0] for k in kept], [listed[k][1] for k in kept]

    def of_old(self, i: int) -> int:
        return bisect(self._old, i)

    def of_new(self, j: int) -> int:
        return bisect(self._new, j)

    def same(self, i: int, j: int) -> bool:
        return self.of_old(i) == self.of_new(j)


def _take(
    ranked: Iterator[tuple[float, int, int, int]] | list[tuple[float, int, int, int]], pairs: dict[int, int]
) -> None:
    """Best first; the order of positions decides between equals."""
    taken = set(pairs.values())
    for _, _, i, j in sorted(ranked):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)


def _pair_headings(old: Sequence[Clause], new: Sequence[Clause], pairs: dict[int, int]) -> None:
    """Pair a leftover heading with the leftover heading above the same clause: a renamed section is the section it was."""
    taken = set(pairs.values())
    for i in _left(len(old), pairs.__contains__):
        if old[i].kind != "heading":
            continue
        below = i + 1
        while below < len(old) and below not in pairs and old[below].kind != "heading":
            below += 1
        j = pairs.get(below, 0) - 1
        while j > 0 and j not in taken and new[j].kind != "heading":
            j -= 1
        if j >= 0 and j not in taken and new[j].kind == "heading":
            pairs[i] = j
            taken.add(j)


def _pair_grown(old: Sequence[Clause], new: Sequence[Clause], pairs: dict[int, int], sketches: Sketches) -> None:
    """Pair a leftover with one whose words it holds nearly all: a clause that grew to several times its length, or shrank."""
    olds, news = _leftovers(old, new, pairs)
    olds = [i for i in olds if sketches.size(0, i) >= FLOOR + 2]
    news = [j for j in news if sketches.size(1, j) >= FLOOR + 2]
    if len(olds) * len(news) > CELLS // 10:
        return
    ranked = []
    gap = _Gaps(pairs)
    for i in olds:
        for j in news:
            least = min(sketches.size(0, i), sketches.size(1, j))
            if not gap.same(i, j) and least < 2 * FLOOR:
                continue
            common = sketches.common(0, (i,), (j,))
            if common >= (COVER + 0.1) * least:
                ranked.append((-float(common), i + j, i, j))
    _take(ranked, pairs)


_Group = tuple[tuple[int, ...], tuple[int, ...]]


def _with_parts(pairs: list[_Group], olds: int, news: int, sketches: Sketches) -> list[_Group]:
    """Let pairs take in the leftovers beside them that hold the missing part of their words: splits and merges."""
    free_old = set(range(olds)).difference(i for group in pairs for i in group[0])
    free_new = set(range(news)).difference(j for group in pairs for j in group[1])
    groups = []
    for old, new in pairs:
        wide = _grown(new, 1, old, free_new, sketches)
        tall = _grown(old, 0, new, free_old, sketches) if len(wide) == 1 else old
        groups.append((tall, wide))
    return groups + [((i,), ()) for i in free_old] + [((), (j,)) for j in free_new]


def _grown(
    group: tuple[int, ...], side: int, partner: tuple[int, ...], free: set[int], sketches: Sketches
) -> tuple[int, ...]:
    """The group with the free neighbours, on either hand, whose words its partner has and it lacks; they are free no longer."""
    while True:
        for at, wider in ((group[-1] + 1, (*group, group[-1] + 1)), (group[0] - 1, (group[0] - 1, *group))):
            if at in free and sketches.size(side, at) >= _PART:
                gain = sketches.common(side, wider, partner) - sketches.common(side, group, partner)
                if gain >= COVER * sketches.size(side, at):
                    free.discard(at)
                    group = wider
                    break
        else:
            return group


def _ordered(old: Sequence[Clause], new: Sequence[Clause], groups: list[_Group], sketches: Sketches) -> Iterator[Match]:
    both = [group for group in groups if all(group)]
    staying = stayed([(i[0], j[0], 1 + sum(len(new[k].text) for k in j)) for i, j in both])
    home = {i: j[-1] for k, (olds, j) in enumerate(both) if k in staying for i in olds}
    homes = sorted(home)
    matches = []
    for k, (i, j) in enumerate(both):
        matches.append(((j[0], 0, 0), Match(i, j, _similarity(old, new, i, j, sketches), moved=k not in staying)))
    for i, j in groups:
        if not i:
            matches.append(((j[0], 0, 0), Match(i, j)))
        elif not j:
            before = bisect(homes, i[0]) - 1
            matches.append(((home[homes[before]] if before >= 0 else -1, 1, i[0]), Match(i, j)))
    return (match for _, match in sorted(matches, key=lambda entry: entry[0]))


def _similarity(
    old: Sequence[Clause], new: Sequence[Clause], i: tuple[int, ...], j: tuple[int, ...], sketches: Sketches
) -> float:
    if len(i) == len(j) == 1:
        return 1.0 if old[i[0]].text == new[j[0]].text else round(sketches.similarity(i[0], j[0]) / 100, 3)
    total = sum(sketches.size(0, k) for k in i) + sum(sketches.size(1, k) for k in j)
    return round(2 * sketches.common(0, i, j) / max(1, total), 3)
