"""Why a page that looks like a policy should be looked at again before it counts as a version of this document."""

from __future__ import annotations

import re

from tracker.extraction.lexicon import density, kinds
from tracker.model import Policy, State
from tracker.wording import words

_SHINGLE = 5
_LEAST_SHARED = 0.2
"""Of the smaller text's shingles. A rewrite may fall below it; then the title must still name a document of the same kind."""
_LEAST_KEPT = 0.55
"""A text that is shorter than this share of the last one, and is found in it, has been cut."""
_LEAST_LEFT = 0.15
"""A text that is shorter than this share of the last one and not found in it is another text, whatever its title."""
_LEAST_LEGAL = 3.0
"""Legal words per hundred of a text that takes the place of another whole one; policies have two to four times as many."""
_SHORT = 40
"""Words. Below this a text says too little to be compared by language or shingles."""
_LEAD, _TITLE = 3, 120
"""Clauses at the head, and characters of one, that may say what the document is."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def doubt(policy: Policy, last: Policy | None) -> State | None:
    """What makes `policy` doubtful as the next version of the document whose last good policy is `last`; None where nothing does."""
    if policy.state is not State.OK:
        return policy.state
    if last is None or not last.clauses:
        return None
    new, old = _tokens(policy), _tokens(last)
    if len(old) < _SHORT:
        return None
    if policy.language and last.language and policy.language != last.language and len(new) >= _SHORT:
        return State.WRONG_LANGUAGE
    shared, left = containment(new, old), len(new) / len(old)
    if left < _LEAST_KEPT and shared >= 1 - _LEAST_SHARED:
        return State.TRUNCATED
    if shared < _LEAST_SHARED and (left < _LEAST_LEFT or not _same_kind(policy, last) or not _is_legal(policy)):
        return State.REPLACED
    return None


def _is_legal(policy: Policy) -> bool:
    """Whether the text has the words that legal ones are made of; its title may merely speak of one, as that of a press release."""
    legal = density((clause.text for clause in policy.clauses), policy.language)
    return legal is None or legal >= _LEAST_LEGAL


def _same_kind(one: Policy, other: Policy) -> bool:
    named, known = _kinds(one), _kinds(other)
    return bool(named & known) or not known


def _kinds(policy: Policy) -> frozenset[str]:
    """The kinds that the titles of a document name; "other" only where they name no special one."""
    heads = [clause.text for clause in policy.clauses[:_LEAD] if len(clause.text) <= _TITLE]
    named = kinds(" · ".join([policy.title or "", *heads]))
    return named - {"other"} or named


def containment(one: list[str], other: list[str]) -> float:
    """The share of the smaller text's distinct word shingles that the other text has too, from 0 to 1."""
    few, many = sorted((_shingles(one), _shingles(other)), key=len)
    return len(few & many) / len(few) if few else 0.0


def _shingles(tokens: list[str]) -> set[tuple[str, ...]]:
    width = min(_SHINGLE, len(tokens))
    return {tuple(tokens[i : i + width]) for i in range(len(tokens) - width + 1)} if width else set()


def _tokens(policy: Policy) -> list[str]:
    """Folded words; characters where a script does not put spaces between words."""
    tokens: list[str] = []
    for clause in policy.clauses:
        for word in words(clause.text):
            tokens.extend(word if _UNSPACED.search(word) else (word,))
    return tokens
