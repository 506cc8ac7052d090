"""Looks at a document through the whole of the tracker, on a real database: what is recorded, and what is told."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from lumora import DOCUMENT, START, page

from tracker import Document, History, Observation, Outcome, State, observe, observe_async, tracking
from tracker.history import Unknown
from tracker.history.snapshots import digest
from tracker.model import OwnRule
from tracker.retelling import outdated
from tracker.tracking import accept, reject

Look = Callable[..., Outcome]

NAME = DOCUMENT.name
WEAKER = page(("We do not sell your personal data", "We may sell your personal data"))
LONGER = page(("12 months", "24 months"))
REDESIGN = page(("<main>", '<div class="content" id="x1"><div>'), ("</main>", "</div></div>"))
CHALLENGE = (
    b"<html><title>Just a moment...</title><body><h1>Checking your browser before accessing the site</h1></body></html>"
)
GERMAN = (
    "<html lang='de'><title>Datenschutz</title><main><h1>Datenschutzerklärung</h1>"
    + "<h2>Verantwortlicher</h2><p>Verantwortlich für die Verarbeitung Ihrer personenbezogenen Daten ist die Lumora GmbH.</p>"
    + "<p>Wir speichern Ihre Daten nur so lange, wie es für die genannten Zwecke erforderlich ist, und löschen sie danach.</p>"
    * 5
    + "</main></html>"
).encode()


def told(outcome: object) -> list[str]:
    return [event.type for event in outcome.events]  # type: ignore[attr-defined]


def test_the_first_look_makes_a_version_and_a_quiet_event(history: History, look: Look) -> None:
    outcome = look(0, page())
    assert (outcome.kind, outcome.state, told(outcome)) == ("first", State.OK, ["first"])
    [version] = history.versions(NAME)
    assert (version.number, version.updated, version.in_force) == (1, "2026-01-02", True)
    assert outcome.version == version.id


def test_a_version_reads_back_as_it_was_extracted(history: History, look: Look) -> None:
    outcome = look(0, page())
    assert outcome.version
    policy = history.policy(outcome.version)
    assert "12 months after you close your account" in policy.markdown
    assert policy.text_hash == history.versions(NAME)[0].text_hash
    assert ("updated", "2026-01-02") in [(d.role, d.value) for d in policy.dates]


def test_unchanged_looks_extend_the_reign_and_are_all_kept(history: History, look: Look) -> None:
    for day in range(4):
        look(day, page())
    [reign] = history.reigns(NAME)
    assert (reign.first_seen, reign.last_seen, reign.after) == (START, START + timedelta(days=3), None)
    assert [o.outcome for o in history.observations(NAME)] == ["unchanged", "unchanged", "unchanged", "first"]
    assert history.db.execute("SELECT count(*) FROM snapshots").fetchone() == (1,)


def test_noise_in_the_page_is_no_change(history: History, look: Look) -> None:
    look(0, page(noise="nonce-1"))
    outcome = look(1, page(noise="nonce-2"))
    assert (outcome.kind, told(outcome)) == ("unchanged", [])
    assert history.db.execute("SELECT count(*) FROM snapshots").fetchone() == (2,)


def test_a_redesign_with_the_same_words_is_no_version(history: History, look: Look) -> None:
    look(0, page())
    outcome = look(1, REDESIGN)
    assert outcome.kind in ("unchanged", "reformatted")
    assert told(outcome) == []
    assert len(history.versions(NAME)) == 1


def test_a_withdrawn_promise_is_told_with_its_window(history: History, look: Look) -> None:
    look(0, page())
    look(1, page())
    outcome = look(2, WEAKER)
    assert (outcome.kind, told(outcome)) == ("changed", ["changed"])
    assert outcome.change is not None
    assert (outcome.change.kind, outcome.change.silent) == ("substantive", True)
    assert outcome.change.level in ("high", "critical")
    [event] = outcome.events
    assert event.payload["window"] == {
        "last_seen_unchanged": (START + timedelta(days=1)).isoformat(),
        "first_seen": (START + timedelta(days=2)).isoformat(),
    }
    assert history.events([NAME])[0].id == event.id


def test_a_change_reads_back_as_it_was_compared(history: History, look: Look) -> None:
    look(0, page())
    outcome = look(1, WEAKER)
    [row] = history.changes([NAME])
    assert history.change(row.id).change == outcome.change


def test_a_text_that_comes_back_is_the_old_version_again(history: History, look: Look) -> None:
    for day, body in enumerate([page(), LONGER, page()]):
        outcome = look(day * 30, body)
    assert (outcome.kind, told(outcome)) == ("returned", ["changed"])
    assert [v.number for v in history.versions(NAME)] == [1, 2]
    assert [r.number for r in history.reigns(NAME)] == [1, 2, 1]


def test_a_quick_flip_is_logged_and_not_told_and_told_when_it_stays(history: History, look: Look) -> None:
    look(0, page())
    assert told(look(30, LONGER)) == ["changed"]
    assert told(look(31, page())) == []
    assert told(look(32, LONGER)) == []
    assert told(look(33, page())) == []
    assert told(look(34, page())) == []
    assert told(look(36, page())) == ["changed"]
    assert told(look(37, page())) == []


@pytest.mark.parametrize(
    "body", [CHALLENGE, b"", b"<html></html>", b"\x00\xff\xfe" * 50, b"<html><body><div id=app></div></body>"]
)
def test_a_page_that_is_no_policy_never_becomes_a_version(history: History, look: Look, body: bytes) -> None:
    look(0, page())
    for day in range(1, 6):
        outcome = look(day, body)
        assert outcome.kind == "refused"
        assert outcome.state is not State.OK
    assert len(history.versions(NAME)) == 1
    assert history.reigns(NAME)[0].last_seen == START


def test_a_broken_page_is_told_once_and_its_recovery_too(look: Look) -> None:
    look(0, page())
    looks = [look(1, CHALLENGE), look(2, CHALLENGE), look(3, CHALLENGE), look(4, page()), look(5, page())]
    assert [told(outcome) for outcome in looks] == [[], ["broken"], [], ["recovered"], []]


def test_a_page_that_needs_scripts_and_fails_in_a_browser_too_has_failed_once(history: History, look: Look) -> None:
    look(0, page())
    shell = (
        b"<html><head><title>Lumora</title></head><body><div id=root></div><noscript>You need to enable JavaScript to run this app."
        b"</noscript><script src=/app.js></script></body></html>"
    )
    for day, broken in ((1, []), (2, ["broken"])):
        at = START + timedelta(days=day)
        seen = Observation(
            url=DOCUMENT.url or "",
            at=at,
            status=200,
            headers={"content-type": "text/html"},
            body=shell,
            shown_next=True,
        )
        first = observe(history, DOCUMENT, seen)
        shown = replace(seen, source="browser", shown_next=False, failure=State.TIMED_OUT, body=None)
        second = observe(history, DOCUMENT, shown)
        assert (first.state, told(first), told(second)) == (State.NEEDS_JAVASCRIPT, [], broken)
        assert history.documents([NAME])[0].failures == day


def test_failures_are_kept_with_their_type(history: History, look: Look) -> None:
    look(0, page())
    assert look(1, failure=State.DNS).kind == "failed"
    assert [o.state for o in history.observations(NAME)] == [State.DNS, State.OK]
    [document] = history.documents([NAME])
    assert (document.failures, document.failing_since) == (1, START + timedelta(days=1))


def test_another_language_waits_for_a_second_look(history: History, look: Look) -> None:
    look(0, page())
    outcome = look(1, GERMAN)
    assert (outcome.kind, outcome.state, told(outcome)) == ("quarantined", State.WRONG_LANGUAGE, [])
    assert look(1.1, GERMAN).kind == "quarantined"
    outcome = look(1.3, GERMAN)
    assert (outcome.kind, told(outcome)) == ("changed", ["changed"])
    assert history.reigns(NAME)[-1].first_seen == START + timedelta(days=1)
    assert history.quarantined() == []


def test_quarantine_ends_without_a_trace_in_the_versions_when_the_old_text_is_back(
    history: History, look: Look
) -> None:
    look(0, page())
    look(1, GERMAN)
    assert look(2, page()).kind == "unchanged"
    assert history.quarantined() == []
    assert len(history.versions(NAME)) == 1


def test_a_person_can_accept_what_waits(history: History, look: Look) -> None:
    look(0, page())
    look(1, GERMAN)
    outcome = accept(history, NAME, START + timedelta(days=1, minutes=5))
    assert (outcome.kind, told(outcome)) == ("changed", ["changed"])
    reign = history.reigns(NAME)[-1]
    assert (reign.first_seen, reign.last_seen) == (START + timedelta(days=1),) * 2, "a verdict is no look"
    assert look(2, GERMAN).kind == "unchanged"


def test_a_person_can_reject_what_waits_for_good(history: History, look: Look) -> None:
    look(0, page())
    look(1, GERMAN)
    reject(history, NAME, START + timedelta(days=1, minutes=5))
    for day in range(2, 5):
        assert look(day, GERMAN).kind == "quarantined"
    assert len(history.versions(NAME)) == 1


def test_there_is_nothing_to_accept_where_nothing_waits(history: History, look: Look) -> None:
    look(0, page())
    with pytest.raises(Unknown, match="Nothing waits"):
        accept(history, NAME, START)


def test_not_modified_stands_for_the_stored_body(history: History, look: Look) -> None:
    look(0, page(), etag='"1"')
    assert history.validators(NAME, DOCUMENT.url or "").etag == '"1"'  # type: ignore[union-attr]
    outcome = look(1, status=304)
    assert (outcome.kind, outcome.state) == ("unchanged", State.OK)
    assert history.reigns(NAME)[0].last_seen == START + timedelta(days=1)


def test_not_modified_without_a_stored_body_is_a_failure(look: Look) -> None:
    outcome = look(0, status=304)
    assert (outcome.kind, outcome.state) == ("failed", State.BAD_RESPONSE)


def test_not_modified_after_a_challenge_page_confirms_the_challenge_page(look: Look) -> None:
    look(0, page(), etag='"1"')
    look(1, CHALLENGE, etag='"2"')
    assert look(2, status=304).kind == "refused"


def test_validators_are_dropped_with_the_headers_that_gave_them(history: History, look: Look) -> None:
    look(0, page(), etag='"1"')
    look(1, LONGER)
    assert history.validators(NAME, DOCUMENT.url or "") is None


def test_new_rules_for_extraction_are_no_change_of_the_policy(history: History, look: Look) -> None:
    look(0, page())
    narrowed = replace(DOCUMENT, start="What we collect")
    outcome = look(1, page(), document=narrowed)
    assert (outcome.kind, told(outcome)) == ("reformatted", [])
    assert outcome.version
    assert "Who we are" not in history.policy(outcome.version).markdown
    assert told(look(2, page(("12 months", "24 months")), document=narrowed)) == ["changed"]


def test_a_document_keeps_its_history_when_its_address_changes(history: History, look: Look) -> None:
    look(0, page())
    moved = replace(DOCUMENT, url="https://lumora.example/legal/privacy")
    assert look(1, page(), document=moved).kind in ("unchanged", "reformatted")
    assert len(history.documents()) == 1


def test_looks_from_a_worker_come_to_the_same(history: History, look: Look) -> None:
    look(0, page())
    seen = Observation(
        url=DOCUMENT.url or "",
        at=START + timedelta(days=1),
        status=200,
        headers={"content-type": "text/html"},
        body=WEAKER,
    )
    with ThreadPoolExecutor(1) as pool:
        outcome = asyncio.run(observe_async(history, DOCUMENT, seen, pool))
    assert told(outcome) == ["changed"]


def test_two_who_look_at_once_make_one_version(history: History, look: Look) -> None:
    look(0, page())
    seen = Observation(
        url=DOCUMENT.url or "",
        at=START + timedelta(days=1),
        status=200,
        headers={"content-type": "text/html"},
        body=WEAKER,
    )
    with History(history.path) as other, ThreadPoolExecutor(1) as pool:

        async def both() -> list[object]:
            return list(
                await asyncio.gather(
                    observe_async(history, DOCUMENT, seen, pool), observe_async(other, DOCUMENT, seen, pool)
                )
            )

        outcomes = asyncio.run(both())
    assert sorted(o.kind for o in outcomes) == ["changed", "unchanged"]  # type: ignore[attr-defined]
    assert len(history.versions(NAME)) == 2
    assert [e.type for e in history.events([NAME])].count("changed") == 1


def test_a_look_that_cannot_be_recorded_leaves_nothing(history: History, look: Look) -> None:
    look(0, page())
    history.db.execute("CREATE TRIGGER fail BEFORE INSERT ON events BEGIN SELECT raise(ABORT, 'disk on fire'); END")
    before = history.db.execute("SELECT count(*) FROM observations").fetchone()
    with pytest.raises(Exception, match="disk on fire"):
        look(1, WEAKER)
    assert history.db.execute("SELECT count(*) FROM observations").fetchone() == before
    assert len(history.versions(NAME)) == 1


def test_the_search_index_knows_a_clause_that_was_just_recorded(history: History, look: Look) -> None:
    look(0, page())
    look(1, WEAKER)
    found = history.db.execute("SELECT count(*) FROM clauses_fts WHERE clauses_fts MATCH '\"may sell\"'").fetchone()
    assert found == (1,)


def test_every_stored_body_still_has_its_hash(history: History, look: Look) -> None:
    for day in range(25):
        look(day, page(noise=f"nonce-{day}"))
    stored = list(history.db.execute("SELECT id, sha256 FROM snapshots"))
    assert len(stored) == 25
    assert [sha256 for _, sha256 in stored] == [digest(history.body(identity)) for identity, _ in stored]


def test_observe_needs_a_moment_with_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Observation(url="https://a.example", at=START.replace(tzinfo=None))


def test_observe_makes_an_unknown_document_known(history: History) -> None:
    observe(history, DOCUMENT, Observation(url="x", at=START, failure=State.DNS))
    assert history.find(["lumora"]) == [NAME]


def test_a_return_told_late_is_dated_by_the_looks_between_which_it_came(look: Look) -> None:
    for day, body in [(0, page()), (30, LONGER), (31, page()), (32, page())]:
        look(day, body)
    [event] = look(34, page()).events
    assert event.payload["window"] == {
        "last_seen_unchanged": (START + timedelta(days=30)).isoformat(),
        "first_seen": (START + timedelta(days=31)).isoformat(),
    }


NARROWED = replace(DOCUMENT, start="What we collect")


def test_new_rules_understand_every_version_anew_also_the_one_last_told(history: History, look: Look) -> None:
    for day, body in [(0, page()), (30, LONGER), (31, page())]:
        look(day, body)
    outcome = look(32, page(), document=NARROWED)
    assert (outcome.kind, told(outcome)) == ("reformatted", [])
    assert told(look(33, LONGER, document=NARROWED)) == [], "the flip back to what was told is still known as one"
    assert all("Who we are" not in history.policy(v.id).markdown for v in history.versions(NAME))


def test_rules_changed_and_changed_back_leave_one_version(history: History, look: Look) -> None:
    look(0, page())
    look(1, page(), document=NARROWED)
    outcome = look(2, page())
    assert told(outcome) == []
    assert [v.in_force for v in history.versions(NAME)] == [True]
    assert [d.versions for d in history.documents([NAME])] == [1]


def test_new_rules_are_applied_to_the_bytes_that_last_showed_a_version(history: History, look: Look) -> None:
    look(0, page())
    look(1, REDESIGN)
    chosen = replace(DOCUMENT, select=("div.content",))
    assert told(look(2, REDESIGN, document=chosen)) == []


def test_dates_are_read_anew_where_the_text_stays_the_same(history: History, look: Look) -> None:
    american, british = replace(DOCUMENT, region="US"), replace(DOCUMENT, region="GB")
    look(0, page(updated="03/04/2025"), document=american)
    look(1, page(updated="03/04/2025"), document=british)
    assert [v.updated for v in history.versions(NAME)] == ["2025-04-03"]
    outcome = look(2, page(("12 months", "24 months"), updated="03/04/2025"), document=british)
    assert outcome.change is not None
    assert (outcome.change.silent, outcome.change.dates) == (True, ())


def test_facts_are_read_anew_by_another_edition_of_the_rules(
    history: History, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(0, page())
    before = history.facts(1)
    with history.db.conn:
        history.db.execute("UPDATE facts SET value = 'as the rules of yesterday said'")
    monkeypatch.setattr("tracker.tracking.RULESET", "tomorrow's")
    assert outdated(history, NAME)
    assert (look(1, page()).kind, told(look(2, page()))) == ("unchanged", [])
    assert history.facts(1) == before
    assert not outdated(history, NAME)


def test_a_text_can_be_accepted_after_the_rules_changed(history: History, look: Look) -> None:
    look(0, page())
    look(1, GERMAN)
    history.register([replace(DOCUMENT, until="Nowhere")], START)
    outcome = accept(history, NAME, START + timedelta(days=2))
    assert told(outcome) == ["changed"]
    assert history.reigns(NAME)[-1].first_seen == START + timedelta(days=1)


def test_a_text_like_one_that_was_rejected_stays_out_too(history: History, look: Look) -> None:
    look(0, page())
    look(1, GERMAN)
    reject(history, NAME, START + timedelta(days=1, minutes=5))
    for day in range(2, 5):
        assert look(day, GERMAN.replace(b"Lumora GmbH", b"Lumora GmbH %d" % day)).kind == "quarantined"
    assert len(history.versions(NAME)) == 1


def test_two_documents_may_have_the_same_bytes(history: History, look: Look) -> None:
    other = Document(vendor="Lumora", kind="privacy", region="UK", url="https://lumora.example/uk/privacy")
    look(0, page())
    assert look(0, page(), document=other).kind == "first"
    assert told(look(1, WEAKER)) == told(look(1, WEAKER, document=other)) == ["changed"]
    assert history.db.execute("SELECT count(*) FROM snapshots").fetchone() == (2,)


def test_not_modified_is_read_as_what_this_server_last_said(history: History, look: Look) -> None:
    body = page(("Lumora Devices Ltd", "Lumora Geräte")).decode().encode("windows-1252")
    right = {"content_type": "text/html; charset=windows-1252"}
    look(0, body, etag='"1"', content_type="text/html; charset=koi8-r")
    look(1, body, etag='"1"', **right)
    assert told(look(2, status=304)) == []
    assert told(look(3, body, etag='"1"', **right)) == []


def test_the_headers_of_a_look_stay_as_the_server_sent_them(history: History, look: Look) -> None:
    look(0, page(), etag='"1"')
    observe(
        history,
        DOCUMENT,
        Observation(url=DOCUMENT.url or "", at=START + timedelta(days=1), status=304, headers={"x": "y"}),
    )
    [headers] = history.db.execute("SELECT headers FROM observations ORDER BY id DESC LIMIT 1").fetchone()
    assert headers == '{"x":"y"}'


@pytest.mark.parametrize(("status", "state"), [(404, State.NOT_FOUND), (500, State.ERROR)])
def test_an_answer_that_says_it_is_an_error_is_no_policy(look: Look, status: int, state: State) -> None:
    outcome = look(0, page(), status=status)
    assert (outcome.kind, outcome.state) == ("failed", state)


def test_a_clock_that_went_back_does_not_disorder_the_history(history: History, look: Look) -> None:
    look(10, page())
    outcome = look(5, WEAKER)
    assert (outcome.kind, outcome.version) == ("changed", history.reigns(NAME)[-1].version)
    assert [r.first_seen for r in history.reigns(NAME)] == [START + timedelta(days=10)] * 2


def test_a_damaged_body_costs_nothing_but_itself(history: History, look: Look) -> None:
    look(0, page())
    history.db.execute("UPDATE snapshots SET data = x'00'")
    assert told(look(1, WEAKER)) == ["changed"]
    assert history.db.execute("SELECT count(*) FROM snapshots WHERE base IS NULL").fetchone() == (2,)


def test_broken_characters_in_headers_and_addresses_do_not_lose_a_look(history: History) -> None:
    seen = Observation(
        url=DOCUMENT.url or "",
        final_url="https://lumora.example/\udcff",
        at=START,
        status=200,
        headers={"content-type": "text/html", "x-odd": "\ud800"},
        body=page(),
    )
    assert observe(history, DOCUMENT, seen).kind == "first"


def test_the_same_new_bytes_recorded_by_two_at_once_are_stored_once(history: History) -> None:
    documents = [Document(vendor=f"Vendor {n}", kind="privacy", url=f"https://v{n}.example/") for n in range(3)]
    together = threading.Barrier(len(documents))
    outcomes: list[str] = []

    def track(document: Document) -> None:
        with History(history.path) as own:
            for day in range(8):
                together.wait(timeout=30)
                seen = Observation(
                    url=document.url or "",
                    at=START + timedelta(days=day),
                    status=200,
                    headers={"content-type": "text/html"},
                    body=page(noise=f"day {day}"),
                )
                outcomes.append(observe(own, document, seen).kind)

    threads = [threading.Thread(target=track, args=(document,)) for document in documents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["first"] * 3 + ["unchanged"] * 21
    assert history.db.execute("SELECT count(*) FROM snapshots").fetchone() == (8,)


def test_the_documents_own_rules_judge_its_changes_and_reach_what_is_told(history: History) -> None:
    rule = OwnRule("longer", ("24 months",), "critical", reason="keeps data for two years")
    watched = replace(DOCUMENT, rules=(rule,))
    for day, body in enumerate([page(), LONGER]):
        seen = Observation(url="https://lumora.example/privacy", at=START + timedelta(days=day), status=200, body=body)
        outcome = observe(history, watched, replace(seen, headers={"content-type": "text/html"}))
    assert outcome.change
    assert outcome.change.reasons[0].rule == "own.longer"
    [event] = outcome.events
    assert event.level == "critical"
    assert "keeps data for two years" in str(event.payload)
    assert history.defined(NAME).rules == (rule,)


def test_the_very_bytes_of_last_time_are_not_read_again(
    history: History, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(0, page(), etag='"1"')
    monkeypatch.setattr(tracking, "read", None)
    monkeypatch.setattr("tracker.history.reading.unpack", None)
    assert [look(1, page(), etag='"1"').kind, look(2, status=304).kind] == ["unchanged", "unchanged"]
    assert [o.sha256 for o in history.observations(NAME)] == [digest(page())] * 3


def test_a_doubtful_text_that_a_like_one_confirms_was_a_version_of_its_own(history: History, look: Look) -> None:
    look(0, page())
    assert look(1, GERMAN).kind == "quarantined"
    later = GERMAN.replace(b"Lumora GmbH", "Lumora Geräte GmbH".encode())
    outcome = look(2, later)
    assert outcome.kind == "changed"
    assert [(r.first_seen - START).days for r in history.reigns(NAME)] == [0, 1, 2]
    assert [row.change.kind for row in history.changes([NAME])].count("substantive") >= 1
    assert history.db.execute("SELECT count(*) FROM verdicts").fetchone() == (0,)
    assert [event.type for event in reversed(history.events([NAME]))] == ["first", "changed", "changed"]


def test_a_doubtful_text_stays_out_where_the_next_text_needed_no_second_look(history: History, look: Look) -> None:
    look(0, page())
    assert look(1, page()[: len(page()) // 2]).kind == "quarantined"
    assert look(1.1, page(("12 months", "24 months"))).kind == "changed"
    assert [(r.first_seen - START) // timedelta(days=1) for r in history.reigns(NAME)] == [0, 1]


def test_a_version_that_another_process_read_anew_is_not_remembered_as_it_was(history: History, look: Look) -> None:
    outcome = look(0, page())
    assert outcome.version
    before = history.policy(outcome.version)
    with History(history.path) as other:
        other.db.execute("UPDATE versions SET extractor = 'other', title = 'Another' WHERE id = ?", [outcome.version])
    assert (before.title, history.policy(outcome.version).title) == ("Privacy Policy", "Another")
