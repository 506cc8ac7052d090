"""How the crawl and recrawl commands show looks: a bar or a line while they come in, then what there is to tell."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from tracker.cli.base import palette, print_json, print_rich
from tracker.model import Document, Observation, Outcome, State
from tracker.rendering.event_block import event_block
from tracker.rendering.picking import visible

NO_OUTCOME = "not recorded; standard error says why"
CHANGED = ("changed", "returned")
FAILED = ("failed", "refused")


def line_of(name: str, outcome: str, state: State, why: str) -> str:
    """One look in one line."""
    said = "" if state is State.OK else f" ({state.value.replace('_', ' ')})"
    return f"{name}: {outcome}{said}{f': {visible(why)}' if why else ''}"


def look_record(
    name: str, url: str | None, outcome: str | None, state: State | None, why: str, version: int | None
) -> dict[str, Any]:
    """One look, JSON-ready; `outcome` and `state` are None where it could not be recorded."""
    return {
        "document": name,
        "url": url,
        "outcome": outcome,
        "state": state.value if state else None,
        "why": why,
        "version": version,
    }


@dataclass(frozen=True)
class Shown:
    """One look, as it is shown."""

    document: Document
    outcome: Outcome | None

    @property
    def line(self) -> str:
        if self.outcome is None:
            return f"{self.document.name}: {NO_OUTCOME}"
        return line_of(self.document.name, self.outcome.kind, self.outcome.state, self.outcome.why)

    @property
    def record(self) -> dict[str, Any]:
        name, url = self.document.name, self.document.url
        if self.outcome is None:
            return {**look_record(name, url, None, None, NO_OUTCOME, None), "events": []}
        come_to = self.outcome
        record = look_record(name, url, come_to.kind, come_to.state, come_to.why, come_to.version)
        return {**record, "events": [dict(event.payload) for event in come_to.events]}


@dataclass
class Screen:
    """Where looks are shown as they come in: a progress bar on a terminal, plain lines elsewhere, nothing beside JSON."""

    as_json: bool = False
    looks: list[Shown] = field(default_factory=list)
    _waited: bool = False
    _bar: Progress | None = None
    _task: TaskID | None = None

    def __enter__(self) -> Screen:
        if not self.as_json and sys.stderr.isatty():
            columns = (
                TextColumn("looking"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}"),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def expect(self, count: int) -> None:
        """So many looks more are to come."""
        if self._bar is None:
            return
        if self._task is None:
            self._task = self._bar.add_task("", total=0)
        self._bar.update(self._task, total=(self._bar.tasks[0].total or 0) + count)

    def wait(self, count: int) -> None:
        """So many looks cannot begin yet."""
        if not self._waited:
            click.echo(f"Waiting for {count} that another crawl has, or whose host asked us to wait…", err=True)
        self._waited = True

    def show(self, document: Document, _: Observation, outcome: Outcome | None) -> None:
        """One look has come in."""
        look = Shown(document, outcome)
        self.looks.append(look)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, description=document.name)
        if self._bar is not None:
            self._bar.console.print(look.line, highlight=False, markup=False)
        elif not self.as_json:
            click.echo(look.line, err=True)

    @property
    def unrecorded(self) -> bool:
        return any(look.outcome is None for look in self.looks)


def show_events(payloads: Iterable[dict[str, Any]]) -> None:
    """What there is to tell, as a person reads it. First sight is quiet: the line of the look has said it."""
    for payload in payloads:
        if payload["type"] != "first":
            print_rich(event_block(payload, palette()))


def show_sum(looks: Iterable[Shown], left: Iterable[str], nothing: str) -> None:
    """One line: how many looks came to what (or `nothing`), and what was left out."""
    counts: dict[str, int] = {}
    for look in looks:
        kind = look.outcome.kind if look.outcome else "not recorded"
        counts[kind] = counts.get(kind, 0) + 1
    parts = [f"{count} {kind}" for kind, count in sorted(counts.items(), key=lambda item: -item[1])]
    click.echo(f"Looked at {sum(counts.values())}: {', '.join(parts)}." if parts else nothing)
    left = sorted(left)
    if left:
        click.echo(f"Left for later, because another crawl has them or their host asked us to wait: {', '.join(left)}.")


def show_json(looks: Iterable[Shown], left: Iterable[str]) -> None:
    """The same for machines."""
    print_json({"looks": [look.record for look in looks], "left": sorted(left)})
