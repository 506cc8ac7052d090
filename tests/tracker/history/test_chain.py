"""The chain over all looks: whoever alters the record, alters every hash after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lumora import START, page

from tracker import History, Outcome, State
from tracker.history import chain

Look = Callable[..., Outcome]


@pytest.fixture
def watched(history: History, look: Look) -> History:
    """Six looks on four days: two texts, a failure, and a look that brought nothing new."""
    look(0, page())
    look(0.2, page())
    look(1, failure=State.TIMED_OUT)
    look(2, page(("12 months", "24 months")))
    look(2.1, page(("12 months", "24 months")), status=304)
    look(3, page())
    return history


def broken(history: History) -> list[int]:
    return [each.id for each in chain.linked(history.db) if not each.whole]


def test_every_look_is_linked_to_the_one_before_it(watched: History) -> None:
    looks = list(chain.linked(watched.db))
    assert len(looks) == 6
    assert all(each.whole for each in looks)
    assert len({each.stored for each in looks}) == 6
    before = chain.START
    for each in looks:
        before = chain.link(before, each.digest)
        assert each.stored == before


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE observations SET at = '2020-01-01T00:00:00Z' WHERE id = 3",
        "UPDATE observations SET state = 'ok' WHERE id = 3",
        "UPDATE observations SET snapshot = 1 WHERE id = 4",
        "UPDATE observations SET headers = '{}' WHERE id = 4",
        "UPDATE snapshots SET sha256 = 'f00' WHERE id = 2",
        "UPDATE observations SET chain = NULL WHERE id = 3",
    ],
)
def test_what_was_altered_is_found(watched: History, tampering: str) -> None:
    watched.db.execute("PRAGMA foreign_keys = OFF")
    watched.db.execute(tampering)
    assert broken(watched)[0] in (3, 4)


def test_a_look_that_was_taken_out_is_missed_by_the_next(watched: History) -> None:
    watched.db.execute("PRAGMA foreign_keys = OFF")
    watched.db.execute("DELETE FROM observations WHERE id = 3")
    assert broken(watched) == [4]


def test_what_later_rules_read_out_of_a_look_is_no_part_of_the_chain(watched: History) -> None:
    watched.db.execute(
        "UPDATE observations SET version = NULL, why = 'understood anew', fingerprint = 'x' WHERE id = 4"
    )
    assert broken(watched) == []


def test_a_day_has_the_root_of_its_last_look_and_the_day_under_way_has_none(watched: History) -> None:
    today = f"{START:%Y-%m-}{START.day + 3:02}"
    roots = chain.roots(watched.db, today)
    assert [(root.observation, root.looks) for root in roots] == [(2, 2), (3, 1), (5, 2)]
    assert roots[-1].chain == list(chain.linked(watched.db))[4].stored


def test_a_history_from_before_the_chain_gets_the_same_one(watched: History) -> None:
    stored = [each.stored for each in chain.linked(watched.db)]
    watched.db.execute("UPDATE observations SET chain = NULL")
    chain.fill(watched.db)
    assert [each.stored for each in chain.linked(watched.db)] == stored
