"""`watch` and [[rules]]: what a user wants changes to be judged by besides the built-in rules; read and checked like the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from tracker.comparison.own import phrase
from tracker.model import LEVELS, Direction, Level, OwnRule
from tracker.registry import checks
from tracker.registry.reading import Check, Problem, join, read_table

_RAISING = LEVELS[1:]
_WATCHED: Level = "high"
_EVENTS = ("any", "added", "removed")
_EXPECTED = 'phrases such as ["facial recognition", "biometric*"], or a table of such lists by level'


def one_of(known: Iterable[str]) -> Check:
    names = tuple(known)

    def check(value: object) -> str:
        if value not in names:
            raise checks.refuse(f"one of {join(names)}", value)
        return str(value)

    return check


def phrases(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise checks.refuse(_EXPECTED, value)
    return tuple(_phrase(item) for item in value)


def _phrase(value: object) -> str:
    try:
        return phrase(checks.text(value))
    except ValueError as error:
        raise ValueError(f'"{value}": {error}') from error


def watch(value: object) -> tuple[OwnRule, ...]:
    """Watch words as rules, one for each phrase: those of a bare list have level high."""
    levels = value if isinstance(value, dict) else {_WATCHED: value}
    if not levels:
        raise checks.refuse(_EXPECTED, value)
    return tuple(
        OwnRule(f"watch.{'-'.join(words.split())}", (words,), one_of(_RAISING)(level))
        for level, some in levels.items()
        for words in phrases(some)
    )


RULE: dict[str, Check] = {
    "id": checks.identifier,
    "words": phrases,
    "level": one_of(_RAISING),
    "direction": one_of(get_args(Direction)),
    "reason": checks.text,
    "event": one_of(_EVENTS),
}


def tables(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise checks.refuse("one [[…rules]] table for each rule", value)
    return value


JUDGING: dict[str, Check] = {"watch": watch, "rules": tables}
"""What the registry, a vendor and a document may say of how changes are judged."""


def read_rules(values: dict[str, Any], where: str, problems: list[Problem]) -> tuple[OwnRule, ...]:
    """The rules that `values` (checked by JUDGING) hold; both keys are taken out of it. `where` is the key of their table."""
    made = list(values.pop("watch", ()))
    for number, table in enumerate(values.pop("rules", ()), 1):
        at = f"{where}.rules[{number}]" if where else f"rules[{number}]"
        read = read_table(table, RULE, at, problems, required=["id", "words"])
        if "id" in read and "words" in read:
            made.append(OwnRule(**read))
    return tuple(made)


def joined(*groups: tuple[OwnRule, ...]) -> tuple[OwnRule, ...]:
    """The rules of several places; of those with one id the last, which is the nearest to the document, counts."""
    return tuple({rule.id: rule for group in groups for rule in group}.values())
