"""The outbox: what is to be sent to whom. Its rows are written in the transaction that records the event; sending comes after.

Taking a message puts off when it is due, so that nobody else takes it meanwhile; whoever dies with it has lost nothing, because it falls
due again, under the same id.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tracker.history.connection import maybe, moment, stamp, writing
from tracker.history.packing import dumps
from tracker.history.rows import DeliveryRow, SubscriptionRow, Taken
from tracker.model import LEVELS, Event, Level
from tracker.subscription import GIVEN_UP_AFTER, Subscription, delivery_id, retry_wait, wants, when

if TYPE_CHECKING:
    from tracker.history import History

TAKEN_FOR = timedelta(minutes=2)
"""How long a message belongs to who took it."""


def subscribe(history: History, subscriptions: Iterable[Subscription]) -> None:
    """Make the subscriptions of a registry those that are told. What waits for one that is gone is given up."""
    with writing(history.db):
        history.db.execute("UPDATE subscriptions SET active = 0")
        for subscription in subscriptions:
            history.db.execute(
                """INSERT INTO subscriptions (name, definition) VALUES (?, ?)
                   ON CONFLICT (name) DO UPDATE SET active = 1, definition = excluded.definition""",
                [subscription.name, dumps(_public(subscription))],
            )
        history.db.execute(
            """UPDATE deliveries SET state = 'given up', due = NULL, why = 'the subscription is no longer in the registry'
               WHERE due IS NOT NULL AND subscription IN (SELECT name FROM subscriptions WHERE NOT active)"""
        )


def _public(subscription: Subscription) -> dict[str, Any]:
    """A subscription without what its channel needs, which may be nobody's business."""
    return {field: getattr(subscription, field) for field in subscription.__dataclass_fields__ if field != "settings"}


def enqueue(history: History, event: Event) -> None:
    """Write down who is to be told of an event. Part of the transaction that records it."""
    for subscription in _told(history):
        if wants(subscription, event.payload):
            _insert(history, subscription.name, event.id, stamp(when(subscription, event.payload, event.at)))


def _told(history: History) -> list[Subscription]:
    rows = history.db.execute("SELECT definition FROM subscriptions WHERE active AND disabled IS NULL ORDER BY name")
    return [_subscription(text) for (text,) in rows]


def _subscription(text: str) -> Subscription:
    row: dict[str, Any] = json.loads(text)
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    return Subscription(**{**row, **lists})


def _insert(history: History, subscription: str, event: str, wanted: str) -> None:
    history.db.execute(
        """INSERT INTO deliveries (id, subscription, event, state, wanted, due) VALUES (?, ?, ?, 'waiting', ?, ?)
           ON CONFLICT (id) DO NOTHING""",
        [delivery_id(subscription, event), subscription, event, wanted, wanted],
    )


def replay(
    history: History, events: Iterable[Mapping[str, Any]], subscriptions: Iterable[Subscription], now: datetime
) -> int:
    """Send events (payloads) again, now, to those of the subscriptions that want them: how many deliveries that makes."""
    count = 0
    with writing(history.db):
        for payload in events:
            for subscription in subscriptions:
                if not wants(subscription, payload):
                    continue
                _insert(history, subscription.name, payload["id"], stamp(now))
                history.db.execute(
                    """UPDATE deliveries SET state = 'waiting', wanted = :now, due = :now, message = NULL, tries = 0, why = 'replayed'
                       WHERE id = :id""",
                    {"now": stamp(now), "id": delivery_id(subscription.name, payload["id"])},
                )
                count += 1
    return count


# --- sending --------------------------------------------------------------------------------------------------------------------


def to_send(history: History, now: datetime) -> list[str]:
    """The subscriptions for which something is due."""
    rows = history.db.execute(
        """SELECT name FROM subscriptions s WHERE active AND disabled IS NULL
           AND EXISTS (SELECT 1 FROM deliveries WHERE subscription = s.name AND due <= ?) ORDER BY name""",
        [stamp(now)],
    )
    return [name for (name,) in rows]


def take(history: History, subscription: str, now: datetime, limit: int) -> Taken | None:
    """The next message of a subscription: what was first sent together is sent together again, else up to `limit` that are due."""
    with writing(history.db):
        first = history.db.execute(
            "SELECT message, id FROM deliveries WHERE subscription = ? AND due <= ? ORDER BY due, rowid LIMIT 1",
            [subscription, stamp(now)],
        ).fetchone()
        if first is None:
            return None
        message = first[0] or first[1]
        if first[0] is None:
            history.db.execute(
                """UPDATE deliveries SET message = ? WHERE id IN (SELECT id FROM deliveries
                   WHERE subscription = ? AND due <= ? AND message IS NULL ORDER BY due, rowid LIMIT ?)""",
                [message, subscription, stamp(now), limit],
            )
        history.db.execute(
            """UPDATE deliveries SET due = ?, tried = ?, tries = tries + 1, why = 'being sent'
               WHERE message = ? AND state = 'waiting'""",
            [stamp(now + TAKEN_FOR), stamp(now), message],
        )
        rows = history.db.execute(
            """SELECT d.tries, d.wanted, e.payload FROM deliveries d JOIN events e ON e.id = d.event
               WHERE d.message = ? AND d.state = 'waiting' ORDER BY e.at, e.rowid""",
            [message],
        ).fetchall()
    payloads = tuple(json.loads(payload) for _, _, payload in rows)
    return Taken(message, subscription, max(row[0] for row in rows), moment(min(row[1] for row in rows)), payloads)


def sent(history: History, taken: Taken, now: datetime, why: str = "") -> None:
    """A message arrived."""
    _settle(history, taken, "sent", None, now, why)


def failed(history: History, taken: Taken, now: datetime, why: str, wait: timedelta | None = None) -> datetime | None:
    """A message did not arrive: when it is tried again (not before `wait`, which its receiver asked for), or None: given up."""
    last = taken.wanted + GIVEN_UP_AFTER
    if now >= last:
        _settle(history, taken, "given up", None, now, why)
        return None
    again = now + max(retry_wait(taken.tries, taken.id), wait or timedelta())
    again = max(min(again, last), now + timedelta(seconds=1))
    _settle(history, taken, "waiting", again, now, why)
    return again


def _settle(history: History, taken: Taken, state: str, due: datetime | None, now: datetime, why: str) -> None:
    """Who took a message says what became of it; where somebody else has taken it since, only that it arrived."""
    with writing(history.db):
        history.db.execute(
            """UPDATE deliveries SET state = :state, due = :due, tried = :now, why = :why
               WHERE message = :message AND state = 'waiting' AND (tries <= :tries OR :state = 'sent')""",
            {
                "state": state,
                "due": stamp(due) if due else None,
                "now": stamp(now),
                "why": why,
                "message": taken.id,
                "tries": taken.tries,
            },
        )


def disable(history: History, subscription: str, now: datetime, why: str) -> None:
    """Send a subscription nothing more, because its receiver said so; what waits is given up."""
    with writing(history.db):
        history.db.execute(
            "UPDATE subscriptions SET disabled = ?, why = ? WHERE name = ?", [stamp(now), why, subscription]
        )
        history.db.execute(
            "UPDATE deliveries SET state = 'given up', due = NULL, why = ? WHERE subscription = ? AND state = 'waiting'",
            [why, subscription],
        )


def enable(history: History, subscription: str) -> None:
    """Send again what comes from now on."""
    with writing(history.db):
        history.db.execute("UPDATE subscriptions SET disabled = NULL, why = NULL WHERE name = ?", [subscription])


# --- questions ------------------------------------------------------------------------------------------------------------------


def deliveries(
    history: History, subscriptions: Collection[str] | None = None, *, failed: bool = False, limit: int = 50
) -> list[DeliveryRow]:
    """What is to be sent and what was, newest first; `failed`: what was given up or was tried in vain so far."""
    rows = history.db.execute(
        """SELECT d.id, d.subscription, d.event, e.type, e.level, x.name, e.summary, d.state, d.wanted, d.due, d.tries, d.tried, d.why
           FROM deliveries d JOIN events e ON e.id = d.event JOIN documents x ON x.id = e.document
           WHERE (:all OR d.subscription IN (SELECT value FROM json_each(:names)))
             AND (NOT :failed OR d.state = 'given up' OR (d.state = 'waiting' AND d.tries > 0))
           ORDER BY d.wanted DESC, d.rowid DESC LIMIT :limit""",
        {"all": subscriptions is None, "names": dumps(sorted(subscriptions or ())), "failed": failed, "limit": limit},
    ).fetchall()
    return [
        DeliveryRow(*(*row[:8], moment(row[8]), maybe(row[9]), row[10], maybe(row[11]), row[12] or None))
        for row in rows
    ]


def subscriptions(history: History) -> list[SubscriptionRow]:
    """The subscriptions that the history knows, by name, with how they do."""
    rows = history.db.execute(
        """SELECT s.name, s.active, s.disabled, s.why, coalesce(sum(d.state = 'waiting'), 0), coalesce(sum(d.state = 'sent'), 0),
                  coalesce(sum(d.state = 'given up'), 0), max(CASE d.state WHEN 'sent' THEN d.tried END),
                  (SELECT CASE state WHEN 'sent' THEN NULL ELSE why END FROM deliveries
                   WHERE subscription = s.name AND tries AND why <> 'being sent' ORDER BY tried DESC, rowid DESC LIMIT 1)
           FROM subscriptions s LEFT JOIN deliveries d ON d.subscription = s.name GROUP BY s.name ORDER BY s.name"""
    ).fetchall()
    return [
        SubscriptionRow(*(row[0], bool(row[1]), maybe(row[2]), row[3], *row[4:7], maybe(row[7]), row[8]))
        for row in rows
    ]


def payloads(
    history: History,
    *,
    since: datetime | None = None,
    vendor: str | None = None,
    level: Level = "none",
    newest_first: bool = False,
) -> Iterator[dict[str, Any]]:
    """What subscribers were or could have been told since then, of one vendor (its key) or of all, from `level` up; read
    as they are asked for."""
    order = "DESC" if newest_first else "ASC"
    rows = history.db.execute(
        f"""SELECT e.payload FROM events e JOIN documents d ON d.id = e.document
            WHERE e.at >= ? AND (? IS NULL OR d.name GLOB ? || '/*') AND e.level IN (SELECT value FROM json_each(?))
            ORDER BY e.at {order}, e.rowid {order}""",
        [stamp(since) if since else "", vendor, vendor, dumps(LEVELS[LEVELS.index(level) :])],
    )
    return (json.loads(payload) for (payload,) in rows)


def payload(history: History, event: str) -> dict[str, Any] | None:
    """What was told by an event, by its id or the beginning of it; None where none or several begin so."""
    rows = history.db.execute("SELECT payload FROM events WHERE id GLOB ? || '*' LIMIT 2", [event]).fetchall()
    found: dict[str, Any] | None = json.loads(rows[0][0]) if len(rows) == 1 else None
    return found
