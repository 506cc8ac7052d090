"""What a policy says as a table of facts: by topic and kind of fact, with the words that say it and the clauses they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from tracker.comparison.lexicon import data
from tracker.comparison.naming import shown
from tracker.model import Fact

KINDS: tuple[tuple[str, str, str], ...] = (
    ("First Party Collection/Use", "data", "data collected"),
    ("First Party Collection/Use", "purpose", "purposes"),
    ("First Party Collection/Use", "basis", "legal bases"),
    ("First Party Collection/Use", "training", "AI training"),
    ("First Party Collection/Use", "automated", "automated decisions"),
    ("Third Party Sharing/Collection", "sale", "sale"),
    ("Third Party Sharing/Collection", "sharing", "sharing"),
    ("Third Party Sharing/Collection", "recipient", "recipients"),
    ("User Choice/Control", "choice", "choices"),
    ("User Access, Edit and Deletion", "right", "rights"),
    ("Data Retention", "retention", "kept for"),
    ("Data Security", "security", "security"),
    ("Policy Change", "notice", "told of changes"),
    ("Policy Change", "notice period", "notice given"),
    ("International and Specific Audiences", "country", "countries"),
    ("International and Specific Audiences", "mechanism", "safeguards"),
    ("International and Specific Audiences", "age", "age limits"),
    ("Other", "entity", "companies named"),
    ("Other", "contact", "contacts"),
    ("Other", "mail", "mail addresses"),
    ("Other", "phone", "telephones"),
    ("Other", "dispute", "disputes"),
    ("Other", "fee", "fees"),
    ("Other", "license", "licences"),
    ("Other", "conduct", "conduct"),
    ("Other", "scope", "scope"),
    ("Other", "period", "other periods"),
)
"""Topic, kind and what people call it, in the order of a profile. Kinds that are not listed come last, under their own name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a policy says of a kind, however often it does: the first words that say it, and the positions of its clauses."""

    fact: Fact
    at: tuple[int, ...]

    @property
    def said(self) -> str:
        """The value as it is said: denied, possible, only with consent."""
        marks = ["denied"] if self.fact.negated else []
        if self.fact.modality in ("may", "only with consent"):
            marks.append(self.fact.modality)
        value = shown(self.fact)
        return f"{', '.join(marks)}: {value}" if marks else value


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one kind. Without entries nothing was found; where not `readable`, the words to look for are not known."""

    topic: str
    kind: str
    label: str
    entries: tuple[Entry, ...]
    readable: bool

    @property
    def nothing(self) -> str:
        """What to say where there are no entries."""
        return "nothing found" if self.readable else "cannot be read in this language"


def profile(facts: Iterable[tuple[int, Fact]], language: str | None) -> list[Row]:
    """The rows of a policy's profile, the same kinds for every policy; kinds that are not listed only where something was found."""
    entries: dict[str, dict[object, Entry]] = {}
    for at, fact in facts:
        found = entries.setdefault(fact.kind, {})
        known = found.setdefault(_sense(fact), Entry(fact, ()))
        if at not in known.at:
            found[_sense(fact)] = Entry(known.fact, (*known.at, at))
    listed = [*KINDS, *(("Other", kind, kind) for kind in sorted(entries.keys() - {kind for _, kind, _ in KINDS}))]
    return [
        Row(topic, kind, label, tuple(entries.get(kind, {}).values()), _readable(kind, language))
        for topic, kind, label in listed
    ]


def aligned(profiles: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The rows of several profiles beside each other, one list for each kind."""
    order = list(dict.fromkeys((row.topic, row.kind, row.label) for rows in profiles for row in rows))
    order.sort(key=lambda key: KINDS.index(key) if key in KINDS else len(KINDS))
    by_kind = [{row.kind: row for row in rows} for rows in profiles]
    return [[rows.get(kind, Row(topic, kind, label, (), True)) for rows in by_kind] for topic, kind, label in order]


def _sense(fact: Fact) -> object:
    return shown(fact), fact.negated, fact.modality in ("may", "only with consent") and fact.modality


def _readable(kind: str, language: str | None) -> bool:
    """Whether there are words to look for: kinds without lists, such as addresses and periods, are read in every language."""
    return language is None or kind not in _languages() or language.split("-")[0] in _languages()[kind]


@cache
def _languages() -> dict[str, frozenset[str]]:
    return {
        kind: frozenset(language for phrases in values.values() for language in phrases)
        for kind, values in data("facts").items()
    }
