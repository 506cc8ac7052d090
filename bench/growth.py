"""What a look, a change, a search and a byte cost as a history grows.

    python -m bench.growth [--versions 1000 10000 100000] [--keep FOLDER] [--json]

Each size is a history of documents with 50 versions each (bench.big_history). Measured on a copy of it, one after the other:

  unchanged   looks a second that bring the bytes of last time
  answered 304  looks a second where the server says that nothing changed
  changed     milliseconds for a look that brings another text: extracted, compared, recorded
  diff        milliseconds to read a change and both its texts back
  compare     milliseconds to compare two neighbouring versions
  search      milliseconds for a search over all clauses, as the browser asks it
  kB          of the database file, for each version
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from bench.big_history import make
from tracker import Document, History, Observation, compare, observe
from tracker.browsing.metadata import SETTINGS

PER_DOCUMENT = 50
UNCHANGED, CHANGED, DIFFS = 1000, 40, 100
PHRASES = ("personal data", '"standard contractual clauses"', "sell", "Quillmere7x deletion")


def measured(path: Path) -> dict[str, float]:
    with History(path) as history:
        names = history.find(["*"])
        now = datetime.now(UTC)
        versions = history.db.execute("SELECT count(*) FROM versions").fetchone()[0]
        documents = [history.defined(name) for name in names[:200]]
        bodies = {document.name: _last_body(history, document) for document in documents}
        looks = [documents[n % len(documents)] for n in range(UNCHANGED)]
        return {
            "versions": versions,
            "looks": history.db.execute("SELECT count(*) FROM observations").fetchone()[0],
            "kB a version": path.stat().st_size / 1000 / versions,
            "unchanged a second": UNCHANGED / _time(_see(history, looks, bodies, now)),
            "304 a second": UNCHANGED / _time(_see(history, looks, {}, now + timedelta(days=40), status=304)),
            "changed ms": statistics.median(_each(_changes(history, documents[:CHANGED], bodies, now))),
            "diff ms": statistics.median(_each(_diffs(history))),
            "compare ms": statistics.median(_each(_compares(history))),
            "search ms": asyncio.run(_search(path)),
        }


def _last_body(history: History, document: Document) -> bytes:
    [(snapshot,)] = history.db.execute(
        """SELECT o.snapshot FROM observations o JOIN documents d ON d.id = o.document
           WHERE d.name = ? AND o.version = d.version AND o.snapshot IS NOT NULL ORDER BY o.at DESC, o.id DESC LIMIT 1""",
        [document.name],
    ).fetchall()
    return history.body(snapshot)


def _look(document: Document, at: datetime, body: bytes | None, status: int) -> Observation:
    headers = {"content-type": "text/html; charset=utf-8", "etag": '"bench"'}
    return Observation(url=document.url or "", at=at, status=status, headers=headers, body=body)


def _see(
    history: History, looks: Iterable[Document], bodies: dict[str, bytes], now: datetime, status: int = 200
) -> Callable[[], None]:
    def run() -> None:
        for number, document in enumerate(looks):
            at = now + timedelta(minutes=number)
            outcome = observe(history, document, _look(document, at, bodies.get(document.name), status))
            assert outcome.kind in ("unchanged", "reformatted", "returned"), outcome

    return run


def _changes(
    history: History, documents: Iterable[Document], bodies: dict[str, bytes], now: datetime
) -> Iterable[Callable[[], object]]:
    for number, document in enumerate(documents):
        words = (
            f"<p>We also keep what you tell us for {number + 400} days, and may share it with advertisers.</p></main>"
        )
        body = bodies[document.name].replace(b"</main>", words.encode())
        look = _look(document, now + timedelta(days=80, minutes=number), body, 200)
        yield lambda document=document, look=look: observe(history, document, look)  # type: ignore[misc]


def _diffs(history: History) -> Iterable[Callable[[], object]]:
    for (change,) in history.db.execute(f"SELECT id FROM changes ORDER BY id * 7919 % 10007 LIMIT {DIFFS}").fetchall():
        yield lambda change=change: history.change(change)  # type: ignore[misc]


def _compares(history: History) -> Iterable[Callable[[], object]]:
    rows = history.db.execute(f"SELECT old, new FROM changes ORDER BY id * 7919 % 10007 LIMIT {DIFFS}").fetchall()
    for old, new in rows:
        before, after = history.policy(old), history.policy(new)
        yield lambda before=before, after=after: compare(before, after)  # type: ignore[misc]


async def _search(path: Path) -> float:
    """The median of the phrases, each asked three times."""
    datasette = Datasette([str(path)], settings=dict(SETTINGS))
    taken = []
    for phrase in PHRASES * 3:
        begun = time.perf_counter()
        response = await datasette.client.get("/clauses.json", params={"q": phrase})
        taken.append((time.perf_counter() - begun) * 1000)
        assert response.status_code == 200, phrase
    return statistics.median(taken)


def _time(run: Callable[[], None]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _each(runs: Iterable[Callable[[], object]]) -> list[float]:
    """Milliseconds of each."""
    taken = []
    for run in runs:
        begun = time.perf_counter()
        run()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--versions", type=int, nargs="+", default=[1000, 10_000, 100_000], help="sizes of histories")
    parser.add_argument("--keep", type=Path, help="a folder in which the histories are made, or are already")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        rows: list[dict[str, Any]] = []
        for versions in arguments.versions:
            made = folder / f"{versions}.db"
            if not made.exists():
                print(f"making a history of {versions:,} versions …", file=sys.stderr)
                make(made, versions // PER_DOCUMENT, PER_DOCUMENT, datetime.now(UTC) - timedelta(days=120))
            copy = Path(temporary) / "measured.db"
            shutil.copy(made, copy)
            rows.append(measured(copy))
            for file in Path(temporary).glob("measured.db*"):
                file.unlink()
    if arguments.json:
        json.dump(rows, sys.stdout)
        return
    for name in rows[0]:
        print(f"{name:20}" + "".join(f"{row[name]:>12,.1f}" for row in rows))


if __name__ == "__main__":
    main()
