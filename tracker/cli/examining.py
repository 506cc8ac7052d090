"""What could keep the watching from going on: doctor."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from rich.table import Table
from rich.text import Text

from tracker.cli.base import Context, cli, json_option, pass_context, print_json, print_rich
from tracker.cli.keeping import size
from tracker.cli.watching import standings
from tracker.history import History, HistoryError
from tracker.history.checking import condition, latest_bodies
from tracker.history.connection import DatabaseError, stamp
from tracker.registry import RegistryError
from tracker.rendering.picking import visible

LEAST_FREE = 1 << 30
"""Bytes on the disk below which a history may soon have no room."""
LATE = timedelta(hours=1)
"""How long ago a delivery was due that somebody should look after."""
BODIES = 200
"""Stored bodies that are read back."""
LARGE_LOG = 1 << 28
"""Bytes of write-ahead log that say that some reader never ends."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked into, how it is, and what to know or do about it."""

    about: str
    how: Literal["good", "look", "bad"]
    said: str


@cli.command()
@json_option
@pass_context
def doctor(context: Context, as_json: bool) -> None:
    """Look for everything that could keep the watching from going on, and say what to do about it.

    Registry, history, disk, clock, daemon, what is overdue, what fails, what could not be sent and to whom, and whether the last bodies
    can be read back. Quick; `clausewatch verify` reads every body. Exit code 1 where something is bad.

    \b
    Example:
      clausewatch doctor
      clausewatch doctor --json
    """
    findings = list(_examined(context, datetime.now(UTC)))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        for finding in findings:
            style = {"good": "green", "look": "yellow", "bad": "bold red"}[finding.how]
            table.add_row(Text(finding.how, style=style), Text(finding.about, style="bold"), Text(finding.said))
        print_rich(table)
    if any(finding.how == "bad" for finding in findings):
        raise SystemExit(1)


def _examined(context: Context, now: datetime) -> Iterator[Finding]:
    try:
        registry = context.load()
    except RegistryError as error:
        yield Finding("registry", "bad", str(error))
        return
    yield Finding("registry", "good", f"{registry.path}: {len(registry.documents)} documents")
    if registry.settings.contact:
        yield Finding("contact", "good", registry.settings.contact)
    else:
        yield Finding(
            "contact", "look", 'none: put contact = "mailto:…" under [settings]; the real net is not crawled without'
        )
    path = context.history or registry.settings.history
    yield _disk(path)
    if not path.exists():
        yield Finding("history", "look", f"none at {path} yet: `clausewatch crawl` makes it")
        return
    try:
        with closing(History(path, read_only=True)) as history:
            yield from _history(history, path, now)
        yield from _documents(context)
    except (HistoryError, DatabaseError) as error:
        yield Finding("history", "bad", f"{error}; `clausewatch restore` puts a backup in its place")


def _disk(path: Path) -> Finding:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    said = f"{size(free)} free"
    return Finding("disk", "bad" if free < LEAST_FREE else "good", said)


def _history(history: History, path: Path, now: datetime) -> Iterator[Finding]:
    found = condition(history, now - LATE)
    if found.damage:
        yield Finding("history", "bad", f"damaged: {found.damage}; `clausewatch restore` puts a backup in its place")
    else:
        yield Finding("history", "good", f"{path}: {found.looks} looks, {size(path.stat().st_size)}")
    damaged = [step.problem for step in latest_bodies(history, BODIES) if step.problem]
    if damaged:
        said = f"{len(damaged)} of the last ones cannot be read: {damaged[0]}; `clausewatch verify` reads all"
        yield Finding("bodies", "bad", said)
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size > LARGE_LOG:
        yield Finding(
            "log", "look", f"{size(log.stat().st_size)} of write-ahead log: a reader has had it open for long"
        )
    if found.last_look and found.last_look > now + timedelta(minutes=5):
        yield Finding(
            "clock", "bad", f"the last look is dated {stamp(found.last_look)}, yet to come: is the clock right?"
        )
    else:
        yield Finding("clock", "good", f"{stamp(now)}, no look is dated later")
    if history.alive(now):
        yield Finding("daemon", "good", "alive")
    else:
        yield Finding("daemon", "look", "none lives: `clausewatch daemon` starts one")
    said = ", ".join(f"{count} {state}" for state, count in found.deliveries.items()) or "nothing was to be sent"
    yield Finding("deliveries", "look" if found.late or found.deliveries.get("given up") else "good", said)
    for row in history.subscriptions():
        if row.active and row.state != "ok":
            hint = f"; `clausewatch subscriptions {row.name} --enable` sends again" if row.disabled else ""
            yield Finding(f"subscription {row.name}", "bad" if row.disabled else "look", visible(row.state) + hint)


def _documents(context: Context) -> Iterator[Finding]:
    found = standings(context)
    for word in ("overdue", "failing", "quarantined"):
        names = [standing.document.name for standing in found if standing.state.startswith(word)]
        if names:
            shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
            yield Finding(word, "bad" if word == "overdue" else "look", shown)
    if not any(standing.is_bad for standing in found):
        yield Finding("documents", "good", "none overdue, failing or in quarantine")
