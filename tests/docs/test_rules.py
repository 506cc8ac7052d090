"""The documentation of the rules is made from the rules, and names every one."""

import json
import tomllib
from pathlib import Path

from tracker.comparison.rules import rules

ROOT = Path(__file__).parent.parent.parent


def test_rates_and_precision_are_of_rules_that_there_are():
    known = {rule.id for rule in rules()}
    rates = json.loads((ROOT / "docs" / "rules-rates.json").read_text(encoding="utf-8"))["rules"]
    judged = tomllib.loads((ROOT / "docs" / "rules-precision.toml").read_text(encoding="utf-8"))
    assert judged.keys() <= known
    assert {id_ for id_ in rates if id_.split(".")[0] not in ("form", "term", "date", "change")} == known
    assert all(0 <= entry["right"] <= entry["read"] for entry in judged.values())
