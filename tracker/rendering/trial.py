"""An event that never happened, for trying out a subscription: it looks like a real one and says that it is none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tracker.model import Change, Clause, ClauseChange, Document, Policy, Reason, State
from tracker.rendering.event import event_payload

_DOCUMENT = Document(vendor="Clausewatch test", kind="privacy", url="https://vendor.example/privacy", language="en")
_TRAIL = ("Privacy Policy", "Retention")
_OLD = Clause("We keep your data for 12 months.", trail=_TRAIL)
_NEW = Clause("We keep your data for 24 months.", trail=_TRAIL)
_REASON = Reason("test", "high", "data is kept longer: 12 → 24 months", "weaker", "new", "24 months")
_CHANGE = Change(
    id="test",
    kind="substantive",
    level="high",
    reasons=(_REASON,),
    summary="this is a test, nothing has changed",
    silent=True,
    clauses=(
        ClauseChange(
            "modified",
            (_OLD,),
            (_NEW,),
            (0,),
            (0,),
            (("=", "We keep your data for "), ("-", "12"), ("+", "24"), ("=", " months.")),
            similarity=0.95,
            kind="substantive",
            level="high",
            reasons=(_REASON,),
            topics=("Data Retention",),
        ),
    ),
)


def trial_payload(at: datetime) -> dict[str, Any]:
    """The payload of the test event; `test` marks it."""
    payload = event_payload(
        document=_DOCUMENT,
        type="changed",
        at=at,
        change=_CHANGE,
        old=Policy((_OLD,), language="en"),
        new=Policy((_NEW,), language="en"),
        last_seen=None,
        first_seen=at,
        version_from=1,
        version_to=2,
        state=State.OK,
        why="a test",
    )
    return {"id": f"test-{int(at.timestamp())}", "test": True, **payload}
