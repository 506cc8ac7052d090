"""The daemon, as a process that is started, asked, disturbed and killed."""

import asyncio
import signal
import sqlite3
import threading
import time
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

LONG = 120.0
"""Seconds that nothing here takes, but on a machine that is very busy."""


def looked_at(watching, *names):
    return lambda: all(watching.looks(f"{name}/privacy") for name in names)


def held(watching, host):
    with sqlite3.connect(watching.database) as db:
        return db.execute("SELECT lease FROM hosts WHERE host = ? AND lease IS NOT NULL", [host]).fetchone()


def beat(watching):
    with sqlite3.connect(watching.database) as db:
        return db.execute("SELECT beat FROM daemon").fetchone()


@pytest.fixture(scope="module")
def story(site, pages, policy, watching_long, daemon_of, wait_until):
    """A day in the life of a daemon, in a few seconds. Pages that are under way wait until what happens meanwhile has happened."""
    watching, told, slow, late = watching_long, SimpleNamespace(), threading.Event(), threading.Event()
    urls = {
        "acme/privacy": site.put("acme.day.test", page=pages.Reply(policy(), etag='"1"')),
        "bolt/privacy": site.put("bolt.day.test", page=pages.Reply(b"", 404)),
        "slow/privacy": site.put("slow.day.test", page=pages.Reply(policy(), held=slow)),
    }
    watching.watch(urls, timeout=LONG)
    with daemon_of(watching) as daemon:
        wait_until(lambda: site.requests("slow.day.test", "/privacy"))
        wait_until(looked_at(watching, "acme", "bolt"))
        told.recrawl = watching("recrawl", "acme")
        told.slow_was_under_way = not watching.looks("slow/privacy")
        told.fetches = len(site.requests("acme.day.test", "/privacy"))
        slow.set()
        wait_until(looked_at(watching, "slow"))
        watching.registry.write_text("[vendors")
        beats = {beat(watching)}
        wait_until(lambda: beats.add(beat(watching)) or len(beats) > 3)
        with sqlite3.connect(watching.database, isolation_level=None) as locking:
            locking.execute("BEGIN IMMEDIATE")
            time.sleep(1)
            locking.execute("ROLLBACK")
        locking.close()
        urls["late/privacy"] = site.put("late.day.test", page=pages.Reply(policy(), held=late))
        watching.watch(urls, timeout=LONG)
        wait_until(lambda: site.requests("late.day.test", "/privacy"))
        daemon.send_signal(signal.SIGTERM)
        late.set()
        _, told.log = daemon.communicate(timeout=LONG)
        told.code = daemon.returncode
    told.late = watching.looks("late/privacy")
    told.late_is_held = held(watching, "late.day.test")
    return told


def test_it_looks_at_what_is_due_and_says_what_came_of_it(story):
    assert "acme/privacy: first" in story.log
    assert "bolt/privacy: failed (not found)" in story.log


def test_it_does_a_recrawl_while_a_long_crawl_is_running(story):
    assert (story.recrawl.code, "acme/privacy: unchanged" in story.recrawl.out) == (0, True)
    assert story.slow_was_under_way
    assert story.fetches == 2
    assert "acme/privacy: unchanged" in story.log


def test_a_registry_that_became_invalid_is_told_once_and_the_last_good_one_stays(story):
    assert story.log.count("going on with the last good one") == 1


def test_a_new_document_in_the_registry_is_looked_at_without_a_restart(story):
    assert [look.outcome for look in story.late] == ["first"]


def test_a_locked_history_does_not_end_it(story):
    assert story.code == 0


def test_sigterm_lets_the_page_under_way_finish_and_gives_its_host_back(story):
    assert (story.code, len(story.late), story.late_is_held) == (0, 1, None)


def test_its_log_has_its_own_lines_alone(story):
    assert "Traceback" not in story.log
    assert "crapy" not in story.log


@pytest.fixture
def slow(site, pages, policy, watching):
    """One quick page, and one that waits to be let go."""
    watching.held = threading.Event()
    pages_of = {"acme": pages.Reply(policy()), "slow": pages.Reply(policy(), held=watching.held)}
    urls = {f"{name}/privacy": site.put(f"{name}.killed.test", page=page) for name, page in pages_of.items()}
    watching.watch(urls, timeout=LONG)
    watching.asked = lambda: site.requests("slow.killed.test", "/privacy")
    site.asked.clear()
    yield watching
    watching.held.set()


def test_a_second_sigterm_ends_at_once(slow, daemon_of, wait_until):
    with daemon_of(slow) as daemon:
        wait_until(slow.asked)
        daemon.send_signal(signal.SIGTERM)
        while "once more to end at once" not in daemon.stderr.readline():
            pass
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(timeout=LONG) == 128 + signal.SIGTERM
        daemon.communicate()
    assert not slow.looks("slow/privacy")


def test_kill_9_leaves_a_sound_history_no_processes_and_work_for_the_next_run(slow, daemon_of, wait_until):
    with daemon_of(slow) as daemon:
        wait_until(slow.asked)
        wait_until(looked_at(slow, "acme"))
        children = descendants(daemon.pid)
        daemon.kill()
        daemon.communicate()
    with sqlite3.connect(slow.database) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("documents", "hosts"):  # time passes, and leases run out
            db.execute(f"UPDATE {table} SET lease_until = '2000-01-01T00:00:00.000Z' WHERE lease IS NOT NULL")
    assert not slow.looks("slow/privacy")
    assert children
    wait_until(lambda: not any(map(alive, children)))
    slow.held.set()
    done = slow.json("crawl")
    assert done.code == 0
    assert [look["document"] for look in done.looks] == ["slow/privacy"]


def descendants(pid):
    """The worker processes of a daemon, as Linux tells them."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def alive(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


async def test_a_registry_that_could_not_be_noted_is_noted_by_a_later_tick(tmp_path):
    from crawler.daemon import Daemon
    from crawler.registry_file import RegistryFile

    path, answers, noted = tmp_path / "vendors.toml", iter([None, sqlite3.OperationalError("locked"), None]), []

    def register(documents, now):
        if error := next(answers):
            raise error
        noted.append([document.name for document in documents])

    def write(vendor):
        path.write_text(
            f'[settings]\ncontact = "mailto:me@acme.test"\n[vendors.{vendor}]\nhome = "https://{vendor}.test/"\n'
            f'[[vendors.{vendor}.documents]]\nkind = "privacy"\nurl = "https://{vendor}.test/privacy"\n'
        )

    write("acme")
    history = SimpleNamespace(
        path=tmp_path,
        register=register,
        subscribe=lambda _: None,
        beat=lambda *_: None,
        claim_apart=lambda *_, **__: [],
        together=nullcontext,
    )
    daemon = Daemon(None, RegistryFile(path), history, None)
    write("late-one")
    for _ in range(4):
        await daemon.tick()
    assert noted == [["acme/privacy"], ["late-one/privacy"]]


async def test_a_clock_that_is_set_back_does_not_stop_the_ticks(monkeypatch):
    from crawler import daemon

    monkeypatch.setattr(daemon, "LATE", timedelta(seconds=0.2))
    ticks, told, scheduler = [], [], AsyncIOScheduler(timezone="UTC")

    async def tick():
        ticks.append(1)

    async def set_back():
        told.append(1)

    job = scheduler.add_job(tick, "interval", seconds=0.05, misfire_grace_time=None)
    scheduler.start()
    keeping = asyncio.create_task(daemon.keep_ticking(job, set_back))
    job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=1))  # as planned before the clock was set back
    before = len(ticks)
    async with asyncio.timeout(LONG):
        while len(ticks) < before + 3:
            await asyncio.sleep(0.05)
    keeping.cancel()
    scheduler.shutdown(wait=False)
    assert told == [1]
