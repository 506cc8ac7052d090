"""What the history says: log, show."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, get_args

import click
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from tracker.cli.base import (
    BEGIN_OF_DAY,
    END_OF_DAY,
    Context,
    cli,
    json_option,
    moment_option,
    named,
    one_named,
    pass_context,
    print_json,
    print_rich,
)
from tracker.cli.comparing import compared, reign_of, version_of
from tracker.cli.diffing import print_compared
from tracker.history import ChangeRow, ReignRow, VersionRow
from tracker.history.standings import STANDINGS, said_of
from tracker.model import Level
from tracker.rendering.caption import minute
from tracker.rendering.picking import visible
from tracker.rendering.records import change_to_dict, plain, policy_to_dict
from tracker.rendering.terminal import level_badge, policy_text


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
@moment_option("--since", BEGIN_OF_DAY, 'A day ("2026-03-04", UTC) or how long ago ("7 days").')
@click.option(
    "--level", type=click.Choice(get_args(Level)), default="low", show_default=True, help="From this level up."
)
@click.option("--triage", type=click.Choice(list(STANDINGS)), help="Only those of which people said so.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@json_option
@pass_context
def log(
    context: Context,
    names: tuple[str, ...],
    since: datetime | None,
    level: Level,
    triage: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List what changed, newest first.

    In all documents, or in those that NAME names ("acme", "acme/privacy", "*/terms"). The number in front names the change in
    `show` and `diff`. Changes in form alone have the level none.

    \b
    Example:
      clausewatch log
      clausewatch log acme --since "7 days" --level high
      clausewatch log --triage open --level high
      clausewatch log --level none --json
    """
    with context.read() as history:
        wanted = named(history, names) if names else None
        rows = history.changes(wanted, since=since, level=level, triage=triage, limit=limit)
        said = said_of(history, {row.id for row in rows})
    if as_json:
        print_json([{**_record(row), "triage": said.get(row.id)} for row in rows])
    elif rows:
        print_rich(Group(*(_line(row, said.get(row.id, "")) for row in rows)))
    else:
        click.echo(f"Nothing changed from level {level} up." if level != "none" else "Nothing changed.")


def _line(row: ChangeRow, said: str) -> Group:
    silent = "  silent" if row.change.silent else ""
    head = Text.assemble(
        (f"{row.id:>5} ", "bold"),
        f"{minute(row.first_seen)} ",
        level_badge(row.change.level),
        (f" {row.document}", "bold"),
        f"  version {row.old_number} → {row.new_number}{silent}",
        (f"  {said}" if said else "", "italic"),
    )
    return Group(head, Padding(Text(visible(row.change.summary) or row.change.kind), (0, 0, 0, 6)))


def _record(row: ChangeRow) -> dict[str, Any]:
    """A change without its clauses, which `diff --json` gives."""
    change = change_to_dict(row.change)
    return {
        "change": row.id,
        "document": row.document,
        "vendor": row.vendor,
        "url": row.url,
        "old": row.old_number,
        "new": row.new_number,
        "first_seen": row.first_seen.isoformat(),
        "before": row.before.isoformat() if row.before else None,
        **{key: change[key] for key in ("id", "kind", "level", "summary", "silent", "date_only", "dates", "reasons")},
    }


@cli.command()
@click.argument("name", metavar="NAME|CHANGE")
@moment_option("--at", END_OF_DAY, "The text in force then: a day (its end, UTC), a moment, or how long ago.")
@click.option("--version", "number", type=click.IntRange(1), help="This version, counted from 1.")
@click.option("--json", "form", flag_value="json", help="Print JSON, for machines.")
@click.option("--markdown", "form", flag_value="markdown", help="Print the canonical text alone.")
@pass_context
def show(context: Context, name: str, at: datetime | None, number: int | None, form: str | None) -> None:
    """Show a text, also as of a date.

    The text of a document that is in force, or was then, with when it was seen; or a change by its number.

    \b
    Example:
      clausewatch show acme/privacy
      clausewatch show acme/privacy --at 2026-03-04
      clausewatch show 12
    """
    if at and number:
        raise click.UsageError("Give --at or --version, not both.")
    with context.read() as history:
        if name.isdecimal():
            print_compared(compared(history, (name,)), "json" if form == "json" else None)
            return
        document = one_named(history, name)
        version = (
            version_of(history, document, number)
            if number
            else history.version(reign_of(history, document, at or datetime.now(UTC)).version)
        )
        policy = history.policy(version.id)
        reigns = [reign for reign in history.reigns(document) if reign.version == version.id]
        vendor = history.documents([document])[0].vendor
    if form == "markdown":
        click.echo(visible(policy.markdown))
    elif form == "json":
        print_json(
            {
                "document": document,
                "vendor": vendor,
                "version": plain(version),
                "reigns": plain(reigns),
                "policy": policy_to_dict(policy),
            }
        )
    else:
        print_rich(Group(_heading(document, vendor, version, reigns, at), policy_text(policy)))


def _heading(document: str, vendor: str, version: VersionRow, reigns: list[ReignRow], at: datetime | None) -> Group:
    stated = [
        f"{role} {value}" for role, value in (("effective", version.effective), ("updated", version.updated)) if value
    ]
    lines = [
        Text.assemble((visible(vendor), "bold"), f"  {document}  version {version.number}"),
        Text(", ".join(stated) or "no date stated"),
        *(Text(_reign(reign)) for reign in reigns),
        *([Text(_certainty(reigns, at))] if at else []),
        Text(),
    ]
    return Group(*lines)


def _reign(reign: ReignRow) -> str:
    """Between which looks a text came and went."""
    came = f" (the look before: {minute(reign.before)})" if reign.before else ""
    went = f"; another text stood there {minute(reign.after)}" if reign.after else ""
    return f"seen from {minute(reign.first_seen)}{came} to {minute(reign.last_seen)}{went}"


def _certainty(reigns: list[ReignRow], at: datetime) -> str:
    """How surely the text stood there at a moment: looks see moments, and a page may change between them."""
    reign = [reign for reign in reigns if reign.first_seen <= at][-1]
    if at <= reign.last_seen:
        return f"at {minute(at)}: seen before and after that moment"
    if reign.after:
        return f"at {minute(at)}: between two looks; another text came after {minute(reign.last_seen)} and by {minute(reign.after)}"
    return f"at {minute(at)}: the last text seen by then"
