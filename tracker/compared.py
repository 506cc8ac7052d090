"""Two texts of the history, and the change between them, with all that is said around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.comparison import compare
from tracker.history import ChangeRow, History, VersionRow
from tracker.model import Change, Policy
from tracker.rendering.caption import Caption, Side
from tracker.rendering.records import Record, plain


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts, how each is recorded for machines, and the change between them."""

    change: Change
    caption: Caption
    old: Record
    new: Record
    new_policy: Policy

    def record(self) -> Record:
        """The two texts as docs/diff-format.md describes them; the change is added by who shows it."""
        return {"format": 1, "document": self.caption.document, "old": self.old, "new": self.new}


def of_change(history: History, row: ChangeRow) -> Compared:
    """A stored change."""
    return _compared(history, row.change, history.version(row.old), history.version(row.new))


def between(history: History, old: VersionRow, new: VersionRow) -> Compared:
    """Any two versions, of one document or of two, compared by the rules of the newer one's document."""
    rules = history.defined(new.document).rules
    change = compare(history.policy(old.id), history.policy(new.id), rules=rules)
    # whether a date moved with the wording is asked of one document over time, not of two that stand side by side
    return _compared(history, change if old.document == new.document else replace(change, silent=None), old, new)


def of_version(version: VersionRow) -> Side:
    return Side(
        version=version.number, first_seen=version.first_seen, effective=version.effective, updated=version.updated
    )


def _compared(history: History, change: Change, old: VersionRow, new: VersionRow) -> Compared:
    row, other = (history.documents([version.document])[0] for version in (old, new))
    if row == other:
        caption = Caption(vendor=row.vendor, document=row.name, url=row.url, old=of_version(old), new=of_version(new))
    else:
        vendors = " and ".join(dict.fromkeys((row.vendor, other.vendor)))
        sides = [replace(of_version(version), name=version.document) for version in (old, new)]
        caption = Caption(vendor=vendors, document=f"{row.name} → {other.name}", old=sides[0], new=sides[1])
    return Compared(change, caption, plain(old), plain(new), history.policy(new.id))
