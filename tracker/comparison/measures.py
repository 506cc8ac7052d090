"""Numbers that mean something: how long data are kept, how old one must be, how much notice is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.comparison.lexicon import data
from tracker.comparison.signals import Reading
from tracker.model import Fact

_AGES = range(10, 22)
_NUMBERED = frozenset(
    {"ios", "android", "windows", "version", "versions", "article", "art", "section", "chapter", "page", "part", "no"}
)
"""What bears a number that is no age, however old the text calls it: "older than iOS 14"."""
MEASURES = frozenset({"retention", "age", "notice period", "period"})
"""Kinds of facts whose value is a number with a unit."""
_APART = 3
"""Words after a number among which its unit stands."""
_JOINING = frozenset({"and", "et", "und", "y", "e", "en"})
_MULTIPLIERS = (20, 100)
_NO_PERIOD = ("once", "an")
"""English, and not eleven years in two other languages: "once an account is closed"."""
_UNITS = {1: "day", 7: "week", 30.4167: "month", 365: "year", 1 / 24: "hour"}


def measured(reading: Reading) -> Iterator[Fact]:
    """Periods in days ("retention", "notice period", else "period"), ages in years, "as long as necessary", and "0 days" for what goes at
    once."""
    spoken = reading.words
    cues = reading.values("cues")
    end = 0
    counted = "age" in cues or not data("measures")["days"].keys().isdisjoint(spoken)
    for at in range(len(spoken)) if counted else ():
        number, size = _counted(spoken, at) if at >= end else (None, 0)
        if number is None:
            continue
        end = at + size
        unit = days(spoken, end)
        if "age" in cues and number in _AGES and (not at or spoken[at - 1] not in _NUMBERED):
            yield _fact("age", f"{number:g}", reading, at, size)
        elif unit is not None and ("retention" in cues or spoken[at] not in data("measures")["articles"]):
            kind = "retention" if "retention" in cues else "notice period" if "notice" in cues else "period"
            yield _fact(kind, f"{round(number * unit)} days", reading, at, size + _length(spoken, end))
    if "retention" in cues:
        open_ended = reading.found("indefinite")
        for _, start, end in open_ended or reading.found("prompt"):
            yield _fact("retention", "as long as necessary" if open_ended else "0 days", reading, start, end - start)


def span(value: str) -> float:
    """The size of a measure for comparison; what has no number is longer than every number."""
    head = value.split(" ")[0]
    return float(head) if head.replace(".", "", 1).isdigit() else float("inf")


def _fact(kind: str, value: str, reading: Reading, at: int, length: int) -> Fact:
    negated = reading.governor(at) is not None
    return Fact(kind, value, reading.modality(at), negated, " ".join(reading.words[at : at + length]))


def humane(fact: Fact) -> str:
    """A measure in English, in the unit that the text uses: "12 Monaten" → "12 months"."""
    spoken = fact.words.split()
    number, size = _counted(spoken, 0) if spoken else (None, 0)
    unit = None if number is None else days(spoken, size)
    if number is None or unit is None:
        return fact.value
    return f"{number:g} {_UNITS[unit]}{'s' * (number != 1)}"


def _length(spoken: Sequence[str], at: int) -> int:
    """Words from the end of a number to its unit, both counted."""
    table = data("measures")["days"]
    return next(step for step, word in enumerate(spoken[at : at + _APART], 1) if word in table)


def _counted(spoken: Sequence[str], at: int) -> tuple[float | None, int]:
    """The number that begins at a word, and of how many words it is: "quatre vingt dix" is 90, and so are "ninety" and "90"."""
    articles = data("measures")["articles"]
    number = _number(spoken[at])
    if number is None:
        followed = spoken[at] in articles and days(spoken[: at + 2], at + 1) is not None
        followed = followed and tuple(spoken[at : at + 2]) != _NO_PERIOD
        return (float(articles[spoken[at]]), 1) if followed else (None, 0)
    size = 1
    while number >= 1 and not spoken[at].isdecimal() and at + size < len(spoken) and not spoken[at + size].isdecimal():
        joined = spoken[at + size] in _JOINING
        last = spoken[at + size + joined] if at + size + joined < len(spoken) else ""
        more = _number(last) or articles.get(last)
        if more is None:
            break
        number = number * more if more in _MULTIPLIERS and number < more else number + more
        size += 1 + joined
    return number, size


def _number(word: str) -> float | None:
    if word.isdecimal() and len(word) <= 4:
        return float(word)
    value = data("measures")["numbers"].get(word)
    return None if value is None else float(value)


def days(spoken: Sequence[str], at: int) -> float | None:
    """The days of the unit that follows a number, if one does; adjectives such as "calendar" and "business" may stand between."""
    for word in spoken[at : at + _APART]:
        unit: float | None = data("measures")["days"].get(word)
        if unit is not None:
            return float(unit) or 1 / 24
        if word[:1].isdigit():
            return None
    return None
