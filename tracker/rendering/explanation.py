"""Why a change was judged as it was: the rules that fired and the words they fired on, and what was folded away and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tracker.comparison.context import renames
from tracker.comparison.rules import rules
from tracker.model import Change, ClauseChange, FactChange, Policy, Reason
from tracker.rendering.picking import most_material_first
from tracker.wording import fold

_FORM, _OWN = "form.", "own."


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired, and who calls such a change material."""

    reason: Reason
    source: str


@dataclass(frozen=True, slots=True)
class Folded:
    """Words that differ and count as the same, and why."""

    old: str
    new: str
    why: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A clause change, numbered as in the redline."""

    number: int
    change: ClauseChange
    fired: tuple[Fired, ...]
    facts: tuple[FactChange, ...]
    folded: tuple[Folded, ...]

    @property
    def silent(self) -> bool:
        """The whole clause change was folded away: no wording differs that counts."""
        return self.change.level == "none"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every clause change, most material first; and the terms that were renamed throughout."""

    clauses: tuple[Explained, ...]
    renamed: Mapping[str, str]


def explanation(change: Change, new: Policy) -> Explanation:
    """Why a change has its level. `new` is the policy that it leads to."""
    renamed = renames(new, [c.words for c in change.clauses if c.old and c.new])
    clauses = tuple(_explained(c, n, renamed) for n, c in enumerate(most_material_first(change.clauses), 1))
    return Explanation(clauses, renamed)


def _explained(change: ClauseChange, number: int, renamed: Mapping[str, str]) -> Explained:
    fired = tuple(Fired(reason, _source(reason.rule)) for reason in change.reasons if not reason.rule.startswith(_FORM))
    whole = [reason for reason in change.reasons if reason.rule.startswith(_FORM)]
    folded = [_whole(change, reason) for reason in whole] or list(_parts(change, renamed))
    return Explained(number, change, fired, change.facts, tuple(folded))


@cache
def _sources() -> Mapping[str, str]:
    return {rule.id: rule.source for rule in rules()}


def _source(rule: str) -> str:
    return "your own rule" if rule.startswith(_OWN) else _sources().get(rule, "")


def _whole(change: ClauseChange, reason: Reason) -> Folded:
    old, new = ("\n".join(clause.text for clause in side) for side in (change.old, change.new))
    return Folded(old, new, f"{reason.text} ({reason.rule})")


def _parts(change: ClauseChange, renamed: Mapping[str, str]) -> Iterator[Folded]:
    """Edits beside those that count."""
    for (sign, old), (next_sign, new) in pairwise(change.words):
        if (sign, next_sign) != ("-", "+"):
            continue
        if renamed.get(old.strip()) == new.strip():
            yield Folded(old, new, "a term renamed throughout")
        elif fold(old) == fold(new):
            yield Folded(old, new, "only case, punctuation or quotation marks differ")
