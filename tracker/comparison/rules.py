"""Rules that say what makes a change matter. They stand in rules.toml; this module reads them and finds which ones fire."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from tracker.comparison.lexicon import data
from tracker.comparison.measures import span
from tracker.comparison.naming import shown
from tracker.model import LEVELS, Direction, Fact, FactChange, Level, Reason

Side = Literal["old", "new"]
_FACT, _SIGNAL, _PROSE = "fact", "signal", "prose"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of rules.toml; its head comment explains the fields."""

    id: str
    level: Level
    direction: Direction
    text: str
    source: str
    trigger: Literal["fact", "signal", "prose"]
    kinds: frozenset[str]
    event: str
    values: frozenset[str]
    negated: bool | None
    fresh: bool | None
    near: str | None
    said: str | None
    old: str
    new: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Something in the words of an edit: a name that rules go by, the words it was found in, and how a report shows it."""

    name: str
    side: Side
    words: str
    shown: str


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one clause change when it is judged.

    `signals` and `prose` are small words that came or went, and sentences gained or lost. `near` are the cues in the clause and its
    headings, `said` gives those in the very sentence that states a fact. `fresh` says whether the policy on the other side is silent
    about a fact, `quote` gives the sentence that states one.
    """

    facts: Sequence[FactChange]
    signals: Sequence[Sign]
    prose: Sequence[Sign]
    near: frozenset[str]
    fresh: Callable[[Fact, Side], bool]
    said: Callable[[Fact, Side], frozenset[str]]
    quote: Callable[[Fact, Side], str]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file: of those that fit a fact, the first fires."""
    return tuple(_rule(entry) for entry in data("rules")["rule"])


@cache
def _by_kind(trigger: str, kind: str) -> tuple[Rule, ...]:
    """The rules for a kind of fact or sign, in the order of the file."""
    return tuple(rule for rule in rules() if rule.trigger == trigger and kind in rule.kinds)


def _rule(entry: dict[str, Any]) -> Rule:
    trigger = next(name for name in (_FACT, _SIGNAL, _PROSE) if name in entry)
    kinds = entry[trigger]
    if entry["level"] not in LEVELS:
        raise ValueError(f"rule {entry['id']}: no such level: {entry['level']}")
    return Rule(
        id=entry["id"],
        level=entry["level"],
        direction=entry["direction"],
        text=entry["text"],
        source=entry["source"],
        trigger=trigger,  # type: ignore[arg-type]
        kinds=frozenset([kinds] if isinstance(kinds, str) else kinds),
        event=entry.get("event", "any"),
        values=frozenset(entry.get("values", ())),
        negated=entry.get("negated"),
        fresh=entry.get("fresh"),
        near=entry.get("near"),
        said=entry.get("said"),
        old=entry["old"],
        new=entry["new"],
        elsewhere=entry.get("elsewhere", ""),
    )


def fired(case: Case) -> tuple[Reason, ...]:
    """The reasons that the rules find in a case, the weightiest first, none in the words of another."""
    found = [*_by_facts(case), *_by_words(_SIGNAL, case.signals), *_by_words(_PROSE, case.prose)]
    unique: dict[str, Reason] = {}
    for reason in sorted(found, key=lambda reason: -LEVELS.index(reason.level)):
        unique.setdefault(reason.text, reason)
    return tuple(unique.values())


def _by_facts(case: Case) -> Iterator[Reason]:
    for change in case.facts:
        fact, side = _told(change)
        events = _events(change)
        for rule in _by_kind(_FACT, fact.kind):
            if _fits(rule, fact, side, events, case):
                yield _reason(rule, change, fact, side, case)
                break


def _fits(rule: Rule, fact: Fact, side: Side, events: frozenset[str], case: Case) -> bool:
    return (
        rule.event in events
        and (not rule.values or fact.value in rule.values)
        and rule.negated in (None, fact.negated)
        and (rule.near is None or rule.near in case.near)
        and (rule.said is None or rule.said in case.said(fact, side))
        and (rule.fresh is None or rule.fresh == case.fresh(fact, side))
    )


def _told(change: FactChange) -> tuple[Fact, Side]:
    """The fact that a report names, and the side it stands on."""
    if change.new is not None:
        return change.new, "new"
    if change.old is None:
        raise ValueError("a fact change has at least one side")
    return change.old, "old"


def _events(change: FactChange) -> frozenset[str]:
    """What happened to a fact, in the words of the rules."""
    old, new = change.old, change.new
    if old is None or new is None:
        return frozenset({"any", "gained" if old is None else "lost"})
    events: set[str] = set()
    if old.value != new.value:
        a, b = span(old.value), span(new.value)
        events.add("raised" if b > a else "lowered" if b < a else "altered")
    if old.negated != new.negated:
        events.add("affirmed" if old.negated else "negated")
    if (old.modality == "only with consent") != (new.modality == "only with consent"):
        events.add("unconsented" if old.modality == "only with consent" else "consented")
    return frozenset({*events, "any"} if events else ())


_QUOTES = ("{before}", "{after}", "{sentence}")
_VERBS = {
    "says": ("says more on", "says less on", "now says on"),
    "adds": ("adds", "drops", "changes"),
    "names": ("names", "no longer names", "now names"),
}
"""By the name of a place in a rule's text: what is said of a fact gained, lost or altered."""


def _reason(rule: Rule, change: FactChange, fact: Fact, side: Side, case: Case) -> Reason:
    old, new = (None if f is None else shown(f) for f in (change.old, change.new))
    known = {"value": new or old or "", "old": old or "", "new": new or ""}
    if any(name in rule.text for name in _QUOTES):
        known["before"] = case.quote(change.old, "old") if change.old else ""
        known["after"] = case.quote(change.new, "new") if change.new else ""
        known["sentence"] = known["after"] or known["before"]
    turn = 0 if change.old is None else 1 if change.new is None else 2
    text = rule.text.format(**known, **{name: verbs[turn] for name, verbs in _VERBS.items()})
    return Reason(rule.id, rule.level, text, rule.direction, side, fact.words)


@cache
def pattern(id_: str) -> re.Pattern[str] | None:
    """What the texts of a rule look like that differ in the value alone, which is the group "value"; None for a rule that names none."""
    template = next((rule.text for rule in rules() if rule.id == id_), "")
    if "{value}" not in template:
        return None
    places = {f"{{{name}}}": f"(?:{'|'.join(verbs)})" for name, verbs in _VERBS.items()} | {"{value}": "(?P<value>.+)"}
    return re.compile("".join(places.get(part, re.escape(part)) for part in re.split(r"(\{\w+\})", template)))


def _by_words(trigger: str, found: Sequence[Sign]) -> Iterator[Reason]:
    for sign in found:
        for rule in _by_kind(trigger, sign.name)[:1]:
            text = rule.text.replace("{shown}", sign.shown)
            yield Reason(rule.id, rule.level, text, rule.direction, sign.side, sign.words)
