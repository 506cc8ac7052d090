"""The Wayback Machine's captures, brought into the history: import wayback."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import click

from crawler.cli_base import require_contact
from tracker.cli.anew import Hands, hands_options, tell_anew
from tracker.cli.base import (
    BEGIN_OF_DAY,
    END_OF_DAY,
    INTERRUPTED,
    Context,
    Refusal,
    json_option,
    moment_option,
    named,
    pass_context,
)
from tracker.cli.importing import importing
from tracker.importing import ArchiveError
from tracker.model import Document, Observation
from tracker.rendering.picking import visible
from tracker.retelling import Piece
from tracker.schedule import interval

if TYPE_CHECKING:
    from wayback import WaybackClient


def _interval(_ctx: click.Context, _param: click.Parameter, text: str) -> timedelta:
    found = interval(text)
    if found is None:
        raise click.BadParameter(f'expected an interval such as "7 days", got "{text}"')
    return found


@importing.command(name="wayback")
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@moment_option("--since", BEGIN_OF_DAY, "Captures from this day on.")
@moment_option("--until", END_OF_DAY, "Captures up to this day.")
@click.option(
    "--every",
    default="7 days",
    show_default=True,
    callback=_interval,
    help="Of captures that differ in their bytes, fetch one in such a time.",
)
@hands_options
@json_option
@pass_context
def wayback_(
    context: Context,
    names: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    every: timedelta,
    hands: Hands,
    as_json: bool,
) -> None:
    """Import the captures that the Wayback Machine has of documents' addresses.

    Which captures there are is asked first; each is fetched as it was captured, one a second, and those that had the same bytes as the one
    before it are not fetched at all. What is there already is not fetched again, so an import may be broken off and repeated: what was
    fetched until then is imported. Needs a contact in the registry, so that the archive can say who asks.

    \b
    Example:
      clausewatch import wayback acme/privacy --since 2018-01-01
      clausewatch import wayback "*/privacy" --every "30 days"

    Exit codes: 0 imported, or known already; 1 some captures could not be had; 2 nothing was imported, and a sentence says why;
    4 interrupted.
    """
    registry = context.load()
    documents = {document.name: document for document in registry.documents}
    with context.write() as history:
        history.register(registry.documents, datetime.now().astimezone())
        wanted = [documents.get(name) or history.defined(name) for name in named(history, names)]
        known = {document.name: history.known_sources(document.name) for document in wanted}
    require_contact(registry.settings, [Document(vendor="archive", kind="page", url="https://web.archive.org/")])
    try:
        from wayback import WaybackClient

        from crawler.wayback import session
    except ImportError as error:
        raise Refusal("The Wayback Machine needs its client: pip install 'clausewatch[wayback]'.") from error
    progress = _Progress()
    with WaybackClient(session(registry.settings.user_agent)) as client:
        asked = partial(_fetched, client, since=since, until=until, every=every, progress=progress)
        pieces = (
            Piece(document, partial(tuple, found))
            for document in wanted
            if not progress.interrupted and (found := asked(document, known=known[document.name])) is not None
        )
        tell_anew(context, pieces, hands, as_json=as_json, count=len(wanted))
    if progress.interrupted:
        click.echo("Interrupted: what was fetched is imported, the rest is for the next time.", err=True)
        raise SystemExit(INTERRUPTED)
    if progress.troubled:
        raise SystemExit(1)


@dataclass(slots=True)
class _Progress:
    """Whether some captures could not be had, and whether the user has had enough."""

    troubled: bool = False
    interrupted: bool = False

    def trouble(self, said: str) -> None:
        self.troubled = True
        click.echo(visible(said), err=True)


def _fetched(
    client: WaybackClient,
    document: Document,
    *,
    since: datetime | None,
    until: datetime | None,
    every: timedelta,
    known: set[str],
    progress: _Progress,
) -> list[Observation] | None:
    """The looks of the captures of a document that are not known yet; None where none can be had. Interrupted, those that it has."""
    from crawler.wayback import captures, looks

    if document.url is None:
        progress.trouble(f"{document.name} has no address yet.")
        return None
    found: list[Observation] = []
    try:
        chosen = captures(client, document.url, since, until, every)
        with click.progressbar(
            chosen, label=visible(document.name), file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as shown:
            for captured in shown:
                try:
                    found += looks(client, document, captured, known)
                except ArchiveError as error:
                    progress.trouble(f"{document.name}: {error}")
    except ArchiveError as error:
        progress.trouble(f"{document.name}: {error}")
        return None
    except KeyboardInterrupt:
        progress.interrupted = True
    return found
