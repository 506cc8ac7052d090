"""Plays the plot: runs the real daemon, moves its clock from edition to edition, and notes where it comes out otherwise than it must."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from demo import telling
from demo.editions import EDITIONS, QUIET, VENDORS, VERSIONS, Edition, Told
from demo.server import Web
from demo.telling import Look
from tracker.history import History
from tracker.model import Document, Event, Observation, Outcome

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.daemon import Daemon


@dataclass
class Stage:
    """Where the story stands: the clock, the looks since it was last moved, and what did not go as it should have."""

    web: Web
    now: datetime = EDITIONS[0].at
    looks: list[Look] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    def note(self, document: Document, observation: Observation, outcome: Outcome | None) -> None:
        self.looks.append(Look(document, observation, outcome))


def play(web: Web, registry: Path) -> list[str]:
    """Tell the whole story; what went otherwise than it must."""
    from crawler.daemon import quiet_libraries, serve  # here, as worker processes import this module too
    from crawler.registry_file import RegistryFile
    from crawler.running import run

    async def daemon(process: AsyncCrawlerProcess, stop: asyncio.Event) -> int:
        with History(file.registry.settings.history) as history:
            return await serve(
                process,
                stop,
                registry=file,
                history=history,
                clock=stage.clock,
                on_outcome=stage.note,
                beside=partial(_editions, stage),
            )

    quiet_libraries()
    file, stage = RegistryFile(registry), Stage(web)
    if run(daemon) != 0 or stage.now < EDITIONS[-1].at:
        return [*stage.problems, "the daemon was stopped before the end of the story"]
    with History(file.registry.settings.history, read_only=True) as history:
        return [*stage.problems, *_miscounted(history)]


async def _editions(stage: Stage, daemon: Daemon) -> None:
    order = [vendor.document for vendor in VENDORS]
    for number, edition in enumerate(EDITIONS, 1):
        stage.looks.clear()
        stage.web.edition, stage.now = number, edition.at
        await daemon.tick()
        await daemon.drained()
        looks = sorted(stage.looks, key=lambda look: order.index(look.document.name))
        telling.chapter(number, edition, looks)
        stage.problems += (f"{edition.title}: {problem}" for problem in amiss(edition, looks))


def amiss(edition: Edition, looks: Sequence[Look]) -> Iterator[str]:
    """What of an edition came out otherwise than it must."""
    came = {look.document.name: look.outcome for look in looks}
    for vendor in VENDORS:
        expected = (edition.expected[vendor.key],) if vendor.key in edition.expected else QUIET
        outcome = came.get(vendor.document)
        kind = outcome.kind if outcome else "not looked at"
        if kind not in expected:
            yield f"{vendor.document} should be {' or '.join(expected)}, is {kind}"
    events = {(event.document, event.type): event for outcome in came.values() if outcome for event in outcome.events}
    wanted = {(f"{told.vendor}/privacy", told.type): told for told in edition.told}
    yield from (f"{name}: {kind} should have been told" for name, kind in wanted.keys() - events.keys())
    yield from (f"{name}: {kind} should not have been told" for name, kind in events.keys() - wanted.keys())
    for key in wanted.keys() & events.keys():
        yield from _misjudged(wanted[key], events[key])


def _misjudged(told: Told, event: Event) -> Iterator[str]:
    if event.level not in told.levels:
        yield f"{event.document}: {event.type} is {event.level}, should be {' or '.join(told.levels)}"
    change = event.payload["change"]
    silent = change["silent"] if isinstance(change, dict) else None
    if told.silent is not None and silent is not told.silent:
        yield f"{event.document}: silent is {silent}, should be {told.silent}"


def _miscounted(history: History) -> Iterator[str]:
    for vendor in VENDORS:
        count = len(history.versions(vendor.document))
        if count != VERSIONS[vendor.key]:
            yield f"{vendor.document} has {count} versions, should have {VERSIONS[vendor.key]}"
