"""What people say of changes, documents and rules: review, mute, unmute, labels."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import get_args

import click
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from tracker.cli.base import (
    Context,
    Refusal,
    cli,
    json_option,
    one_named,
    pass_context,
    print_json,
    print_rich,
)
from tracker.history import History
from tracker.history.triage import BadMark, ChangeMark, MarkRow, Mute, Verdict, local_user
from tracker.rendering.caption import minute
from tracker.rendering.picking import visible
from tracker.rendering.records import Record, plain

FORMAT = 1
"""Of a label. Goes up when a key changes its meaning or goes; new keys may come."""

note_option = click.option("--note", default="", metavar="TEXT", help="What there is to say of it, in your own words.")


@cli.command()
@click.argument("change", type=click.IntRange(1))
@click.option(
    "--as",
    "mark",
    type=click.Choice(get_args(ChangeMark)),
    help="reviewed; wrong: a wrong alert; note: say no more than --note; open: to be reviewed again.",
)
@note_option
@json_option
@pass_context
def review(context: Context, change: int, mark: ChangeMark | None, note: str, as_json: bool) -> None:
    """Mark a change as reviewed or as a wrong alert, or note something upon it.

    CHANGE is its number in `log`. Nothing is taken back: the last mark counts, and all stay, with who made them and when. Without --as
    and --note, what was said of it so far.

    \b
    Example:
      clausewatch review 12 --as reviewed
      clausewatch review 12 --as wrong --note "the promise only moved to section 4"
      clausewatch review 12
    """
    if mark is None and not note:
        with context.read() as history:
            history.change(change)
            _print(history.marks(change=change), as_json, f"Nobody has said anything of change {change}.")
        return
    with context.write() as history:
        try:
            row = history.mark_change(change, mark or "note", who=local_user(), at=datetime.now(UTC), note=note)
        except BadMark as error:
            raise Refusal(str(error)) from error
    _print([row], as_json)


@cli.command()
@click.argument("name", required=False)
@click.option(
    "--rule", metavar="ID", help="A rule, wherever it fires: `clausewatch explain` and docs/rules.md name them."
)
@note_option
@json_option
@pass_context
def mute(context: Context, name: str | None, rule: str | None, note: str, as_json: bool) -> None:
    """Tell nobody of a document, or let a rule raise no level in what is told.

    Looks go on, and the record stays whole: changes are kept with their level, and shown as muted. Without NAME and --rule, what is
    muted.

    \b
    Example:
      clausewatch mute acme/cookies --note "lists its cookies in another order each day"
      clausewatch mute --rule retention.longer
      clausewatch mute
    """
    if name is None and rule is None:
        with context.read() as history:
            _print(history.muted(), as_json, "Nothing is muted.")
        return
    _mute(context, name, rule, "muted", note, as_json)


@cli.command()
@click.argument("name", required=False)
@click.option("--rule", metavar="ID", help="A rule.")
@note_option
@json_option
@pass_context
def unmute(context: Context, name: str | None, rule: str | None, note: str, as_json: bool) -> None:
    """Tell of a muted document again, or let a muted rule raise the level again.

    Of a document, its next look tells what was not told meanwhile: how the text in force differs from the one last told.

    \b
    Example:
      clausewatch unmute acme/cookies
      clausewatch unmute --rule retention.longer
    """
    _mute(context, name, rule, "unmuted", note, as_json)


def _mute(context: Context, name: str | None, rule: str | None, mark: Mute, note: str, as_json: bool) -> None:
    if (name is None) == (rule is None):
        raise click.UsageError("Give the NAME of a document or --rule, and not both.")
    who, now = local_user(), datetime.now(UTC)
    with context.write() as history:
        try:
            if rule is not None:
                row = history.mute_rule(rule, mark, who=who, at=now, note=note)
            else:
                row = history.mute(one_named(history, name or ""), mark, who=who, at=now, note=note)
        except BadMark as error:
            raise Refusal(str(error)) from error
    _print([row], as_json)


@cli.command()
@click.option(
    "--as",
    "verdict",
    type=click.Choice(get_args(Verdict)),
    default="wrong",
    show_default=True,
    help="Of which verdict.",
)
@pass_context
def labels(context: Context, verdict: Verdict) -> None:
    """Export wrong alerts as labels to test rules with.

    JSON Lines, one for each change whose last verdict it is: the old and the new text of its clauses as they were judged, the rules that
    fired, the level, and what the reviewer said. docs/measuring.md describes the keys, and how rules are tried on them.

    \b
    Example:
      clausewatch labels > wrong.jsonl
      clausewatch labels --as reviewed > right.jsonl
    """
    with context.read() as history:
        for row in history.judged(verdict):
            click.echo(json.dumps(_label(history, row), ensure_ascii=False))


def _label(history: History, row: MarkRow) -> Record:
    vendor = history.documents([row.document or ""])[0].vendor
    return {
        "format": FORMAT,
        "verdict": row.mark,
        "who": row.who,
        "at": row.at.isoformat(),
        "note": row.note,
        "vendor": vendor,
        "document": row.document,
        "change": row.change,
        **(row.judged or {}),
    }


# --- output -----------------------------------------------------------------------------------------------------------------


def _print(rows: list[MarkRow], as_json: bool, none: str = "") -> None:
    if as_json:
        print_json([_record(row) for row in rows])
    elif rows:
        print_rich(Group(*(_line(row) for row in rows)))
    else:
        click.echo(none)


def _record(row: MarkRow) -> Record:
    record: Record = plain(row)
    return {key: value for key, value in record.items() if key != "judged"}


def _line(row: MarkRow) -> Group:
    """ "change 12 of acme/privacy: wrong alert  omar, 2026-03-04 12:00"."""
    change = f"change {row.change}" if row.change else "a change"
    what = f"{change} of {row.document}" if row.judged else row.document or f"rule {row.rule}"
    said = {"wrong": "wrong alert", "note": "noted"}.get(row.mark, row.mark)
    head = Text.assemble((visible(what), "bold"), f": {said}", (f"  {visible(row.who)}, {minute(row.at)}", "dim"))
    return Group(head, Padding(Text(visible(row.note)), (0, 0, 0, 4))) if row.note else Group(head)
