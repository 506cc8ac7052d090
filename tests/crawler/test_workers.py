"""One page's trouble is never another's."""

import asyncio
import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from crawler.lane import ProcessDied
from crawler.workers import Workers
from tracker.history.connection import BUSY_SECONDS
from tracker.model import Document, Observation, Page, State

NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def history(tmp_path):
    from tracker.history import History

    with History(tmp_path / "history.db") as history:
        yield history


@pytest.fixture
def document():
    return Document(vendor="Acme", kind="privacy", url="https://acme.test/privacy", language="en")


@pytest.fixture
def look(policy):
    """A look at a page, so many days later."""

    def look(days=0):
        at = NOW + timedelta(days=days)
        headers = {"content-type": "text/html"}
        return Observation(url="https://acme.test/privacy", at=at, status=200, headers=headers, body=policy())

    return look


async def test_a_page_is_understood_in_another_process(history, document, look):
    async with Workers(1) as workers:
        outcome = await workers.observe(history, document, look())
    assert (outcome.kind, outcome.state) == ("first", State.OK)


async def test_a_page_that_takes_too_long_is_a_failed_look_whose_body_is_kept(history, document, look):
    async with Workers(1, seconds=0.0) as workers:
        late = await workers.observe(history, document, look())
        workers.seconds = 30
        in_time = await workers.observe(history, document, look(1))
    assert (late.kind, late.state, late.version) == ("failed", State.TOO_SLOW, None)
    assert in_time.kind == "first"
    failed = history.observations(document.name)[1]
    assert failed.bytes == len(look().body)


async def kill(lane, but=None):
    """Kill the lane's process as soon as there is one, or another one."""
    while lane.process in (None, but):
        await asyncio.sleep(0.01)
    os.kill(lane.process.pid, signal.SIGKILL)
    return lane.process


async def test_a_page_whose_process_was_killed_is_tried_once_more(history, document, look):
    async with Workers(1) as workers:
        looking = asyncio.create_task(workers.observe(history, document, look()))
        await kill(workers._lanes[0])
        outcome = await looking
    assert outcome.kind == "first"


async def test_a_page_that_brings_its_process_down_twice_fails_alone(history, document, look):
    async with Workers(1) as workers:
        [lane] = workers._lanes
        looking = asyncio.create_task(workers.observe(history, document, look()))
        await kill(lane, but=await kill(lane))
        broken = await looking
        next_one = await workers.observe(history, document, look(1))
    assert (broken.kind, broken.state) == ("failed", State.ERROR)
    assert next_one.kind == "first"


async def test_a_history_that_cannot_be_written_is_no_outcome_and_no_exception(history, document, look, caplog):
    history.close()
    history.path.write_bytes(b"no database" * 1000)
    async with Workers(1) as workers:
        assert await workers.observe(history, document, look()) is None
    assert "acme/privacy" in caplog.text


async def test_a_history_that_others_write_is_waited_for_beside_the_loop_and_not_held_against_the_page(
    history, document, look
):
    async with Workers(1, seconds=1.0) as workers:
        await workers.observe(history, document, look())
        with history.together():
            looking = asyncio.create_task(workers.observe(history, document, look(1)))
            began = time.monotonic()
            await asyncio.sleep(1.5)  # longer than a page may take
            assert time.monotonic() - began < BUSY_SECONDS, "the loop stood still"
            assert not looking.done()
        outcome = await looking
    assert outcome.kind == "unchanged"


async def test_a_look_that_is_given_up_leaves_no_answer_behind_for_the_next_one(history, document, look):
    async with Workers(1) as workers:
        looking = asyncio.create_task(workers.observe(history, document, look()))
        await asyncio.sleep(0.05)
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking
        policy = await workers.extract(look().body, Page("text/html"))
    assert "Privacy policy" in policy.markdown


async def test_closing_does_not_wait_for_a_busy_process():
    workers = Workers(1)
    busy = asyncio.create_task(workers._on_a_lane(time.sleep, 600))
    while workers._lanes[0].process is None:
        await asyncio.sleep(0.01)
    workers.close()
    with pytest.raises(ProcessDied):
        await busy


async def test_a_look_with_nothing_to_understand_waits_for_no_process(history, document):
    workers = Workers(1)
    seen = Observation(url=document.url, at=NOW, failure=State.DNS, detail="its host name has no address")
    outcome = await workers.observe(history, document, seen)
    assert (outcome.kind, outcome.state) == ("failed", State.DNS)
    assert workers._lanes[0].process is None


async def test_a_failed_look_that_cannot_be_recorded_is_no_outcome_and_no_exception(history, document, caplog):
    history.db.execute("CREATE TRIGGER full BEFORE INSERT ON observations BEGIN SELECT RAISE(ABORT, 'no room'); END")
    assert await Workers(1).observe(history, document, Observation(url=document.url, at=NOW, failure=State.DNS)) is None
    assert "no room" in caplog.text


async def test_a_process_that_was_ended_is_replaced_before_the_next_page(history, document, look):
    async with Workers(1, seconds=0.0) as workers:
        first = workers._lanes[0].process
        outcome = await workers.observe(history, document, look())
        next_one = workers._lanes[0].process
    assert outcome.state is State.TOO_SLOW
    assert (first.exitcode, next_one is None) == (-signal.SIGALRM, False)


async def test_a_page_that_is_only_looked_for_is_read_beside_the_loop_and_no_longer_than_any():
    body = b"<html><body><main><h1>Privacy policy</h1><p>We keep your name for one year.</p></main></body></html>"
    async with Workers(lanes=1) as workers:
        assert "one year" in (await workers.extract(body, Page("text/html"))).markdown
        workers.seconds = 0.0
        assert (await workers.extract(body, Page("text/html"))).state is State.TOO_SLOW
        workers.seconds = 30.0
        assert "one year" in (await workers.extract(body, Page("text/html"))).markdown
