"""Bulk re-extraction: all looks at many documents told anew, in one process, in a pool of processes, and on a Dask cluster.

    python -m bench.bulk [--looks N] [--json]

The pages are snapshot series of the corpus (the demo's pages where it is missing), each series a document. Beside it, in the same run: what
trafilatura alone takes to extract the same pages in one process. Telling anew does more than that: it extracts, reads dates and facts,
compares every text with those before it, and writes. Pages a second, and the ratio to trafilatura.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import trafilatura
from distributed import LocalCluster

from bench import material
from tracker import Document, History, Observation, Page, extract
from tracker.executing import executor
from tracker.retelling import Piece, retell_all


class Here(Executor):
    """Does each call at once, where it is asked for."""

    def submit(self, call: Any, /, *arguments: Any, **keywords: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(call(*arguments, **keywords))
        return future


def archived(most: int) -> Iterator[tuple[Document, list[Observation]]]:
    """Documents and the looks at them, at most so many each."""
    index = material.SHARED / "corpus" / "series.jsonl"
    if not index.exists():
        for number, body in enumerate(material.pages(20)):
            yield (
                _document(number),
                [_look(number, n, datetime.fromisoformat(f"2026-01-{n + 1:02}T00:00:00Z"), body) for n in range(most)],
            )
        return
    for number, line in enumerate(index.read_text(encoding="utf-8").splitlines()):
        with lzma.open(material.SHARED / "corpus" / json.loads(line)["file"], "rt", encoding="utf-8") as lines:
            rows = [json.loads(each) for _, each in zip(range(most), lines, strict=False)]
        looks = [
            _look(number, n, datetime.fromisoformat(row["fetch_date"]), row["html"].encode())
            for n, row in enumerate(rows)
        ]
        yield _document(number), looks


def _document(number: int) -> Document:
    return Document(vendor=f"v{number}", kind="privacy", url=f"https://v{number}.example/privacy")


def _look(number: int, nth: int, at: datetime, body: bytes) -> Observation:
    headers = {"content-type": "text/html; charset=utf-8"}
    return Observation(
        url=f"https://v{number}.example/privacy", at=at, body=body, headers=headers, source=f"bench@{number}.{nth}"
    )


@contextmanager
def _cluster() -> Iterator[tuple[Executor, int]]:
    workers = len(os.sched_getaffinity(0))
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        executor(cluster=cluster.scheduler_address) as lent,
    ):
        yield lent


@contextmanager
def _here() -> Iterator[tuple[Executor, int]]:
    yield Here(), 1


def measured(looks: int) -> dict[str, float]:
    """Pages a second."""
    documents = list(archived(looks))
    count = sum(len(each) for _, each in documents)
    rates: dict[str, float] = {"pages": count}
    begun = time.perf_counter()
    for _, each in documents:
        for look in each:
            trafilatura.extract(look.body, output_format="markdown", favor_recall=True)
    rates["trafilatura alone"] = count / (time.perf_counter() - begun)
    with tempfile.TemporaryDirectory() as folder, History(Path(folder) / "history.db") as history:
        for name, lent, fresh in (
            ("imported, in a pool", executor, True),
            ("one process", _here, False),
            ("a pool of processes", executor, False),
            ("a Dask cluster", _cluster, False),
        ):
            pieces = [Piece(document, (lambda each=each: each) if fresh else tuple) for document, each in documents]  # type: ignore[misc]
            with lent() as (pool, at_once):
                page = documents[0][1][0].body
                warmed = [pool.submit(extract, page, Page("text/html")) for _ in range(4 * at_once)]
                assert all(each.result().clauses for each in warmed)
                begun = time.perf_counter()
                troubles = [each.trouble for each in retell_all(history, pieces, pool, at_once) if each.trouble]
                assert not troubles, troubles
                rates[name] = count / (time.perf_counter() - begun)
    return rates


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--looks", type=int, default=12, help="looks at each document (default 12)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    rates = measured(arguments.looks)
    if arguments.json:
        json.dump(rates, sys.stdout)
        return
    alone = rates["trafilatura alone"]
    for name, rate in rates.items():
        print(f"{name:22}{rate:10,.1f}" + (f"   {rate / alone:5.2f} x trafilatura" if name != "pages" else ""))


if __name__ == "__main__":
    main()
