"""How two texts differ, as a redline: diff."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from tracker.cli.base import Context, cli, palette, pass_context, print_json, print_rich
from tracker.cli.comparing import compared, files_meant, of_files
from tracker.compared import Compared
from tracker.rendering.html import html_page
from tracker.rendering.records import change_to_dict
from tracker.rendering.terminal import redline, redline_in_place


def _print_schema(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(
            resources.files("tracker.rendering").joinpath("diff.schema.json").read_text(encoding="utf-8"), nl=False
        )
        ctx.exit()


_file = click.Path(path_type=Path, dir_okay=False, writable=True)


@cli.command()
@click.argument("what", nargs=-1, required=True, metavar="NAME|CHANGE|NAME FROM TO|NAME OTHER|FILE FILE")
@click.option(
    "--from", "begin", metavar="VERSION|DATE", help="The version to compare with; of two documents, of the first."
)
@click.option("--to", "end", metavar="VERSION|DATE", help="The version that is compared.  [default: the one in force]")
@click.option("--all", "form", flag_value="all", help="The whole text with the changes in place.")
@click.option("--json", "form", flag_value="json", help="Print the change as JSON, for machines.")
@click.option("--html", type=_file, help="Write one printable HTML file.")
@click.option("--docx", type=_file, help="Write a Word file with tracked changes.")
@click.option("--json-schema", is_flag=True, is_eager=True, expose_value=False, callback=_print_schema,
              help="Print the JSON Schema of what --json prints, and end.")  # fmt: skip
@pass_context
def diff(
    context: Context,
    what: tuple[str, ...],
    begin: str | None,
    end: str | None,
    form: str | None,
    html: Path | None,
    docx: Path | None,
) -> None:
    """Show a change as a redline.

    A document's last one, or one by its number in `log`; from any version to any other, by version number, or by date for the
    version in force then; from one document to another one, of another region or vendor; or from a file to a file.

    \b
    Example:
      clausewatch diff acme/privacy
      clausewatch diff 12 --html change.html --docx change.docx
      clausewatch diff acme/privacy 1 3 --all
      clausewatch diff acme/privacy --from 2025-01-01 --to today
      clausewatch diff acme/privacy-en-us acme/privacy-en-eu
      clausewatch diff old.html new.html --json
    """
    files = files_meant(what)
    if files:
        if begin or end:
            raise click.UsageError("Files have no versions: leave out --from and --to.")
        found = of_files(*files)
    else:
        with context.read() as history:
            found = compared(history, what, begin, end)
    if html:
        html.write_text(html_page(found.change, found.caption, found.new_policy), encoding="utf-8")
    if docx:
        from tracker.rendering.word import word_file  # python-docx is slow to import, and seldom wanted

        docx.write_bytes(word_file(found.change, found.caption, found.new_policy))
    for file in filter(None, (html, docx)):
        click.echo(f"Wrote {file}.", err=form == "json")
    if form or not (html or docx):
        print_compared(found, form)


def print_compared(found: Compared, form: str | None) -> None:
    """Print a change: the changes alone, the whole text with them ("all"), or the record ("json")."""
    inks = palette()
    if form == "json":
        print_json({**found.record(), "change": change_to_dict(found.change)})
    elif form == "all":
        print_rich(redline_in_place(found.change, found.caption, found.new_policy, inks))
    else:
        print_rich(redline(found.change, found.caption, inks))
