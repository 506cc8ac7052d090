"""The word-level redline of two texts: diff-match-patch over words, blanks and marks, its script made readable as whole phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import LCSseq

from tracker.comparison.signals import vital
from tracker.model import WordEdit
from tracker.wording import MARKS, UNSPACED

_LETTER = rf"(?:(?![{UNSPACED}])[^\W_]|[{MARKS}])"
# A full stop inside a word or name ("e.g", "U.S", "firm.example"), and not between two sentences that lack a blank.
_INNER = r"(?:['’,:/@+-]|\.(?=[a-z\d])|(?<=[A-Z])\.)"
# An address; a word or number with its inner marks; a character of a script without blanks, with its vowel signs; a run of blanks; or
# any other single character.
_TOKEN = re.compile(
    rf"https?://\S+|{_LETTER}+(?:{_INNER}{_LETTER}+)*|[{UNSPACED}][{MARKS}]*|\s+|.",
    re.DOTALL,
)

SEARCH = 8_000
"""Tokens times distance up to which diff-match-patch searches, in Python; beyond it rapidfuzz finds an equally short script in C++."""
CELLS = 400_000_000
"""Token pairs that are searched at all (50 MB of bit rows); beyond them the texts are shown as replaced, and the redline as coarse."""
_SLIDE = 400
"""Tokens by which an insertion or deletion is moved at most to begin where a sentence does."""

_FIRST, _SURROGATES, _AFTER = 0x100, 0xD800, 0xE000
_ENDS = frozenset(".!?;:。！？；：\n")
_COMMAS = frozenset(",、，(（)）")

_Tokens = tuple[str, ...]
_Step = tuple[_Tokens, _Tokens, _Tokens]  # what stays, then what gives way to what


def tokens(text: str) -> list[str]:
    """Words, blanks and marks; joined they give the text again."""
    return _TOKEN.findall(text)


def redline(old: str, new: str) -> tuple[tuple[WordEdit, ...], bool]:
    """The edits that turn `old` into `new`, and whether they are as fine as they could be.

    The texts of = and - runs joined give `old`, those of = and + give `new`, exactly. The same two texts always give the same edits:
    work is limited by counting tokens, not seconds.
    """
    if old == new:
        return ((("=", old),) if old else ()), True
    if not old or not new:
        return ((("+", new) if new else ("-", old)),), True
    before, after = tuple(tokens(old)), tuple(tokens(new))
    if len(before) * len(after) > CELLS:
        return (("-", old), ("+", new)), False
    return tuple(_runs(_slid(_phrases(_script(before, after))))), True


def rebuilt(edits: tuple[WordEdit, ...]) -> tuple[str, str]:
    """The two texts that a redline was made from."""
    return (
        "".join(text for sign, text in edits if sign != "+"),
        "".join(text for sign, text in edits if sign != "-"),
    )


def _script(before: _Tokens, after: _Tokens) -> Iterator[_Step]:
    """A shortest edit script. Tokens become code points, so that they are compared as characters are."""
    names = {
        token: chr(number if number < _SURROGATES else number + _AFTER - _SURROGATES)
        for number, token in enumerate(dict.fromkeys((*before, *after)), _FIRST)
    }
    spelled = {code: token for token, code in names.items()}
    stays: _Tokens = ()
    gone: _Tokens = ()
    come: _Tokens = ()
    for sign, run in _edits(*("".join(map(names.__getitem__, some)) for some in (before, after))):
        some = tuple(map(spelled.__getitem__, run))
        if sign < 0:
            gone += some
        elif sign > 0:
            come += some
        else:
            if gone or come:
                yield stays, gone, come
            stays, gone, come = some, (), ()
    yield stays, gone, come


def _edits(a: str, b: str) -> Iterator[tuple[int, str]]:
    """The runs that stay (0), go (-1) and come (1), as diff-match-patch gives them."""
    if (len(a) + len(b)) * LCSseq.distance(a, b) <= SEARCH:
        engine = diff_match_patch()
        engine.Diff_Timeout = 0
        yield from engine.diff_main(a, b, False)
        return
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            yield 0, a[op.src_start : op.src_end]
        else:
            yield -1, a[op.src_start : op.src_end]
            yield 1, b[op.dest_start : op.dest_end]


def _phrases(script: Iterator[_Step]) -> list[_Step]:
    """The script as whole phrases: what two edits leave standing between them by coincidence goes with them.

    A number, negation or modal verb that stands on both sides is never dissolved: a reader could not tell it from one that changed.
    """
    out: list[_Step] = []
    for step in script:
        out.append(step)
        while len(out) > 1 and _coincidental(out[-2], out[-1]):
            stays, gone, come = out.pop()
            lead, gone_before, come_before = out.pop()
            out.append((lead, gone_before + stays + gone, come_before + stays + come))
    return out


def _coincidental(before: _Step, after: _Step) -> bool:
    """Whether what stays between two edits is no more than what either changes. Between mere insertions, or mere deletions, it stays."""
    stays, edits = after[0], (before[1:], after[1:])
    if any(not edit[0] and not edit[1] for edit in edits) or any(not any(sides) for sides in zip(*edits, strict=True)):
        return False
    weight = _weight(stays)
    return all(weight <= max(map(_weight, edit)) for edit in edits) and not any(map(vital, stays))


def _weight(some: _Tokens) -> int:
    """Words, and ends of sentences."""
    return sum(map(_weighs, some))


@lru_cache(maxsize=16_384)
def _weighs(token: str) -> bool:
    return token[0].isalnum() or token in _ENDS


def _slid(steps: Sequence[_Step]) -> Iterator[_Step]:
    """The script with each insertion or deletion where a reader would put it: "[We film. ]We keep" and not "We [film. We ]keep"."""
    stays: _Tokens = steps[0][0]
    for at, (_, gone, come) in enumerate(steps):
        following = steps[at + 1][0] if at + 1 < len(steps) else ()
        if bool(gone) != bool(come):
            size = len(gone or come)
            around = stays + (gone or come) + following
            start = _place(around, len(stays), size, at > 0, at + 2 < len(steps))
            moved = around[start : start + size]
            gone, come = (moved, ()) if gone else ((), moved)
            stays, following = around[:start], around[start + size :]
        yield stays, gone, come
        stays = following


def _place(text: _Tokens, start: int, size: int, *keep: bool) -> int:
    """Where a run of `size` tokens at `start` reads best among all places that give the same text. `keep` says on which sides other
    edits stand, from which a token must part it."""
    first = last = start
    while first > keep[0] and start - first < _SLIDE and text[first - 1] == text[first + size - 1]:
        first -= 1
    while last + size < len(text) - keep[1] and last - start < _SLIDE and text[last] == text[last + size]:
        last += 1
    if first == last:
        return start
    return max(range(first, last + 1), key=lambda at: (_seam(text, at) + _seam(text, at + size), -abs(at - start), at))


def _seam(text: _Tokens, at: int) -> int:
    """How natural it is to part a text here."""
    before = next((token for token in text[max(0, at - 2) : at][::-1] if not token.isspace()), None)
    after = next((token for token in text[at : at + 2] if not token.isspace()), None)
    if before is None or after is None:
        return 5
    if before in _ENDS:
        return 4
    if before in _COMMAS or after in _COMMAS:
        return 3
    if after[0].isupper() and not before[0].isupper():
        return 2
    return int(text[at].isspace() or text[at - 1].isspace())


def _runs(steps: Iterator[_Step]) -> Iterator[WordEdit]:
    for stays, gone, come in steps:
        runs: tuple[tuple[Literal["=", "-", "+"], _Tokens], ...] = (("=", stays), ("-", gone), ("+", come))
        for sign, run in runs:
            if run:
                yield sign, "".join(run)
