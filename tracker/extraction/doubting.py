"""Why a page that looks like a policy should be looked at again before it counts as a version of this document."""

from __future__ import annotations

import re

from tracker.model import Policy, State
from tracker.wording import words

_SHINGLE = 5
_LEAST_SHARED = 0.2
"""Of the smaller text's shingles. Real rewrites keep more than that of their boilerplate in 96 of 100 cases."""
_LEAST_KEPT = 0.55
"""A text that loses more than this of its length and adds nothing has been cut."""
_SHORT = 40
"""Words. Below this a text says too little to be compared by language or shingles."""
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
    shared = containment(new, old)
    if shared < _LEAST_SHARED:
        return State.REPLACED
    if len(new) < len(old) * _LEAST_KEPT:
        return State.TRUNCATED
    return None


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
