"""A daemon, a recrawl and an import that write one history at the same time, as quickly as they can, each in a process of its own.

The daemon beats, claims what is due, looks and gives back; the others look at the same documents.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tracker import Document, History, Observation, Page, compare, extract, observe

WHO = ("daemon", "recrawl", "import")
DOCUMENTS = [
    Document(vendor=name, kind="privacy", url=f"https://{name}.example/privacy") for name in ("acme", "bolt", "cole")
]


def at_once(path: Path, seconds: float = 0.0, looks: int = 1) -> dict[str, tuple[int, list[str]]]:
    """Let them write for so long, and until each has so many looks at least: how many each of them recorded, and which errors it had."""
    run = [sys.executable, "-m", "bench.writers", str(path), str(seconds), str(looks)]
    writers = {
        who: subprocess.Popen(
            [*run, who], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent
        )
        for who in WHO
    }
    for writer in writers.values():
        assert writer.stdout
        assert writer.stdout.readline() == "open\n"
    for writer in writers.values():  # all have it open: now they begin
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    told = {who: json.loads(writer.communicate(timeout=seconds + 300)[0]) for who, writer in writers.items()}
    return {who: (looks, errors) for who, (looks, errors) in told.items()}


def body(years: int) -> bytes:
    return f"<main><h1>Privacy policy</h1><p>We keep your name for {years} years.</p></main>".encode()


def fewest(history: History) -> int:
    """The looks of the one who has recorded the fewest."""
    by = dict(history.db.execute("SELECT address, count(*) FROM observations GROUP BY address").fetchall())
    return min(by.get(who, 0) for who in WHO)


def write(history: History, who: str, seconds: float, least: int) -> tuple[int, list[str]]:
    """Look at the documents again and again; their texts change with every look."""
    looks, errors = 0, []
    until = time.monotonic() + seconds
    while time.monotonic() < until or fewest(history) < least:
        now = datetime.now(UTC)
        try:
            taken = DOCUMENTS
            if who == "daemon":
                history.register(DOCUMENTS, now)
                history.beat(who, now)
                taken = history.claim(now, owner=who, due=False)
            for document in taken:
                page = body(2 + looks % 7)
                seen = Observation(url=document.url or "", at=now, status=200, body=page, address=who)
                observe(history, document, seen)
                looks += 1
            history.release(who, now, delay=0.0)
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
    return looks, errors


def main() -> None:
    path, seconds, looks, who = sys.argv[1:]
    compare(*(extract(body(years), Page("text/html")) for years in (1, 2)))  # what that loads is no part of writing
    with History(path) as history:
        print("open", flush=True)
        sys.stdin.readline()
        print(json.dumps(write(history, who, float(seconds), int(looks))))


if __name__ == "__main__":
    main()
