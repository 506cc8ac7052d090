"""Every rule's own example, and the shape of the rules file."""

from collections import Counter

import pytest

from tracker.comparison import compare
from tracker.comparison.rules import Rule, rules
from tracker.model import LEVELS, Clause, Policy


def policy(*texts: str) -> Policy:
    heading = Clause("How we handle information", "heading", depth=2)
    return Policy((heading, *(Clause(text, trail=(heading.text,)) for text in texts if text)), language="en")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_the_rule_fires_on_its_example(rule: Rule) -> None:
    old, new = policy(rule.old, rule.elsewhere), policy(rule.new, rule.elsewhere)
    assert rule.id in {reason.rule for reason in compare(old, new).reasons}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_the_rule_stays_quiet_where_nothing_changes(rule: Rule) -> None:
    assert compare(policy(rule.new), policy(rule.new)).reasons == ()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_the_rule_names_level_direction_and_source(rule: Rule) -> None:
    assert rule.level in LEVELS[1:]
    assert rule.direction in ("weaker", "stronger", "neutral", "unclear")
    assert rule.source
    assert rule.text


def test_ids_are_unique() -> None:
    assert max(Counter(rule.id for rule in rules()).values()) == 1
