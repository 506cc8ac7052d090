"""How subscriptions and deliveries are shown, and what a subscription would have been sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from tracker.cli.base import print_json
from tracker.history import DeliveryRow, History, SubscriptionRow
from tracker.rendering.caption import minute
from tracker.rendering.digest import Payload, subject
from tracker.rendering.picking import visible
from tracker.subscription import TOLD_BY_DEFAULT, Subscription, wants, when

DIGEST_LINES = 10
"""Events of a digest that a dry run lists; the others are counted."""


def show_dry_run(history: History, wanted: list[Subscription], since: datetime, as_json: bool) -> None:
    shown = {subscription.name: _messages(history, subscription, since) for subscription in wanted}
    if as_json:
        print_json({name: [_message(at, payloads) for at, payloads in messages] for name, messages in shown.items()})
        return
    for name, messages in shown.items():
        for at, payloads in messages:
            click.echo(f"{minute(at)}  {subject(payloads)}")
            for payload in payloads[:DIGEST_LINES] if len(payloads) > 1 else ():
                click.echo(f"    {subject([payload])}")
            if len(payloads) > DIGEST_LINES:
                click.echo(f"    and {len(payloads) - DIGEST_LINES} more")
        events = sum(len(payloads) for _, payloads in messages)
        click.echo(f"{name}: {len(messages)} messages with {events} events since {since.date().isoformat()}.")


def _messages(history: History, subscription: Subscription, since: datetime) -> list[tuple[datetime, list[Payload]]]:
    """What would have been sent when: each event at once, or with the others of its digest."""
    at_once: list[tuple[datetime, list[Payload]]] = []
    digests: dict[datetime, list[Payload]] = defaultdict(list)
    for payload in history.payloads(since=since):
        if wants(subscription, payload):
            at = datetime.fromisoformat(payload["at"])
            due = when(subscription, payload, at)
            (at_once.append((at, [payload])) if due == at else digests[due].append(payload))
    return sorted([*at_once, *digests.items()], key=lambda message: message[0])


def _message(at: datetime, payloads: list[Payload]) -> dict[str, Any]:
    keys = ("id", "type", "level", "summary", "at")
    events = [{**{key: payload[key] for key in keys}, "document": payload["document"]["name"]} for payload in payloads]
    return {"at": at.isoformat(), "subject": subject(payloads), "events": events}


def subscription_record(subscription: Subscription, row: SubscriptionRow | None) -> dict[str, Any]:
    return {
        "name": subscription.name,
        "channel": subscription.channel,
        "wants": _filters(subscription),
        "when": f"digest {subscription.digest}, {subscription.at_once} at once" if subscription.digest else "at once",
        "state": row.state if row else "ok",
        "disabled": row.disabled.isoformat() if row and row.disabled else None,
        "waiting": row.waiting if row else 0,
        "sent": row.sent if row else 0,
        "given_up": row.given_up if row else 0,
        "last_sent": row.last_sent.isoformat() if row and row.last_sent else None,
    }


def _filters(subscription: Subscription) -> str:
    lists = ["vendors", "kinds", "topics", "languages", *(["types"] if subscription.types != TOLD_BY_DEFAULT else [])]
    parts = [f"{key}: {', '.join(values)}" for key in lists if (values := getattr(subscription, key))]
    return (
        "; ".join([*([f"from {subscription.level} up"] if subscription.level != "none" else []), *parts])
        or "everything"
    )


def delivery_record(row: DeliveryRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "subscription": row.subscription,
        "event": row.event,
        "type": row.type,
        "level": row.level,
        "document": row.document,
        "summary": row.summary,
        "state": row.state,
        "wanted": row.wanted.isoformat(),
        "due": row.due.isoformat() if row.due else None,
        "tries": row.tries,
        "tried": row.tried.isoformat() if row.tried else None,
        "why": row.why,
    }


_MOMENTS = ("wanted", "last_sent")


def table_of(records: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for record in records:
        table.add_row(*(Text(_cell(column, record[column])) for column in columns))
    return table


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if column in _MOMENTS:
        return minute(datetime.fromisoformat(value))
    return visible(str(value)[:8] if column == "event" else str(value))
