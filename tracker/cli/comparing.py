"""Which two versions a person means, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import click

from tracker import tracking
from tracker.cli.base import END_OF_DAY, Refusal, moment, one_named
from tracker.comparison import compare
from tracker.history import History, VersionRow
from tracker.model import Change, Policy
from tracker.rendering.caption import Caption, Side


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of a document, and the change between them."""

    change: Change
    caption: Caption
    old: VersionRow
    new: VersionRow
    new_policy: Policy


def compared(history: History, what: Sequence[str]) -> Compared:
    """The change that a person means by (NAME), (CHANGE) or (NAME, FROM, TO). Refuses what cannot be found."""
    if len(what) == 1:
        row = history.change(
            int(what[0]) if what[0].isdecimal() else _last_change(history, one_named(history, what[0]))
        )
        return _compared(history, row.change, history.version(row.old), history.version(row.new))
    if len(what) != 3:
        raise click.UsageError("Give a document, the number of a change, or a document and two versions.")
    name = one_named(history, what[0])
    old, new = (_meant(history, name, text) for text in what[1:])
    return _compared(history, compare(history.policy(old.id), history.policy(new.id)), old, new)


def waiting(history: History, name: str) -> tuple[Change, Caption]:
    """How the text in quarantine differs from the one in force. Refuses where none is in force; raises Unknown where none waits."""
    text = tracking.waiting(history, name)
    [row] = history.documents([name])
    if row.version is None:
        raise Refusal(f"No text of {name} is in force to compare with.")
    caption = Caption(
        vendor=row.vendor,
        document=row.name,
        url=row.url,
        old=_side(history.version(row.version)),
        new=Side(first_seen=row.quarantined_since, effective=text.effective_date, updated=text.updated_date),
    )
    return compare(history.policy(row.version), text), caption


def version_of(history: History, name: str, number: int) -> VersionRow:
    """A version of a document by its number, from 1. Refuses one that there is not."""
    versions = history.versions(name)
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        known = ", ".join(str(version.number) for version in versions) or "none"
        raise Refusal(f"{name} has no version {number}; there are: {known}.")
    return found


def _last_change(history: History, name: str) -> int:
    rows = history.changes([name], level="none", limit=1)
    if not rows:
        raise Refusal(f"{name} has not changed since it is watched.")
    return rows[0].id


def _meant(history: History, name: str, text: str) -> VersionRow:
    if text.isdecimal() and len(text) < 8:
        return version_of(history, name, int(text))
    reign = history.in_force(name, moment(text, END_OF_DAY))
    if reign is None:
        raise Refusal(f"No text of {name} had been seen by {text}.")
    return history.version(reign.version)


def _compared(history: History, change: Change, old: VersionRow, new: VersionRow) -> Compared:
    row = history.documents([old.document])[0]
    caption = Caption(vendor=row.vendor, document=row.name, url=row.url, old=_side(old), new=_side(new))
    return Compared(change, caption, old, new, history.policy(new.id))


def _side(version: VersionRow) -> Side:
    return Side(
        version=version.number, first_seen=version.first_seen, effective=version.effective, updated=version.updated
    )
