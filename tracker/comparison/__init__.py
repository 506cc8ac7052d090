"""Policy × Policy → Change. Pure: the same two policies give the same change, in any process, without clock, file or network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from tracker.comparison.alignment import Match, align
from tracker.comparison.breadth import breadth
from tracker.comparison.clauses import unlabelled, wording
from tracker.comparison.context import Context, renames
from tracker.comparison.dates import date_changes, date_reasons, seen_on, silent
from tracker.comparison.judging import judge
from tracker.comparison.lists import facts
from tracker.comparison.summary import summary
from tracker.comparison.topics import topics
from tracker.comparison.words import redline
from tracker.model import LEVELS, Change, ClauseChange, Kind, OwnRule, Policy, Reason, WordEdit

RULESET = "7"
"""Version of everything that decides a change. It rises when the same two policies may give another change than before."""

_KINDS: tuple[Kind, ...] = ("none", "cosmetic", "editorial", "substantive")

__all__ = ["RULESET", "compare", "facts", "rebuild", "seen_on", "topics", "wording_hash"]


def compare(old: Policy, new: Policy, *, rules: Sequence[OwnRule] = ()) -> Change:
    """What changed from one policy to another, clause by clause, and whether it matters: by the built-in rules and these."""
    alignment = align(old.clauses, new.clauses)
    kept: list[tuple[int, int]] = []
    drawn: list[tuple[Match, tuple[WordEdit, ...], bool]] = []
    for match in alignment.matches:
        if _kept(match, old, new):
            kept.append((match.old[0], match.new[0]))
        else:
            drawn.append((match, *_redline(match, old, new)))
    context = Context(old, new, renames(new, [edits for m, edits, _ in drawn if m.old and m.new]), own=tuple(rules))
    clauses = tuple(judge(match, edits, context) for match, edits, _ in drawn)
    kind = _KINDS[max((_KINDS.index(change.kind) for change in clauses), default=0)]
    broad = tuple(breadth(clauses))
    levels = (*(change.level for change in clauses), *(reason.level for reason in broad))
    level = LEVELS[max(map(LEVELS.index, levels), default=0)]
    dates = date_changes(old, new)
    if dates and kind == "none":
        kind = "cosmetic"
    reasons = (*_reasons(clauses, broad), *date_reasons(old, new, dates, kind))
    quiet = silent(old, new, worded=kind in ("editorial", "substantive"))
    return Change(
        id=_id(old, new),
        kind=kind,
        level=level,
        reasons=reasons,
        summary=summary(kind, clauses, dates, quiet, kept=len(kept)),
        silent=quiet,
        clauses=clauses,
        kept=tuple(kept),
        dates=dates,
        complete=alignment.complete and all(fine for _, _, fine in drawn),
    )


def wording_hash(policy: Policy) -> str:
    """Equal for policies of equal wording, however set, cased, punctuated and numbered: a layer of the history's identity."""
    worded = filter(None, (wording(unlabelled(clause)) for clause in policy.clauses))
    return blake2b(" ".join(worded).encode(), digest_size=16).hexdigest()


def rebuild(change: Change, old: Policy) -> tuple[str, ...]:
    """The texts of the new policy's clauses in order, made from the old policy and the change alone."""
    texts = {j: old.clauses[i].text for i, j in change.kept}
    for clause in change.clauses:
        after = "".join(text for sign, text in clause.words if sign != "-") if clause.words else None
        if after is not None and len(clause.new_at) == 1:
            texts[clause.new_at[0]] = after
        else:
            texts.update(zip(clause.new_at, (c.text for c in clause.new), strict=True))
    return tuple(texts[j] for j in sorted(texts))


def _kept(match: Match, old: Policy, new: Policy) -> bool:
    olds, news, _, moved = match
    if moved or len(olds) != 1 or len(news) != 1:
        return False
    a, b = old.clauses[olds[0]], new.clauses[news[0]]
    return a.text == b.text and a.kind == b.kind and a.depth == b.depth and a.links == b.links


def _redline(match: Match, old: Policy, new: Policy) -> tuple[tuple[WordEdit, ...], bool]:
    """The edits of a match; the clauses of one side are joined by line ends."""
    before = "\n".join(old.clauses[i].text for i in match.old)
    after = "\n".join(new.clauses[j].text for j in match.new)
    return redline(before, after)


def _reasons(clauses: tuple[ClauseChange, ...], broad: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons of all clauses and of the change at large, the weightiest first, each text once."""
    unique: dict[tuple[str, str], Reason] = {}
    for reason in (*(reason for change in clauses for reason in change.reasons), *broad):
        unique.setdefault((reason.rule, reason.text), reason)
    return tuple(sorted(unique.values(), key=lambda reason: -LEVELS.index(reason.level)))


def _id(old: Policy, new: Policy) -> str:
    digest = blake2b(digest_size=16)
    for policy in (old, new):
        digest.update(_digest(policy.markdown))
    return digest.hexdigest()


@lru_cache(maxsize=16)
def _digest(text: str) -> bytes:
    """Remembered, since each version is compared with the one before it and the one after."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=32).digest()
