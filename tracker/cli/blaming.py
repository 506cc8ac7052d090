"""Since when a policy reads as it does: blame."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import click
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tracker.cli.base import (
    END_OF_DAY,
    Context,
    Refusal,
    cli,
    json_option,
    moment_option,
    one_named,
    pass_context,
    print_json,
    print_rich,
)
from tracker.cli.comparing import reign_of, version_of
from tracker.history import History, ReignRow
from tracker.history.lineage import Form, Lineage, lineages
from tracker.rendering.caption import minute
from tracker.rendering.picking import visible
from tracker.rendering.records import Record, plain
from tracker.rendering.terminal import clause_row, heading_trail, level_badge


@cli.command()
@click.argument("name")
@click.option("--version", "number", type=click.IntRange(1), help="The clauses of this version, counted from 1.")
@moment_option("--at", END_OF_DAY, "The clauses of the text in force then.")
@click.option(
    "--history", "clause", metavar="CLAUSE", type=click.IntRange(1), help="All forms that one clause has had."
)
@json_option
@pass_context
def blame(
    context: Context, name: str, number: int | None, at: datetime | None, clause: int | None, as_json: bool
) -> None:
    """Say since when each clause reads so.

    And which change made it so. The change came between the last look that saw another wording ("after") and the first that saw this one;
    what stood there at the first look may be older. Changes of form alone, such as numbering and quotation marks, are passed over;
    --history tells them too.

    \b
    Example:
      clausewatch blame acme/privacy
      clausewatch blame acme/privacy --at 2026-03-04
      clausewatch blame acme/privacy --history 12
      clausewatch blame acme/privacy --json
    """
    if at and number:
        raise click.UsageError("Give --at or --version, not both.")
    with context.read() as history:
        reign = _reign(history, one_named(history, name), number, at)
        found = lineages(history, reign)
    if clause is not None and clause > len(found):
        raise Refusal(f"Version {reign.number} of {reign.document} has no clause {clause}; it has {len(found)}.")
    if as_json:
        print_json(_record(reign, found) if clause is None else _history_record(reign, found, clause))
    else:
        print_rich(_clauses(reign, found) if clause is None else _history(reign, found, clause))


def _reign(history: History, document: str, number: int | None, at: datetime | None) -> ReignRow:
    """The reign that is asked about: of a version, its last one."""
    if number is None:
        return reign_of(history, document, at or datetime.now(UTC))
    version = version_of(history, document, number)
    return [reign for reign in history.reigns(document) if reign.version == version.id][-1]


# --- for people -------------------------------------------------------------------------------------------------------------


def _clauses(reign: ReignRow, found: list[Lineage]) -> Group:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", style="bold")
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    shown: Form | None = None
    for number, lineage in enumerate(found, 1):
        origin = lineage.origin
        same = shown is not None and (origin.change, origin.since) == (shown.change, shown.since)
        table.add_row(str(number), Text() if same else _origin(lineage), clause_row(lineage.clause))
        shown = origin
    legend = "#: the change that made it so, see `clausewatch explain`; after: the last look that saw it otherwise"
    return Group(_title(reign), Text(), table, Text(), Text(legend, style="dim"))


def _title(reign: ReignRow) -> Text:
    until = f"; another text stood there {minute(reign.after)}" if reign.after else ""
    seen = f"seen from {minute(reign.first_seen)} to {minute(reign.last_seen)}{until}"
    return Text.assemble((reign.document, "bold"), f"  version {reign.number}, {seen}")


def _origin(lineage: Lineage) -> Text:
    """When a clause came to read so, by which change, and after which look."""
    origin = lineage.origin
    day = f"{origin.since:%Y-%m-%d}"
    if origin.change is None or origin.level is None:
        return Text.assemble(day, ("\nfirst look", "dim"))
    parts: list[str | Text | tuple[str, str]] = [f"{day} #{origin.change}\n", level_badge(origin.level)]
    if origin.otherwise and origin.otherwise.date() < origin.since.date():
        parts.append((f"\nafter {origin.otherwise:%Y-%m-%d}", "dim"))
    if lineage.before:
        parts.append(("\nso before, too", "dim"))
    return Text.assemble(*parts)


def _history(reign: ReignRow, found: list[Lineage], number: int) -> Group:
    lineage = found[number - 1]
    blocks = [block for form in lineage.forms for block in _form(form)]
    trail = Text.assemble((f"clause {number}  ", "bold"), (heading_trail(lineage.clause.trail), "italic"))
    return Group(_title(reign), trail, Text(), *blocks, *([Text(_before(lineage))] if lineage.before else []))


def _form(form: Form) -> Iterator[Text | Padding]:
    if form.change is None or form.level is None:
        yield Text(f"{minute(form.since)}: there at the first look; since when is not known")
    else:
        after = f", after {minute(form.otherwise)}" if form.otherwise else ""
        yield Text.assemble(
            f"by {minute(form.since)}{after}: {form.op} in change {form.change} ", level_badge(form.level)
        )
    yield Padding(Text(visible(form.text or "")), (0, 0, 1, 4))


def _before(lineage: Lineage) -> str:
    assert lineage.before is not None
    return f"It had read so before: seen from {minute(lineage.before[0])} to {minute(lineage.before[1])}."


# --- for machines -----------------------------------------------------------------------------------------------------------


def _record(reign: ReignRow, found: list[Lineage]) -> Record:
    return {**_head(reign), "clauses": [_lineage(number, lineage) for number, lineage in enumerate(found, 1)]}


def _history_record(reign: ReignRow, found: list[Lineage], number: int) -> Record:
    lineage = found[number - 1]
    return {**_head(reign), "clause": _lineage(number, lineage), "forms": plain(lineage.forms)}


def _head(reign: ReignRow) -> Record:
    return {
        "document": reign.document,
        "version": reign.number,
        "first_seen": plain(reign.first_seen),
        "last_seen": plain(reign.last_seen),
    }


def _lineage(number: int, lineage: Lineage) -> Record:
    origin = lineage.origin
    return {
        "number": number,
        "kind": lineage.clause.kind,
        "trail": list(lineage.clause.trail),
        "text": lineage.clause.text,
        "since": plain(origin.since),
        "otherwise": plain(origin.otherwise),
        "change": origin.change,
        "op": origin.op,
        "level": origin.level,
        "read_so_before": plain(lineage.before),
    }
