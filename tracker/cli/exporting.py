"""The history for other tools: export."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from tracker.cli.base import Context, Refusal, cli, named, pass_context
from tracker.exporting.tables import write_csv, write_jsonl
from tracker.exporting.warc import write_warc
from tracker.history import History
from tracker.history.connection import reading
from tracker.history.exporting import TABLES, columns, exported, size

_WRITERS = {"jsonl": write_jsonl, "csv": write_csv}


@cli.command()
@click.argument("form", type=click.Choice(["jsonl", "csv", "warc"]), metavar="jsonl|csv|warc")
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--table", "tables", multiple=True, type=click.Choice(TABLES), help="Only this table; may be repeated.")
@pass_context
def export(context: Context, form: str, target: Path, names: tuple[str, ...], tables: tuple[str, ...]) -> None:
    """Write the history, or what it has of some documents, for other tools.

    jsonl and csv make a folder TARGET with a file for each table: documents, looks, versions (with their texts), reigns, changes, clause
    changes, facts and events. warc makes one file TARGET (.warc.gz) with every look, its headers and its body. With TARGET "-", one table
    goes to standard output.

    \b
    Example:
      clausewatch export jsonl dataset/
      clausewatch export csv - acme --table changes
      clausewatch export warc acme.warc.gz acme
    """
    if form == "warc" and (tables or str(target) == "-"):
        raise Refusal("A WARC file has every look: name a file for it, and no table.")
    with context.read() as history, reading(history.db):
        wanted = named(history, names) if names else history.find(["*"], watched=False)
        if form == "warc":
            _warc(history, wanted, target)
        elif str(target) == "-":
            if len(tables) != 1:
                raise Refusal("One table can go to standard output: name it with --table.")
            _WRITERS[form](columns(history, tables[0]), exported(history, tables[0], wanted), sys.stdout)
        else:
            _tables(history, wanted, target, tables or TABLES, form)


def _warc(history: History, names: list[str], target: Path) -> None:
    def body(sha256: str) -> bytes:
        return history.body_of(sha256)

    with _whole(target) as partial, _progress(exported(history, "looks", names), "looks", history, names) as looks:
        count = write_warc(looks, body, partial)
    click.echo(f"{count} records in {target}.")


def _tables(history: History, names: list[str], target: Path, tables: tuple[str, ...], form: str) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for table in tables:
        file = target / f"{table}.{form}"
        with (
            _whole(file) as partial,
            partial.open("w", encoding="utf-8", newline="") as stream,
            _progress(exported(history, table, names), table, history, names) as rows,
        ):
            _WRITERS[form](columns(history, table), rows, stream)
        click.echo(f"{size(history, table, names)} {table.replace('_', ' ')} in {file}.")


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Where to write what appears at `target` once it is whole."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        yield partial
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def _progress(
    rows: Iterator[Mapping[str, Any]], table: str, history: History, names: list[str]
) -> Iterator[Iterator[Mapping[str, Any]]]:
    with click.progressbar(
        rows, size(history, table, names), label=f"{table:14}", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as shown:
        yield iter(shown)
