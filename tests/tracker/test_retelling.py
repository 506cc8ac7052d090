"""A document's looks told anew: what older looks, and better rules, do to its history, and what they leave alone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import timedelta

import pytest
from lumora import DOCUMENT, START, page

from tracker import History, Observation, Outcome, State
from tracker.history.chain import linked
from tracker.history.recording import Outdated
from tracker.retelling import Piece, gather, retell, retell_all, tell
from tracker.tracking import accept, reject

Look = Callable[..., Outcome]

NAME = DOCUMENT.name
SIX = page(("12 months", "6 months"))
TWELVE = page()
LONGER = page(("12 months", "24 months"))
CUT = TWELVE[: len(TWELVE) // 2]


def archived(day: float, body: bytes, source: str = "") -> Observation:
    return Observation(
        url="https://lumora.example/privacy",
        at=START + timedelta(days=day),
        body=body,
        headers={"content-type": "text/html"},
        source=source or f"folder:{day}",
    )


def story(history: History) -> list[tuple[int, int, str, bool]]:
    """Each reign as its version's number, the days of its sights, and whether a change leads to it."""
    return [
        (
            reign.number,
            (reign.first_seen - START).days,
            f"{(reign.last_seen - START).days}{'' if reign.after else '…'}",
            reign.change is not None,
        )
        for reign in history.reigns(NAME)
    ]


def rows(history: History, table: str) -> list[tuple[object, ...]]:
    return history.db.execute(f"SELECT * FROM {table}").fetchall()


def test_older_looks_take_their_place_before_the_ones_that_are_there(history: History, look: Look) -> None:
    look(0, TWELVE)
    look(5, LONGER)
    told = retell(history, DOCUMENT, [archived(-50, TWELVE), archived(-100, SIX)])
    assert (told.added, told.before, told.after) == (2, 2, 3)
    assert story(history) == [(1, -100, "-100", False), (2, -50, "0", True), (3, 5, "5…", True)]


def test_looks_between_others_split_a_reign(history: History, look: Look) -> None:
    look(0, TWELVE)
    look(10, TWELVE)
    retell(history, DOCUMENT, [archived(5, LONGER)])
    assert [(number, first) for number, first, _, _ in story(history)] == [(1, 0), (2, 5), (1, 10)]


def test_a_document_may_begin_with_what_was_imported(history: History) -> None:
    retell(history, DOCUMENT, [archived(-9, TWELVE), archived(-2, LONGER)])
    assert story(history) == [(1, -9, "-9", False), (2, -2, "-2…", True)]
    assert [row.change.level for row in history.changes([NAME])] == ["high"]


def test_what_is_imported_is_told_to_nobody(history: History, look: Look) -> None:
    look(0, TWELVE)
    before = rows(history, "events"), rows(history, "deliveries")
    retell(history, DOCUMENT, [archived(-9, SIX), archived(9, LONGER)])
    assert (rows(history, "events"), rows(history, "deliveries")) == before


def test_a_live_look_after_an_import_is_told_as_it_differs_from_what_was_last_told(
    history: History, look: Look
) -> None:
    look(0, TWELVE)
    retell(history, DOCUMENT, [archived(-9, SIX)])
    outcome = look(20, LONGER)
    assert [event.type for event in outcome.events] == ["changed"]
    assert "12 months → 24 months" in str(outcome.events[0].payload["summary"])


def test_the_same_import_twice_changes_nothing(history: History, look: Look) -> None:
    look(0, TWELVE)
    looks = [archived(-50, TWELVE), archived(-100, SIX)]
    retell(history, DOCUMENT, looks)
    tables = ("observations", "snapshots", "versions", "version_clauses", "facts", "changes", "clause_changes")
    before = {table: rows(history, table) for table in tables}
    assert retell(history, DOCUMENT, looks).added == 0
    assert {table: rows(history, table) for table in tables} == before


def test_an_import_that_goes_on_adds_what_is_new_in_it(history: History) -> None:
    retell(history, DOCUMENT, [archived(-9, TWELVE)])
    assert retell(history, DOCUMENT, [archived(-9, TWELVE), archived(-5, LONGER)]).added == 1
    assert story(history) == [(1, -9, "-9", False), (2, -5, "-5…", True)]


def test_looks_keep_what_they_were_recorded_as(history: History, look: Look) -> None:
    look(0, TWELVE)
    columns = "id, at, outcome, state, why, source, chain"
    before = history.db.execute(f"SELECT {columns} FROM observations").fetchall()
    retell(history, DOCUMENT, [archived(-50, TWELVE)])
    after = history.db.execute(f"SELECT {columns} FROM observations ORDER BY id").fetchall()
    assert after[:1] == before
    assert after[1][5] == "folder:-50"


def test_the_chain_over_all_looks_stays_whole(history: History, look: Look) -> None:
    look(0, TWELVE)
    retell(history, DOCUMENT, [archived(-50, TWELVE)])
    look(3, LONGER)
    assert all(link.whole for link in linked(history.db))


def test_a_failed_look_stays_a_failed_look(history: History, look: Look) -> None:
    look(0, TWELVE)
    look(1, failure=State.DNS)
    look(2, TWELVE)
    retell(history, DOCUMENT)
    assert [o.outcome for o in history.observations(NAME)] == ["unchanged", "failed", "first"]
    assert story(history) == [(1, 0, "2…", False)]


def test_better_rules_merge_versions_and_keep_the_old_ones(history: History, look: Look) -> None:
    for day, updated in enumerate(("January 2, 2026", "January 3, 2026")):
        look(day, page(updated=updated))
    narrowed = replace(DOCUMENT, start="Who we are")
    history.register([narrowed], START)
    told = retell(history, narrowed)
    assert (told.before, told.after, told.merged) == (2, 1, 1)
    assert story(history) == [(1, 0, "1…", False)]
    superseded = history.db.execute("SELECT count(*) FROM versions WHERE superseded IS NOT NULL").fetchone()
    assert superseded == (2,)
    assert look(2, page(), document=narrowed).kind == "reformatted"


def test_what_a_person_accepted_is_accepted_again(history: History, look: Look) -> None:
    look(0, TWELVE)
    assert look(1, CUT).kind == "quarantined"
    accept(history, NAME, START + timedelta(days=2))
    retell(history, DOCUMENT, [archived(-9, TWELVE)])
    assert story(history) == [(1, -9, "0", False), (2, 1, "1…", True)]


def test_what_a_person_refused_stays_refused(history: History, look: Look) -> None:
    look(0, TWELVE)
    look(1, CUT)
    reject(history, NAME, START + timedelta(days=2))
    retell(history, DOCUMENT, [archived(-9, TWELVE)])
    assert history.quarantined([NAME]) == []
    assert (look(6, CUT).kind, history.quarantined([NAME])) == ("quarantined", [])


def test_a_text_that_waits_goes_on_waiting(history: History, look: Look) -> None:
    look(0, TWELVE)
    look(1, CUT)
    [before] = history.quarantined([NAME])
    retell(history, DOCUMENT, [archived(-9, TWELVE)])
    assert history.quarantined([NAME]) == [before]
    assert look(2, CUT).kind == "changed"


def test_a_look_that_came_meanwhile_is_not_lost(history: History, look: Look) -> None:
    look(0, TWELVE)
    past = gather(history, DOCUMENT, [archived(-9, SIX)])
    told = tell(past)
    look(1, LONGER)
    with pytest.raises(Outdated):
        history.retell(past, told)
    assert story(history) == [(1, 0, "0", False), (2, 1, "1…", True)]


def test_a_document_that_only_an_archive_knows_is_not_watched(history: History) -> None:
    retell(history, DOCUMENT, [archived(-9, TWELVE)])
    [document] = history.documents([NAME])
    assert not document.watched


def test_many_documents_are_told_in_other_processes_and_one_that_cannot_be_read_is_named(history: History) -> None:
    def broken() -> list[Observation]:
        raise OSError("the archive is damaged")

    others = [replace(DOCUMENT, name=f"lumora/{n}") for n in range(3)]
    pieces = [Piece(other, lambda: [archived(-9, TWELVE), archived(-5, LONGER)]) for other in others]
    pieces.insert(1, Piece(DOCUMENT, broken))
    with ThreadPoolExecutor(2) as executor:
        went = {each.document.name: each for each in retell_all(history, pieces, executor, 2)}
        again = list(retell_all(history, pieces[:1], executor, 2))
    assert went[NAME].trouble == "the archive is damaged"
    assert [went[other.name].retold.after for other in others] == [2, 2, 2]  # type: ignore[union-attr]
    assert [(each.retold, each.trouble) for each in again] == [(None, "")]


def read(day: int, body: bytes, reader: str) -> Observation:
    """A look of which an archive kept only what it read out of the page."""
    return replace(archived(day, body), reader=reader)


def test_a_text_that_an_archive_read_by_new_rules_is_no_change(history: History) -> None:
    retell(history, DOCUMENT, [read(-9, TWELVE, "rules 1"), read(-8, SIX, "rules 2"), read(-7, LONGER, "rules 2")])
    assert story(history) == [(1, -9, "-9", False), (2, -8, "-8", False), (3, -7, "-7…", True)]
    assert history.observations(NAME)[1].outcome == "reformatted"


def test_where_our_own_looks_follow_those_of_an_archive_nothing_is_told_of_how_the_readings_differ(
    history: History, look: Look
) -> None:
    retell(history, DOCUMENT, [read(-9, SIX, "rules 1")])
    outcome = look(0, TWELVE)
    assert (outcome.kind, outcome.change, outcome.events) == ("reformatted", None, ())
    assert [event.type for event in look(1, LONGER).events] == ["changed"]


def test_an_archives_reading_sets_nothing_where_the_page_itself_was_seen_before(history: History, look: Look) -> None:
    look(0, TWELVE)
    look(9, LONGER)
    retell(history, DOCUMENT, [read(5, SIX, "rules 1")])
    assert story(history) == [(1, 0, "0", False), (2, 9, "9…", True)]
    assert "an archive's reading" in history.observations(NAME)[1].why


def test_a_change_stays_a_change_where_an_archive_read_the_same_text_meanwhile(history: History, look: Look) -> None:
    look(0, TWELVE)
    look(9, LONGER)
    retell(history, DOCUMENT, [read(5, TWELVE, "rules 1")])
    assert story(history) == [(1, 0, "5", False), (2, 9, "9…", True)]
    assert look(12, SIX).kind == "changed"


def test_a_change_that_was_derived_anew_can_still_be_read(history: History, look: Look) -> None:
    look(0, TWELVE)
    [event] = look(9, LONGER).events
    [before] = history.changes([NAME])
    narrowed = replace(DOCUMENT, start="Who we are")
    history.register([narrowed], START)
    retell(history, narrowed)
    listed = history.db.execute("SELECT DISTINCT change FROM clause_log").fetchall()
    assert listed == [(row.id,) for row in history.changes([NAME])]
    after = history.change(before.id)
    assert (after.first_seen, after.change.id) == (event.at, before.change.id)
    assert [row.id for row in history.changes([NAME])] != [before.id]


MUCH = TWELVE.replace(
    b"</main>",
    b"".join(b"<p>Lamp number %d tells us when it is on, and for how long, each day.</p>" % n for n in range(200))
    + b"</main>",
)


def test_what_stood_on_the_page_when_we_looked_is_in_no_doubt_because_of_an_older_look(
    history: History, look: Look
) -> None:
    look(0, TWELVE)
    look(9, LONGER)
    retell(history, DOCUMENT, [archived(-9, MUCH)])
    assert story(history) == [(1, -9, "-9", False), (2, 0, "0", True), (3, 9, "9…", True)]


def test_a_verdict_counts_for_the_text_that_it_was_given_on_and_for_no_other(history: History, look: Look) -> None:
    look(0, MUCH)
    look(1, TWELVE)
    accept(history, NAME, START + timedelta(days=2))
    retell(history, DOCUMENT, [archived(1.5, CUT)])
    assert [(number, first) for number, first, _, _ in story(history)] == [(1, 0), (2, 1)]


def test_a_refusal_holds_where_another_text_waits_when_all_is_told_anew(history: History, look: Look) -> None:
    look(0, MUCH)
    look(1, TWELVE)
    reject(history, NAME, START + timedelta(days=2))
    retell(history, DOCUMENT, [archived(1.5, b"<p>Unsere Datenschutzhinweise finden Sie hier auf Deutsch.</p>" * 40)])
    assert [number for number, *_ in story(history)] == [1]
    assert (look(3, TWELVE).kind, look(4, TWELVE).kind) == ("quarantined", "quarantined")


def test_what_was_only_imported_was_told_to_nobody_though_we_have_looked_in_vain(history: History, look: Look) -> None:
    retell(history, DOCUMENT, [archived(-9, TWELVE)])
    look(0, failure=State.DNS)
    retell(history, DOCUMENT, [archived(-2, LONGER)])
    assert [look(day, LONGER).events for day in (1, 9)] == [(), ()]


def test_how_often_we_looked_in_vain_stays_as_it_is(history: History, look: Look) -> None:
    look(0, TWELVE)
    look(1, failure=State.DNS)
    retell(history, DOCUMENT, [archived(0.5, TWELVE), archived(1.5, TWELVE)])
    assert [document.failures for document in history.documents([NAME])] == [1]
    assert [event.type for event in look(2, failure=State.DNS).events] == ["broken"]


def test_looks_that_show_no_policy_any_more_are_counted(history: History, look: Look) -> None:
    look(0, TWELVE)
    nowhere = replace(DOCUMENT, remove=("body",))
    history.register([nowhere], START)
    told = retell(history, nowhere)
    assert (told.before, told.after, told.unread) == (1, 0, 1)


class Dying(Executor):
    """Its first process dies, and with it all that was in hand."""

    def __init__(self) -> None:
        self.dead: list[Future[bytes]] = []
        self.calls = 0

    def submit(self, call, /, *arguments, **keywords):  # type: ignore[no-untyped-def]
        future: Future[bytes] = Future()
        self.calls += 1
        if self.calls > 2:
            future.set_result(call(*arguments, **keywords))
        elif self.calls == 2:
            for each in (*self.dead, future):
                each.set_exception(BrokenProcessPool("died"))
        self.dead.append(future)
        return future


def test_where_a_process_dies_all_documents_are_told_in_the_end(history: History) -> None:
    pieces = [Piece(replace(DOCUMENT, name=f"lumora/{n}"), lambda: [archived(-9, TWELVE)]) for n in range(4)]
    went = list(retell_all(history, pieces, Dying(), 2))
    assert [(each.trouble, each.retold.added if each.retold else 0) for each in went] == [("", 1)] * 4


def test_a_damaged_body_is_its_documents_trouble_alone(history: History, look: Look) -> None:
    look(0, TWELVE)
    history.db.execute("UPDATE snapshots SET data = x'00'")
    pieces = [
        Piece(DOCUMENT, lambda: [archived(-9, LONGER)]),
        Piece(replace(DOCUMENT, name="lumora/other"), lambda: [archived(-9, LONGER)]),
    ]
    with ThreadPoolExecutor(1) as executor:
        troubles = [each.trouble for each in retell_all(history, pieces, executor, 1)]
    assert ["damaged" in trouble for trouble in troubles] == [True, False]
