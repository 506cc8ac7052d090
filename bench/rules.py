"""How often each rule fires on real changes, and samples of what it says, for a reader to judge.

    python -m bench.rules [--limit N] [--samples N] [--rule ID]… [--quiet N] [--seed N] [--write]

Compares every version of the corpus's histories with the one before it, leaving out re-extractions, returns to an older text and versions
of equal wording. Prints for each rule how many of these changes and clause changes it fired in, and with --samples what it said and of
which words; with --quiet instead, clause changes that were judged low or editorial, so that what was missed can be looked for. --write
puts the rates where docs/make_rules.py finds them. Finds the corpus beside the checkout or through CLAUSEWATCH_SHARED.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker import compare, extract
from tracker.comparison.rules import rules
from tracker.model import LEVELS, Change, ClauseChange, Page, Policy

SHARED = Path(os.environ.get("CLAUSEWATCH_SHARED") or Path(__file__).parent.parent.parent / "shared")
RATES = Path(__file__).parent.parent / "docs" / "rules-rates.json"
_WIDTH = 600
"""Characters of a redline that a sample shows."""


@dataclass(frozen=True)
class Pair:
    """Two versions that follow each other in a history; `name` is the history and the later version."""

    name: str
    old: Policy
    new: Policy


def pairs(limit: int | None = None) -> Iterator[Pair]:
    """The real changes of the histories, in their order."""
    index = (SHARED / "corpus/histories.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, index[:limit]):
        with lzma.open(SHARED / "corpus" / row["file"], "rt", encoding="utf-8") as lines:
            versions = [json.loads(line) for line in lines]
        before: Policy | None = None
        for version in versions:
            day = datetime.fromisoformat(version["date"]).date()
            policy = extract(version["text"].encode(), Page("text/markdown; charset=utf-8", observed=day))
            if before is not None and not any(version[flag] for flag in ("technical", "same_wording", "revert")):
                yield Pair(f"{row['id']}@{version['sha'][:8]}", before, policy)
            before = policy


@dataclass(frozen=True)
class Sample:
    """One reason, or one quiet clause change, in its place."""

    pair: str
    change: ClauseChange
    text: str


class Tally:
    """What the rules did in many changes."""

    def __init__(self) -> None:
        self.changes = 0
        self.in_changes: Counter[str] = Counter()
        self.in_clauses: Counter[str] = Counter()
        self.levels: Counter[str] = Counter()
        self.samples: defaultdict[str, list[Sample]] = defaultdict(list)
        self.quiet: list[Sample] = []

    def add(self, name: str, change: Change) -> None:
        """Count one change."""
        self.changes += 1
        self.levels[change.level] += 1
        self.in_changes.update({reason.rule for reason in change.reasons})
        for clause in change.clauses:
            self.in_clauses.update({reason.rule for reason in clause.reasons})
            for reason in clause.reasons:
                self.samples[reason.rule].append(
                    Sample(name, clause, f"{reason.level}: {reason.text} [{reason.words}]")
                )
            if clause.kind == "editorial":
                self.quiet.append(Sample(name, clause, f"{clause.op}: {clause.similarity:.2f}, {len(self.quiet)}"))


def redline(change: ClauseChange) -> str:
    """A clause change in one line: [-gone-] {+come+}."""
    if not change.words:
        sign, clauses = ("+", change.new) if change.new else ("-", change.old)
        text = f"({sign}) " + " ".join(clause.text for clause in clauses)
    else:
        marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
        text = "".join(marks[sign].format(_folded(text) if sign == "=" else text) for sign, text in change.words)
    trail = (change.new or change.old)[0].trail
    return f"<{' › '.join(trail[-2:])}> {text[:_WIDTH]}"


def _folded(text: str) -> str:
    return text if len(text) < 160 else f"{text[:70]} … {text[-70:]}"


def rates(tally: Tally) -> dict[str, object]:
    """The figures that the documentation shows."""
    known = [rule.id for rule in rules()]
    return {
        "changes": tally.changes,
        "levels": {level: tally.levels[level] for level in LEVELS},
        "rules": {
            id_: {"changes": tally.in_changes[id_], "clauses": tally.in_clauses[id_]}
            for id_ in (*known, *sorted(tally.in_changes.keys() - set(known)))
        },
    }


def main() -> None:
    """The command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--limit", type=int, help="histories to read")
    arguments.add_argument("--samples", type=int, default=0, help="of each rule")
    arguments.add_argument("--rule", action="append", help="only this rule")
    arguments.add_argument("--quiet", type=int, default=0, help="samples of editorial clause changes")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--write", action="store_true", help=f"write {RATES.name}")
    options = arguments.parse_args()
    tally = Tally()
    for pair in pairs(options.limit):
        tally.add(pair.name, compare(pair.old, pair.new))
    chance = random.Random(options.seed)
    for id_, count in tally.in_changes.most_common():
        if options.rule is None or id_ in options.rule:
            print(f"{id_:32}{count:6} changes{tally.in_clauses[id_]:7} clauses")
            show(tally.samples[id_], options.samples, chance)
    show(tally.quiet, options.quiet, chance)
    print(", ".join(f"{level}: {tally.levels[level]}" for level in LEVELS), f"of {tally.changes}")
    if options.write:
        RATES.write_text(json.dumps(rates(tally), indent=1) + "\n", encoding="utf-8")


def show(samples: list[Sample], count: int, chance: random.Random) -> None:
    """Some of many, each with its redline; what was said in the same words of several documents counts once."""
    distinct = list({sample.text: sample for sample in samples if count}.values())
    for sample in chance.sample(distinct, min(count, len(distinct))):
        print(f"  - {sample.pair}\n    {sample.text}\n    {redline(sample.change)}")


if __name__ == "__main__":
    main()
