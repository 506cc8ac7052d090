"""One line that a person would write about a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.model import LEVELS, ClauseChange, DateChange, Kind, Reason

_MOST = 3
_QUIET = {
    "links": "link targets",
    "date": "stated date",
    "moved": "order",
    "renumbered": "numbering",
    "reformatted": "formatting",
}


def summary(
    kind: Kind,
    clauses: Sequence[ClauseChange],
    reasons: Sequence[Reason],
    dates: Sequence[DateChange],
    silent: bool | None,
) -> str:
    """What changed, the weightiest first, and what became of the stated date."""
    parts = list(_reasons(reasons)) if kind == "substantive" else [_quiet(kind, clauses)]
    return "; ".join([*filter(None, parts), *_dates(dates, silent)]) or "no change"


def _reasons(reasons: Sequence[Reason]) -> Iterator[str]:
    """The texts of the weightiest reasons; reasons of one rule share a line, and general ones stand back behind specific ones."""
    told = [r for r in reasons if r.level not in ("none", "low")]
    ranked = sorted(told, key=lambda r: (-LEVELS.index(r.level), r.rule.startswith(("prose.", "meaning."))))
    texts = list(dict.fromkeys(r.text for r in ranked))
    yield from texts[:_MOST]
    if len(texts) > _MOST:
        yield f"{len(texts) - _MOST} more"


def _quiet(kind: Kind, clauses: Sequence[ClauseChange]) -> str:
    if kind == "editorial":
        count = sum(change.kind == "editorial" for change in clauses)
        renamed = any(r.rule == "term.renamed" for change in clauses for r in change.reasons)
        return "a term renamed" if renamed else f"{count} clause{'s' * (count != 1)} reworded"
    named = Counter(_QUIET.get(change.op, "text around the policy") for change in clauses)
    return f"only {', '.join(name for name, _ in named.most_common())}" if named else ""


def _dates(dates: Sequence[DateChange], silent: bool | None) -> Iterator[str]:
    for date in dates:
        yield f"{date.role} date {date.old or 'none'} → {date.new or 'none'}"
    if silent:
        yield "stated date unchanged"
