"""What a person decides about doubtful texts: quarantine, accept, reject."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from rich.console import Group
from rich.text import Text

from tracker import tracking
from tracker.cli.base import (
    Context,
    cli,
    json_option,
    named,
    one_named,
    palette,
    pass_context,
    print_json,
    print_rich,
)
from tracker.cli.comparing import waiting
from tracker.history import QuarantineRow
from tracker.model import State
from tracker.rendering.caption import minute
from tracker.rendering.event_block import event_block
from tracker.rendering.records import outcome_to_dict, plain
from tracker.rendering.terminal import redline

_WHY = {
    State.WRONG_LANGUAGE: "it is in another language",
    State.TRUNCATED: "most of the text is gone",
    State.REPLACED: "most of the text is another one",
}


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--diff", "with_diff", is_flag=True, help="Show each as a redline against the text in force.")
@json_option
@pass_context
def quarantine(context: Context, names: tuple[str, ...], with_diff: bool, as_json: bool) -> None:
    """List the doubtful texts that wait.

    They wait for a second look to agree, or for you to accept or reject them.

    \b
    Example:
      clausewatch quarantine
      clausewatch quarantine acme/privacy --diff
      clausewatch quarantine acme --json
    """
    with context.read() as history:
        rows = history.quarantined(named(history, names) if names else None)
        redlines = [redline(*waiting(history, row.document), palette()) for row in rows] if with_diff else []
    if as_json:
        print_json([plain(row) for row in rows])
    elif rows:
        print_rich(Group(*(_line(row) for row in rows), *redlines))
        click.echo("Bring one into force with `clausewatch accept NAME`, or refuse it with `clausewatch reject NAME`.")
    else:
        click.echo("Nothing waits in quarantine.")


def _line(row: QuarantineRow) -> Text:
    why = _WHY.get(row.state, row.state.value.replace("_", " "))
    return Text.assemble((row.document, "bold"), f"  since {minute(row.since)}: {why}")


@cli.command()
@click.argument("name")
@json_option
@pass_context
def accept(context: Context, name: str, as_json: bool) -> None:
    """Bring a quarantined text into force.

    The text of NAME that waits in quarantine becomes a version; it counts as first seen when it was.

    \b
    Example:
      clausewatch accept acme/privacy
    """
    with context.write() as history:
        document = one_named(history, name)
        outcome = tracking.accept(history, document, datetime.now(UTC))
    if as_json:
        print_json(outcome_to_dict(outcome))
        return
    click.echo(f"Accepted: the text of {document} is in force.")
    print_rich(Group(*(event_block(event.payload, palette()) for event in outcome.events)))


@cli.command()
@click.argument("name")
@pass_context
def reject(context: Context, name: str) -> None:
    """Refuse a quarantined text.

    Should the page of NAME show that text again, it will not become a version.

    \b
    Example:
      clausewatch reject acme/privacy
    """
    with context.write() as history:
        document = one_named(history, name)
        tracking.reject(history, document, datetime.now(UTC))
    click.echo(f"Rejected: the text of {document} stays as it was.")
