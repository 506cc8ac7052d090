"""How long comparing takes, on real histories and hostile texts: CPU time beside a fixed yardstick. Compare the ratios: machines differ."""

from __future__ import annotations

import gc
import json
import lzma
import os
import random
import re
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tracker import Page, Policy, compare, extract
from tracker.model import Clause

SHARED = Path(os.environ.get("CLAUSEWATCH_SHARED") or Path(__file__).parent.parent.parent / "shared")
Pair = tuple[Policy, Policy]


def yardstick() -> float:
    """Seconds of CPU that a fixed piece of work takes: counting twenty thousand words."""
    start = time.process_time()
    Counter(re.findall(r"\w+", "the quick brown fox 7 jumps " * 4000))
    return time.process_time() - start


def spent(pairs: list[Pair]) -> tuple[list[float], float]:
    """Seconds of CPU that each comparison takes, in order, and the median of the yardstick between them."""
    seconds, yard = [], []
    for old, new in pairs:
        start = time.process_time()
        compare(old, new)
        seconds.append(time.process_time() - start)
        yard.append(yardstick())
    return sorted(seconds), sorted(yard)[len(yard) // 2]


def histories() -> Iterator[Pair]:
    """Consecutive versions of real documents between which the policy changed."""
    folder = SHARED / "corpus" / "histories"
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        policies = [
            extract(
                row["text"].encode(),
                Page("text/markdown; charset=utf-8", observed=date.fromisoformat(row["date"][:10])),
            )
            for row in rows
        ]
        for row, (old, new) in zip(rows[1:], pairwise(policies), strict=True):
            if row["kind"] == "change" and not row.get("same_wording") and not row.get("revert"):
                yield old, new


@pytest.mark.skipif(not (SHARED / "corpus" / "histories").is_dir(), reason="no corpus; set CLAUSEWATCH_SHARED")
def test_real_histories(benchmark: Any) -> None:
    pairs = list(histories())
    gc.collect()
    gc.freeze()  # a process of its own would not have all policies in its memory
    seconds, yard = benchmark.pedantic(spent, (pairs,), rounds=1)
    gc.unfreeze()
    at = {name: 1000 * seconds[min(len(seconds) - 1, int(q * len(seconds)))] for name, q in QUANTILES.items()}
    told = ", ".join(f"{name} {ms:.1f} ms = {ms / 1000 / yard:.1f} yardsticks" for name, ms in at.items())
    print(f"\n{len(pairs)} changes: {told}; yardstick {1000 * yard:.1f} ms")


QUANTILES = {"median": 0.5, "p90": 0.9, "p99": 0.99, "longest": 1.0}


def text(count: int, seed: int) -> list[Clause]:
    """Clauses of about 25 words each from a vocabulary of 3,000, under headings."""
    dice = random.Random(seed)
    words = ["".join(dice.choices("aeioulnrst", k=dice.randint(2, 9))) for _ in range(3000)]
    out: list[Clause] = []
    for at in range(count):
        if at % 20 == 0:
            out.append(Clause(" ".join(dice.choices(words, k=4)), "heading", depth=2))
        out.append(
            Clause(" ".join(dice.choices(words, k=dice.randint(10, 40))) + ".", trail=(out[at // 20 * 21].text,))
        )
    return out


def shuffled(clauses: list[Clause]) -> list[Clause]:
    """The clauses in another order, every third one edited."""
    dice = random.Random(1)
    edited = [
        Clause(clause.text.replace(" a", " o", 2) + " Not so.", clause.kind, clause.trail) if at % 3 == 0 else clause
        for at, clause in enumerate(clauses)
    ]
    dice.shuffle(edited)
    return edited


HOSTILE: dict[str, tuple[list[Clause], list[Clause]]] = {
    "100,000 words shuffled and edited": (text(4000, 1), shuffled(text(4000, 1))),
    "100,000 words replaced": (text(4000, 1), text(4000, 2)),
    "40,000 clauses, every hundredth edited": (
        text(40_000, 3),
        [Clause(c.text + " Or not.", c.kind, c.trail) if n % 100 == 0 else c for n, c in enumerate(text(40_000, 3))],
    ),
    "10,000 equal clauses and 9,000": (
        [Clause("We may change this.")] * 10_000,
        [Clause("We may change this.")] * 9_000,
    ),
    "10,000 clauses equal but for a number": (
        [Clause(f"Item {n} costs 5 coins in our shop.") for n in range(10_000)],
        [Clause(f"Item {n + 7} costs 6 coins in our shop.") for n in range(10_000)],
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts(benchmark: Any, name: str) -> None:
    old, new = (Policy(tuple(clauses)) for clauses in HOSTILE[name])
    seconds, yard = benchmark.pedantic(spent, ([(old, new)],), rounds=1)
    tracemalloc.start()
    change = compare(old, new)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(
        f"\n{name}: {seconds[0]:.2f} s = {seconds[0] / yard:.0f} yardsticks, {peak:.0f} MB at most, complete: {change.complete}"
    )
