"""How long every kind of page of `clausewatch browse` takes over a large history.

    python -m bench.browsing [HISTORY] [--times N] [--json]

HISTORY is made as `bench.big_history` makes it where it is not there yet (without HISTORY, it is made for this run alone). The site is
gone through by its links from the first page on, and a few addresses of every kind of page are kept: those that the same view answers, in
the same format, to the same questions, of which there are at most two. Each is asked for several times, one after the other, in one
process. Prints for each kind the median of all, and the median of its slowest address, in milliseconds; exit code 1 where one takes more
than 200.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from datasette.app import Datasette

from bench import big_history
from tracker import History
from tracker.browsing import pages
from tracker.browsing.metadata import SETTINGS

LIMIT = 200
"""Milliseconds in which a page has to answer."""
_EXAMPLES = 3
_ASKED = 2
_TYPED = (
    "/clauses?q=personal+data",
    "/clauses?q=%22precise+location%22",
    "/triage?triage=muted&level=low",
    "/-/metrics",
    "/-/health",
)
"""Addresses that people and programs ask for without a link."""

Kind = tuple[str, ...]


def kind_of(datasette: Datasette, address: str) -> Kind | None:
    """The kind of page at an address: its route, its format and what is asked for, without the words and numbers that are asked for.

    None where it is none of ours, or asks for more at once than is worth telling apart.
    """
    parts = urlsplit(address)
    for route, _view in pages.routes(datasette):
        found = re.match(route, parts.path)
        if found:
            keys = sorted(key for key, value in parse_qsl(parts.query) if value)
            return (route, found.groupdict().get("format") or "", *keys) if len(keys) <= _ASKED else None
    return None


def links(html: str) -> list[str]:
    """The addresses on this site that a page leads to."""
    return [unescape(link) for link in re.findall(r'href="(/[^"#]*)', html)]


async def examples(datasette: Datasette, most: int = _EXAMPLES) -> dict[Kind, list[str]]:
    """A few addresses of every kind of page, found by following links from the first page on."""
    found: defaultdict[Kind, list[str]] = defaultdict(list)
    waiting, known = ["/", *_TYPED], set()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(datasette, address)
        if address in known or kind is None or "/-/clausewatch/" in address or len(found[kind]) >= most:
            continue
        known.add(address)
        found[kind].append(address)
        response = await datasette.client.get(address)
        if response.headers.get("content-type", "").startswith("text/html"):
            waiting += links(response.text)
    return dict(found)


async def measured(datasette: Datasette, addresses: list[str], times: int) -> dict[str, list[float]]:
    """How many milliseconds each address took, each time."""
    taken: dict[str, list[float]] = {}
    for address in addresses:
        taken[address] = []
        for _ in range(times + 1):
            begun = time.perf_counter()
            response = await datasette.client.get(address)
            taken[address].append((time.perf_counter() - begun) * 1000)
            if response.status_code == 500:
                print(f"{address} fails", file=sys.stderr)
        taken[address] = taken[address][1:]  # the first one opens files and fills caches
    return taken


async def figures(path: Path, times: int) -> list[dict[str, object]]:
    """One row for each kind of page, the slowest first."""
    datasette = Datasette([str(path)], settings=dict(SETTINGS))
    await datasette.invoke_startup()
    rows = []
    for addresses in (await examples(datasette)).values():
        taken = await measured(datasette, addresses, times)
        slowest = max(addresses, key=lambda address: statistics.median(taken[address]))
        median = statistics.median(value for values in taken.values() for value in values)
        rows.append(
            {"median": round(median, 1), "slowest": round(statistics.median(taken[slowest]), 1), "page": slowest}
        )
    return sorted(rows, key=lambda row: -float(str(row["slowest"])))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("history", nargs="?", type=Path)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.history or Path(folder) / "history.db"
        if not path.exists():
            big_history.make(path, 1000, 50, datetime.now(UTC))
        History(path).close()  # which brings an older one up to date
        rows = asyncio.run(figures(path, options.times))
    if options.json:
        print(json.dumps(rows))
    else:
        print(f"{'median ms':>9}  {'slowest ms':>10}  page")
        for row in rows:
            print(f"{row['median']:>9}  {row['slowest']:>10}  {row['page']}")
    return int(any(float(str(row["slowest"])) > LIMIT for row in rows))


if __name__ == "__main__":
    sys.exit(main())
