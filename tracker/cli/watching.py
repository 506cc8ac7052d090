"""Who is watched, and how that goes: vendors, status."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from tracker.cli.base import Context, cli, json_option, pass_context, print_json, print_rich
from tracker.history import DocumentRow, History
from tracker.model import Document
from tracker.rendering.caption import minute
from tracker.rendering.picking import visible

OVERDUE = timedelta(days=1)
"""Due for longer than this, a document is not being watched."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A document as it is watched, and where the history says it stands (None: it was never looked at)."""

    document: Document
    row: DocumentRow | None = None
    overdue: bool = False
    """It was due long ago, and nobody has looked."""

    @property
    def address(self) -> str | None:
        """Where it is looked at: where discovery found it, or else what the registry says."""
        return self.row.found if self.row and self.row.found else self.document.url

    @property
    def state(self) -> str:
        if self.row is None or self.row.last_look is None:
            return "not looked at yet" if self.address else "no address yet"
        if self.row.quarantined:
            return f"quarantined ({self.row.quarantined.value.replace('_', ' ')})"
        if self.row.failures and self.row.last_state:
            return f"failing ({self.row.last_state.value.replace('_', ' ')})"
        return "overdue" if self.overdue else "ok"

    @property
    def is_bad(self) -> bool:
        return self.state.startswith(("quarantined", "failing", "overdue"))


def standings(context: Context) -> list[Standing]:
    """Every document of the registry with its standing, by name."""
    long_ago = datetime.now(UTC) - OVERDUE
    registry = context.load()
    path = context.history or registry.settings.history
    rows: dict[str, DocumentRow] = {}
    if path.exists():
        with closing(History(path, read_only=True)) as history:
            rows = {row.name: row for row in history.documents()}
    return [
        Standing(document, row, overdue=bool(row and row.next_due and row.next_due < long_ago))
        for document in sorted(registry.documents, key=lambda d: d.name)
        for row in [rows.get(document.name)]
    ]


@cli.command()
@json_option
@pass_context
def vendors(context: Context, as_json: bool) -> None:
    """List who is watched.

    Each document with its address, schedule, last look and state.

    \b
    Example:
      clausewatch vendors
      clausewatch vendors --json
    """
    found = standings(context)
    if as_json:
        print_json([_record(standing) for standing in found])
        return
    table = _table("vendor", "document", "address", "schedule", "last look", "state")
    for standing in found:
        document, row = standing.document, standing.row
        look = minute(row.last_look) if row and row.last_look else ""
        address = visible(standing.address or "no address yet")
        table.add_row(document.vendor, document.name, address, document.schedule, look, _styled(standing))
    print_rich(table)


@cli.command()
@json_option
@pass_context
def status(context: Context, as_json: bool) -> None:
    """Say how the watching goes.

    For each document its state, last look, when its text was last seen and since when it stands, and when it is due; the subscriptions
    that fail; and whether a daemon is watching.
    Exit code 1 where a document fails, waits in quarantine or has been due for more than a day, so that a monitor can ask.

    \b
    Example:
      clausewatch status
      clausewatch status --json
    """
    found = standings(context)
    bad = [standing for standing in found if standing.is_bad]
    living, untold = _beside(context)
    if as_json:
        records = [_record(standing) for standing in found]
        print_json(
            {
                "documents": records,
                "counts": _counts(found),
                "due": _due(found),
                "subscriptions": untold,
                "daemon": living,
            }
        )
    else:
        print_rich(_status_table(found))
        for standing in found:
            if standing.row and standing.row.found:
                click.echo(f"{standing.document.name} was found at {visible(standing.row.found)}.")
        click.echo(_sentence(found) + (f" {due} due now." if (due := _due(found)) else ""))
        for name, state in untold.items():
            click.echo(f"Subscription {name} is {visible(state)}.")
        click.echo("A daemon is watching." if living else "No daemon is watching: `clausewatch daemon` starts one.")
    if bad:
        raise SystemExit(1)


def _due(found: Iterable[Standing]) -> int:
    """How many documents wait for a look."""
    now = datetime.now(UTC)
    return sum(bool(standing.row and standing.row.next_due and standing.row.next_due <= now) for standing in found)


def _beside(context: Context) -> tuple[bool, dict[str, str]]:
    """Whether a daemon lives, and the subscriptions in trouble, each with what is wrong."""
    if not context.history_path.exists():
        return False, {}
    with context.read() as history:
        rows = [row for row in history.subscriptions() if row.active and row.state != "ok"]
        return history.alive(datetime.now(UTC)), {row.name: row.state for row in rows}


def _status_table(found: Iterable[Standing]) -> Table:
    table = _table("document", "state", "last look", "text last seen", "stands since", "failing since", "next due")
    for standing in found:
        row = standing.row
        times = (
            (row.last_look, row.last_seen_ok, row.in_force_since, row.failing_since, row.next_due)
            if row
            else (None,) * 5
        )
        table.add_row(standing.document.name, _styled(standing), *(minute(at) if at else "" for at in times))
    return table


def _sentence(found: list[Standing]) -> str:
    counts = ", ".join(f"{count} {word}" for word, count in _counts(found).items() if count)
    return f"{number_of(found, 'document')}: {counts or 'nobody is watched'}."


def _counts(found: Iterable[Standing]) -> dict[str, int]:
    """How many documents are in each kind of state, without its details."""
    counts = dict.fromkeys(("ok", "failing", "quarantined", "overdue", "not looked at yet", "no address yet"), 0)
    for standing in found:
        counts[standing.state.split(" (")[0]] += 1
    return counts


def _record(standing: Standing) -> dict[str, Any]:
    document, row = standing.document, standing.row
    times = (
        "last_look",
        "in_force_since",
        "last_seen_ok",
        "failing_since",
        "quarantined_since",
        "next_due",
        "requested",
    )
    return {
        "name": document.name,
        "vendor": document.vendor,
        "kind": document.kind,
        "url": standing.address,
        "found": row.found if row else None,
        "home": document.home,
        "language": document.language,
        "region": document.region,
        "schedule": document.schedule,
        "state": standing.state,
        "last_state": row.last_state if row else None,
        "last_outcome": row.last_outcome if row else None,
        "why": row.last_why if row else None,
        "version": row.version if row else None,
        "versions": row.versions if row else 0,
        "effective": row.effective if row else None,
        "updated": row.updated if row else None,
        "failures": row.failures if row else 0,
        **{key: at.isoformat() if row and (at := getattr(row, key)) else None for key in times},
    }


def _styled(standing: Standing) -> Text:
    return Text(standing.state, style="red" if standing.is_bad else "" if standing.state == "ok" else "dim")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def number_of(things: Any, word: str) -> str:
    """How many there are, in words."""
    return f"{len(things)} {word}{'' if len(things) == 1 else 's'}"
