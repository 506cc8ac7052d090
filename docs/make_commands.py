"""Writes docs/commands.md from the commands' own help: `python docs/make_commands.py`. A test says when it is stale."""

from __future__ import annotations

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
    for name in cli.list_commands(whole):
        command = cli.get_command(whole, name)
        assert command is not None
        with click.Context(
            command, info_name=name, parent=whole, terminal_width=WIDTH, max_content_width=WIDTH
        ) as inner:
            parts += [f"## clausewatch {name}", _block(command.get_help(inner))]
    return "\n\n".join(parts) + "\n"


def _block(help_: str) -> str:
    return "```\n" + "\n".join(line.rstrip() for line in help_.splitlines()) + "\n```"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
