"""What a page takes to be understood, in time and in memory, beside trafilatura alone, in one run.

    python -m bench.pages [FOLDER] [--most N]

  trafilatura  its own whole extraction: trafilatura.extract(page, favor_recall=True)
  extract      tracker.extract: text, clauses, dates, language, state
  fingerprint  what a look costs where the page says the same as last time

Time is that of the processor, the best of three turns for each page; the contenders take turns, so what else the machine does hits all.
Memory is what the process holds at most while it works on a page, beyond what it held before: each page in a process of its own, forked
off one with everything loaded, so that it counts what libraries in C take and nothing is left from the page before. It needs the
peak that Linux keeps (VmHWM). FOLDER holds pages as files, .html or .html.gz; without it they are those of the corpus, or of the demo.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import trafilatura

from bench import material
from tracker import Page, extract
from tracker.extraction import fingerprint

TURNS = 3
HTML = Page("text/html")
Contender = Callable[[bytes], object]


def _trafilatura(body: bytes) -> object:
    return trafilatura.extract(body, favor_recall=True)


def _extract(body: bytes) -> object:
    return extract(body, HTML)


def _fingerprint(body: bytes) -> object:
    return fingerprint(body, HTML)


CONTENDERS: dict[str, Contender] = {"trafilatura": _trafilatura, "extract": _extract, "fingerprint": _fingerprint}


def seconds(contender: Contender, body: bytes) -> float:
    """Processor time of one turn."""
    start = time.process_time()
    contender(body)
    return time.process_time() - start


def megabytes(name: str, body: bytes) -> float | None:
    """Memory held at most while a page is worked on, beyond what was held before; None where the system does not tell."""
    status = Path("/proc/self/status")
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
        before = _held(status, "VmRSS")
        CONTENDERS[name](body)
        return (_held(status, "VmHWM") - before) / 1024
    except (OSError, LookupError):
        return None


def _held(status: Path, what: str) -> int:
    return next(
        int(line.split()[1]) for line in status.read_text(encoding="ascii").splitlines() if line.startswith(what)
    )


def timed(pages: list[bytes]) -> dict[str, list[float]]:
    """For each contender, the milliseconds that each page takes."""
    best: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for body in pages:
        turns = [{name: seconds(contender, body) for name, contender in CONTENDERS.items()} for _ in range(TURNS)]
        for name, found in best.items():
            found.append(1000 * min(turn[name] for turn in turns))
    return best


def weighed(pages: list[bytes]) -> dict[str, list[float]]:
    """For each contender, the megabytes that each page takes; nothing where they cannot be told."""
    if sys.platform != "linux":
        return {name: [] for name in CONTENDERS}
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as fresh:
        return {
            name: [w for w in fresh.starmap(megabytes, [(name, body) for body in pages], chunksize=1) if w is not None]
            for name in CONTENDERS
        }


def table(what: str, found: dict[str, list[float]]) -> Iterator[str]:
    """A line for each contender: mean and median, and both as a share of trafilatura's; the median of the shares page by page."""
    alone = found["trafilatura"]
    for name, values in found.items():
        if values:
            mean, median = statistics.mean(values), statistics.median(values)
            shares = [value / other for value, other in zip(values, alone, strict=True) if other]
            yield (
                f"{name:12} {mean:8.2f} {median:8.2f} {max(values):8.2f} {what}"
                f" {mean / statistics.mean(alone):8.3f} × {median / statistics.median(alone):6.3f} × {statistics.median(shares):6.3f} ×"
            )


def given(folder: Path, most: int) -> list[bytes]:
    """The pages in a folder."""
    files = sorted(file for file in folder.rglob("*") if file.name.endswith((".html", ".html.gz")))[:most]
    return [gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes() for file in files]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--most", type=int, default=100, help="how many pages at most (100)")
    options = parser.parse_args()
    pages = given(options.folder, options.most) if options.folder else material.pages(options.most)
    if not pages:
        sys.exit("No pages: give a folder with files named .html or .html.gz.")
    print(f"{len(pages)} pages, {sum(map(len, pages)) / len(pages) / 1000:.0f} kB on average")
    print(f"{'':12} {'mean':>8} {'median':>8} {'most':>8}    of trafilatura's: mean, median, median page by page")
    for contender in CONTENDERS.values():
        contender(pages[0])  # what is loaded once is no page's
    weights = weighed(pages)
    for line in (*table("ms", timed(pages)), *table("MB", weights)):
        print(line)


if __name__ == "__main__":
    main()
