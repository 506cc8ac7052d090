"""One line that a person would write about a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from tracker.comparison.rules import rules
from tracker.model import LEVELS, ClauseChange, DateChange, Kind, Reason

_MOST = 3
_GENERAL = {"prose": 1, "name": 2, "meaning": 3}
"""Families of rules that say less than others: they are told where a clause has nothing more concrete."""
_MATERIAL = LEVELS.index("medium")
_QUIET = {
    "links": "link targets",
    "date": "stated date",
    "moved": "order",
    "renumbered": "numbering",
    "reformatted": "formatting",
}


def summary(kind: Kind, clauses: Sequence[ClauseChange], dates: Sequence[DateChange], silent: bool | None) -> str:
    """What changed, the weightiest first, and what became of the stated date."""
    parts = _material(clauses) if kind == "substantive" else [_quiet(kind, clauses)]
    return "; ".join([*filter(None, parts), *_dates(dates, silent)]) or "no change"


def _material(clauses: Sequence[ClauseChange]) -> list[str]:
    """The weightiest statements, and how many more there are. Reasons of one rule that name something share a statement."""
    by_rule: dict[str, list[str]] = {}
    for reason in _told(clauses):
        texts = by_rule.setdefault(_subject(reason), [])
        if reason.text not in texts:
            texts.append(reason.text)
    lines = list(dict.fromkeys(_shared(rule, texts) for rule, texts in by_rule.items()))
    rest = len(lines) - _MOST
    return lines[:_MOST] + ([f"{rest} more"] if rest > 0 else [])


def _told(clauses: Sequence[ClauseChange]) -> list[Reason]:
    """The reasons worth telling, the weightiest first; of equally weighty ones each clause tells its first before any its second."""
    ranked = [
        (-LEVELS.index(reason.level), _general(reason), nth, reason)
        for change in clauses
        for nth, reason in enumerate(_concrete(change.reasons))
    ]
    return [reason for *_, reason in sorted(ranked, key=lambda entry: entry[:3])]


def _concrete(reasons: Sequence[Reason]) -> list[Reason]:
    """The material reasons of one clause that say what changed; the most telling general one where none does."""
    material = sorted((r for r in reasons if LEVELS.index(r.level) >= _MATERIAL), key=_general)
    concrete = [reason for reason in material if not _general(reason)] or material[:1]
    quoted = [reason for reason in concrete if "“" in reason.text]
    return [r for r in concrete if r in quoted or not any(_within(r, q) for q in quoted)]


def _within(reason: Reason, quoted: Reason) -> bool:
    """Whether a quotation of at least the same weight says as much by itself."""
    return reason.words.casefold() in quoted.text.casefold() and LEVELS.index(reason.level) <= LEVELS.index(quoted.level)


def _general(reason: Reason) -> int:
    return _GENERAL.get(reason.rule.split(".")[0], 0)


def _subject(reason: Reason) -> str:
    """What a statement is shared by: the rule where its text names a value, else the text itself."""
    return reason.rule if "{value}" in _template(reason.rule) and "“" not in reason.text else f"={reason.text}"


def _shared(rule: str, texts: Sequence[str]) -> str:
    """The texts of one rule as one statement: "names A, B and 3 more"."""
    if len(texts) == 1:
        return texts[0]
    before, _, after = _template(rule).partition("{value}")
    values = [text[len(before) : len(text) - len(after)] for text in texts]
    rest = len(values) - _MOST
    listed = f"{', '.join(values[:_MOST])} and {rest} more" if rest > 0 else f"{', '.join(values[:-1])} and {values[-1]}"
    return f"{before}{listed}{after}"


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
