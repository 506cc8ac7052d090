"""Making a bundle: the two looks between which a text changed, what they saw, and what lies around them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version as installed
from itertools import islice

from tracker.comparison import RULESET, compare
from tracker.evidence.layout import FORMAT, README, RECORD, REDLINE, SUMS, page_record, sha256, sums, written
from tracker.evidence.readme import readme
from tracker.extraction import EXTRACTOR
from tracker.history import ChangeRow, History, ObservationRow, ReignRow, Unknown
from tracker.history.chain import before as chain_before
from tracker.history.chain import linked, roots
from tracker.rendering.caption import Caption, Side
from tracker.rendering.html import html_page
from tracker.rendering.records import Record, change_to_dict, plain
from tracker.tracking import page_of

AROUND = 5
"""Looks that are listed before the last sight of the old text, and after the first of the new one."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a bundle by name, and what it says in a line."""

    files: dict[str, bytes]
    says: str


@dataclass(frozen=True, slots=True)
class _Sight:
    """A text of the document as a look saw it."""

    body: bytes
    text: bytes
    record: Record


def bundle(history: History, row: ChangeRow, now: datetime) -> Bundle:
    """The evidence of a change, the last time that it happened. The same history gives the same bytes on the same day.

    Days that are over by `now` have a root in the chain over all looks. Raises Unknown where no reign began with the change.
    """
    reigns = history.reigns(row.document)
    began = [at for at, reign in enumerate(reigns) if reign.change == row.id and at]
    if not began:
        raise Unknown(
            f"Change {row.id} compares two texts of {row.document} of which one did not follow the other: there is nothing to prove."
        )
    earlier, later = reigns[began[-1] - 1], reigns[began[-1]]
    # a look of yesterday's last minute may be recorded in today's first
    before = f"{now - timedelta(minutes=10):%Y-%m-%d}"
    sights = {
        "old": _sight(history, earlier, earlier.last_seen, before),
        "new": _sight(history, later, later.first_seen, before),
    }
    caption = Caption(
        vendor=row.vendor, document=row.document, url=row.url, old=_side(history, earlier), new=_side(history, later)
    )
    rules = history.defined(row.document).rules
    # what is proved has to follow from the two bodies: it is derived anew, by the rules of today
    policy = history.policy(later.version)
    change = compare(history.policy(earlier.version), policy, rules=rules)
    record = {
        "format": FORMAT,
        "made_by": {"clausewatch": installed("clausewatch"), "extractor": EXTRACTOR, "ruleset": RULESET},
        "rules": plain(rules),
        "caption": plain(caption),
        "recorded": _recorded(row),
        "change": change_to_dict(change),
        "window": {
            "last_seen_old": plain(earlier.last_seen),
            "first_seen_new": plain(later.first_seen),
            "looks_between": [_listed(look) for look in _between(history, earlier, later)],
        },
        "looks": [_listed(look) for look in _around(history, earlier, later)],
        **{
            side: {"text_sha256": sha256(sight.text), "body_sha256": sha256(sight.body)}
            for side, sight in sights.items()
        },
    }
    files = {
        README: readme(record, sights["old"].record, sights["new"].record).encode("utf-8", "replace"),
        RECORD: written(record),
        REDLINE: html_page(change, caption, policy).encode("utf-8", "replace"),
    }
    for side, sight in sights.items():
        files |= {
            f"{side}/body.bin": sight.body,
            f"{side}/look.json": written(sight.record),
            f"{side}/text.md": sight.text,
        }
    says = f"{row.document}, version {earlier.number} → {later.number}: {change.summary}"
    return Bundle({**files, SUMS: sums(files)}, says)


def _recorded(row: ChangeRow) -> Record:
    """What the history says of the change: by the rules of the day on which it was found."""
    change = row.change
    return {
        "number": row.id,
        "level": change.level,
        "kind": change.kind,
        "summary": change.summary,
        "ruleset": row.ruleset,
    }


def _sight(history: History, reign: ReignRow, at: datetime, before: str) -> _Sight:
    seen = [look for look in history.looks(reign.document, at, at) if look.sha256]
    if not seen:
        raise Unknown(f"The body that was seen at {at.isoformat()} is not stored.")
    look = seen[-1]
    source = history.seen_by(look.id)
    page = page_of(history.defined(reign.document), source)
    record = {
        **_chained(history, look.id, before),
        "received": _received(history, look),
        "page": page_record(page),
        "text_made_by": history.extractor(reign.version),
        "version": reign.number,
        "reign": {key: plain(getattr(reign, key)) for key in ("before", "first_seen", "last_seen", "after")},
    }
    text = history.policy(reign.version).markdown.encode("utf-8", "surrogatepass")
    return _Sight(history.body(source.snapshot), text, record)


def _received(history: History, look: ObservationRow) -> Record | None:
    """Where a server answered that nothing had changed (304): the look that had received the body last."""
    if look.status != 304:
        return None
    earlier = history.looks(look.document, datetime.min.replace(tzinfo=look.at.tzinfo), look.at)
    received = [o for o in earlier if o.sha256 == look.sha256 and o.status != 304]
    return next(linked(history.db, received[-1].id - 1)).seen if received else None


def _chained(history: History, observation: int, before: str) -> Record:
    """What a look saw as the chain hashes it, and the links from it to the root of the day at whose end it was recorded."""
    root = next((root for root in roots(history.db, before) if root.observation >= observation), None)
    count = 1 if root is None else root.observation - observation + 1
    links = [
        link
        for link in islice(linked(history.db, observation - 1), count)
        if root is None or link.id <= root.observation
    ]
    return {
        "seen": links[0].seen,
        "headers": json.loads(links[0].seen["headers"] or "{}"),
        "redirects": json.loads(links[0].seen["redirects"] or "[]"),
        "chain": {
            "before": chain_before(history.db, observation),
            "digests": [link.digest for link in links],
            "root": None if root is None else {"day": root.day, "hash": root.chain},
        },
    }


def _side(history: History, reign: ReignRow) -> Side:
    version = history.version(reign.version)
    return Side(
        version=version.number, first_seen=reign.first_seen, effective=version.effective, updated=version.updated
    )


def _between(history: History, earlier: ReignRow, later: ReignRow) -> list[ObservationRow]:
    """The looks after the last sight of the old text and before the first of the new: those that saw neither."""
    looks = history.looks(earlier.document, earlier.last_seen, later.first_seen)
    return [look for look in looks if earlier.last_seen < look.at < later.first_seen]


def _around(history: History, earlier: ReignRow, later: ReignRow) -> list[ObservationRow]:
    before = history.looks(earlier.document, earlier.first_seen, earlier.last_seen)[-AROUND - 1 :]
    after = history.looks(earlier.document, later.first_seen, later.last_seen)[: AROUND + 1]
    return [*before, *_between(history, earlier, later), *after]


def _listed(look: ObservationRow) -> Record:
    keys = ("at", "outcome", "state", "why", "status", "url", "final_url", "sha256", "bytes", "source")
    return {key: plain(getattr(look, key)) for key in keys}
