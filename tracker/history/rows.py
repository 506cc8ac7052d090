"""What the history answers with: plain frozen rows, named as in the schema."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from tracker.model import Change, EventType, Level, State

DeliveryState = Literal["waiting", "sent", "given up"]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document and where it stands."""

    id: int
    name: str
    vendor: str
    kind: str
    url: str | None
    """Where it is looked at: where it was found, or else what the registry says."""
    language: str | None
    region: str | None
    watched: bool
    version: int | None
    versions: int
    in_force_since: datetime | None
    effective: str | None
    updated: str | None
    last_look: datetime | None
    last_outcome: str | None
    last_state: State | None
    last_why: str | None
    last_seen_ok: datetime | None
    """The last look that saw the version in force."""
    failures: int
    failing_since: datetime | None
    quarantined: State | None
    quarantined_since: datetime | None
    next_due: datetime | None
    requested: datetime | None
    found: str | None
    """Where discovery found it, while the registry has no address for it or one that died."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A distinct text of a document, and its first and last sight over all its reigns."""

    id: int
    document: str
    number: int
    text_hash: str
    wording_hash: str
    title: str | None
    language: str | None
    effective: str | None
    updated: str | None
    words: int
    first_seen: datetime
    last_seen: datetime
    in_force: bool


@dataclass(frozen=True, slots=True)
class ReignRow:
    """A stretch of time in which a version was observed in force.

    `before` is the last look before `first_seen`, `after` the first that saw another version (None: still in force). The text came
    between `before` and `first_seen`, and went between `last_seen` and `after`.
    """

    id: int
    document: str
    version: int
    number: int
    first_seen: datetime
    last_seen: datetime
    before: datetime | None
    after: datetime | None
    change: int | None


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One look."""

    id: int
    document: str
    at: datetime
    outcome: str
    state: State
    why: str
    version: int | None
    status: int | None
    url: str
    final_url: str | None
    sha256: str | None
    bytes: int | None
    seconds: float | None
    source: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A transition as it happened: the change, and the reign it began."""

    id: int
    document: str
    vendor: str
    document_kind: str
    url: str | None
    old: int
    new: int
    old_number: int
    new_number: int
    first_seen: datetime
    before: datetime | None
    change: Change
    """Its `clauses` and `kept` are filled by `change()`, and empty in lists."""
    ruleset: str
    """The edition of the rules that judged it."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """What subscribers were told."""

    id: str
    type: EventType
    at: datetime
    document: str
    level: Level
    summary: str
    payload: dict[str, object]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """What is to be sent to whom, or was. `due` is None where it is not tried any more."""

    id: str
    subscription: str
    event: str
    type: EventType
    level: Level
    document: str
    summary: str
    state: DeliveryState
    wanted: datetime
    due: datetime | None
    tries: int
    tried: datetime | None
    why: str | None


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """A subscription, how many of its deliveries wait, were sent and were given up, and when and why it was disabled. `trouble` is why its
    last one did not arrive, where it did not."""

    name: str
    active: bool
    disabled: datetime | None
    why: str | None
    waiting: int
    sent: int
    given_up: int
    last_sent: datetime | None
    trouble: str | None

    @property
    def state(self) -> str:
        """How it does: "ok", or what is wrong with it."""
        if self.disabled:
            return f"disabled: {self.why}"
        return f"failing: {self.trouble}" if self.trouble else "ok"


@dataclass(frozen=True, slots=True)
class Taken:
    """Deliveries taken to be sent in one message, oldest event first. `tries` counts this one."""

    id: str
    subscription: str
    tries: int
    wanted: datetime
    payloads: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A doubtful text that waits."""

    document: str
    state: State
    since: datetime
    text_hash: str
    snapshot: int
    observation: int


@dataclass(frozen=True, slots=True)
class Validators:
    """What to ask a server "has it changed since?" with."""

    etag: str | None
    last_modified: str | None
