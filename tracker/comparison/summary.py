"""One line that a person would write about a change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.comparison.quoting import swap
from tracker.comparison.rules import pattern
from tracker.model import LEVELS, ClauseChange, DateChange, Kind, Reason

_MOST = 3
_MANY = 30
"""Changed clauses from which on a text can be called rewritten."""
_GENERAL = {"prose": 2, "name": 3, "meaning": 4}
"""Families of rules that say less than others: they are told where a clause has nothing more concrete."""
_VAGUE = frozenset({"changed", "extended", "left", "left-here", "named-here", "said", "stated", "removed", "added"})
_QUOTED = re.compile(r"“([^”]*)”")
_MATERIAL = LEVELS.index("medium")
_QUIET = {
    "links": "link targets",
    "date": "stated date",
    "moved": "order",
    "numbering": "numbering",
    "noise": "text around the policy",
    "spelling": "spelling",
    "typing": "spelling",
    "repeated": "repeated sentences",
    "heading": "headings",
    "title": "the title",
}
"""What differs, by the rule of form that found it; else it is formatting."""
_TOLD = {"form.language": "in another language", "term.renamed": "a term renamed"}
"""What is said of an editorial change that such a rule found."""


def summary(
    kind: Kind, clauses: Sequence[ClauseChange], dates: Sequence[DateChange], silent: bool | None, kept: int = 0
) -> str:
    """What changed, the weightiest first, and what became of the stated date. `kept` is how many clauses stand as they were."""
    parts = _material(clauses) if kind == "substantive" else [_quiet(kind, clauses)]
    if kind == "substantive" and len(clauses) >= _MANY and kept * 3 < len(clauses):
        parts = ["rewritten throughout", *parts]
    return "; ".join([*filter(None, parts), *_dates(dates, silent)]) or "no change"


def _material(clauses: Sequence[ClauseChange]) -> list[str]:
    """The weightiest statements, and how many more there are. Reasons of one rule that name something share a statement."""
    by_rule: dict[str, list[str]] = {}
    for reason in _told(clauses):
        texts = by_rule.setdefault(_subject(reason), [])
        if reason.text not in texts:
            texts.append(reason.text)
    lines = list(dict.fromkeys(_shared(subject.split("=")[0], texts) for subject, texts in by_rule.items()))
    rest = len(lines) - _MOST
    return lines[:_MOST] + ([f"{rest} more"] if rest > 0 else [])


def _told(clauses: Sequence[ClauseChange]) -> list[Reason]:
    """The reasons worth telling, the weightiest first; of equally weighty ones each clause tells its first before any its second,
    and those come first that say from what to what."""
    ranked = [
        (-LEVELS.index(reason.level), _general(reason), nth, "→" not in reason.text, reason)
        for change in clauses
        for nth, reason in enumerate(_concrete(change.reasons))
    ]
    return [reason for *_, reason in sorted(ranked, key=lambda entry: entry[:4])]


def _concrete(reasons: Sequence[Reason]) -> list[Reason]:
    """The material reasons of one clause that say what changed; the most telling general one where none does. No sentence is quoted
    twice, and what a quotation shows is not told besides."""
    material = sorted((r for r in reasons if LEVELS.index(r.level) >= _MATERIAL), key=_rank)
    told: list[Reason] = []
    for reason in [reason for reason in material if not _general(reason)] or material[:1]:
        quotes = set(_QUOTED.findall(reason.text))
        if not any(quotes & set(_QUOTED.findall(other.text)) or _shows(other, reason) for other in told):
            told.append(reason)
    return told


def _rank(reason: Reason) -> tuple[int, int, bool]:
    """Concrete before general; then the weightiest; then what says from what to what."""
    return _general(reason), -LEVELS.index(reason.level), "→" not in reason.text and "becomes" not in reason.text


def _shows(told: Reason, reason: Reason) -> bool:
    return any(reason.words.casefold() in quote.casefold() for quote in _QUOTED.findall(told.text))


def _general(reason: Reason) -> int:
    """0 for what names something concrete, more for what says less."""
    family = reason.rule.split(".")[0]
    vague = bool(_QUOTED.search(reason.text)) and reason.level == "medium" and reason.rule.rpartition(".")[2] in _VAGUE
    return _GENERAL.get(family, int(vague))


def _subject(reason: Reason) -> str:
    """What a statement is shared by: all of its text but the value that it names, or the text itself where it quotes."""
    value = None if "“" in reason.text else _value(reason.rule, reason.text)
    if value is None:
        return f"={reason.text}"
    start, end = value
    return f"{reason.rule}={reason.text[:start]}…{reason.text[end:]}"


def _value(rule: str, text: str) -> tuple[int, int] | None:
    """Where a rule's text names its value."""
    found = shape.fullmatch(text) if (shape := pattern(rule)) else None
    return found.span("value") if found else None


def _shared(rule: str, texts: Sequence[str]) -> str:
    """The texts of one rule as one statement: "names A, B and 3 more"."""
    if len(texts) == 1:
        return texts[0]
    places = [place for text in texts if (place := _value(rule, text))]
    values = [text[start:end] for text, (start, end) in zip(texts, places, strict=True)]
    rest = len(values) - _MOST
    listed = (
        f"{', '.join(values[:_MOST])} and {rest} more" if rest > 0 else f"{', '.join(values[:-1])} and {values[-1]}"
    )
    return f"{texts[0][: places[0][0]]}{listed}{texts[0][places[0][1] :]}"


def _quiet(kind: Kind, clauses: Sequence[ClauseChange]) -> str:
    if kind == "editorial":
        return _reworded([change for change in clauses if change.kind == "editorial"])
    rules_fired = (reason.rule.split(".") for change in clauses for reason in change.reasons)
    named = Counter(_QUIET.get(parts[1], "formatting") for parts in rules_fired if parts[0] == "form")
    return f"only {', '.join(name for name, _ in named.most_common())}" if named else ""


def _reworded(clauses: Sequence[ClauseChange]) -> str:
    found = {reason.rule for change in clauses for reason in change.reasons}
    for rule, text in _TOLD.items():
        if rule in found:
            return text
    if len(clauses) != 1:
        return f"{len(clauses)} clauses reworded"
    words = clauses[0].words
    first = next((at for at, (sign, _) in enumerate(words) if sign != "="), None)
    return "1 clause reworded" if first is None else f"reworded: {swap(words, first)}"


def _dates(dates: Sequence[DateChange], silent: bool | None) -> Iterator[str]:
    for date in dates:
        yield f"{date.role} date {date.old or 'none'} → {date.new or 'none'}"
    if silent:
        yield "stated date unchanged"
