"""`make demo`: two months of seven vendors' policies in a few seconds, through the daemon's own code.

Everything is real but the vendors and the clock. The exit code is 0 only if what came of it is what demo/editions.py says must come of it.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from demo import telling
from demo.editions import EDITIONS, QUIET, VENDORS, VERSIONS, Edition, Told
from demo.server import ADDRESS, Web, running
from demo.telling import Look
from tracker.cli.comparing import compared
from tracker.history import History
from tracker.model import Document, Event, Observation, Outcome
from tracker.rendering.terminal import redline

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler.daemon import Daemon
    from crawler.registry_file import RegistryFile

HERE = Path(__file__).parent / "run"
WEAKENED = "halowick/privacy"


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


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    folder: Path = options.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with running(options.port) as web:
        registry = folder / "vendors.toml"
        registry.write_text(registry_text(web.port), encoding="utf-8")
        stage = Stage(web)
        telling.opening(VENDORS, web.port)
        _play(stage, registry)
        with History(folder / "history.db", read_only=True) as history:
            stage.problems += _versions(history)
            _ending(history, registry)
        if stage.problems:
            telling.failures(stage.problems)
            return 1
        if options.keep:
            _keep(web, registry)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m demo.run", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--keep", action="store_true", help="leave the sites running afterwards, to play with, until Ctrl-C"
    )
    parser.add_argument("--port", type=int, default=0, help="where the sites are served; 0 takes a free port")
    parser.add_argument(
        "--folder", type=Path, default=HERE, help="where registry and history are made; emptied at the start"
    )
    return parser.parse_args(arguments)


def registry_text(port: int) -> str:
    """A registry as a user would write it, but for the two settings that let it stay on this machine."""
    hosts = sorted({host for vendor in VENDORS for host in (vendor.host, vendor.address[0])})
    lines = [
        "# Made by the demo; `make demo` makes it anew.",
        "[settings]",
        'contact = "mailto:demo@clausewatch.example"',
        "delay = 0.05",
        'schedule = "6 hours"',
        'history = "history.db"',
        'allow_networks = ["127.0.0.0/8"]',
        "",
        "[settings.resolve]",
        *(f'"{host}" = "{ADDRESS}"' for host in hosts),
    ]
    for vendor in VENDORS:
        host, path = vendor.address
        lines += [
            "",
            f"[vendors.{vendor.key}]",
            f'name = "{vendor.name}"',
            f"[[vendors.{vendor.key}.documents]]",
            'id = "privacy"',
            'kind = "privacy"',
            f'url = "http://{host}:{port}{path}"',
            f'language = "{vendor.language}"',
        ]
    return "\n".join([*lines, ""])


# --- the story ----------------------------------------------------------------------------------------------------------------


def _play(stage: Stage, registry: Path) -> None:
    """Run the daemon, and move its clock from edition to edition beside it."""
    from crawler.daemon import quiet_libraries, serve  # not above: worker processes import this module, too
    from crawler.registry_file import RegistryFile
    from crawler.running import run

    quiet_libraries()
    file = RegistryFile(registry)

    async def daemon(process: AsyncCrawlerProcess, stop: asyncio.Event) -> int:
        return await _serve(stage, file, process, stop)

    async def _serve(stage: Stage, file: RegistryFile, process: AsyncCrawlerProcess, stop: asyncio.Event) -> int:
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

    if run(daemon) != 0 or not stage.looks:
        stage.problems.append("the daemon was stopped before the end of the story")


async def _editions(stage: Stage, daemon: Daemon) -> None:
    for number, edition in enumerate(EDITIONS, 1):
        stage.looks.clear()
        stage.web.edition, stage.now = number, edition.at
        await daemon.tick()
        await daemon.drained()
        looks = sorted(stage.looks, key=lambda look: [v.document for v in VENDORS].index(look.document.name))
        telling.chapter(number, edition, looks)
        stage.problems += (f"{edition.title}: {problem}" for problem in _amiss(edition, looks))


def _amiss(edition: Edition, looks: Sequence[Look]) -> Iterator[str]:
    """What of an edition came out otherwise than it must."""
    came = {look.document.name: look.outcome for look in looks}
    for vendor in VENDORS:
        expected = (edition.expected[vendor.key],) if vendor.key in edition.expected else QUIET
        outcome = came.get(vendor.document)
        if outcome is None or outcome.kind not in expected:
            is_ = outcome.kind if outcome else "not looked at"
            yield f"{vendor.document} should be {' or '.join(expected)}, is {is_}"
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


def _versions(history: History) -> Iterator[str]:
    for vendor in VENDORS:
        count = len(history.versions(vendor.document))
        if count != VERSIONS[vendor.key]:
            yield f"{vendor.document} has {count} versions, should have {VERSIONS[vendor.key]}"


# --- the end --------------------------------------------------------------------------------------------------------------------


def _ending(history: History, registry: Path) -> None:
    """The quiet weakening word by word, what the history holds, and how to go on from here."""
    found = compared(history, [WEAKENED])
    inks = telling.palette()
    telling.section(
        "The quiet weakening, word by word",
        Text(f"$ {_command(registry, f'diff {WEAKENED}')}", style="dim"),
        Text(),
        redline(found.change, found.caption, inks),
    )
    telling.summary(history)
    telling.commands(
        "Look around",
        [
            ("what changed, newest first", _command(registry, "log")),
            (
                "the slip that was taken back a day later, word by word",
                _command(registry, "diff crumbvale/privacy 1 2"),
            ),
            ("what stood on the page on a given day", _command(registry, "show pennyroost/privacy --at 2026-04-30")),
            ("how the watching goes", _command(registry, "status")),
            (
                "the whole history in the browser, with SQL (Datasette, on this machine only)",
                _command(registry, "browse"),
            ),
        ],
    )


def _command(registry: Path, arguments: str) -> str:
    """A line that works when it is typed where the demo was started."""
    program = Path(sys.executable).parent / "clausewatch"
    return f"{_near(program)} --registry {_near(registry)} {arguments}"


def _near(path: Path) -> str:
    path = path.absolute()
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _keep(web: Web, registry: Path) -> None:
    """Serve on until Ctrl-C."""
    site = f"http://{ADDRESS}:{web.port}"
    telling.commands(
        "The sites are still up: play with them from another terminal",
        [
            ("what a site looks like in a browser", f"http://halowick.localhost:{web.port}/policies/privacy"),
            ("which edition is served", f"curl {site}/"),
            ("let the sites serve another edition, for example the first", f"curl -X POST {site}/edition/1"),
            ("look again now, and see what that changed", _command(registry, "recrawl halowick crumbvale")),
            ("watch on, until Ctrl-C", _command(registry, "daemon")),
        ],
    )
    print("Ctrl-C ends it.", flush=True)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # the daemon's event loop had taken it
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
    print()


if __name__ == "__main__":
    sys.exit(main())
