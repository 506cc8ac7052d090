"""Who wants to be told what, and when. Pure: what is sent to whom follows from an event's payload and a subscription alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from tracker import schedule
from tracker.model import LEVELS, EventType, Level

TOLD_BY_DEFAULT: tuple[EventType, ...] = ("changed", "dates", "broken", "recovered")
"""Everything but first sight, which is quiet."""

DIGESTS = {"daily": "0 7 * * *", "weekly": "0 7 * * mon"}
"""When the digests of these names go out, in UTC."""

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=12)
GIVEN_UP_AFTER = timedelta(days=3)
"""How long a delivery that fails is tried again, from when it was to be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Who wants to be told what.

    `vendors` are keys, with * and ?; `kinds` and `languages` those of documents; `topics` restrict changes of the text to those that touch
    one of them; `level` is the lowest that is told, `types` are the events. Nothing given means everything. `digest` is when events
    are told together (cron, UTC), apart from those of level `at_once` and above; without it each is told at once. `settings` are what
    its channel needs: an address, a path, where a secret is to be found.
    """

    name: str
    channel: str
    vendors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    level: Level = "none"
    types: tuple[EventType, ...] = TOLD_BY_DEFAULT
    digest: str | None = None
    at_once: Level = "critical"
    settings: Mapping[str, Any] = field(default_factory=dict)


def wants(subscription: Subscription, payload: Mapping[str, Any]) -> bool:
    """Whether a subscription is told of an event."""
    document = payload["document"]
    return (
        payload["type"] in subscription.types
        and _at_least(_weight(payload), subscription.level)
        and _any(subscription.vendors, lambda pattern: fnmatchcase(document["name"].split("/")[0], pattern))
        and _any(subscription.kinds, lambda kind: document["kind"] == kind)
        and _any(subscription.languages, lambda tag: _speaks(document["language"], tag))
        and (not payload["clauses"] or _any(subscription.topics, lambda topic: topic in _topics(payload)))
    )


def when(subscription: Subscription, payload: Mapping[str, Any], at: datetime) -> datetime:
    """When an event of `at` is to be sent."""
    if subscription.digest is None or _at_least(payload["level"], subscription.at_once):
        return at
    return schedule.next_due(subscription.digest, at, subscription.name)


def delivery_id(subscription: str, event: str) -> str:
    """What a receiver knows a repetition by: the same subscription and event give the same id, however often it is sent."""
    return "dlv_" + hashlib.sha256(f"{subscription}\x1f{event}".encode()).hexdigest()[:32]


def retry_wait(tries: int, key: str) -> timedelta:
    """How long to wait after so many tries in vain: four times as long each time, spread by `key` so that not all come back at once."""
    factor: int = 1 << 2 * min(max(tries - 1, 0), 10)
    wait = min(FIRST_WAIT * factor, LONGEST_WAIT)
    share = int.from_bytes(hashlib.blake2b(f"{key}{tries}".encode(), digest_size=4).digest()) / 2**32
    return wait * (0.8 + 0.4 * share)


def _at_least(level: Level, lowest: Level) -> bool:
    return LEVELS.index(level) >= LEVELS.index(lowest)


def _weight(payload: Mapping[str, Any]) -> Level:
    """Whoever was told that a page broke is told that it recovered."""
    level: Level = "medium" if payload["type"] == "recovered" else payload["level"]
    return level


def _any(wanted: tuple[str, ...], fits: Any) -> bool:
    return not wanted or any(fits(each) for each in wanted)


def _speaks(language: str | None, tag: str) -> bool:
    return language is not None and (language == tag or language.startswith(f"{tag}-"))


def _topics(payload: Mapping[str, Any]) -> set[str]:
    return {topic for clause in payload["clauses"] for topic in clause["topics"]}
