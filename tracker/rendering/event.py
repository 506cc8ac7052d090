"""The one payload of an event, frozen once recorded: every channel renders this and nothing else."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from typing import Any

from tracker.comparison.muting import without
from tracker.model import Change, ClauseChange, Document, EventType, Level, Policy, Reason, State
from tracker.rendering.picking import before_and_after, clipped, counts, excerpt, most_material_first, told, trail
from tracker.rendering.records import plain

FORMAT = 1
"""Goes up when a key changes its meaning or goes; new keys may come."""
CLAUSES_SHOWN = 8
REASONS_SHOWN = 12
CLAUSE_REASONS_SHOWN = 4
_LONGEST = 160
"""Characters of a heading or of a reason's words: the payload has to fit where 20 KB are the limit, however wild the page."""


def event_payload(
    *,
    document: Document,
    type: EventType,  # noqa: A002  the word of the model
    at: datetime,
    change: Change | None,
    old: Policy | None,
    new: Policy | None,
    last_seen: datetime | None,
    first_seen: datetime,
    version_from: int | None,
    version_to: int | None,
    state: State,
    why: str,
    returned: bool = False,
    failing_since: datetime | None = None,
    muted: Set[str] = frozenset(),
) -> dict[str, object]:
    """What subscribers are told, JSON-ready.

    `at` is the look after which this is told. It came between `last_seen`, the last look that saw what was told before, and
    `first_seen`, the first look that saw what is told now. `old` and `new` are
    the policies that `change` compares; where a page broke, `old` is the last one that could be read. `why` is the outcome's reason;
    `returned` says that the text told is an earlier one that is back in force, `failing_since` that a page which was told as broken
    still is, and since when. The reasons of `muted` rules are left out, and with them the level that they gave; the payload says of which.
    """
    silenced = sorted(muted & {reason.rule for reason in change.reasons}) if change else []
    change = without(change, muted) if change else None
    shown = [c for c in most_material_first(change.clauses) if _worth_showing(c)][:CLAUSES_SHOWN] if change else []
    return {
        "format": FORMAT,
        "type": type,
        "returned": returned,
        "at": at.isoformat(),
        "level": _level(type, change),
        "summary": _still_broken(failing_since, state) or _summary(type, change, new, state, why, returned=returned),
        "document": {key: getattr(document, key) for key in ("name", "vendor", "kind", "language", "region", "url")},
        "state": state.value,
        "why": why,
        "failing_since": failing_since.isoformat() if failing_since else None,
        "window": {
            "last_seen_unchanged": last_seen.isoformat() if last_seen else None,
            "first_seen": first_seen.isoformat(),
        },
        "dates": {
            "effective": {"old": old.effective_date if old else None, "new": new.effective_date if new else None},
            "updated": {"old": old.updated_date if old else None, "new": new.updated_date if new else None},
        },
        "texts": {"old": _text(version_from, old), "new": _text(version_to, new)},
        "change": _change(change) if change else None,
        "muted_rules": silenced,
        "clauses": [_clause(c) for c in shown],
        "not_shown": len(change.clauses) - len(shown) if change else 0,
    }


def _level(type: EventType, change: Change | None) -> Level:  # noqa: A002
    if type == "broken":
        return "medium"
    if change is None or type == "recovered":
        return "low" if type == "recovered" else "none"
    return "low" if change.level == "none" else change.level


def _summary(
    type: EventType,  # noqa: A002
    change: Change | None,
    new: Policy | None,
    state: State,
    why: str,
    *,
    returned: bool,
) -> str:
    news = change.summary if change and change.summary else why
    if type == "first":
        return f"first version: {_size(new)}{_dated(new)}" if new else "first version"
    if type == "broken":
        return f"cannot be read any more: {_words(state)}" + (f" ({why})" if why and why != state.value else "")
    if type == "recovered":
        return "can be read again" + (f": {change.summary}" if change and change.summary else "")
    return f"an earlier text is back: {news}" if returned else news


def _still_broken(since: datetime | None, state: State) -> str:
    return f"still cannot be read, since {since.date().isoformat()}: {_words(state)}" if since else ""


def _words(state: State) -> str:
    return state.value.replace("_", " ")


def _size(policy: Policy) -> str:
    count = len(policy.clauses)
    return f"{count} clause{'' if count == 1 else 's'}"


def _dated(policy: Policy) -> str:
    if policy.effective_date:
        return f", effective {policy.effective_date}"
    return f", updated {policy.updated_date}" if policy.updated_date else ", no date stated"


def _text(version: int | None, policy: Policy | None) -> dict[str, object] | None:
    """A text's version, and the hash by which anybody can verify it: SHA-256 of its canonical Markdown in UTF-8."""
    if policy is None:
        return None
    return {"version": version, "sha256": policy.text_hash}


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "kind": change.kind,
        "silent": change.silent,
        "dates": plain(change.dates),
        "reasons": [_reason(reason) for reason in change.reasons[:REASONS_SHOWN]],
        "reasons_not_shown": max(len(change.reasons) - REASONS_SHOWN, 0),
        "counts": counts(change),
        "complete": change.complete,
    }


def _worth_showing(change: ClauseChange) -> bool:
    return change.kind in ("editorial", "substantive") or change.op == "date"


def _clause(change: ClauseChange) -> dict[str, Any]:
    before, after = before_and_after(change)
    return {
        "op": change.op,
        "moved": change.moved,
        "level": change.level,
        "trail": [clipped(heading, _LONGEST) for heading in trail(change)],
        "before": before,
        "after": after,
        "words": [list(edit) for edit in excerpt(change)],
        "topics": list(change.topics),
        "reasons": [clipped(reason.text, _LONGEST) for reason in told(change.reasons)[:CLAUSE_REASONS_SHOWN]],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {**plain(reason), "text": clipped(reason.text, _LONGEST), "words": clipped(reason.words, _LONGEST)}
