"""One line that a person would write about a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from tracker.comparison.rules import rules
from tracker.model import LEVELS, ClauseChange, DateChange, Kind, Reason

_MOST = 3
_GENERAL = {"name": 1, "meaning": 2, "prose": 2}  # families of rules that say less than others
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
    """The texts of the weightiest reasons; those of one rule share a line, and general ones stand back behind specific ones."""
    told = sorted((r for r in reasons if r.level not in ("none", "low")), key=_rank)
    by_rule: dict[str, list[str]] = {}
    for reason in told:
        texts = by_rule.setdefault(reason.rule, [])
        if reason.text not in texts:
            texts.append(reason.text)
    lines = list(dict.fromkeys(_shared(rule, texts) for rule, texts in by_rule.items()))
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"{len(lines) - _MOST} more"


def _rank(reason: Reason) -> tuple[int, int]:
    family = reason.rule.split(".")[0]
    return -LEVELS.index(reason.level), _GENERAL.get(family, 0)


def _shared(rule: str, texts: Sequence[str]) -> str:
    """The texts of one rule as one line: "names A, B and 3 more". Statements, which differ in their topic only, are told by the first."""
    before, value, after = _template(rule).partition("{value}")
    if len(texts) == 1 or rule.startswith("prose."):
        return texts[0]
    values = [text[len(before) : len(text) - len(after)] if value else text for text in texts]
    rest = f" and {len(values) - _MOST} more" if len(values) > _MOST else ""
    return f"{before}{', '.join(values[:_MOST])}{rest}{after}" if value else f"{', '.join(values[:_MOST])}{rest}"


@cache
def _template(rule: str) -> str:
    return next((r.text for r in rules() if r.id == rule), "")


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
