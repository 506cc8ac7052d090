"""What a file says, without watching anything: extract."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import IO

import click
from rich.console import Group
from rich.text import Text

from tracker.cli.base import cli, print_json, print_rich
from tracker.extraction import extract as extract_policy
from tracker.model import Page, Policy, State
from tracker.rendering.caption import of_stated
from tracker.rendering.picking import visible
from tracker.rendering.records import policy_to_dict

_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".htm": "text/html", ".xhtml": "text/html"}


@cli.command()
@click.argument("file", type=click.File("rb"))
@click.option(
    "--type", "content_type", help="text/html, application/pdf, text/markdown or text/plain; else the name tells."
)
@click.option("--url", help="Where it comes from.")
@click.option("--language", help="What language is expected.")
@click.option("--json", "form", flag_value="json", help="Print all that was understood as JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="Print the canonical text.")
@click.option("--clauses", "form", flag_value="clauses", help="Print each clause with its headings.")
def extract(file: IO[bytes], content_type: str | None, url: str | None, language: str | None, form: str | None) -> None:
    """Say what a policy in a file says.

    State, language, stated dates with the words that state them, clauses. "-" reads standard input. Exit code 1 where the file
    is no policy.

    \b
    Example:
      clausewatch extract policy.html
      clausewatch extract policy.pdf --markdown
      curl -s https://acme.example/privacy | clausewatch extract - --type text/html --json
    """
    page = Page(content_type or type_of(file.name), url=url, language=language)
    policy = extract_policy(file.read(), page)
    if form == "json":
        print_json(policy_to_dict(policy))
    elif form == "markdown":
        click.echo(visible(policy.markdown))
    elif form == "clauses":
        for position, clause in enumerate(policy.clauses):
            click.echo(visible(f"{position:>4}  {clause.kind:<9}  {' › '.join(clause.trail)}\n      {clause.text}"))
    else:
        print_rich(_summary(policy))
    if policy.state is not State.OK:
        raise SystemExit(1)


def type_of(name: str) -> str:
    """The content type that a file's name tells; a name that tells none is taken for HTML."""
    suffix = Path(name).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "text/html"


def _summary(policy: Policy) -> Group:
    found = "a policy" if policy.state is State.OK else f"no policy: {policy.state.value.replace('_', ' ')}"
    kinds = {
        kind: sum(clause.kind == kind for clause in policy.clauses) for kind in ("heading", "paragraph", "item", "row")
    }
    lines = [
        found,
        *(
            f"  {evidence.cue}: {evidence.words}" if evidence.words else f"  {evidence.cue}"
            for evidence in policy.evidence
        ),
        f"title: {policy.title or 'none'}",
        f"language: {policy.language or 'not told'}",
        *(of_stated(date) for date in policy.dates),
        *([] if policy.dates else ["no date stated"]),
        *(f"hint: {source} {value}" for source, value in policy.hints.items()),
        f"{len(policy.clauses)} clauses: " + ", ".join(f"{count} {kind}s" for kind, count in kinds.items() if count),
    ]
    return Group(*(Text(visible(line)) for line in lines))
