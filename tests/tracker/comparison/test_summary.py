"""The one line that people read."""

from __future__ import annotations

from tracker.comparison.summary import summary
from tracker.model import ClauseChange, DateChange, Level, Reason


def reason(rule: str, level: Level, text: str, words: str = "") -> Reason:
    return Reason(rule, level, text, words=words or text)


def told(*clauses: list[Reason]) -> str:
    return summary("substantive", [ClauseChange("modified", reasons=tuple(reasons)) for reasons in clauses], (), None)


def test_the_weightiest_reason_leads() -> None:
    clause = [
        reason("retention.changed", "medium", "adds a retention period: 30 days"),
        reason("training.added", "critical", "adds AI training"),
    ]
    assert told(clause) == "adds AI training; adds a retention period: 30 days"


def test_general_reasons_stand_back_where_a_clause_has_something_concrete() -> None:
    assert (
        told([reason("meaning.limit", "medium", "“only” → “”"), reason("data.added", "high", "adds cookies")])
        == "adds cookies"
    )


def test_a_clause_with_nothing_concrete_tells_its_most_telling_general_reason() -> None:
    clause = [reason("meaning.limit", "medium", "“only” → “”"), reason("prose.added", "medium", "adds “a sentence”")]
    assert told(clause) == "adds “a sentence”"


def test_what_a_quotation_says_is_not_said_again() -> None:
    quote = reason("promise.reversed", "high", "“we do not advertise” becomes “we advertise”", "we advertise")
    assert (
        told([quote, reason("purpose.left", "medium", "no longer names advertising among the purposes", "advertise")])
        == quote.text
    )


def test_every_clause_tells_its_first_reason_before_any_tells_its_second() -> None:
    one = [
        reason("data.left", "medium", "no longer names cookies"),
        reason("right.added", "medium", "adds the right of access"),
    ]
    assert told(one, [reason("period.changed", "medium", "adds a period: 2 days")]).startswith(
        "no longer names cookies; adds a period: 2 days"
    )


def test_at_most_three_statements_are_told_and_the_others_counted() -> None:
    kinds = ("data.left", "right.added", "period.changed", "mechanism.left", "contact.left")
    assert told(*[[reason(kind, "medium", f"{kind}!")] for kind in kinds]).endswith("; 2 more")


def test_reasons_of_one_rule_share_a_statement() -> None:
    values = ("cookies", "location")
    assert (
        told([reason("data.left", "medium", f"no longer names {v}") for v in values])
        == "no longer names cookies and location"
    )


def test_what_came_does_not_share_a_statement_with_what_went() -> None:
    texts = ("adds a period: 2 days", "drops a period: 3 days", "adds a period: 4 days")
    assert (
        told([reason("period.changed", "medium", text) for text in texts])
        == "adds a period: 2 days and 4 days; drops a period: 3 days"
    )


def test_a_long_row_is_cut() -> None:
    assert (
        told([reason("recipient.named", "high", f"names {letter}") for letter in "ABCDE"]) == "names A, B, C and 2 more"
    )


def test_dates_are_told() -> None:
    dates = (DateChange("updated", "2024-01", "2024-02"),)
    assert summary("cosmetic", (), dates, False) == "updated date 2024-01 → 2024-02"


def test_silence_is_told() -> None:
    clause = ClauseChange("added", reasons=(reason("training.added", "critical", "adds AI training"),))
    assert summary("substantive", [clause], (), True) == "adds AI training; stated date unchanged"


def test_no_change_is_said_to_be_none() -> None:
    assert summary("none", (), (), None) == "no change"


def test_a_text_of_which_little_stands_is_called_rewritten() -> None:
    clauses = [ClauseChange("added", reasons=(reason("data.added", "high", "adds cookies"),)) for _ in range(30)]
    assert summary("substantive", clauses, (), None, kept=5) == "rewritten throughout; adds cookies"
    assert summary("substantive", clauses, (), None, kept=50) == "adds cookies"
