"""`make demo`: two months of seven vendors' policies in a few seconds, through the daemon's own code.

Everything is real but the vendors and the clock. The exit code is 0 only if what came of it is what demo/editions.py says must come of it.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from rich.text import Text

from demo import telling
from demo.editions import VENDORS
from demo.playing import play
from demo.server import ADDRESS, Web, running
from tracker.cli.comparing import compared
from tracker.history import History
from tracker.rendering.terminal import redline

HERE = Path(__file__).parent / "run"
WEAKENED = "halowick/privacy"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    folder: Path = options.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    registry = folder / "vendors.toml"
    with running(options.port) as web:
        registry.write_text(registry_text(web.port), encoding="utf-8")
        telling.opening(VENDORS, web.port)
        problems = play(web, registry)
        if problems:
            telling.failures(problems)
            return 1
        with History(folder / "history.db", read_only=True) as history:
            _ending(history, registry)
        if options.keep:
            _keep(web, registry)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m demo.run", description="Two months of seven vendors' policies in a few seconds."
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


def _ending(history: History, registry: Path) -> None:
    """The quiet weakening word by word, what the history holds, and how to go on from here."""
    found = compared(history, [WEAKENED])
    telling.section(
        "The quiet weakening, word by word",
        Text(f"$ {_command(registry, f'diff {WEAKENED}')}", style="dim"),
        Text(),
        redline(found.change, found.caption, telling.palette()),
    )
    telling.summary(history)
    telling.commands(
        "Look around",
        [
            ("what changed, newest first", _command(registry, "log")),
            ("the slip that was taken back, word by word", _command(registry, "diff crumbvale/privacy 1 2")),
            ("why the weakening has its level", _command(registry, f"explain {WEAKENED}")),
            ("since when each clause reads so", _command(registry, f"blame {WEAKENED}")),
            ("what two policies say, side by side", _command(registry, f"profile {WEAKENED} pennyroost/privacy")),
            (
                "a file that proves the weakening to others",
                _command(registry, f"evidence {WEAKENED} --out evidence.zip"),
            ),
            ("what stood on a page on a given day", _command(registry, "show pennyroost/privacy --at 2026-04-30")),
            ("how the watching goes", _command(registry, "status")),
            ("the whole history in your browser, with SQL", _command(registry, "browse")),
        ],
    )


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
    print("\nCtrl-C ends it.", flush=True)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # the daemon's event loop had taken it
    with suppress(KeyboardInterrupt):
        threading.Event().wait()
    print()


def _command(registry: Path, arguments: str) -> str:
    """A line that works when it is typed where the demo was started."""
    program = Path(sys.executable).parent / "clausewatch"
    return f"{_near(program)} --registry {_near(registry)} {arguments}"


def _near(path: Path) -> str:
    path = path.absolute()
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    sys.exit(main())
