"""The word-level redline of two texts: diff-match-patch over words, blanks and marks instead of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import LCSseq

from tracker.comparison.signals import vital
from tracker.model import WordEdit

_LETTER = r"[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
# An address, a word or number with its inner marks, a run of blanks, or any other single character.
_TOKEN = re.compile(rf"https?://\S+|{_LETTER}+(?:['’.,:/@+-]{_LETTER}+)*|\s+|.", re.DOTALL)

SEARCH = 12_000
"""Steps that diff-match-patch's search in Python may take; beyond them rapidfuzz finds an equally short script in C++."""
CELLS = 400_000_000
"""Token pairs that are searched at all (50 MB of bit rows); beyond them the texts are shown as replaced, and the redline as coarse."""

# Tokens become code points that diff-match-patch sees as letters: from the CJK block on, over the surrogates.
_FIRST, _SURROGATES, _AFTER = 0x4E00, 0xD800, 0xE000

_Script = list[tuple[int, str]]
_SIGNS: dict[int, Literal["=", "-", "+"]] = {0: "=", -1: "-", 1: "+"}


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
    before, after = tokens(old), tokens(new)
    if len(before) * len(after) > CELLS:
        return (("-", old), ("+", new)), False
    names: dict[str, str] = {}
    for token in (*before, *after):
        if token not in names:
            names[token] = _code_point(len(names))
    spell = {code: token for token, code in names.items()}
    a, b = "".join(names[t] for t in before), "".join(names[t] for t in after)
    walls = frozenset(code for token, code in names.items() if vital(token))
    runs = _joined(_readable(_script(a, b), walls))
    return tuple((_SIGNS[sign], "".join(spell[code] for code in run)) for sign, run in runs), True


def rebuilt(edits: tuple[WordEdit, ...]) -> tuple[str, str]:
    """The two texts that a redline was made from."""
    return (
        "".join(text for sign, text in edits if sign != "+"),
        "".join(text for sign, text in edits if sign != "-"),
    )


def _code_point(number: int) -> str:
    code = _FIRST + number
    return chr(code if code < _SURROGATES else code + _AFTER - _SURROGATES)


def _script(a: str, b: str) -> _Script:
    """A shortest edit script over encoded tokens."""
    if (len(a) + len(b)) * LCSseq.distance(a, b) <= SEARCH:
        engine = diff_match_patch()
        engine.Diff_Timeout = 0
        script: _Script = engine.diff_main(a, b, False)
        return script
    out: _Script = []
    for op in LCSseq.opcodes(a, b):
        gone, come = a[op.src_start : op.src_end], b[op.dest_start : op.dest_end]
        out += [(0, gone)] if op.tag == "equal" else [(-1, gone), (1, come)]
    return [edit for edit in out if edit[1]]


def _readable(script: _Script, walls: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The script as whole phrases: coincidental equalities are dissolved, except for vital tokens.

    A number, negation or modal verb that stands on both sides is a wall between edits: otherwise the clean-up would strike it out
    and insert it again, and a reader could not tell it from one that changed.
    """
    engine = diff_match_patch()
    stretch: _Script = []
    for sign, run in script:
        if sign:
            stretch.append((sign, run))
            continue
        for wall, part in groupby(run, walls.__contains__):
            stretch.append((0, "".join(part)))
            if wall:
                yield from _cleaned(engine, stretch[:-1])
                yield stretch[-1]
                stretch = []
    yield from _cleaned(engine, stretch)


def _cleaned(engine: diff_match_patch, stretch: _Script) -> _Script:
    if len(stretch) > 2:
        engine.diff_cleanupSemantic(stretch)
    return stretch


def _joined(script: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Neighbouring runs of one sign as one; a deletion before the insertion that takes its place."""
    for equal, edits in groupby(script, lambda edit: edit[0] == 0):
        group = list(edits)
        for sign in (0,) if equal else (-1, 1):
            run = "".join(text for s, text in group if s == sign)
            if run:
                yield sign, run
