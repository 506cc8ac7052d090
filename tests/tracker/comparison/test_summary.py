"""The one line that people read."""

from __future__ import annotations

from tracker.comparison.summary import summary
from tracker.model import DateChange, Level, Reason


def reason(rule: str, level: Level, text: str) -> Reason:
    return Reason(rule, level, text)


def test_the_weightiest_reason_leads_and_general_ones_stand_back() -> None:
    reasons = [
        reason("prose.added", "medium", "says something new"),
        reason("name.added", "medium", "names Zephyr"),
        reason("retention.changed", "medium", "retention: 30 days"),
        reason("training.added", "critical", "adds AI training"),
    ]
    assert summary("substantive", (), reasons, (), None) == "adds AI training; retention: 30 days; names Zephyr; 1 more"


def test_reasons_of_one_rule_share_a_line() -> None:
    reasons = [reason("data.left", "medium", f"{value} no longer named") for value in ("cookies", "location")]
    assert summary("substantive", (), reasons, (), None) == "cookies, location no longer named"


def test_a_long_row_is_cut() -> None:
    reasons = [reason("name.added", "medium", f"names {letter}") for letter in "ABCDE"]
    assert summary("substantive", (), reasons, (), None) == "names A, B, C and 2 more"


def test_dates_are_told() -> None:
    dates = (DateChange("updated", "2024-01", "2024-02"),)
    assert summary("cosmetic", (), (), dates, False) == "updated date 2024-01 → 2024-02"


def test_silence_is_told() -> None:
    reasons = [reason("training.added", "critical", "adds AI training")]
    assert summary("substantive", (), reasons, (), True) == "adds AI training; stated date unchanged"


def test_no_change_is_said_to_be_none() -> None:
    assert summary("none", (), (), (), None) == "no change"
