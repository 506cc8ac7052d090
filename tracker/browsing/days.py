"""Which text of a document stood on a day, and how surely: by when it was observed, or by the dates that the texts state. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Certainty = Literal[
    "seen",
    "between two looks",
    "last seen",
    "stated",
    "stated roughly",
    "seen later",
    "not yet in force",
    "nothing seen yet",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reign:
    """A reign as the history keeps it (moments as ISO text), with its version and the dates that its text states."""

    reign: int
    version: int
    number: int
    first_seen: str
    last_seen: str
    looked_before: str | None
    looked_after: str | None
    effective: str | None
    updated: str | None

    @property
    def stated(self) -> str | None:
        """The day from which the text says that it is in force; where it says none, when it says it was updated."""
        return self.effective or self.updated


@dataclass(frozen=True, slots=True)
class Standing:
    """The text that stood at the end of a day (UTC), how surely, and in a sentence why. `reign` is None where none is known."""

    reign: Reign | None
    certainty: Certainty
    says: str


def observed(reigns: Sequence[Reign], day: date) -> Standing:
    """What stood on the page, as far as looks can tell. `reigns` are all of a document, in order of time."""
    begun = [reign for reign in reigns if reign.first_seen < end_of(day)]
    if not begun:
        return Standing(None, "nothing seen yet", _not_yet(reigns))
    reign = begun[-1]
    came = f"first seen {_day(reign.first_seen)}"
    if reign.looked_before:
        came += f", not yet on {_day(reign.looked_before)}"
    if reign.last_seen >= day.isoformat():
        return Standing(reign, "seen", f"{came}; last seen {_day(reign.last_seen)}")
    if reign.looked_after:
        says = f"last seen {_day(reign.last_seen)}; another text stood there on {_day(reign.looked_after)}, and came somewhere between"
        return Standing(reign, "between two looks", says)
    return Standing(reign, "last seen", f"last seen {_day(reign.last_seen)}; not seen again since, nor any other text")


def stated(reigns: Sequence[Reign], day: date) -> Standing:
    """What was in force by the texts' own words, as is known today, whenever it was observed.

    A text begins on the day that it states. One that states none, or none later than the text before it, or that returned,
    says nothing of when it began: it counts from the look that saw it come.
    """
    begun: list[tuple[Reign, bool]] = []
    before = ""
    known: set[int] = set()
    for reign in reigns:
        begins = _first_day(reign.stated or "")
        by_own_words = begins > before and reign.version not in known
        if (begins if by_own_words else max(reign.first_seen, begins)) < end_of(day):
            begun.append((reign, by_own_words))
        before = begins or before
        known.add(reign.version)
    if not begun:
        sight = observed(reigns, day)
        later = f"; the first text states {reigns[0].stated}" if reigns and reigns[0].stated else ""
        return Standing(None, "not yet in force" if sight.reign else "nothing seen yet", f"{_not_yet(reigns)}{later}")
    reign, by_own_words = begun[-1]
    return _by_words(reign, day) if by_own_words else _by_sight(reign, observed(reigns, day))


def _by_words(reign: Reign, day: date) -> Standing:
    role = "effective" if reign.effective else "updated"
    value = reign.stated or ""
    says = f"states {role} {value}"
    if reign.first_seen >= end_of(day):
        return Standing(
            reign, "seen later", f"{says}; first seen {_day(reign.first_seen)}, so on that day nobody here knew"
        )
    says += f"; first seen {_day(reign.first_seen)}"
    if len(value) < len("2026-01-31") and day.isoformat().startswith(value):
        return Standing(reign, "stated roughly", f"{says}; on which day of {value}, it does not say")
    return Standing(reign, "stated", says)


def _by_sight(reign: Reign, sight: Standing) -> Standing:
    why = f"states {reign.stated}, which tells it from no text before it" if reign.stated else "states no date"
    says = f"{why}, so it counts from when it was seen to come, {_day(reign.first_seen)}"
    return Standing(reign, sight.certainty if sight.reign == reign else "seen", says)


def _not_yet(reigns: Sequence[Reign]) -> str:
    return f"first seen {_day(reigns[0].first_seen)}" if reigns else "never seen"


def end_of(day: date) -> str:
    """The first moment after a day, as the history writes moments and dates: they compare as text."""
    return (day + timedelta(days=1)).isoformat() if day < date.max else "9999-12-32"


def _first_day(value: str) -> str:
    """The first day of a stated date: of "2023-11", the 1st."""
    return value + "-01-01"[len(value) - 4 :] if 4 <= len(value) < 10 else value


def _day(moment: str) -> str:
    return moment[:10]
