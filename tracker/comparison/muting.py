"""A change as it is told where rules are muted. The change that is kept says all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tracker.comparison.judging import kind_of
from tracker.comparison.summary import summary
from tracker.model import LEVELS, Change, ClauseChange


def without(change: Change, muted: Collection[str]) -> Change:
    """The change without the reasons of these rules: they raise no level, and make nothing substantive."""
    if not any(reason.rule in muted for reason in change.reasons):
        return change
    clauses = tuple(_without(each, muted) for each in change.clauses)
    worded = change.kind in ("editorial", "substantive")
    level = LEVELS[max((LEVELS.index(each.level) for each in clauses), default=0)]
    kind = kind_of(level) if worded else change.kind
    return replace(
        change,
        kind=kind,
        level=level,
        reasons=tuple(reason for reason in change.reasons if reason.rule not in muted),
        summary=summary(kind, clauses, change.dates, change.silent, kept=len(change.kept)),
        clauses=clauses,
    )


def _without(change: ClauseChange, muted: Collection[str]) -> ClauseChange:
    reasons = tuple(reason for reason in change.reasons if reason.rule not in muted)
    if reasons == change.reasons:
        return change
    level = LEVELS[max((LEVELS.index(reason.level) for reason in reasons), default=1)]
    return replace(change, kind=kind_of(level), level=level, reasons=reasons)
