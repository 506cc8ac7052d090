"""What channels are given and what they answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, TypeAlias

from tracker.model import Level
from tracker.subscription import Subscription

Payload: TypeAlias = Mapping[str, Any]
Recent: TypeAlias = Callable[[str | None, Level], Iterator[Payload]]
"""The events of a vendor (its key; None: of all), from a level up, newest first."""


@dataclass(frozen=True, slots=True)
class Message:
    """Events for a subscription. `id` is the same whenever these are sent again; `at` is now."""

    id: str
    subscription: Subscription
    payloads: tuple[Payload, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a channel may need besides the message: which private networks may be reached, which made-up names stand for what, and what
    was told before."""

    recent: Recent
    allow_networks: tuple[str, ...] = ()
    resolve: Mapping[str, str] | None = None
    user_agent: str = "clausewatch"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message. "gone": its receiver wants no more, ever. `wait` is what a receiver asked for before the next try."""

    status: Literal["sent", "failed", "gone"]
    why: str = ""
    wait: timedelta | None = None


Channel: TypeAlias = Callable[[Message, Surroundings], Receipt]

SENT = Receipt("sent")


def failed(why: str, wait: timedelta | None = None) -> Receipt:
    """It did not arrive; the words are for the operator, in one line of bearable length."""
    return Receipt("failed", " ".join(why.split())[:300], wait)


class NoSecret(Exception):
    """A secret is not where the registry says."""


def revealed(reference: str) -> str:
    """The secret that "env:NAME" or "file:PATH" refers to; any other text is no secret and stands for itself. Raises NoSecret."""
    kind, _, place = reference.partition(":")
    if kind == "env":
        value = os.environ.get(place, "")
        if not value.strip():
            raise NoSecret(f"the environment variable {place} is not set")
        return value.strip()
    if kind == "file":
        try:
            return Path(place).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise NoSecret(
                f"{place} cannot be read: {getattr(error, 'strerror', None) or type(error).__name__}"
            ) from error
    return reference
