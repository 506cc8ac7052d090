"""The `clausewatch` command: the tracker's commands, and those that touch the network.

What needs Scrapy is imported where a command runs, so that asking the history stays quick.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from crawler import cli_discovering as cli_discovering  # its command
from crawler import cli_extracting as cli_extracting  # addresses for extract
from crawler import cli_wayback as cli_wayback  # its command
from crawler import logs
from crawler.claims import due
from crawler.cli_base import require_contact, run_beside
from crawler.cli_sending import deliver_now
from crawler.showing import CHANGED, FAILED, Screen, line_of, look_record, show_events, show_json, show_sum
from tracker.cli import Context, cli
from tracker.cli.anew import cluster_option
from tracker.cli.base import INTERRUPTED, json_option, named, pass_context, print_json
from tracker.history import History, ObservationRow
from tracker.registry import Registry

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

RECRAWL_CHANGED = 10


def main() -> None:
    """The entry point."""
    cli(prog_name="clausewatch")


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Look at all documents, whether they are due or not.")
@cluster_option
@json_option
@pass_context
def crawl(context: Context, names: tuple[str, ...], everything: bool, cluster: str | None, as_json: bool) -> None:
    """Look at the documents that are due, or at those named, whether they are due or not.

    NAME is a document ("acme/privacy"), a vendor ("acme"), or a pattern ("*/terms"). What changed is told at the end.

    \b
    Example:
      clausewatch crawl
      clausewatch crawl acme "*/cookies"
      clausewatch crawl --all --json

    Exit codes: 0 every document looked at has an outcome, a failed one included; 1 some were left out or could not be recorded;
    2 not done: no such document, an invalid registry, no contact; 4 interrupted, what was done is kept.
    """
    registry = context.load()
    with context.write() as history:
        history.register(registry.documents, datetime.now(UTC))
        history.subscribe(registry.subscriptions)
        wanted = _addressed(history, names or ("*",)) if names or everything else None
        _require_contact(registry, wanted)
        screen, left, stopped = Screen(as_json), set[str](), False
        if wanted or (wanted is None and due(history, datetime.now(UTC))):
            with screen:
                left, stopped = _crawl(history, registry, wanted, screen, cluster)
    if as_json:
        show_json(screen.looks, left)
    else:
        show_events(dict(event.payload) for look in screen.looks if look.outcome for event in look.outcome.events)
        show_sum(screen.looks, left, "Nothing is due." if wanted is None else "Nothing to look at.")
    if stopped:
        sys.exit(INTERRUPTED)
    deliver_now(context, registry)
    if left or screen.unrecorded:
        sys.exit(1)


def _crawl(
    history: History, registry: Registry, wanted: list[str] | None, screen: Screen, cluster: str | None
) -> tuple[set[str], bool]:
    """The names of those left out, and whether we were interrupted."""
    from crawler.looking import look_at

    def look(process: AsyncCrawlerProcess, stop: asyncio.Event) -> Awaitable[set[str]]:
        return look_at(
            process,
            stop,
            history=history,
            settings=registry.settings,
            names=wanted,
            screen=screen,
            cluster=cluster,
        )

    return run_beside(look, set())


def _require_contact(registry: Registry, names: list[str] | None = None) -> None:
    require_contact(registry.settings, (d for d in registry.documents if names is None or d.name in names))


def _addressed(history: History, patterns: tuple[str, ...]) -> list[str]:
    """The named documents that can be looked at; the others are said, and left out."""
    found = history.documents(named(history, patterns))
    for row in found:
        if not row.watched:
            click.echo(f"{row.name}: no longer in the registry", err=True)
    return [row.name for row in found if row.watched]


@cli.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--timeout", type=click.FloatRange(min=1), default=120.0, show_default=True, help="Seconds to wait at most."
)
@json_option
@pass_context
def recrawl(context: Context, names: tuple[str, ...], timeout: float, as_json: bool) -> None:
    """Look at documents now, and say what changed.

    A daemon that runs takes them within a second, before everything else; without one this command looks by itself.

    \b
    Example:
      clausewatch recrawl acme/privacy
      clausewatch recrawl acme --json

    Exit codes: 0 nothing changed; 10 something changed; 1 a look failed, or did not come in time; 2 not done: no such document, an
    invalid registry, no contact; 4 interrupted.
    """
    registry = context.load()
    with context.write() as history:
        history.register(registry.documents, datetime.now(UTC))
        history.subscribe(registry.subscriptions)
        wanted = _addressed(history, names)
        _require_contact(registry, wanted)
        rows, left, stopped = _recrawl(history, registry, wanted, timeout)
        since = min((row.at for row in rows), default=datetime.now(UTC))
        events = [event.payload for event in reversed(history.events(wanted, since=since, limit=10_000))]
    if as_json:
        print_json({"looks": [_record(row, events) for row in rows], "left": sorted(left)})
    else:
        for row in rows:
            click.echo(line_of(row.document, row.outcome, row.state, row.why))
        show_events(events)
        for name in sorted(left):
            click.echo(f"{name}: no look within {timeout:g} s")
    if stopped:
        sys.exit(INTERRUPTED)
    deliver_now(context, registry)
    if left or not rows or any(row.outcome in FAILED for row in rows):
        sys.exit(1)
    if any(row.outcome in CHANGED for row in rows):
        sys.exit(RECRAWL_CHANGED)


def _recrawl(
    history: History, registry: Registry, wanted: list[str], timeout: float
) -> tuple[list[ObservationRow], set[str], bool]:
    """The looks that answered, the names of those without one, and whether we were interrupted."""
    from crawler.looking import Requests, look_as_requested

    requests = Requests(history, wanted, datetime.now(UTC))
    until = time.monotonic() + timeout
    stopped = False
    if history.alive(datetime.now(UTC)) and sys.stderr.isatty():
        click.echo("The daemon is looking…", err=True)
    try:
        while history.alive(datetime.now(UTC)) and requests.pending() and time.monotonic() < until:
            time.sleep(0.1)
    except KeyboardInterrupt:
        stopped = True
    if not stopped and requests.pending() and time.monotonic() < until:
        if sys.stderr.isatty():
            click.echo("Looking…", err=True)

        def look(process: AsyncCrawlerProcess, stop: asyncio.Event) -> Awaitable[None]:
            return look_as_requested(
                process, stop, requests=requests, settings=registry.settings, timeout=until - time.monotonic()
            )

        _, stopped = run_beside(look, None)
    left = requests.pending()
    return [history.observations(name, 1)[0] for name in wanted if name not in left], left, stopped


def _record(row: ObservationRow, events: list[dict[str, Any]]) -> dict[str, Any]:
    own = [event for event in events if event["document"]["name"] == row.document]
    return {**look_record(row.document, row.url, row.outcome, row.state, row.why, row.version), "events": own}


@cli.command()
@click.option(
    "--log",
    "style",
    type=click.Choice(logs.FORMATS),
    default="text",
    show_default=True,
    help="Lines for people, or one JSON object a line.",
)
@cluster_option
@pass_context
def daemon(context: Context, style: str, cluster: str | None) -> None:
    """Watch for good: look at every document when it is due, and at once where `recrawl` asks.

    Runs in the foreground and writes its log to standard error; a supervisor such as systemd keeps it running. The registry is read
    again when it changes. The first SIGTERM or SIGINT lets pages under way finish; the second one ends at once, and loses nothing either.

    \b
    Example:
      clausewatch daemon
      clausewatch daemon --log json
      clausewatch daemon --cluster tcp://10.0.0.5:8786
      clausewatch --registry /etc/clausewatch/vendors.toml --history /var/lib/clausewatch/history.db daemon

    Exit codes: 0 ended by a signal; 1 ended to be started anew (memory); 2 not started: an invalid registry, no contact.
    """
    from crawler.daemon import log_outcome, serve
    from crawler.registry_file import RegistryFile

    logs.set_up(style)
    file = RegistryFile(context.registry)
    _require_contact(file.registry)
    with History(context.history or file.registry.settings.history) as history:

        def watch(process: AsyncCrawlerProcess, stop: asyncio.Event) -> Awaitable[int]:
            return serve(process, stop, registry=file, history=history, on_outcome=log_outcome, cluster=cluster)

        code, _ = run_beside(watch, 0)
    sys.exit(code)
