"""Who is told, what was sent, and sending it: subscriptions, deliveries, replay, send."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from crawler.showing_sending import delivery_record, show_dry_run, subscription_record, table_of
from tracker.cli.base import (
    BEGIN_OF_DAY,
    INTERRUPTED,
    Context,
    Refusal,
    cli,
    json_option,
    moment_option,
    pass_context,
    print_json,
    print_rich,
)
from tracker.history import History, SubscriptionRow
from tracker.registry import Registry, did_you_mean
from tracker.rendering.digest import Payload
from tracker.rendering.picking import visible
from tracker.rendering.trial import trial_payload
from tracker.subscription import Subscription

if TYPE_CHECKING:
    from crawler.sending.sender import Sender

SENDING_ENDS = 15.0
"""Seconds that messages under way get to arrive after Ctrl-C."""


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

    Exit codes: 0 done; 1 a subscription is disabled, or its last delivery failed; 2 no such subscription, an invalid registry.
    """
    registry = context.load()
    wanted = _named(registry, names)
    if enable:
        if not names:
            raise click.UsageError("Name those to enable.")
        with _outbox(context, registry) as history:
            for subscription in wanted:
                history.enable(subscription.name)
    if dry_run:
        with context.read() as history:
            show_dry_run(history, wanted, datetime.now(UTC) - timedelta(days=days), as_json)
        return
    rows: dict[str, SubscriptionRow] = {}
    if (context.history or registry.settings.history).exists():
        with context.read() as history:
            rows = {row.name: row for row in history.subscriptions()}
    records = [subscription_record(subscription, rows.get(subscription.name)) for subscription in wanted]
    if as_json:
        print_json(records)
    elif records:
        print_rich(
            table_of(records, ("name", "channel", "wants", "when", "state", "waiting", "sent", "given_up", "last_sent"))
        )
    else:
        click.echo("Nobody is told anything: docs/delivery.md says how to subscribe.")
    if any(record["state"] != "ok" for record in records):
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
        print_json([delivery_record(row) for row in rows])
    elif rows:
        print_rich(
            table_of(
                map(delivery_record, rows),
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
        sender = _drained(history, registry)
    if sender.failed:
        sys.exit(1)
    if not sender.sent:
        click.echo("Nothing is due.", err=True)


def deliver_now(context: Context, registry: Registry) -> None:
    """Send what waits after a command has recorded something, unless a daemon lives, which does. Standard output is the command's own."""
    own = tuple(each for each in registry.subscriptions if each.settings.get("path") != "-")
    if not own:
        return
    with _outbox(context, registry) as history:
        if not history.alive(datetime.now(UTC)):
            _drained(history, replace(registry, subscriptions=own))


def _drained(history: History, registry: Registry) -> Sender:
    """Send what is due, and say what became of it."""
    from crawler.sending.sender import Sender

    logging.getLogger("crawler.sending.sender").setLevel(logging.CRITICAL)  # what failed is said below
    sender = Sender(history.path, registry)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a crawl in this process has had it
    try:
        sender.drain(history)
    except KeyboardInterrupt:
        sender.stop(SENDING_ENDS)
        sys.exit(INTERRUPTED)
    for name, count in sorted(sender.sent.items()):
        click.echo(f"{name}: {count} sent", err=True)
    for name, why in sorted(sender.failed.items()):
        click.echo(f"{name}: not sent: {why}", err=True)
    return sender


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
