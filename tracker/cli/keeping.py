"""Keeping the record: verify, roots, backup, restore."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from tracker.cli.base import Context, Refusal, cli, json_option, pass_context, print_json
from tracker.history import History, HistoryError
from tracker.history.backing import backup as copy_to
from tracker.history.backing import restore as put_back
from tracker.history.chain import roots as roots_of
from tracker.history.checking import CHECKS, sizes
from tracker.history.connection import stamp

PROBLEMS_SHOWN = 20


# --- verify and roots ---------------------------------------------------------------------------------------------------------


@cli.command()
@click.option("--quick", is_flag=True, help="The chain over all looks alone, without unpacking every body.")
@click.option(
    "--root", "expected", metavar="DAY=HASH", multiple=True, help="A root that was published: is it still so?"
)
@json_option
@pass_context
def verify(context: Context, quick: bool, expected: tuple[str, ...], as_json: bool) -> None:
    """Check that nobody altered the record.

    The database file; the chain over all looks, in which each carries a hash of what it saw and of the look before it; every stored body
    against its hash; every version's text against its hash. Exit code 1 where anything is not as it was written.

    \b
    Example:
      clausewatch verify
      clausewatch verify --quick --root 2026-03-04=9f2c…
    """
    wanted, quiet = dict(_root(text) for text in expected), as_json or not sys.stderr.isatty()
    with context.read() as history:
        counts: dict[str, int] = {}
        problems: list[str] = []
        expecting = sizes(history)
        for name, check in CHECKS.items():
            if quick and name != "looks":
                continue
            counts[name] = 0
            with click.progressbar(
                check(history), expecting[name], label=f"{name:7}", file=sys.stderr, hidden=quiet
            ) as steps:
                for step in steps:
                    counts[name] += 1
                    if step.problem:
                        problems.append(step.problem)
        found = {root.day: root.chain for root in roots_of(history.db, "9999")}
    problems += [
        f"the root of {day} is not {root}" + ("" if day in found else ": there was no look on that day")
        for day, root in wanted.items()
        if found.get(day) != root
    ]
    if as_json:
        print_json({"ok": not problems, "checked": counts, "problems": problems})
    else:
        for problem in problems[:PROBLEMS_SHOWN]:
            click.echo(problem, err=True)
        if len(problems) > PROBLEMS_SHOWN:
            click.echo(f"… and {len(problems) - PROBLEMS_SHOWN} more", err=True)
        checked = ", ".join(f"{count} {name}" for name, count in counts.items() if name != "file")
        click.echo(f"{checked}: " + (f"{len(problems)} not as written." if problems else "all as they were written."))
    if problems:
        raise SystemExit(1)


def _root(text: str) -> tuple[str, str]:
    day, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(
            f'expected DAY=HASH as `clausewatch roots` prints it, got "{text}"', param_hint="--root"
        )
    return day, value


@cli.command()
@click.option("--last", default=7, show_default=True, metavar="DAYS", help="How many days with looks.")
@json_option
@pass_context
def roots(context: Context, last: int, as_json: bool) -> None:
    """Print the root of each day: one hash that stands for everything recorded until the end of it.

    Published or timestamped by others (a commit, a mail to somebody, a timestamping service), it makes that the record was so on
    that day more than your word. The day under way has none yet. `clausewatch verify --root` compares.

    \b
    Example:
      clausewatch roots --last 1 >> roots.txt
      clausewatch roots --json
    """
    with context.read() as history:
        # a look of yesterday's last minute may be recorded in today's first
        found = (
            roots_of(history.db, f"{datetime.now(UTC) - timedelta(minutes=10):%Y-%m-%d}")[-last:] if last > 0 else []
        )
    if as_json:
        print_json([asdict(root) for root in found])
    elif not found:
        click.echo("No day with looks is over yet.", err=True)
    else:
        for root in found:
            click.echo(f"{root.day}={root.chain}")


# --- backup and restore -------------------------------------------------------------------------------------------------------


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_context
def backup(context: Context, file: Path) -> None:
    """Copy the history to FILE, as it is at one moment, while a daemon goes on writing.

    The copy is checked, and FILE appears only when it is sound; a file that is there already is never replaced.

    \b
    Example:
      clausewatch backup /backups/history-$(date +%F).db
    """
    context.read().close()  # whatever it is, a history of ours is copied and nothing else
    copy_to(context.history_path, file)
    click.echo(f"Copied to {file}, {size(file.stat().st_size)}; the copy is sound.")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@pass_context
def restore(context: Context, file: Path) -> None:
    """Put a backup in the place of the history.

    What was there is kept beside it. Refused while a daemon lives, or anybody else has the history open.

    \b
    Example:
      clausewatch restore /backups/history-2026-03-04.db
    """
    with closing(History(file, read_only=True)) as saved:
        looks = sizes(saved)["looks"]
    path, now = context.history_path, datetime.now(UTC)
    if path.exists() and _alive(path, now):
        raise Refusal("A daemon is writing this history: stop it first.")
    aside = path.with_name(f"{path.name}.before-{stamp(now).replace(':', '')}")
    put_back(file, path, aside)
    kept = f" What was there is {aside}." if aside.exists() else ""
    click.echo(f"Restored {path} with {looks} looks.{kept}")


def _alive(path: Path, now: datetime) -> bool:
    try:
        with closing(History(path, read_only=True)) as present:
            return present.alive(now)
    except HistoryError:  # damaged: the very reason to restore
        return False


def size(count: float) -> str:
    """So many bytes, as people read them."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    raise AssertionError
