"""Situations and what they come to. Each test is a row of the table in docs/architecture.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker.decision import BROKEN_AFTER, SECOND_LOOK, SETTLING, Known, Pending, Sight, decide
from tracker.model import Change, DateChange, Kind, Level, State

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=200)

NEVER_SEEN = Known()
STANDS = Known(version=1, text_hash="a", in_force_since=LONG_AGO, told=1)


def change(kind: Kind = "substantive", level: Level = "high", *, dated: bool = False) -> Change:
    dates = (DateChange("updated", "2026-01", "2026-02", ("forwards",)),) if dated else ()
    return Change(id="x", kind=kind, level=level, dates=dates)


SAME = Sight(NOW, State.OK, text_hash="a")
OTHER = Sight(NOW, State.OK, text_hash="b", visible_changed=True, change=change(), news=change())
BLOCKED = Sight(NOW, State.BLOCKED, "challenge page")
NO_ANSWER = Sight(NOW, State.TIMED_OUT, "no answer in 30 s", failed=True)


def test_first_sight_starts_a_reign_and_tells_only_that_it_is_there() -> None:
    decision = decide(replace(SAME, change=None), NEVER_SEEN)
    assert (decision.outcome, decision.reign, decision.since, decision.told) == ("first", "start", NOW, True)
    assert decision.tell == ("first",)


def test_what_there_is_to_say_of_a_look_stands_in_its_reason() -> None:
    elsewhere = "found at https://acme.example/new"
    assert decide(replace(SAME, why=elsewhere), NEVER_SEEN).why == f"first sight; {elsewhere}"
    assert decide(replace(OTHER, why=elsewhere), STANDS).why == f"the text changed; {elsewhere}"
    assert decide(replace(SAME, why=elsewhere), STANDS).why == elsewhere


def test_the_same_text_extends_its_reign_and_tells_nothing() -> None:
    decision = decide(SAME, STANDS)
    assert (decision.outcome, decision.reign, decision.tell) == ("unchanged", "extend", ())


def test_the_same_text_in_another_form_is_reformatted() -> None:
    decision = decide(replace(SAME, visible_changed=True), STANDS)
    assert (decision.outcome, decision.reign, decision.tell) == ("reformatted", "extend", ())


@pytest.mark.parametrize("kind", ["editorial", "substantive"])
def test_another_wording_is_told_at_once(kind: Kind) -> None:
    decision = decide(replace(OTHER, news=change(kind)), STANDS)
    assert (decision.outcome, decision.reign, decision.since, decision.told) == ("changed", "start", NOW, True)
    assert decision.tell == ("changed",)


def test_formatting_makes_a_version_and_no_event() -> None:
    decision = decide(replace(OTHER, news=change("cosmetic", "none")), STANDS)
    assert (decision.outcome, decision.reign, decision.told, decision.tell) == ("changed", "start", True, ())


def test_a_stated_date_alone_is_an_event_of_its_own_type() -> None:
    decision = decide(replace(OTHER, news=change("cosmetic", "none", dated=True)), STANDS)
    assert decision.tell == ("dates",)


@pytest.mark.parametrize(("sight", "outcome"), [(BLOCKED, "refused"), (NO_ANSWER, "failed")])
@pytest.mark.parametrize("known", [NEVER_SEEN, STANDS])
def test_a_page_that_is_no_policy_never_becomes_a_version(sight: Sight, outcome: str, known: Known) -> None:
    decision = decide(sight, known)
    assert (decision.outcome, decision.reign, decision.told) == (outcome, "none", False)
    assert decision.state is sight.state


def test_one_bad_look_is_counted_and_not_told() -> None:
    decision = decide(BLOCKED, STANDS)
    assert (decision.failures, decision.broken, decision.tell) == (1, None, ())


def test_a_bad_look_that_a_browser_follows_at_once_is_the_browsers_to_count() -> None:
    empty = Sight(NOW, State.NEEDS_JAVASCRIPT, shown_next=True)
    decision = decide(empty, replace(STANDS, failures=1))
    assert (decision.outcome, decision.failures, decision.broken, decision.tell) == ("refused", 1, None, ())


def test_bad_looks_in_a_row_are_told_once() -> None:
    breaking = decide(BLOCKED, replace(STANDS, failures=BROKEN_AFTER - 1))
    assert (breaking.broken, breaking.tell) == (State.BLOCKED, ("broken",))
    still = decide(BLOCKED, replace(STANDS, failures=BROKEN_AFTER, broken=State.BLOCKED))
    assert (still.broken, still.tell) == (State.BLOCKED, ())


def test_a_page_that_was_never_a_policy_is_not_told_as_broken() -> None:
    assert decide(BLOCKED, replace(NEVER_SEEN, failures=9)).tell == ()


def test_a_broken_page_that_is_back_is_told_as_recovered() -> None:
    decision = decide(SAME, replace(STANDS, failures=5, broken=State.BLOCKED))
    assert (decision.tell, decision.failures, decision.broken) == (("recovered",), 0, None)


def test_a_broken_page_that_is_back_with_another_text_tells_both() -> None:
    decision = decide(OTHER, replace(STANDS, failures=5, broken=State.BLOCKED))
    assert decision.tell == ("recovered", "changed")


DOUBTFUL = replace(OTHER, doubt=State.REPLACED)


def test_a_doubtful_text_waits_in_quarantine() -> None:
    decision = decide(DOUBTFUL, STANDS)
    assert (decision.outcome, decision.reign, decision.quarantine, decision.tell) == (
        "quarantined",
        "none",
        "start",
        (),
    )
    assert decision.state is State.REPLACED


def test_a_doubtful_text_is_no_broken_page() -> None:
    decision = decide(DOUBTFUL, replace(STANDS, failures=BROKEN_AFTER - 1))
    assert (decision.failures, decision.broken, decision.tell) == (BROKEN_AFTER - 1, None, ())


def pending(age: timedelta) -> Known:
    return replace(STANDS, pending=Pending(State.REPLACED, "b", NOW - age))


def test_a_second_look_that_agrees_brings_it_into_force_since_the_first() -> None:
    decision = decide(replace(DOUBTFUL, agrees=True), pending(SECOND_LOOK))
    assert (decision.outcome, decision.since, decision.tell) == ("changed", NOW - SECOND_LOOK, ("changed",))
    assert decision.quarantine == "clear"


def test_a_second_look_that_comes_too_soon_decides_nothing() -> None:
    decision = decide(replace(DOUBTFUL, agrees=True), pending(SECOND_LOOK - timedelta(seconds=1)))
    assert (decision.outcome, decision.quarantine) == ("quarantined", "keep")


def test_a_second_look_that_sees_yet_another_text_starts_the_wait_anew() -> None:
    decision = decide(DOUBTFUL, pending(SECOND_LOOK))
    assert (decision.outcome, decision.quarantine) == ("quarantined", "start")


def test_the_old_text_seen_again_empties_the_quarantine() -> None:
    decision = decide(SAME, pending(SECOND_LOOK))
    assert (decision.outcome, decision.quarantine) == ("unchanged", "clear")


def test_a_text_that_a_person_rejected_stays_out() -> None:
    decision = decide(replace(DOUBTFUL, rejected=True, agrees=True), pending(SECOND_LOOK))
    assert (decision.outcome, decision.reign, decision.quarantine) == ("quarantined", "none", "keep")


BACK = replace(OTHER, older=1)


def test_a_flip_back_to_the_text_last_told_tells_nothing() -> None:
    decision = decide(BACK, Known(version=2, text_hash="a", in_force_since=NOW - timedelta(days=1), told=1))
    assert (decision.outcome, decision.reign, decision.told, decision.tell) == ("returned", "start", False, ())


def test_a_flip_back_within_its_settling_time_is_logged_and_not_told() -> None:
    decision = decide(BACK, Known(version=2, text_hash="a", in_force_since=NOW - timedelta(days=1), told=2))
    assert (decision.outcome, decision.reign, decision.told, decision.tell) == ("returned", "start", False, ())


def test_a_text_that_returned_and_stayed_is_told() -> None:
    known = Known(version=1, text_hash="a", in_force_since=NOW - SETTLING, told=2, returned=True)
    decision = decide(replace(SAME, news=change()), known)
    assert (decision.outcome, decision.told, decision.tell, decision.returned) == (
        "unchanged",
        True,
        ("changed",),
        True,
    )


def test_a_text_that_returned_is_not_told_before_it_has_stayed() -> None:
    known = Known(version=1, text_hash="a", in_force_since=NOW - SETTLING + timedelta(seconds=1), told=2)
    decision = decide(replace(SAME, news=change()), known)
    assert (decision.told, decision.tell) == (False, ())


def test_a_return_after_a_long_reign_of_the_other_text_is_told_at_once() -> None:
    decision = decide(BACK, Known(version=2, text_hash="a", in_force_since=LONG_AGO, told=2))
    assert (decision.outcome, decision.told, decision.tell, decision.returned) == ("returned", True, ("changed",), True)


def test_a_doubtful_text_that_had_been_in_force_needs_no_second_look() -> None:
    decision = decide(replace(BACK, doubt=State.REPLACED), replace(STANDS, version=2, told=2))
    assert decision.outcome == "returned"


@pytest.mark.parametrize(
    ("last", "now", "told"),
    [(2, 3, False), (6.9, 7.1, True), (7.1, 8, False), (20, 29, False), (29, 31, True), (31, 90, False), (3, 60, True)],
)
def test_a_page_that_stays_broken_is_told_again_after_a_week_and_a_month(last: float, now: float, told: bool) -> None:
    known = replace(STANDS, failures=9, broken=State.DNS, failing_since=NOW, last_look=NOW + timedelta(days=last))
    decision = decide(replace(NO_ANSWER, at=NOW + timedelta(days=now)), known)
    assert (decision.tell, decision.failing_since) == ((("broken",), NOW) if told else ((), None))


MUTED = replace(STANDS, muted=True)


def test_of_a_muted_document_a_change_is_recorded_and_nobody_told() -> None:
    decision = decide(OTHER, MUTED)
    assert (decision.outcome, decision.reign, decision.tell, decision.told) == ("changed", "start", (), False)
    assert decision.why == "the text changed; muted"


def test_of_a_muted_document_whose_text_stays_nothing_is_said() -> None:
    assert decide(SAME, MUTED) == decide(SAME, STANDS)


def test_what_a_muted_document_kept_quiet_is_told_when_it_is_muted_no_more() -> None:
    known = Known(version=2, text_hash="a", in_force_since=LONG_AGO, told=1)
    decision = decide(replace(SAME, news=change()), known)
    assert (decision.tell, decision.told, decision.returned) == (("changed",), True, False)


def test_a_muted_page_that_breaks_is_told_as_broken_when_it_is_muted_no_more() -> None:
    known = replace(MUTED, failures=BROKEN_AFTER - 1)
    quiet = decide(NO_ANSWER, known)
    assert (quiet.failures, quiet.broken, quiet.tell) == (BROKEN_AFTER, None, ())
    assert decide(NO_ANSWER, replace(STANDS, failures=quiet.failures, broken=quiet.broken)).tell == ("broken",)


def test_whoever_was_told_that_a_page_broke_is_told_that_it_recovered_when_it_is_muted_no_more() -> None:
    quiet = decide(SAME, replace(MUTED, failures=3, broken=State.DNS))
    assert (quiet.broken, quiet.tell) == (State.DNS, ())
    assert decide(SAME, replace(STANDS, broken=quiet.broken)).tell == ("recovered",)


def test_a_muted_document_seen_first_has_nothing_to_catch_up_with() -> None:
    decision = decide(SAME, replace(NEVER_SEEN, muted=True))
    assert (decision.outcome, decision.tell, decision.told) == ("first", (), True)
