"""How insertions, deletions and moves look in a terminal: by the convention of lawyers, and by marks.

Marks stand beside colours too: not every terminal can strike text through, not every eye tells the colours apart, and what is copied
out of a terminal has neither.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.text import Text

from tracker.model import Level
from tracker.rendering.picking import visible


@dataclass(frozen=True, slots=True)
class Ink:
    """A style whose last word is its colour, and marks around the text in that colour."""

    style: str = ""
    opening: str = ""
    closing: str = ""

    def write(self, text: str) -> Text:
        colour = self.style.rpartition(" ")[2]
        return Text.assemble((self.opening, colour), (visible(text), self.style), (self.closing, colour))


@dataclass(frozen=True, slots=True)
class Palette:
    """Inks for what was inserted, deleted, and moved to or from a place. `colour` tells whether a terminal may show any."""

    inserted: Ink
    deleted: Ink
    moved_here: Ink
    moved_away: Ink
    colour: bool


COLOUR = Palette(
    Ink("underline bright_blue", "[+", "+]"),
    Ink("strike red", "[-", "-]"),
    Ink("underline green", "[>", "<]"),
    Ink("strike green", "[<", ">]"),
    colour=True,
)
PLAIN = Palette(Ink("", "[+", "+]"), Ink("", "[-", "-]"), Ink("", "[>", "<]"), Ink("", "[<", ">]"), colour=False)

LEVEL_STYLES: dict[Level, str] = {
    "critical": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "none": "dim",
}


def written(renderable: RenderableType, width: int, palette: Palette) -> str:
    """What a terminal of `width` columns shows, as text with its escape sequences (none without colour)."""
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=palette.colour,
        color_system="256" if palette.colour else None,
        no_color=not palette.colour,
        legacy_windows=False,
        highlight=False,
        _environ={},
    )
    with console.capture() as capture:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"
