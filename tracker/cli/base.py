"""The command group, and what every command shares: where registry and history are, how errors and output look."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import update_wrapper
from importlib import import_module
from pathlib import Path
from typing import IO, Any, ClassVar, Concatenate, ParamSpec, TypeVar

import click
from rich.console import RenderableType

from tracker import schedule
from tracker.executing import ClusterError
from tracker.history import History, HistoryError, Unknown
from tracker.history.connection import DatabaseError
from tracker.registry import Registry, RegistryError, did_you_mean, load
from tracker.rendering.inks import COLOUR, PLAIN, Palette, written

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])

REGISTRIES = (Path("data/vendors.toml"), Path("vendors.toml"))
INTERRUPTED = 4
"""Exit code."""
PIPE_WIDTH = 160
"""Columns of a table that goes into a file or another program."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a command works on. `history` is None where the registry says which."""

    registry: Path
    history: Path | None = None

    def load(self) -> Registry:
        """Raises RegistryError."""
        return load(self.registry)

    @property
    def history_path(self) -> Path:
        """Raises RegistryError where it takes the registry to know."""
        return self.history or self.load().settings.history

    def read(self) -> History:
        """The history, for questions only. Raises HistoryError."""
        return History(self.history_path, read_only=True)

    def write(self) -> History:
        """The history, made where there is none. Raises HistoryError."""
        return History(self.history_path)


class Refusal(click.ClickException):
    """A command cannot answer; the message is one sentence, or one for each problem."""

    exit_code = 2


class Commands(click.Group):
    """A group in which errors that are meant for the user end a command with a sentence, and never with a traceback.

    Commands that need much are imported when they are asked for, so that the others start quickly.
    """

    late: ClassVar[dict[str, str]] = {"browse": "tracker.cli.browsing"}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.late})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.late:
            command: click.Command = getattr(import_module(self.late[cmd_name]), cmd_name)
            return command
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (RegistryError, HistoryError, ClusterError, Unknown) as error:
            raise Refusal(str(error.args[0] if error.args else error)) from error
        except OSError as error:
            named = f"{error.filename}: " if error.filename else ""
            raise Refusal(f"{named}{error.strerror or error}") from error
        except DatabaseError as error:
            raise Refusal(f"The history cannot be read: {error}. `clausewatch doctor` tells more.") from error
        except OverflowError as error:
            raise Refusal("A number is too large, or a date too far away.") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--registry",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="CLAUSEWATCH_REGISTRY",
    help="Who is watched.  [default: data/vendors.toml, or vendors.toml where there is none]",
)
@click.option(
    "--history",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="CLAUSEWATCH_HISTORY",
    help="The history database.  [default: what the registry says, else history.db beside it]",
)
@click.version_option(package_name="clausewatch", prog_name="clausewatch")
@click.pass_context
def cli(ctx: click.Context, registry: Path | None, history: Path | None) -> None:
    """Watches vendors' privacy policies and says, clause by clause, what changed.

    \b
    Example:
      clausewatch add acme https://acme.example/privacy
      clausewatch crawl
      clausewatch log

    Exit codes: 0 done; 1 done, and the answer is bad news (see the command); 2 not done, and a sentence says why.
    """
    found = next((path for path in REGISTRIES if path.exists()), REGISTRIES[0])
    ctx.obj = Context(registry or found, history)


def pass_context(function: Callable[Concatenate[Context, P], R]) -> Callable[P, R]:
    """Give a command the Context as its first argument."""

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        context = click.get_current_context().find_object(Context)
        assert context is not None
        return function(context, *args, **kwargs)

    return update_wrapper(call, function)


# --- output -----------------------------------------------------------------------------------------------------------------


def palette(stream: IO[Any] | None = None) -> Palette:
    """Colour on a terminal, marks elsewhere, and wherever NO_COLOR says so."""
    stream = stream or sys.stdout
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return COLOUR if wanted and stream.isatty() else PLAIN


def print_rich(renderable: RenderableType) -> None:
    """Print for people, as wide as their terminal."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPE_WIDTH
    click.echo(written(renderable, width, palette()), nl=False, color=True)


def print_json(value: object) -> None:
    """Print for machines: one JSON value, times in ISO 8601."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")


# --- input ------------------------------------------------------------------------------------------------------------------


def named(history: History, patterns: Iterable[str]) -> list[str]:
    """The documents that patterns name ("acme/privacy", "acme", "*/terms"); refuses one that names none."""
    patterns = list(patterns)
    for pattern in patterns:
        if not history.find([pattern], watched=False):
            raise Refusal(f'There is no document "{pattern}"{_hint(history, pattern)}')
    return history.find(patterns, watched=False)


def one_named(history: History, pattern: str) -> str:
    """The one document that a pattern names."""
    names = named(history, [pattern])
    if len(names) > 1:
        raise Refusal(f'"{pattern}" names {len(names)} documents: say which of {", ".join(names)}.')
    return names[0]


def _hint(history: History, pattern: str) -> str:
    known = history.find(["*"], watched=False)
    question = did_you_mean(pattern, [*known, *{name.split("/")[0] for name in known}])
    return f"; {question}" if question else "; `clausewatch vendors` lists them."


BEGIN_OF_DAY = time(0, 0, 0)
END_OF_DAY = time(23, 59, 59)


def moment(text: str, of_day: time) -> datetime:
    """A moment as people write it: a day ("2026-03-04" or "today", in UTC, at `of_day`), a moment ("2026-03-04T12:00"), or how long
    ago ("7 days").

    Raises click.BadParameter.
    """
    if text == "today":
        return datetime.combine(datetime.now(UTC), of_day, UTC)
    try:
        at = datetime.combine(date.fromisoformat(text), of_day)
    except ValueError:
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return datetime.now(UTC) - _ago(text)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _ago(text: str) -> timedelta:
    interval = schedule.interval(text)
    if interval is None:
        raise click.BadParameter(f'expected a date such as 2026-03-04, or an interval such as "7 days", got "{text}"')
    return interval


def moment_option(name: str, of_day: time, explained: str) -> Callable[[F], F]:
    """An option that takes a moment; of a day, it means the moment `of_day`."""

    def converted(_ctx: click.Context, _param: click.Parameter, text: str | None) -> datetime | None:
        return moment(text, of_day) if text is not None else None

    return click.option(name, metavar="DATE", callback=converted, help=explained)
