"""How clauses find each other by nothing but their place: what stands where another stood may be that, said anew."""

from __future__ import annotations

from rapidfuzz import fuzz

from tracker.comparison.clauses import asks, joined
from tracker.comparison.pairing import FLOOR, PHRASE, Board
from tracker.model import Clause

KIN, REMOTE, SHAPED, LETTERS = 38, 30, 16, 80
"""Least similarity (0–100) of what is first, or last, between the same two clauses: of the gists; of the words; of the words where as many
clauses of the same kinds stand there on either side; of the letters where blanks between words were lost."""


def pair_placed(board: Board) -> None:
    """Pair leftovers between the same two clauses on either side, from both ends of what stands there."""
    after = {-1: 0} | {i: j + 1 for i, j in board.pairs.items()} | {i[-1]: j[-1] + 1 for i, j in board.groups}
    before = {len(board.old): len(board.new)} | board.pairs | {i[0]: j[0] for i, j in board.groups}
    free_old, free_new = map(set, board.leftovers())
    for i in sorted(free_old):
        if i - 1 in after:
            j = after[i - 1]
            end, until = _end(i, free_old), _end(j, free_new)
            if j < until and before.get(end) == until:
                _pair_ends(board, i, end, j, until)


def _end(at: int, free: set[int]) -> int:
    """Where the run of leftovers from a position ends."""
    while at in free:
        at += 1
    return at


def _pair_ends(board: Board, i: int, end: int, j: int, until: int) -> None:
    """Pair the first of both runs, or else the last, as long as they resemble each other; brief ones where they are alone."""
    shaped = [clause.kind for clause in board.old[i:end]] == [clause.kind for clause in board.new[j:until]]
    least = SHAPED if shaped else REMOTE
    while i < end and j < until:
        alone = end - i == until - j == 1
        floor = 0 if alone else FLOOR
        if _anew(board, i, j, least, floor) or (alone and _answers(board, i, j)):
            board.pairs[i] = j
            i, j = i + 1, j + 1
        elif _anew(board, end - 1, until - 1, least, floor):
            end, until = end - 1, until - 1
            board.pairs[end] = until
        else:
            break


def _anew(board: Board, i: int, j: int, least: float, floor: int) -> bool:
    """Whether two clauses, of which one has so many words, resemble each other enough to be one that was said anew."""
    sketches = board.sketches
    if not _alike(board.old[i], board.new[j]) or max(sketches.size(0, i), sketches.size(1, j)) < floor:
        return False
    akin = min(len(sketches.gist(0, i)), len(sketches.gist(1, j))) >= PHRASE and sketches.kinship(i, j) >= KIN
    letters = fuzz.ratio(joined(board.old[i].text), joined(board.new[j].text))
    return akin or sketches.similarity(i, j) >= least or letters >= LETTERS


def _answers(board: Board, i: int, j: int) -> bool:
    """Whether two clauses begin with the same words, or are what the clauses above ask for or lead up to."""
    old, new, sketches = board.old, board.new, board.sketches
    led = i > 0 and j > 0 and _leads(old[i - 1]) and _leads(new[j - 1])
    return _alike(old[i], new[j]) and (led or sketches.of(0, i)[:PHRASE] == sketches.of(1, j)[:PHRASE])


def _alike(old: Clause, new: Clause) -> bool:
    """Headings are paired with what stands below them."""
    return old.kind == new.kind != "heading"


def _leads(clause: Clause) -> bool:
    """Whether a clause leads up to what follows: a question, or words before a colon."""
    return asks(clause) or clause.text.rstrip().endswith((":", "："))
