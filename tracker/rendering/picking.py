"""What of a change is shown first, and how much of it: shared by every form it is rendered in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.model import LEVELS, Change, ClauseChange, Kind, Reason, WordEdit

_KINDS: tuple[Kind, ...] = ("none", "cosmetic", "editorial", "substantive")
ELLIPSIS = "…"
_UNSEEN = "\u202a\u202b\u202c\u202d\u202e\ufffe\uffff"
"""Embeddings and overrides of direction (Boucher and Anderson, "Trojan Source", 2021), and what is no character."""


def most_material_first(changes: Iterable[ClauseChange]) -> list[ClauseChange]:
    """By level, then kind, then place in the text."""
    return sorted(changes, key=lambda c: (-LEVELS.index(c.level), -_KINDS.index(c.kind), position(c)))


def position(change: ClauseChange) -> tuple[int, int]:
    """Where a clause change stands in the new text; what was removed, where it stood in the old."""
    return (change.new_at or change.old_at or (0,))[0], 0 if change.new_at else 1


def counts(change: Change) -> dict[str, int]:
    """How many clause changes there are of each operation, the most frequent first."""
    return dict(Counter(c.op for c in change.clauses).most_common())


def operation(op: str, *, stays: bool, moved: bool) -> str:
    """What became of a clause, in words. `stays`: it stands on both sides, so what was added to it or removed are words."""
    said = f"words {op}" if stays and op in ("added", "removed") else op
    return f"moved and {said}" if moved and op != "moved" else said


def operation_of(change: ClauseChange) -> str:
    """The same of a clause change."""
    return operation(change.op, stays=bool(change.old and change.new), moved=change.moved)


_PAIR = re.compile("(“[^”]+”) → “[^”]+”")
"""A reason that says no more than the redline."""


def told(reasons: Iterable[Reason]) -> list[Reason]:
    """Reasons as a reader wants them beside a redline: most serious first, each sentence once, no quotation twice; that one text
    became another only where nothing else is said of it."""
    distinct: dict[str, Reason] = {}
    for reason in sorted(reasons, key=lambda reason: -LEVELS.index(reason.level)):
        pair = _PAIR.fullmatch(reason.text)
        if not (pair and any(pair[1] in said for said in distinct)):
            distinct.setdefault(reason.text, replace(reason, words="") if "“" in reason.text else reason)
    return list(distinct.values())


def formal(change: ClauseChange) -> bool:
    """Whether nothing but the form differs: marks, numbers, links, the place. A stated date is more than form."""
    return change.kind in ("none", "cosmetic") and change.op != "date"


def trail(change: ClauseChange) -> tuple[str, ...]:
    """The headings above the clause, as they read now; where it is gone, as they read then."""
    return (change.new or change.old)[0].trail if change.new or change.old else ()


def edits(change: ClauseChange) -> tuple[WordEdit, ...]:
    """The redline of a clause change, also where one side is missing or nothing but the place differs."""
    if change.words:
        return change.words
    old, new = ("\n".join(clause.text for clause in side) for side in (change.old, change.new))
    if old == new:
        return (("=", old),) if old else ()
    pair: tuple[WordEdit, ...] = (("-", old), ("+", new))
    return tuple(edit for edit in pair if edit[1])


def pilcrowed(op: str, text: str) -> str:
    """A run of a redline in which ends of paragraphs that came or went can be seen."""
    return text if op == "=" else text.replace("\n", "¶" if op == "-" else "¶\n")


def abridged(words: Sequence[WordEdit], around: int = 60) -> tuple[WordEdit, ...]:
    """The redline with its long unchanged runs folded to "…", keeping about `around` characters beside each edit."""
    last = len(words) - 1
    return tuple(
        (op, _folded(text, around, i == 0, i == last) if op == "=" else text) for i, (op, text) in enumerate(words)
    )


def excerpt(change: ClauseChange, longest: int = 400) -> tuple[WordEdit, ...]:
    """The redline of a clause change, abridged and cut off after about `longest` characters."""
    kept: list[WordEdit] = []
    for op, text in abridged(edits(change)):
        room = longest - sum(len(run) for _, run in kept)
        if room < len(text):
            return (*kept, (op, clipped(text, max(room, 2))))
        kept.append((op, text))
    return tuple(kept)


def before_and_after(change: ClauseChange, longest: int = 240) -> tuple[str | None, str | None]:
    """A short old and a short new text of a clause change, each about as long as asked; None where there is none."""
    words = abridged(edits(change), around=longest // 4)
    return (
        _short(words, "-", longest) if change.old else None,
        _short(words, "+", longest) if change.new else None,
    )


def clipped(text: str, longest: int) -> str:
    """A text cut between words to at most `longest` characters."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[longest // 2 :] else cut).rstrip() + ELLIPSIS


def in_context(text: str, words: str, around: int = 30) -> str:
    """Folded words as they stand in a text, with about `around` characters of it on either side; else the words themselves."""
    found = re.search(r"[\W_]+".join(map(re.escape, words.split())), text, re.IGNORECASE) if words else None
    if found is None:
        return words
    head, tail = text[: found.start()], text[found.end() :]
    if len(head) > around:
        head = ELLIPSIS + (head[-around:].partition(" ")[2] or head[-around:])
    if len(tail) > around:
        tail = (tail[:around].rpartition(" ")[0] or tail[:around]) + ELLIPSIS
    return " ".join(f"{head}{found[0]}{tail}".split())


def visible(text: str) -> str:
    """A text from the net without control characters: a page must not steer the terminal or the file it is shown in.

    Nor may it turn round what stands after it, or break the file: what is no character at all is left out too.
    """
    return "".join(c for c in text if c in "\n\t" or (c not in _UNSEEN and unicodedata.category(c) not in ("Cc", "Cs")))


def _short(words: Sequence[WordEdit], side: str, longest: int) -> str:
    return clipped(" ".join("".join(text for op, text in words if op in ("=", side)).split()), longest)


def _folded(text: str, around: int, first: bool, last: bool) -> str:
    head = 0 if first else around
    tail = 0 if last else around
    if len(text) <= head + tail + around:
        return text
    start = text[:head].rpartition(" ")[0] if head else ""
    end = text[len(text) - tail :].partition(" ")[2] if tail else ""
    return f"{start} {ELLIPSIS} {end}" if start and end else f"{start} {ELLIPSIS}" if start else f"{ELLIPSIS} {end}"
