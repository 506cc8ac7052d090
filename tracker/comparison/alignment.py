"""Which clause of the old policy became which of the new one.

In this order: equal; equal but for the number; the same words in other paragraphs; similar nearby; similar anywhere; headings of
clauses that were found; grown or shrunk; about the same nearby; split or merged; said anew in the same place. A heaviest increasing
subsequence says who stayed. Every clause of both sides is in exactly one match.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from tracker.comparison.moves import stayed
from tracker.comparison.pairing import FLOOR, Board, Group, pair
from tracker.comparison.placing import pair_placed
from tracker.comparison.sketch import Sketches
from tracker.model import Clause

COVER = 0.8
"""Share of a clause's words that must be found, in order, in another one to call it part of that."""
WIDE = 0.66
"""The same where these are too many to be there by chance."""
_PART = 2  # words that a part must have at least


class Match(NamedTuple):
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
    board = Board(old, new, Sketches(old, new))
    complete = pair(board)
    _take_parts(board)
    pair_placed(board)
    return Alignment(tuple(_ordered(board, _groups(board))), complete)


def _take_parts(board: Board) -> None:
    """Let pairs take in the leftovers beside them that hold the missing part of their words: splits and merges."""
    free_old, free_new = map(set, board.leftovers())
    near_old, near_new = ({at + step for at in free for step in (-1, 1)} for free in (free_old, free_new))
    for i, j in sorted((i, j) for i, j in board.pairs.items() if i in near_old or j in near_new):
        wide = _grown((j,), 1, (i,), free_new, board.sketches)
        tall = _grown((i,), 0, (j,), free_old, board.sketches) if len(wide) == 1 else (i,)
        if len(wide) + len(tall) > 2:
            del board.pairs[i]
            board.groups.append((tall, wide))


def _groups(board: Board) -> list[Group]:
    """All that belongs together, and what belongs to nothing."""
    olds, news = board.leftovers()
    pairs: list[Group] = [((i,), (j,)) for i, j in board.pairs.items()]
    return board.groups + pairs + [((i,), ()) for i in olds] + [((), (j,)) for j in news]


def _grown(
    group: tuple[int, ...], side: int, partner: tuple[int, ...], free: set[int], sketches: Sketches
) -> tuple[int, ...]:
    """The group with the free neighbours, on either hand, whose words its partner has and it lacks; they are free no longer."""
    while free:
        for at, wider in ((group[-1] + 1, (*group, group[-1] + 1)), (group[0] - 1, (group[0] - 1, *group))):
            if at in free and sketches.size(side, at) >= _PART:
                gain = sketches.common(side, wider, partner) - sketches.common(side, group, partner)
                if gain >= (COVER if gain < FLOOR else WIDE) * sketches.size(side, at):
                    free.discard(at)
                    group = wider
                    break
        else:
            break
    return group


def _ordered(board: Board, groups: list[Group]) -> Iterator[Match]:
    both = [group for group in groups if all(group)]
    staying = stayed([(i[0], j[0]) for i, j in both], (_length(board, i, j) for i, j in both))
    home = {i: j[-1] for k, (olds, j) in enumerate(both) if k in staying for i in olds}
    homes = sorted(home)
    matches = [((j[0], 0, 0), Match(i, j, _similarity(board, i, j), k not in staying)) for k, (i, j) in enumerate(both)]
    for i, j in groups:
        if not i:
            matches.append(((j[0], 0, 0), Match(i, j)))
        elif not j:
            before = bisect(homes, i[0]) - 1
            matches.append(((home[homes[before]] if before >= 0 else -1, 1, i[0]), Match(i, j)))
    return (match for _, match in sorted(matches, key=itemgetter(0)))


def _length(board: Board, i: tuple[int, ...], j: tuple[int, ...]) -> int:
    return 1 + sum(len(board.old[k].text) for k in i) + sum(len(board.new[k].text) for k in j)


def _similarity(board: Board, i: tuple[int, ...], j: tuple[int, ...]) -> float:
    sketches = board.sketches
    if len(i) == len(j) == 1:
        return 1.0 if board.old[i[0]].text == board.new[j[0]].text else round(sketches.similarity(i[0], j[0]) / 100, 3)
    total = sum(sketches.size(0, k) for k in i) + sum(sketches.size(1, k) for k in j)
    return round(2 * sketches.common(0, i, j) / max(1, total), 3)
