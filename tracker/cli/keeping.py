"""Keeping the record: verify, roots, backup, restore, doctor."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import click
from rich.table import Table
from rich.text import Text

from tracker.cli.base import Context, Refusal, cli, json_option, pass_context, print_json, print_rich
from tracker.cli.watching import standings
from tracker.history import History, HistoryError
from tracker.history.backing import backup as copy_to
from tracker.history.backing import restore as put_back
from tracker.history.chain import roots as roots_of
from tracker.history.checking import CHECKS, condition, sizes
from tracker.history.connection import DatabaseError, stamp
from tracker.registry import RegistryError
from tracker.rendering.picking import visible

PROBLEMS_SHOWN = 20
LEAST_FREE = 1 << 30
"""Bytes on the disk below which a history may soon have no room."""
LATE = timedelta(hours=1)
"""How long ago a delivery was due that somebody should look after."""
LARGE_LOG = 1 << 28
"""Bytes of write-ahead log that say that some reader never ends."""


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
    click.echo(f"Copied to {file}, {_size(file.stat().st_size)}; the copy is sound.")


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


# --- doctor -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked into, how it is, and what to know or do about it."""

    about: str
    how: Literal["good", "look", "bad"]
    said: str


@cli.command()
@json_option
@pass_context
def doctor(context: Context, as_json: bool) -> None:
    """Look for everything that could keep the watching from going on, and say what to do about it.

    Registry, history, disk, clock, daemon, what is overdue, what fails, what could not be sent and to whom. Quick; `clausewatch verify`
    reads every body. Exit code 1 where something is bad.

    \b
    Example:
      clausewatch doctor
      clausewatch doctor --json
    """
    findings = list(_examined(context, datetime.now(UTC)))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
        for finding in findings:
            style = {"good": "green", "look": "yellow", "bad": "bold red"}[finding.how]
            table.add_row(Text(finding.how, style=style), Text(finding.about, style="bold"), Text(finding.said))
        print_rich(table)
    if any(finding.how == "bad" for finding in findings):
        raise SystemExit(1)


def _examined(context: Context, now: datetime) -> Iterator[Finding]:
    try:
        registry = context.load()
    except RegistryError as error:
        yield Finding("registry", "bad", str(error))
        return
    yield Finding("registry", "good", f"{registry.path}: {len(registry.documents)} documents")
    if registry.settings.contact:
        yield Finding("contact", "good", registry.settings.contact)
    else:
        yield Finding(
            "contact", "look", 'none: put contact = "mailto:…" under [settings]; the real net is not crawled without'
        )
    path = context.history or registry.settings.history
    yield _disk(path)
    if not path.exists():
        yield Finding("history", "look", f"none at {path} yet: `clausewatch crawl` makes it")
        return
    try:
        with closing(History(path, read_only=True)) as history:
            yield from _history(history, path, now)
        yield from _documents(context)
    except (HistoryError, DatabaseError) as error:
        yield Finding("history", "bad", f"{error}; `clausewatch restore` puts a backup in its place")


def _disk(path: Path) -> Finding:
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    said = f"{_size(free)} free"
    return Finding("disk", "bad" if free < LEAST_FREE else "good", said)


def _history(history: History, path: Path, now: datetime) -> Iterator[Finding]:
    found = condition(history, now - LATE)
    if found.damage:
        yield Finding("history", "bad", f"damaged: {found.damage}; `clausewatch restore` puts a backup in its place")
    else:
        yield Finding("history", "good", f"{path}: {found.looks} looks, {_size(path.stat().st_size)}")
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size > LARGE_LOG:
        yield Finding(
            "log", "look", f"{_size(log.stat().st_size)} of write-ahead log: a reader has had it open for long"
        )
    if found.last_look and found.last_look > now + timedelta(minutes=5):
        yield Finding(
            "clock", "bad", f"the last look is dated {stamp(found.last_look)}, yet to come: is the clock right?"
        )
    else:
        yield Finding("clock", "good", f"{stamp(now)}, no look is dated later")
    if history.alive(now):
        yield Finding("daemon", "good", "alive")
    else:
        yield Finding("daemon", "look", "none lives: `clausewatch daemon` starts one")
    said = ", ".join(f"{count} {state}" for state, count in found.deliveries.items()) or "nothing was to be sent"
    yield Finding("deliveries", "look" if found.late or found.deliveries.get("given up") else "good", said)
    for row in history.subscriptions():
        if row.active and row.state != "ok":
            hint = f"; `clausewatch subscriptions {row.name} --enable` sends again" if row.disabled else ""
            yield Finding(f"subscription {row.name}", "bad" if row.disabled else "look", visible(row.state) + hint)


def _documents(context: Context) -> Iterator[Finding]:
    found = standings(context)
    for word, how in (("overdue", "bad"), ("failing", "look"), ("quarantined", "look")):
        names = [standing.document.name for standing in found if standing.state.startswith(word)]
        if names:
            shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
            yield Finding(word, "bad" if how == "bad" else "look", shown)
    if not any(standing.is_bad for standing in found):
        yield Finding("documents", "good", "none overdue, failing or in quarantine")


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    raise AssertionError
