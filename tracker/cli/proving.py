"""A change as evidence for others: evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from tracker.cli.base import Context, Refusal, cli, json_option, pass_context, print_json
from tracker.cli.comparing import change_meant
from tracker.evidence import Finding, bundle, check, read, write
from tracker.evidence.storing import Unreadable
from tracker.rendering.picking import visible
from tracker.rendering.records import plain

_MARKS = {True: "ok", False: "WRONG", None: "cannot tell"}


@cli.command()
@click.argument("change", metavar="CHANGE|NAME", required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="A folder to make, or a file that ends in .zip.  [default: evidence-CHANGE.zip]",
)
@click.option(
    "--verify",
    "source",
    metavar="FOLDER|ZIP",
    type=click.Path(path_type=Path, exists=True),
    help="Check evidence instead; needs no history.",
)
@json_option
@pass_context
def evidence(context: Context, change: str | None, out: Path | None, source: Path | None, as_json: bool) -> None:
    """Pack what proves a change to others, or verify it.

    Both bodies as received with headers, redirects and times; the looks around them; their place in the chain over all looks; the texts
    read out of the bodies; the redline, the record, hashes of all, and a README that says how to verify them by hand. --verify does so:
    exit code 1 where anything does not hold.

    \b
    Example:
      clausewatch evidence 12
      clausewatch evidence acme/privacy --out proof/
      clausewatch evidence --verify evidence-12.zip
    """
    if source is not None:
        if change or out:
            raise click.UsageError("--verify takes a folder or a zip file, and nothing else.")
        _verify(source, as_json)
        return
    if change is None:
        raise click.UsageError("Give the number of a change, or a document.")
    with context.read() as history:
        row = change_meant(history, change)
        made = bundle(history, row, datetime.now(UTC))
    target = out or Path(f"evidence-{row.id}.zip")
    doubtful = [finding for finding in check(made.files, []) if finding.good is not True]
    try:
        write(target, made.files)
    except FileExistsError as error:
        raise Refusal(f"{target} is there already: give another --out.") from error
    if as_json:
        print_json({"file": str(target), "says": made.says, "doubtful": plain(doubtful)})
        return
    click.echo(f"Wrote {target}: {visible(made.says)}")
    for finding in doubtful:
        click.echo(_line(finding), err=True)
    click.echo(f"Anybody verifies it with `sha256sum --check`, or `clausewatch evidence --verify {target}`.")


def _verify(source: Path, as_json: bool) -> None:
    try:
        findings = check(*read(source))
    except Unreadable as error:
        raise Refusal(str(error)) from error
    holds = all(finding.good is not False for finding in findings)
    if as_json:
        print_json({"ok": holds, "findings": plain(findings)})
    else:
        for finding in findings:
            click.echo(_line(finding))
        click.echo("It holds." if holds else "It does not hold.")
    if not holds:
        raise SystemExit(1)


def _line(finding: Finding) -> str:
    words = f" ({visible(finding.words)})" if finding.words else ""
    return f"{_MARKS[finding.good]:<11} {finding.what}{words}"
