"""How the demo tells its story: plain columns, at most 100 wide, readable without colour."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from demo.editions import QUIET, Edition, Vendor
from tracker.history import History
from tracker.model import Document, Event, Observation, Outcome
from tracker.rendering.event_block import event_block
from tracker.rendering.inks import COLOUR, PLAIN, Palette, written

WIDTH = 100
INDENT = 3


@dataclass(frozen=True)
class Look:
    """One look as the daemon reported it."""

    document: Document
    observation: Observation
    outcome: Outcome | None


def palette() -> Palette:
    """Inks for a terminal, marks for everything else."""
    return COLOUR if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else PLAIN


def width() -> int:
    return min(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH


def say(*parts: RenderableType) -> None:
    print(written(Group(*parts), width(), palette()), end="", flush=True)


def indented(*parts: RenderableType) -> RenderableType:
    return Padding(Group(*parts), (0, 0, 0, INDENT))


def opening(vendors: Sequence[Vendor], port: int) -> None:
    """Who is watched, and how."""
    who = _table()
    for vendor in vendors:
        host, path = vendor.address
        who.add_row(Text(vendor.name, style="bold"), vendor.makes, Text(f"http://{host}:{port}{path}", style="dim"))
    say(
        Text(),
        Rule("Clausewatch: a demo", characters="━", style="bold"),
        Text(),
        indented(
            Text(
                "Seven makers of household devices, all invented, publish privacy policies on a web server on this machine. "
                "The daemon fetches them as it would any other site: robots.txt, redirects, conditional requests. Only its "
                "clock is moved by hand, over two months in a few seconds."
            ),
            Text(),
            who,
        ),
    )


def chapter(number: int, edition: Edition, looks: Sequence[Look]) -> None:
    """One moment: what is going on, what each look came to, and what subscribers are told."""
    title = f"{number} · {edition.at:%A} {edition.at.day} {edition.at:%B %Y} · {edition.title}"
    events = [event for look in looks if look.outcome for event in look.outcome.events if event.type != "first"]
    section(title, Text(edition.story), Text(), _outcomes(edition, looks))
    if events:
        say(
            Text(),
            indented(Text(f"Subscribers are told ({len(events)}):"), Text(), *(_event(event) for event in events[:-1])),
        )
        say(indented(_event(events[-1])))


def _event(event: Event) -> RenderableType:
    return event_block(event.payload, palette())


def _outcomes(edition: Edition, looks: Sequence[Look]) -> RenderableType:
    """A line for each look that this chapter is about or that found something, and one for all others."""
    quiet = [look for look in looks if look.outcome and look.outcome.kind in QUIET and not _about(edition, look)]
    lines = _table()
    for look in looks:
        if look not in quiet:
            lines.add_row(*_line(look))
    return Group(*([lines] if lines.row_count else []), *([_quiet(quiet)] if quiet else []))


def _about(edition: Edition, look: Look) -> bool:
    return look.document.name.split("/")[0] in {*edition.expected, *(told.vendor for told in edition.told)}


def _line(look: Look) -> tuple[RenderableType, ...]:
    status = str(look.observation.status or "—")
    via = f"{look.observation.redirects[0].status} → " if look.observation.redirects else ""
    return (
        Text(look.document.name, style="bold"),
        Text(f"{via}{status}", style="dim"),
        look.outcome.kind if look.outcome else "not recorded",
        Text(_said(look.outcome) if look.outcome else ""),
    )


def _said(outcome: Outcome) -> str:
    """Why an outcome is what it is; of a first sight what was seen, and of a change that nobody is told of what it is."""
    first = next((event for event in outcome.events if event.type == "first"), None)
    if first is not None:
        return str(first.payload["summary"])
    if outcome.kind == "changed" and outcome.change is not None and not outcome.events:
        return f"{outcome.change.summary} ({outcome.change.kind}, told to nobody)"
    return outcome.why


def _quiet(looks: Sequence[Look]) -> Text:
    count = Counter(look.observation.status for look in looks)
    how = [
        f"{count[304]} by 304 Not Modified" if count[304] else "",
        f"{count[200]} read again: other bytes, same text" if count[200] else "",
    ]
    return Text(f"{len(looks)} with nothing new ({'; '.join(part for part in how if part)})", style="dim")


def _table(*headings: str) -> Table:
    table = Table(box=None, show_header=bool(headings), padding=(0, 2, 0, 0), header_style="dim")
    for heading in headings:
        table.add_column(heading)
    return table


def summary(history: History) -> None:
    """What the history holds in the end."""
    table = _table("document", "versions", "reigns", "told", "since", "effective", "updated")
    for row in history.documents():
        told = [e.type for e in reversed(history.events([row.name], limit=1000)) if e.type != "first"]
        numbers = (str(row.versions), str(len(history.reigns(row.name))))
        since = f"{row.in_force_since:%Y-%m-%d}" if row.in_force_since else "—"
        table.add_row(row.name, *numbers, ", ".join(told) or "—", since, row.effective or "—", row.updated or "—")
    section("What the history holds now", table)


def commands(title: str, lines: Iterable[tuple[str, str]]) -> None:
    """Commands that work as they are printed: what for, and the line to type, which is never wrapped."""
    section(title)
    for what, line in lines:
        say(indented(Text(f"# {what}", style="dim")))
        print(f"{' ' * INDENT}{line}", flush=True)


def section(title: str, *parts: RenderableType) -> None:
    say(Text(), Rule(title, align="left", style="bold"), Text(), indented(*parts))


def failures(problems: Sequence[str]) -> None:
    """Where the story did not go as it should have."""
    section("This is not how the story should have gone", *(Text(f"• {problem}") for problem in problems), Text())
