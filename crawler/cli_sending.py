"""Who is told, what was sent, and sending it: subscriptions, deliveries, replay, send."""

from __future__ import annotations

import logging
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import click
from rich.table import Table
from rich.text import Text

from tracker.cli.base import (
    BEGIN_OF_DAY,
    Context,
    Refusal,
    cli,
    json_option,
    moment_option,
    pass_context,
    print_json,
    print_rich,
)
from tracker.history import DeliveryRow, History, SubscriptionRow
from tracker.registry import Registry, did_you_mean
from tracker.rendering.caption import minute
from tracker.rendering.digest import Payload, subject
from tracker.rendering.picking import visible
from tracker.rendering.trial import trial_payload
from tracker.subscription import TOLD_BY_DEFAULT, Subscription, wants, when

INTERRUPTED = 4
DIGEST_LINES = 10
"""Events of a digest that a dry run lists; the others are counted."""


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--dry-run", is_flag=True, help="Show what would have been sent, from the history.")
@click.option(
    "--days", type=click.IntRange(1, 36500), default=365, show_default=True, help="How far a dry run goes back."
)
@click.option("--enable", is_flag=True, help="Send again to one that its receiver disabled.")
@json_option
@pass_context
def subscriptions(
    context: Context, names: tuple[str, ...], dry_run: bool, days: int, enable: bool, as_json: bool
) -> None:
    """List who is told what, and how that goes.

    Subscriptions stand in the registry. A dry run sends nothing: it shows what NAME would have been sent over the last year.

    \b
    Example:
      clausewatch subscriptions
      clausewatch subscriptions legal --dry-run --days 90
      clausewatch subscriptions hook --enable

    Exit codes: 0 done; 1 a subscription is disabled, or deliveries were given up; 2 no such subscription, an invalid registry.
    """
    registry = context.load()
    wanted = _named(registry, names)
    if enable:
        with _outbox(context, registry) as history:
            for subscription in wanted if names else ():
                history.enable(subscription.name)
    if dry_run:
        with context.read() as history:
            _dry_run(history, wanted, datetime.now(UTC) - timedelta(days=days), as_json)
        return
    rows: dict[str, SubscriptionRow] = {}
    if (context.history or registry.settings.history).exists():
        with context.read() as history:
            rows = {row.name: row for row in history.subscriptions()}
    records = [_record(subscription, rows.get(subscription.name)) for subscription in wanted]
    if as_json:
        print_json(records)
    elif records:
        print_rich(
            _table(records, ("name", "channel", "wants", "when", "state", "waiting", "sent", "given_up", "last_sent"))
        )
    else:
        click.echo("Nobody is told anything: docs/delivery.md says how to subscribe.")
    if any(record["disabled"] or record["given_up"] for record in records):
        raise SystemExit(1)


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--failed", is_flag=True, help="Only what was given up, or was tried in vain so far.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many at most.")
@json_option
@pass_context
def deliveries(context: Context, names: tuple[str, ...], failed: bool, limit: int, as_json: bool) -> None:
    """List what was sent to whom, and what waits, newest first.

    To all subscriptions, or to those that NAME names. What fails is tried again for three days, and then given up; `replay` sends it
    again.

    \b
    Example:
      clausewatch deliveries
      clausewatch deliveries hook --failed --json

    Exit codes: 0 done; 1 some of what is listed was given up, or failed so far; 2 not done.
    """
    with context.read() as history:
        known = {row.name for row in history.subscriptions()}
        for name in names:
            if name not in known:
                raise _unknown(name, known)
        rows = history.deliveries(names or None, failed=failed, limit=limit)
    if as_json:
        print_json([_delivery(row) for row in rows])
    elif rows:
        print_rich(
            _table(
                map(_delivery, rows),
                ("wanted", "subscription", "state", "tries", "level", "document", "summary", "why", "event"),
            )
        )
    else:
        click.echo("Nothing failed." if failed else "Nothing was sent, and nothing waits.")
    if any(row.state == "given up" or (row.state == "waiting" and row.tries) for row in rows):
        raise SystemExit(1)


@cli.command()
@click.argument("events", nargs=-1, metavar="[EVENT]...")
@moment_option("--since", BEGIN_OF_DAY, 'All events since then: a day ("2026-03-04", UTC) or how long ago ("7 days").')
@click.option("--subscription", "name", help="To this one only.")
@pass_context
def replay(context: Context, events: tuple[str, ...], since: datetime | None, name: str | None) -> None:
    """Send events again.

    EVENT is an event's id, or its beginning, as `deliveries` shows it. They go to the subscriptions that want them, with the same ids as
    before, so that a receiver which had them already can tell.

    \b
    Example:
      clausewatch replay 3f9c21ab
      clausewatch replay --since "3 days" --subscription hook

    Exit codes: 0 done; 1 nobody wants them; 2 no such event or subscription; 4 interrupted.
    """
    if bool(events) == (since is not None):
        raise click.UsageError("Give events, or --since.")
    registry = context.load()
    receivers = _named(registry, (name,) if name else ())
    with _outbox(context, registry) as history:
        told = history.payloads(since=since) if since else _told(history, events)
        count = history.replay(told, receivers, datetime.now(UTC))
    click.echo(f"{count} deliver{'y' if count == 1 else 'ies'} to send.")
    if not count:
        raise SystemExit(1)
    deliver_now(context, registry)


@cli.command()
@click.option("--test", "name", metavar="NAME", help="Send a made-up event to this subscription, marked as a test.")
@pass_context
def send(context: Context, name: str | None) -> None:
    """Send what waits, once.

    A daemon does so by itself. What fails stays, and is tried again later; a test is tried once, and leaves no trace in the history.

    \b
    Example:
      clausewatch send
      clausewatch send --test legal

    Exit codes: 0 all that was due is sent; 1 some of it failed; 2 no such subscription, an invalid registry; 4 interrupted.
    """
    registry = context.load()
    if name:
        [subscription] = _named(registry, (name,))
        _test(context, registry, subscription)
        return
    with _outbox(context, registry) as history:
        _send(history, registry, lambda _: False)


def deliver_now(context: Context, registry: Registry) -> None:
    """Send what waits after a command has recorded something, unless a daemon lives, which does. Standard output is the command's own."""
    if not registry.subscriptions:
        return
    with _outbox(context, registry) as history:
        if not history.alive(datetime.now(UTC)):
            _send(history, registry, lambda subscription: subscription.settings.get("path") == "-", quiet=True)


def _send(history: History, registry: Registry, leave_out: Any, *, quiet: bool = False) -> None:
    from crawler.sending.sender import Sender

    logging.getLogger("crawler.sending.sender").setLevel(logging.CRITICAL)  # what failed is said below
    sender = Sender(history.path, registry, leave_out=leave_out)
    try:
        sender.drain(history)
    except KeyboardInterrupt:
        sender.stop(15)
        if not quiet:
            sys.exit(INTERRUPTED)
    for name, count in sorted(sender.sent.items()):
        click.echo(f"{name}: {count} sent", err=True)
    for name, why in sorted(sender.failed.items()):
        click.echo(f"{name}: not sent: {why}", err=True)
    if quiet:
        return
    if not sender.sent and not sender.failed:
        click.echo("Nothing is due.", err=True)
    if sender.failed:
        sys.exit(1)


def _test(context: Context, registry: Registry, subscription: Subscription) -> None:
    from crawler.sending.message import Message
    from crawler.sending.sender import deliver

    now = datetime.now(UTC)
    message = Message(f"test_{uuid4().hex}", subscription, (trial_payload(now),), now)
    with _outbox(context, registry) as history:
        receipt = deliver(history, registry, message)
    if receipt.status == "sent":
        click.echo(
            f"{subscription.name}: the test event was sent{f' ({visible(receipt.why)})' if receipt.why else ''}.",
            err=True,
        )
        return
    click.echo(f"{subscription.name}: not sent: {visible(receipt.why)}", err=True)
    sys.exit(1)


# --- who ------------------------------------------------------------------------------------------------------------------------


@contextmanager
def _outbox(context: Context, registry: Registry) -> Iterator[History]:
    """The history, knowing the subscriptions of today's registry."""
    with History(context.history or registry.settings.history) as history:
        history.subscribe(registry.subscriptions)
        yield history


def _named(registry: Registry, names: Iterable[str]) -> list[Subscription]:
    """The subscriptions of these names, or all; refuses a name that there is not."""
    known = {subscription.name: subscription for subscription in registry.subscriptions}
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise _unknown(name, known)
    return [known[name] for name in wanted or known]


def _unknown(name: str, known: Iterable[str]) -> Refusal:
    hint = did_you_mean(name, known)
    return Refusal(f'There is no subscription "{name}"{f"; {hint}" if hint else " in the registry."}')


def _told(history: History, events: Iterable[str]) -> Iterator[Payload]:
    for event in events:
        payload = history.payload(event)
        if payload is None:
            raise Refusal(f'There is no event "{event}", or several begin so.')
        yield payload


# --- showing --------------------------------------------------------------------------------------------------------------------


def _dry_run(history: History, wanted: list[Subscription], since: datetime, as_json: bool) -> None:
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


def _record(subscription: Subscription, row: SubscriptionRow | None) -> dict[str, Any]:
    state = f"disabled: {row.why}" if row and row.disabled else "ok"
    return {
        "name": subscription.name,
        "channel": subscription.channel,
        "wants": _filters(subscription),
        "when": f"digest {subscription.digest}, {subscription.at_once} at once" if subscription.digest else "at once",
        "state": state,
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


def _delivery(row: DeliveryRow) -> dict[str, Any]:
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


def _table(records: Iterable[dict[str, Any]], columns: tuple[str, ...]) -> Table:
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
