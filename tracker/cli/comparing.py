"""Which two texts a person means, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from tracker import tracking
from tracker.cli.base import END_OF_DAY, Refusal, moment, one_named
from tracker.cli.extracting import type_of
from tracker.compared import Compared, between, of_change, of_version
from tracker.comparison import compare
from tracker.extraction import extract
from tracker.history import ChangeRow, History, ReignRow, VersionRow
from tracker.model import Change, Page, Policy, State
from tracker.rendering.caption import Caption, Side, minute
from tracker.rendering.records import Record


def compared(history: History, what: Sequence[str], begin: str | None = None, end: str | None = None) -> Compared:
    """The change that a person means by (NAME), (CHANGE), (NAME, FROM, TO) or (NAME, OTHER). Refuses what cannot be found.

    `begin` and `end` say which version of the first and of the last document is meant.
    """
    if len(what) == 3:
        if begin or end:
            raise click.UsageError("Give FROM and TO once: after the name, or as options.")
        what, begin, end = what[:1], what[1], what[2]
    if len(what) == 1 and not (begin or end):
        return of_change(history, change_meant(history, what[0]))
    if len(what) > 2 or what[-1].isdecimal() or (len(what) == 1 and not begin):
        raise click.UsageError(
            "Give a document, the number of a change, a document and two versions, or two documents."
        )
    names = [one_named(history, name) for name in what]
    return between(history, _meant(history, names[0], begin or "today"), _meant(history, names[-1], end or "today"))


def change_meant(history: History, what: str) -> ChangeRow:
    """A change by its number, or the last one of a document. Refuses what cannot be found."""
    if what.isdecimal():
        return history.change(int(what))
    name = one_named(history, what)
    rows = history.changes([name], level="none", limit=1)
    if not rows:
        raise Refusal(f"{name} has not changed since it is watched.")
    return history.change(rows[0].id)


def files_meant(what: Sequence[str]) -> tuple[Path, Path] | None:
    """The two files that a person means, if it is files. Refuses one that is not there."""
    paths = [Path(text) for text in what]
    there = [path.is_file() for path in paths]
    if len(paths) != 2 or not any(there):
        return None
    if not all(there):
        raise Refusal(f"There is no file {paths[there.index(False)]}.")
    return paths[0], paths[1]


def of_files(old: Path, new: Path) -> Compared:
    """How two files differ, without any history. Refuses one in which nothing can be read."""
    policies = [_read(old), _read(new)]
    sides = [
        Side(name=path.name, effective=policy.effective_date, updated=policy.updated_date)
        for path, policy in zip((old, new), policies, strict=True)
    ]
    caption = Caption(vendor="Two files", document=f"{old.name} → {new.name}", old=sides[0], new=sides[1])
    texts = [_text_record(path.name, policy) for path, policy in zip((old, new), policies, strict=True)]
    return Compared(compare(policies[0], policies[1]), caption, texts[0], texts[1], policies[1])


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
        old=of_version(history.version(row.version)),
        new=Side(first_seen=row.quarantined_since, effective=text.effective_date, updated=text.updated_date),
    )
    return compare(history.policy(row.version), text, rules=history.defined(name).rules), caption


def version_of(history: History, name: str, number: int) -> VersionRow:
    """A version of a document by its number, from 1. Refuses one that there is not."""
    versions = history.versions(name)
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        known = ", ".join(str(version.number) for version in versions) or "none"
        raise Refusal(f"{name} has no version {number}; there are: {known}.")
    return found


def reign_of(history: History, name: str, at: datetime) -> ReignRow:
    """The reign of the text of a document that was in force then. Refuses a time before the first look."""
    reign = history.in_force(name, at)
    if reign is None:
        versions = history.versions(name)
        since = f"; it was first seen {minute(versions[0].first_seen)}" if versions else ""
        raise Refusal(f"No text of {name} had been seen by {minute(at)}{since}.")
    return reign


def _meant(history: History, name: str, text: str) -> VersionRow:
    if text.isdecimal() and len(text) < 8:
        return version_of(history, name, int(text))
    return history.version(reign_of(history, name, moment(text, END_OF_DAY)).version)


def _read(path: Path) -> Policy:
    policy = extract(path.read_bytes(), Page(type_of(path.name)))
    if not policy.clauses:
        raise Refusal(f"Nothing can be read in {path}: {policy.state.value.replace('_', ' ')}.")
    if policy.state is not State.OK:
        click.echo(f"{path} looks like no policy: {policy.state.value.replace('_', ' ')}.", err=True)
    return policy


def _text_record(name: str, policy: Policy) -> Record:
    """A file as a version is recorded."""
    return {
        "document": name,
        "number": None,
        "text_hash": policy.text_hash,
        "title": policy.title,
        "language": policy.language,
        "effective": policy.effective_date,
        "updated": policy.updated_date,
        "words": sum(len(clause.text.split()) for clause in policy.clauses),
        "first_seen": None,
        "last_seen": None,
    }
