"""The sentences around a redline, the same in every form: which texts are compared, what was found, how many changes there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tracker.model import Change, DateChange, Kind, Reason, StatedDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two texts: its version number within the document, when it was first seen, and the dates it states.

    `name` says whose text it is, where the two are not of one document.
    """

    name: str = ""
    version: int | None = None
    first_seen: datetime | None = None
    effective: str | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """Whose document it is that changed, and from which text to which."""

    vendor: str
    document: str
    url: str | None = None
    old: Side = Side()
    new: Side = Side()


def of_side(side: Side) -> str:
    stated = [f"{role} {value}" for role, value in (("effective", side.effective), ("updated", side.updated)) if value]
    parts = [
        side.name,
        f"version {side.version}" if side.version else "",
        f"first seen {minute(side.first_seen)}" if side.first_seen else "",
        *(stated or ["no date stated"]),
    ]
    return ", ".join(part for part in parts if part)


def of_which(side: Side) -> str:
    """Which text it is, in as few words as tell it from the other one."""
    return " ".join(part for part in (side.name, f"version {side.version}" if side.version else "") if part)


def of_sides(caption: Caption) -> str:
    """How to read what is compared where nothing changed over time; nothing where a document did."""
    if not (caption.old.name and caption.new.name):
        return ""
    return "side by side: deleted words stand only in the old one, inserted ones only in the new one"


def of_silence(kind: Kind, silent: bool | None) -> str:
    """Whether a new wording came with a new date; nothing where the wording is as it was."""
    if silent is None or kind in ("none", "cosmetic"):
        return ""
    return "silent: the wording changed, the stated date did not" if silent else "the stated date changed with it"


def of_date(change: DateChange) -> str:
    notes = f" ({', '.join(_NOTES.get(note, note) for note in change.notes)})" if change.notes else ""
    return f"{change.role} {change.old or 'not stated'} → {change.new or 'not stated'}{notes}"


def of_stated(date: StatedDate) -> str:
    unsure = " (day and month could be read the other way round)" if date.ambiguous else ""
    return f"{date.role}: {date.value}{unsure} — “{date.words}”"


def of_reason(reason: Reason) -> str:
    words = f" — “{reason.words}”" if reason.words else ""
    return f"{reason.text}{words}"


def of_counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {op}" for op, count in counts.items()) or "no clause changed"


def of_change(change: Change) -> str:
    """Kind, silence and an honest word about a budget that was exceeded."""
    kind = "no change of wording" if change.kind == "none" else change.kind
    parts = [kind, of_silence(change.kind, change.silent)]
    if not change.complete:
        parts.append("compared coarsely in places: the texts differ too much for the work budget")
    return "; ".join(part for part in parts if part)


def minute(at: datetime) -> str:
    """A moment for people: to the minute, with its zone."""
    return at.strftime("%Y-%m-%d %H:%M UTC" if not at.utcoffset() else "%Y-%m-%d %H:%M %z")


_NOTES = {"forwards": "moved forwards", "backwards": "moved backwards", "ahead": "still to come when it was seen"}
