"""Events as people read them together: the most material first, by vendor, and the pages that cannot be read in a section of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tracker.model import LEVELS
from tracker.rendering.picking import clipped, visible

Payload = Mapping[str, Any]
PAGES = "Pages that cannot be read, or can again"
_SUBJECT = 140
_STATES = ("broken", "recovered")


@dataclass(frozen=True, slots=True)
class Section:
    """What happened at one vendor, most material first."""

    title: str
    payloads: tuple[Payload, ...]


def sections(payloads: Sequence[Payload]) -> list[Section]:
    """The vendors with the most serious news first, then the pages that broke or recovered."""
    changes = [payload for payload in payloads if payload["type"] not in _STATES]
    states = [payload for payload in payloads if payload["type"] in _STATES]
    by_vendor = groupby(sorted(changes, key=_vendor), _vendor)
    made = [Section(vendor, tuple(sorted(group, key=_most_material))) for vendor, group in by_vendor]
    made.sort(key=lambda section: (_most_material(section.payloads[0])[0], section.title.casefold()))
    return [*made, *([Section(PAGES, tuple(sorted(states, key=_vendor)))] if states else [])]


def subject(payloads: Sequence[Payload]) -> str:
    """One line: the event, or how many there are and how serious."""
    if len(payloads) == 1:
        [payload] = payloads
        said = (
            f"[{payload['level']}] {payload['document']['vendor']}, {payload['document']['kind']}: {payload['summary']}"
        )
    else:
        vendors = {_vendor(payload) for payload in payloads}
        said = f"{len(payloads)} events at {len(vendors)} vendor{'s' if len(vendors) > 1 else ''}: {_levels(payloads)}"
    test = "[test] " if any(payload.get("test") for payload in payloads) else ""
    return clipped(" ".join(visible(test + said).split()), _SUBJECT)


def _levels(payloads: Sequence[Payload]) -> str:
    counts = {level: sum(payload["level"] == level for payload in payloads) for level in reversed(LEVELS)}
    return ", ".join(f"{count} {level}" for level, count in counts.items() if count)


def _vendor(payload: Payload) -> str:
    return str(payload["document"]["vendor"])


def _most_material(payload: Payload) -> tuple[int, str, str]:
    return -LEVELS.index(payload["level"]), payload["document"]["name"], payload["at"]
