"""What the commands share that tell documents' looks anew: progress, the table of what came of it, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import update_wrapper
from typing import Any, TypeVar, cast

import click

from tracker.cli.base import INTERRUPTED, Context, Refusal, print_json
from tracker.executing import executor
from tracker.importing import ArchiveError
from tracker.model import Observation
from tracker.rendering.picking import visible
from tracker.retelling import Piece, Retelling, retell_all

F = TypeVar("F", bound=Callable[..., Any])


cluster_option = click.option(
    "--cluster", metavar="ADDRESS", help="A Dask scheduler, whose workers read the pages: tcp://127.0.0.1:8786, say."
)


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does the work: so many processes, or a cluster."""

    jobs: int | None
    cluster: str | None


def hands_options(command: F) -> F:
    """Give a command --jobs and --cluster, as `hands`."""

    def call(*args: Any, jobs: int | None, cluster: str | None, **kwargs: Any) -> Any:
        if jobs and cluster:
            raise click.UsageError(
                "--jobs and --cluster exclude each other: the cluster's workers are as many as they are."
            )
        return command(*args, hands=Hands(jobs, cluster), **kwargs)

    jobs = click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes.  [default: one for each core]")
    return jobs(cluster_option(cast(F, update_wrapper(call, command))))


def tell_anew(
    context: Context, pieces: Iterable[Piece], hands: Hands, *, as_json: bool, count: int | None = None
) -> None:
    """Tell documents anew, with progress, and say what came of it. Ends with exit code 1 where there was trouble with any, and with
    INTERRUPTED where it was broken off.

    Where the pieces come one by one and show a progress of their own, `count` says how many there will be.
    """
    pieces = pieces if count is not None else tuple(pieces)
    many = len(pieces) if isinstance(pieces, tuple) else count or 0
    went: list[Retelling] = []
    interrupted = False
    past = (_until(piece, datetime.now(UTC)) for piece in pieces)
    try:
        with context.write() as history, executor(hands.jobs, hands.cluster) as (pool, at_once):
            went.extend(_shown(retell_all(history, past, pool, at_once), many, quiet=as_json or count is not None))
    except KeyboardInterrupt:
        interrupted = True
    if as_json:
        print_json([_record(each) for each in went])
    else:
        _say(went, many)
    if interrupted:
        click.echo("Interrupted: what was done is kept, and the same command goes on with the rest.", err=True)
        raise SystemExit(INTERRUPTED)
    if any(each.trouble for each in went):
        raise SystemExit(1)


def _until(piece: Piece, now: datetime) -> Piece:
    """The same, which cannot be read where an archive has looks that are yet to come: all that we see ourselves would come before them."""

    def looks() -> Iterator[Observation]:
        for look in piece.looks():
            if look.at > now:
                raise ArchiveError(f"{look.source} would be of {look.at:%Y-%m-%d %H:%M}, which is yet to come")
            yield look

    return replace(piece, looks=looks) if piece.archived else piece


def _shown(went: Iterable[Retelling], count: int, *, quiet: bool) -> Iterable[Retelling]:
    hidden = quiet or not sys.stderr.isatty()
    with click.progressbar(
        went, count, label="documents", file=sys.stderr, hidden=hidden, item_show_func=_name
    ) as progress:
        yield from progress


def _name(each: Retelling | None) -> str:
    return visible(each.document.name) if each else ""


def _record(each: Retelling) -> dict[str, object]:
    retold = asdict(each.retold) if each.retold else None
    return {"document": each.document.name, "retold": retold, "trouble": each.trouble or None}


def _say(went: Sequence[Retelling], count: int) -> None:
    for each in went:
        if each.trouble:
            click.echo(visible(f"{each.document.name}: {each.trouble}"), err=True)
        elif each.retold:
            click.echo(visible(f"{each.document.name}: {_line(each)}"))
    told = [each.retold for each in went if each.retold]
    sums = [
        f"{len(told)} of {count} documents told anew",
        f"{sum(each.added for each in told)} looks added",
        f"{sum(each.before for each in told)} → {sum(each.after for each in told)} versions",
    ]
    troubled = sum(bool(each.trouble) for each in went)
    click.echo(", ".join(sums) + (f"; trouble with {troubled}" if troubled else "") + ".")


def _line(each: Retelling) -> str:
    retold = each.retold
    assert retold
    parts = [f"{retold.before} → {retold.after} versions"]
    parts += [f"{retold.added} looks added"] if retold.added else []
    parts += [f"{retold.fresh} new texts"] if retold.fresh else []
    parts += [f"{retold.merged} stand for several before"] if retold.merged else []
    parts += [f"{retold.split} became several"] if retold.split else []
    parts += [f"{retold.unread} looks show no policy any more"] if retold.unread else []
    return ", ".join(parts)


def refuse_nothing(pieces: Sequence[Piece], what: str) -> None:
    """Refuse where there is nothing to do."""
    if not pieces:
        raise Refusal(what)
