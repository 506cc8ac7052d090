"""What a file or a page says, without watching anything: extract."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from tracker.cli.base import Context, Refusal, cli, pass_context, print_json, print_rich
from tracker.cli.showing_extracted import summary
from tracker.extraction import extract as extract_policy
from tracker.extraction.leaving import LeftOut, left_out
from tracker.model import Page, State
from tracker.rendering.picking import visible
from tracker.rendering.records import plain, policy_to_dict

Fetch = Callable[[Context, str], tuple[bytes, str, str]]
"""Gets a page: its bytes, its content type and the address that it was found at. Raises Refusal where there is none to be had."""

_TYPES = {".md": "text/markdown", ".markdown": "text/markdown", ".htm": "text/html", ".xhtml": "text/html"}
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_fetchers: list[Fetch] = []


def offer(fetch: Fetch) -> None:
    """Let `extract` take addresses: whoever can touch the network says how."""
    _fetchers.append(fetch)


@cli.command()
@click.argument("source", metavar="FILE|URL")
@click.option(
    "--type", "content_type", help="text/html, application/pdf, text/markdown or text/plain; else the name tells."
)
@click.option("--url", help="Where a file comes from.")
@click.option("--language", help="What language is expected.")
@click.option("--json", "form", flag_value="json", help="Print all that was understood as JSON.")
@click.option("--markdown", "form", flag_value="markdown", help="Print the canonical text.")
@click.option("--clauses", "form", flag_value="clauses", help="Print each clause with its headings.")
@click.option("--left-out", "aside", is_flag=True, help="Print what else stands on the page, and why it is left out.")
@pass_context
def extract(
    context: Context,
    source: str,
    content_type: str | None,
    url: str | None,
    language: str | None,
    form: str | None,
    aside: bool,
) -> None:
    """Say what the policy in a file or at an address says, and why it is understood so.

    State, language, stated dates with the words that state them, metadata, headings. "-" reads standard input. An address is fetched
    once, as politely as in a crawl (robots.txt, limits, a contact in the registry); nothing is recorded.

    \b
    Example:
      clausewatch extract policy.html
      clausewatch extract policy.pdf --markdown
      clausewatch extract https://acme.example/privacy --left-out
      curl -s https://acme.example/privacy | clausewatch extract - --type text/html --json

    Exit codes: 0 a policy; 1 no policy, and the state says what else; 2 not done: no such file, or the page could not be had.
    """
    body, page = _read(context, source, content_type, url, language)
    policy = extract_policy(body, page)
    others = left_out(body, page) if aside else ()
    if form == "json":
        print_json({**policy_to_dict(policy), **({"left_out": plain(others)} if aside else {})})
    elif form == "markdown":
        click.echo(visible(policy.markdown))
    elif form == "clauses":
        for position, clause in enumerate(policy.clauses):
            click.echo(visible(f"{position:>4}  {clause.kind:<9}  {' › '.join(clause.trail)}\n      {clause.text}"))
    else:
        print_rich(summary(policy, page))
    if aside and form != "json":
        click.echo("\n".join(["", *map(visible, _told(others))]))
    if policy.state is not State.OK:
        raise SystemExit(1)


def _read(
    context: Context, source: str, content_type: str | None, url: str | None, language: str | None
) -> tuple[bytes, Page]:
    today = datetime.now(UTC).date()
    if not _ADDRESS.match(source):
        with click.open_file(source, "rb") as file:
            return file.read(), Page(content_type or type_of(source), url, today, language)
    if not _fetchers:
        raise Refusal("Addresses can be read by the whole clausewatch command only; give a file.")
    body, found_type, found_at = _fetchers[0](context, source)
    return body, Page(content_type or found_type or type_of(found_at), found_at, today, language)


def type_of(name: str) -> str:
    """The content type that a file's name tells; a name that tells none is taken for HTML."""
    suffix = Path(name).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "text/html"


def _told(others: tuple[LeftOut, ...]) -> Iterator[str]:
    if not others:
        yield "Nothing was left out."
    for other in others:
        yield f"left out, {other.why} ({other.element}):"
        yield from (f"  {text}" for text in other.texts)
