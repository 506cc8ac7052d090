"""What policies say today, as a table of facts: profile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

import click
from rich.console import Group
from rich.table import Table
from rich.text import Text

from tracker.cli.base import (
    END_OF_DAY,
    Context,
    Refusal,
    cli,
    json_option,
    moment_option,
    named,
    pass_context,
    print_json,
    print_rich,
)
from tracker.cli.comparing import reign_of
from tracker.history import History, ReignRow, VersionRow
from tracker.model import Policy
from tracker.rendering.caption import minute
from tracker.rendering.picking import clipped, in_context, visible
from tracker.rendering.profile import Entry, Row, aligned, profile
from tracker.rendering.records import Record, plain

MOST = 4
"""Policies that fit beside each other."""
_HEADING = 40


@dataclass(frozen=True, slots=True)
class Profiled:
    """A policy, and what it says."""

    vendor: str
    reign: ReignRow
    version: VersionRow
    policy: Policy
    rows: list[Row]


@cli.command("profile")
@click.argument("names", nargs=-1, required=True, metavar="NAME [OTHER]…")
@moment_option("--at", END_OF_DAY, "What the texts in force then say: a day (its end, UTC), a moment, or how long ago.")
@json_option
@pass_context
def profile_command(context: Context, names: tuple[str, ...], at: datetime | None, as_json: bool) -> None:
    """Show what a policy says, as facts.

    Data collected, purposes, recipients, periods, rights… with the words that say so and the clauses they stand in; of several
    policies, side by side. "Nothing found" is no "no": a policy may say it in words that Clausewatch does not know.

    \b
    Example:
      clausewatch profile acme/privacy
      clausewatch profile acme/privacy other/privacy third/privacy
      clausewatch profile acme/privacy --at 2026-03-04 --json
    """
    with context.read() as history:
        meant = dict.fromkeys(name for pattern in names for name in named(history, [pattern]))
        found = list(_seen(history, meant, at or datetime.now(UTC)))
    if as_json:
        print_json([_record(one) for one in found])
    elif len(found) == 1:
        print_rich(Group(*_headings(found), *_alone(found[0]), *_notes()))
    elif len(found) <= MOST:
        print_rich(Group(*_headings(found), *_side_by_side(found), *_notes()))
    else:
        raise Refusal(
            f"There is room for {MOST} policies side by side, and these are {len(found)}: name fewer, or take --json."
        )


def _seen(history: History, names: Collection[str], at: datetime) -> Iterator[Profiled]:
    """The profiles of the documents that had been seen by then; of those that had not, a word. Refuses where none had been."""
    unseen = 0
    for name in names:
        try:
            yield _profiled(history, name, at)
        except Refusal as refusal:
            unseen += 1
            if unseen == len(names):
                raise
            click.echo(refusal.message, err=True)


def _profiled(history: History, name: str, at: datetime) -> Profiled:
    reign = reign_of(history, name, at)
    version = history.version(reign.version)
    vendor = history.documents([name])[0].vendor
    policy = history.policy(version.id)
    return Profiled(vendor, reign, version, policy, profile(history.facts(version.id), version.language))


# --- for people -------------------------------------------------------------------------------------------------------------


def _headings(found: Iterable[Profiled]) -> Iterator[Text]:
    for one in found:
        version, reign = one.version, one.reign
        stated = [
            f"{role} {day}" for role, day in (("effective", version.effective), ("updated", version.updated)) if day
        ]
        seen = f"version {version.number}, seen from {minute(reign.first_seen)} to {minute(reign.last_seen)}"
        yield Text.assemble(
            (visible(one.vendor), "bold"), f"  {version.document}  {seen}, {', '.join(stated) or 'no date stated'}"
        )
    yield Text()


def _alone(one: Profiled) -> Iterator[Text | Table]:
    """Every fact with the words that say it and where they stand."""
    for topic, rows in groupby(one.rows, key=lambda row: row.topic):
        yield Text(topic, style="bold underline")
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        for ratio in (3, 4, 8, 5):
            table.add_column(ratio=ratio, overflow="fold")
        for row in rows:
            if not row.entries:
                table.add_row(row.label, Text(row.nothing, style="dim"), "", "")
            for at, entry in enumerate(row.entries):
                clause = one.policy.clauses[entry.at[0]]
                words = Text(f"“{visible(in_context(clause.text, entry.fact.words))}”", style="italic")
                table.add_row(
                    "" if at else row.label, visible(entry.said), words, Text(_places(one, entry), style="dim")
                )
        yield table
        yield Text()


def _places(one: Profiled, entry: Entry) -> str:
    """The numbers of the clauses, as `blame` gives them, and the heading above the first."""
    trail = one.policy.clauses[entry.at[0]].trail
    more = f" and {len(entry.at) - 1} more" if len(entry.at) > 1 else ""
    return f"clause {entry.at[0] + 1}{more}" + (f", {clipped(visible(trail[-1]), _HEADING)}" if trail else "")


def _side_by_side(found: Sequence[Profiled]) -> Iterator[Text | Table]:
    yield _columns([Text(), *(Text(one.version.document.replace("/", "/\n", 1), style="bold") for one in found)])
    for topic, kinds in groupby(aligned([one.rows for one in found]), key=lambda rows: rows[0].topic):
        yield Text(topic, style="bold underline")
        yield _columns(*([Text(rows[0].label), *map(_cell, rows)] for rows in kinds))
        yield Text()


def _columns(*lines: Sequence[Text]) -> Table:
    """Lines of a table as wide as the terminal; equally many cells give equally wide columns."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=12, overflow="fold")
    for _ in lines[0][1:]:
        table.add_column(ratio=1, overflow="fold")
    for line in lines:
        table.add_row(*line)
    return table


def _cell(row: Row) -> Text:
    if not row.entries:
        return Text(row.nothing, style="dim")
    lines = (
        Text.assemble(visible(e.said), (f" [{', '.join(str(at + 1) for at in e.at)}]", "dim")) for e in row.entries
    )
    return Text("\n").join(lines)


def _notes() -> Iterator[Text]:
    note = "Nothing found: no words that Clausewatch knows say so; the text may still say it in others. [12]: in clause 12."
    yield Text(note, style="dim")


# --- for machines -----------------------------------------------------------------------------------------------------------


def _record(one: Profiled) -> Record:
    return {
        "document": one.version.document,
        "vendor": one.vendor,
        "version": one.version.number,
        "language": one.version.language,
        "effective": one.version.effective,
        "updated": one.version.updated,
        "first_seen": plain(one.reign.first_seen),
        "last_seen": plain(one.reign.last_seen),
        "facts": [_fact(one, row, entry) for row in one.rows for entry in row.entries],
        "nothing_found": [row.kind for row in one.rows if not row.entries and row.readable],
        "not_readable": [row.kind for row in one.rows if not row.entries and not row.readable],
    }


def _fact(one: Profiled, row: Row, entry: Entry) -> Record:
    clauses = [
        {"number": at + 1, "trail": list(one.policy.clauses[at].trail), "text": one.policy.clauses[at].text}
        for at in entry.at
    ]
    return {"topic": row.topic, **plain(entry.fact), "clauses": clauses}
