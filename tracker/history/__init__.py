"""What was seen, kept for ever in one SQLite file. The only part of Clausewatch that writes SQL.

The modules: connection (opening, migrating, transactions), snapshots (bytes), recording (one look, one transaction), work (due documents,
leases, politeness), outbox (who is told), triage (what people say of it), reading (questions), rows (their answers), packing (values as
columns).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from tracker.history import outbox, reading, recording, retelling, seen, triage, work
from tracker.history.connection import Busy, HistoryError, connect, hurried, scratch, writing
from tracker.history.reading import Unknown
from tracker.history.rows import (
    ChangeRow,
    DeliveryRow,
    DocumentRow,
    EventRow,
    ObservationRow,
    QuarantineRow,
    ReignRow,
    SubscriptionRow,
    Taken,
    Validators,
    VersionRow,
)
from tracker.model import Policy

__all__ = [
    "Busy",
    "ChangeRow",
    "DeliveryRow",
    "DocumentRow",
    "EventRow",
    "History",
    "HistoryError",
    "ObservationRow",
    "QuarantineRow",
    "ReignRow",
    "SubscriptionRow",
    "Taken",
    "Unknown",
    "Validators",
    "VersionRow",
]

MEMORY = Path(":memory:")
"""The path of a history that is kept nowhere."""

_POLICIES = 64
"""Versions kept rebuilt: a crawl asks for the same one a few times in a row."""


class History:
    """The history at `path`, created and migrated unless `read_only`. Use it as a context manager, from one thread.

    Raises HistoryError, with a sentence for the user, where the file is missing (read_only), no history, or of another schema.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = Path(path)
        self.db = connect(self.path, read_only=read_only) if self.path != MEMORY else scratch()
        # by its extractor too: another process may have read a version anew meanwhile
        self._policy = lru_cache(maxsize=_POLICIES)(lambda version, _extractor: reading.policy(self, version))

    def close(self) -> None:
        self.forget()
        self.db.close()

    def __enter__(self) -> History:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def together(self) -> AbstractContextManager[None]:
        """Do several writes in one transaction."""
        return writing(self.db)

    def hurried(self) -> AbstractContextManager[None]:
        """Raise Busy, meanwhile, at once where others write: for those who have more to do than to wait."""
        return hurried(self.db)

    def policy(self, version: int) -> Policy:
        """A version as a Policy, rebuilt from its clauses. Raises Unknown."""
        return self._policy(version, self.extractor(version))

    def forget(self) -> None:
        """Drop the rebuilt policies, where what is known of a version was written anew."""
        self._policy.cache_clear()

    # work to do
    register = work.register
    shown = work.shown
    request = work.request
    claim = work.claim
    claim_apart = work.claim_apart
    renew = work.renew
    release = work.release
    found = work.found
    lost = work.lost
    take_host = work.take_host
    leave_hosts = work.leave_hosts
    waiting_hosts = work.waiting_hosts
    pause_host = work.pause_host
    validators = work.validators
    beat = work.beat
    alive = work.alive

    # one look, recorded by tracker.tracking
    standing = recording.standing
    record = recording.record
    settle = recording.settle
    reject = recording.reject
    rederive = recording.rederive

    # all looks at a document, told anew by tracker.retelling
    known_sources = seen.known_sources
    read_otherwise = seen.read_otherwise
    waits = seen.waits
    remember = seen.remember
    past = seen.past
    shelve = retelling.shelve
    retell = retelling.retell

    # what is to be told to whom
    subscribe = outbox.subscribe
    replay = outbox.replay
    to_send = outbox.to_send
    take = outbox.take
    sent = outbox.sent
    failed = outbox.failed
    disable = outbox.disable
    enable = outbox.enable
    deliveries = outbox.deliveries
    subscriptions = outbox.subscriptions
    payloads = outbox.payloads
    payload = outbox.payload

    # what people say of it
    mark_change = triage.mark_change
    mute = triage.mute
    mute_rule = triage.mute_rule
    marks = triage.marks
    judged = triage.judged
    muted = triage.muted
    muted_rules = triage.muted_rules

    # questions
    find = reading.find
    documents = reading.documents
    observations = reading.observations
    looks = reading.looks
    quarantined = reading.quarantined
    versions = reading.versions
    version = reading.version
    reigns = reading.reigns
    in_force = reading.in_force
    facts = reading.facts
    extractor = reading.extractor
    older = reading.older
    rejected = reading.rejected
    seen_by = reading.seen_by
    understood_otherwise = reading.understood_otherwise
    defined = reading.defined
    body = reading.body
    body_of = reading.body_of
    validated = reading.validated
    changes = reading.changes
    change = reading.change
    events = reading.events
