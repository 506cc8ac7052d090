"""Words of the texts themselves, cut so that they fit into a line of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.comparison.facts import sentences
from tracker.comparison.lexicon import terms
from tracker.model import Clause, WordEdit

_LONG = 76
"""Characters that a quotation may have."""
_BESIDE = 3
"""Unchanged words shown on either side of a turn of phrase."""
_TITLE = 4
"""Words up to which a sentence may be the title of what follows it: "Free trials. You get …"."""
_LABEL = re.compile(r"\(?\d{1,3}(?:\.\d{1,3})*[.)]?\s+(?=[^\W\d])")
_MARKS = " \t\n.,;:。；"


def clip(text: str) -> str:
    """A quotation of at most a line, cut between words, without an enumerator at its head."""
    text = " ".join(text.split())
    label = _LABEL.match(text)
    text = (text[label.end() :] if label else text).strip(_MARKS)
    if len(text) <= _LONG:
        return text
    end = text.rfind(" ", _LONG // 2, _LONG)
    return text[: end if end > 0 else _LONG].rstrip(_MARKS) + "…"


def quotation(clauses: Sequence[Clause], words: str) -> str:
    """The sentence of clauses in which folded words stand, as a quotation."""
    wanted = terms(words)
    for clause in clauses:
        said = sentences(clause.text)
        for at, sentence in enumerate(said):
            if _holds(terms(sentence), wanted):
                titled = len(terms(sentence)) <= _TITLE and at + 1 < len(said)
                return clip(f"{sentence.strip(' |')} {said[at + 1].strip()}" if titled else sentence)
    return clip(words)


def swap(edits: Sequence[WordEdit], at: int) -> str:
    """The turn of phrase that an edit changes, with a few words around it: “we do not keep” → “we may keep”."""
    before, after = _turned(edits, at)
    if before and after:
        return f"“{before}” → “{after}”"
    return f"adds “{after}”" if after else f"removes “{before}”"


def inset(edits: Sequence[WordEdit], at: int) -> str:
    """Where a few words stand that an edit brings or takes: ` in “clear your stored history”`; nothing where they stand alone."""
    around = _turned(edits, at)[edits[at][0] == "+"]
    return f" in “{around}”" if around != clip(edits[at][1]) else ""


def _turned(edits: Sequence[WordEdit], at: int) -> tuple[str, str]:
    """What stands at a run before and after the edit, with the words around it."""
    start, end = at, at + 1
    if start and edits[start - 1][0] != "=":
        start -= 1
    if end < len(edits) and edits[end][0] != "=":
        end += 1
    lead = _tail(edits[start - 1][1]) if start else ""
    trail = _head(edits[end][1]) if end < len(edits) else ""
    old, new = (lead + "".join(t for s, t in edits[start:end] if s != other) + trail for other in "+-")
    return clip(old), clip(new)


def _holds(spoken: Sequence[str], wanted: Sequence[str]) -> bool:
    return not wanted or f" {' '.join(wanted)} " in f" {' '.join(spoken)} "


def _tail(text: str) -> str:
    """The last words of an unchanged run, of its last sentence."""
    last = sentences(text)[-1:] if not text.rstrip().endswith((".", "!", "?")) else ()
    return _some(last[0].lstrip(), -_BESIDE) + text[len(text.rstrip()) :] if last else ""


def _head(text: str) -> str:
    """The first words of an unchanged run, of its first sentence."""
    first = sentences(text)[:1]
    return text[: len(text) - len(text.lstrip())] + _some(first[0].strip(), _BESIDE) if first else ""


def _some(text: str, count: int) -> str:
    parts = text.split(" ")
    if len(parts) == 1:  # a script without spaces
        return text[4 * count :] if count < 0 else text[: 4 * count]
    return " ".join(parts[count:] if count < 0 else parts[:count])
