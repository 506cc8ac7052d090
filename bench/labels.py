"""What the rules of today say of changes that people judged.

    python -m bench.labels FILE…

FILE is what `clausewatch labels` printed. The clauses of each label are compared once more; for each rule, in how many labels of which
verdict it fired when they were judged, and in how many of these it still does. The clauses that had not changed are not known any more, so
a rule that asks what the rest of a text says may judge otherwise than it would over the whole.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tracker import compare
from tracker.model import Clause, Policy

Label = dict[str, Any]


def read(paths: Iterable[Path]) -> Iterator[Label]:
    """The labels of some files."""
    for path in paths:
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def side(label: Label, name: str) -> Policy:
    """The clauses of a label's old or new side, as a policy."""
    clauses = (clause for change in label["clauses"] for clause in change[name])
    return Policy(
        tuple(Clause(each["text"], each["kind"], tuple(each["trail"])) for each in clauses), language=label["language"]
    )


def fired(label: Label) -> set[str]:
    """The rules that fire on a label's clauses today."""
    return {reason.rule for reason in compare(side(label, "old"), side(label, "new")).reasons}


def tally(labels: Iterable[Label]) -> dict[tuple[str, str], tuple[int, int]]:
    """For each rule and verdict: in how many labels it fired then, and in how many of these it does now."""
    then: Counter[tuple[str, str]] = Counter()
    now: Counter[tuple[str, str]] = Counter()
    for label in labels:
        today = fired(label)
        for rule in label["rules"]:
            then[rule, label["verdict"]] += 1
            now[rule, label["verdict"]] += rule in today
    return {key: (then[key], now[key]) for key in sorted(then)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    rows = tally(read(parser.parse_args().files))
    print(f"{'then':>5} {'now':>5}  {'verdict':8}  rule")
    for (rule, verdict), (then, now) in rows.items():
        print(f"{then:>5} {now:>5}  {verdict:8}  {rule}")


if __name__ == "__main__":
    main()
