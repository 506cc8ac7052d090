"""Better rules, applied to what was seen before: reextract."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from tracker.cli.anew import Hands, hands_options, tell_anew
from tracker.cli.base import Context, cli, json_option, named, pass_context
from tracker.retelling import Piece, outdated


@cli.command()
@click.argument("names", nargs=-1, metavar="[NAME]…")
@click.option("--all", "everything", is_flag=True, help="Also documents that today's rules have read already.")
@hands_options
@json_option
@pass_context
def reextract(context: Context, names: tuple[str, ...], everything: bool, hands: Hands, as_json: bool) -> None:
    """Read the stored pages anew, by the rules of today.

    After an upgrade, or where the registry says otherwise what of a page is the policy (select, remove, from, until). Versions, reigns and
    changes are derived from the stored bytes once more, in the order in which they were seen; the old ones stay in force until a document's
    new ones are complete, and are kept. Nobody is alerted. It may be broken off: begun again, it goes on with what is left.

    \b
    Example:
      clausewatch reextract
      clausewatch reextract acme --all --jobs 4

    Exit codes: 0 done; 1 some documents could not be read anew; 2 not done;
    4 interrupted.
    """
    if not context.history_path.exists():
        context.read()  # says so
    with context.write() as history:
        if context.registry.exists():
            history.register(context.load().documents, datetime.now(UTC))  # what it says of a page counts from now on
        wanted = named(history, names) if names else history.find(["*"], watched=False)
        wanted = [name for name in wanted if everything or outdated(history, name)]
        pieces = [Piece(history.defined(name)) for name in wanted]
    if not pieces:
        click.echo("Everything was read by the rules of today." if not as_json else "[]")
        return
    tell_anew(context, pieces, hands, as_json=as_json)
