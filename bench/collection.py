"""Rebuilds the histories of the corpus into the git repository of a collection, and imports it.

    python -m bench.collection [--limit N] [--keep FOLDER] [--json]

Prints how many versions, reigns and changes by kind and level come of it, how many are silent, how many flips were folded away, and the
share of the archive's own alerts (its records of changes) that remain as changes worth telling.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.material import SHARED
from tracker import History
from tracker.executing import executor
from tracker.importing.terms_archive import collection
from tracker.retelling import retell_all


def rebuild(folder: Path, limit: int | None = None) -> int:
    """Make the repository at `folder`; how many records it has."""
    index = [json.loads(line) for line in (SHARED / "corpus" / "histories.jsonl").open(encoding="utf-8")][:limit]
    rows = sorted(
        (
            (row, f"{each['service']}/{each['terms_type']}.md")
            for each in index
            for row in _lines(SHARED / "corpus" / each["file"])
        ),
        key=lambda pair: str(pair[0]["date"]),
    )
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    stream = b"".join(_commit(row, path) for row, path in rows)
    subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet"], input=stream, check=True)
    subprocess.run(["git", "-C", str(folder), "symbolic-ref", "HEAD", "refs/heads/main"], check=True)
    return len(rows)


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _commit(row: dict[str, Any], path: str) -> bytes:
    who = f"Archive <archive@example.org> {int(datetime.fromisoformat(row['date']).timestamp())} +0000"
    message, text = row["message"].encode(), row["text"].encode()
    return b"".join(
        (
            f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(message)}\n".encode() + message,
            f'\nM 100644 inline "{path}"\ndata {len(text)}\n'.encode() + text + b"\n",
        )
    )


def measured(folder: Path, limit: int | None) -> dict[str, Any]:
    begun = time.perf_counter()
    count = rebuild(folder / "corpus-versions", limit)
    built = time.perf_counter()
    with History(folder / "history.db") as history, executor() as (pool, lanes):
        pieces = collection(folder / "corpus-versions")
        went = list(retell_all(history, pieces, pool, lanes))
        done = time.perf_counter()
        again = list(retell_all(history, pieces, pool, lanes))
        changes = [row.change for row in history.changes(limit=100_000)]
        looks = Counter(
            look.outcome for each in pieces for look in history.observations(each.document.name, limit=10_000)
        )
        reigns = sum(len(history.reigns(each.document.name)) for each in pieces)
        versions = sum(len(history.versions(each.document.name)) for each in pieces)
    alerts = sum(row["kind"] == "change" for row in _all(limit))
    worth = sum(change.kind in ("editorial", "substantive") for change in changes)
    return {
        "records": count,
        "documents": len(pieces),
        "troubled": [each.trouble for each in went if each.trouble],
        "added again": sum(each.retold.added for each in again if each.retold),
        "looks": dict(looks),
        "versions": versions,
        "reigns": reigns,
        "changes by kind": dict(Counter(change.kind for change in changes)),
        "changes by level": dict(Counter(change.level for change in changes)),
        "silent": sum(bool(change.silent) for change in changes if change.kind != "cosmetic"),
        "the archive's alerts": alerts,
        "changes worth telling": worth,
        "share that remains": round(worth / max(alerts, 1), 3),
        "seconds to build": round(built - begun, 1),
        "seconds to import": round(done - built, 1),
        "records a second": round(count / (done - built), 1),
        "megabytes": round((folder / "history.db").stat().st_size / 1e6, 1),
    }


def _all(limit: int | None) -> Iterator[dict[str, Any]]:
    index = [json.loads(line) for line in (SHARED / "corpus" / "histories.jsonl").open(encoding="utf-8")][:limit]
    return (row for each in index for row in _lines(SHARED / "corpus" / each["file"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, help="only the first N documents")
    parser.add_argument("--keep", type=Path, help="where repository and history are kept")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        result = measured(arguments.keep, arguments.limit)
    else:
        with tempfile.TemporaryDirectory() as folder:
            result = measured(Path(folder), arguments.limit)
    if arguments.json:
        json.dump(result, sys.stdout)
    else:
        for name, value in result.items():
            print(f"{name:22} {value}")


if __name__ == "__main__":
    main()
