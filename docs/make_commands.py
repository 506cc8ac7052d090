"""Writes docs/commands.md from the commands' own help: `python docs/make_commands.py`. A test says when it is stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from crawler.cli import cli

TARGET = Path(__file__).parent / "commands.md"
WIDTH = 100
HELP = ["-h", "--help"]


def text() -> str:
    """The command reference."""
    whole = click.Context(
        cli, info_name="clausewatch", terminal_width=WIDTH, max_content_width=WIDTH, help_option_names=HELP
    )
    parts = ["# Commands", "Made from the commands' own help by `docs/make_commands.py`.", _block(cli.get_help(whole))]
    parts += _commands(cli, whole)
    return "\n\n".join(parts) + "\n"


def _commands(group: click.Group, above: click.Context) -> Iterator[str]:
    """Each command of a group; those of groups within it after the group itself."""
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        assert command is not None
        with click.Context(
            command, info_name=name, parent=above, terminal_width=WIDTH, max_content_width=WIDTH
        ) as inner:
            yield f"## {inner.command_path}"
            yield _block(command.get_help(inner))
            if isinstance(command, click.Group):
                yield from _commands(command, inner)


def _block(help_: str) -> str:
    return "```\n" + "\n".join(line.rstrip() for line in help_.splitlines()) + "\n```"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
