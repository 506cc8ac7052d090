"""The user's own rules and watch words: what of it a clause change says more, or less, than before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from tracker.comparison.facts import sentences
from tracker.comparison.lexicon import Lexicon, terms
from tracker.comparison.quoting import clip
from tracker.model import Clause, OwnRule, Reason

_LONGEST = 12
_MOST = 64
"""Words that a phrase may have, and readings that its alternatives may give: what it costs to look for it is bounded by both."""


def phrase(text: str) -> str:
    """A phrase that can be looked for, as it stands. Raises ValueError with what is wrong with it. Its syntax: lexicon.py."""
    parts = text.split()
    if not parts:
        raise ValueError("expected words")
    if len(parts) > _LONGEST:
        raise ValueError(f"expected at most {_LONGEST} words, got {len(parts)}")
    if len(list(product(*(part.split("|") for part in parts)))) > _MOST:
        raise ValueError(f"expected at most {_MOST} readings, got more from so many alternatives")
    for part in parts[0].split("|"):
        if part in ("_", "..."):
            raise ValueError(f'expected a word first, got "{part}"')
        if part.endswith("*") and len(part) < 3:
            raise ValueError(f'expected two letters or more before the star, got "{part}"')
    for word in (word for part in parts for word in part.split("|")):
        if word not in ("_", "...") and ("*" in word[:-1] or not terms(word.rstrip("*"))):
            raise ValueError(f'expected a word, with a star at its end at most, got "{word}"')
    return text


def fired(rules: Sequence[OwnRule], old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[Reason]:
    """The rules whose phrases stand more often, or less often, in the new clauses than in the old, each once."""
    if not rules:
        return
    before, after = (_found(tuple(rules), clauses) for clauses in (old, new))
    for at, rule in enumerate(rules):
        lost, gained = before.get(str(at), []), after.get(str(at), [])
        added = len(gained) > len(lost)
        if len(gained) == len(lost) or rule.event not in ("any", "added" if added else "removed"):
            continue
        here, there = (gained, lost) if added else (lost, gained)
        said_there = {sentence for sentence, _ in there}
        sentence, words = next((place for place in here if place[0] not in said_there), here[0])
        said = rule.reason or f"{'adds' if added else 'removes'} “{words}”"
        text = f"{said}: “{clip(sentence)}” (your rule)"
        yield Reason(f"own.{rule.id}", rule.level, text, rule.direction, "new" if added else "old", words)


def _found(rules: tuple[OwnRule, ...], clauses: Sequence[Clause]) -> dict[str, list[tuple[str, str]]]:
    """The sentences of clauses, and their words, on which each rule, by its place, would fire."""
    found: dict[str, list[tuple[str, str]]] = {}
    for clause in clauses:
        for sentence in sentences(clause.text):
            spoken = terms(sentence)
            for at, start, end in _lexicon(rules).find(spoken):
                found.setdefault(at, []).append((sentence, " ".join(spoken[start:end])))
    return found


@lru_cache(maxsize=64)
def _lexicon(rules: tuple[OwnRule, ...]) -> Lexicon[str]:
    return Lexicon((str(at), each) for at, rule in enumerate(rules) for each in rule.words)
