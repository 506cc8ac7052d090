"""The daemon, as a process that is started, asked, disturbed and killed."""

import signal
import sqlite3
import time
from pathlib import Path

import pytest


@pytest.fixture
def hosts(site, pages, policy, watching, request):
    """Publishes a page for each name on a host of its own and watches them: hosts(a=Reply(…), b=…) → host names."""

    def publish(**answers):
        test = request.node.name.replace("_", "-")[:40]
        named = {name: f"{name}.{test}.test" for name in answers}
        watching.watch(
            {f"{name}/privacy": site.put(named[name], page=page) for name, page in answers.items()},
        )
        return named

    return publish


def looked_at(watching, *names):
    return lambda: all(watching.looks(f"{name}/privacy") for name in names)


def end(process):
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    assert "Traceback" not in err, err
    return process.returncode, err


def test_it_looks_at_what_is_due_and_ends_when_told(hosts, pages, policy, watching, running_daemon, wait_until):
    hosts(acme=pages.Reply(policy()), bolt=pages.Reply(b"", 404))
    daemon = running_daemon()
    wait_until(looked_at(watching, "acme", "bolt"))
    code, log = end(daemon)
    assert code == 0
    assert "acme/privacy: first (ok)" in log
    assert "bolt/privacy: failed (not_found)" in log


def test_a_recrawl_is_answered_at_once_though_a_long_crawl_is_running(
    hosts, site, pages, policy, watching, running_daemon, wait_until
):
    named = hosts(acme=pages.Reply(policy()), slow=pages.Reply(policy(), wait=4.0))
    daemon = running_daemon()
    wait_until(looked_at(watching, "acme"))
    wait_until(lambda: site.requests(named["slow"], "/privacy"))
    wait_until(lambda: not held(watching, named["acme"]), 15)
    started = time.monotonic()
    done = watching("recrawl", "acme")
    assert (done.code, "acme/privacy: unchanged" in done.out) == (0, True)
    assert time.monotonic() - started < 5
    assert end(daemon)[0] == 0


def held(watching, host):
    with sqlite3.connect(watching.database) as db:
        return db.execute("SELECT lease FROM hosts WHERE host = ? AND lease IS NOT NULL", [host]).fetchone()


def test_a_recrawl_is_done_by_the_daemon_that_runs(hosts, site, pages, policy, watching, running_daemon, wait_until):
    named = hosts(acme=pages.Reply(policy(), etag='"1"'))
    daemon = running_daemon()
    wait_until(looked_at(watching, "acme"))
    assert watching("recrawl", "acme").code == 0
    assert len(site.requests(named["acme"], "/privacy")) == 2
    assert "acme/privacy: unchanged" in end(daemon)[1]


def test_a_new_document_in_the_registry_is_looked_at_without_a_restart(
    hosts, site, pages, policy, watching, running_daemon, wait_until
):
    named = hosts(acme=pages.Reply(policy()))
    daemon = running_daemon()
    wait_until(looked_at(watching, "acme"))
    new = site.put(f"new.{named['acme']}", page=pages.Reply(policy()))
    watching.registry.write_text("[vendors")
    time.sleep(1.2)
    watching.watch({"acme/privacy": site.url(named["acme"]), "new/privacy": new})
    wait_until(looked_at(watching, "new"))
    code, log = end(daemon)
    assert code == 0
    assert log.count("going on with the last good one") == 1


def test_sigterm_lets_the_page_under_way_finish(hosts, site, pages, policy, watching, running_daemon, wait_until):
    named = hosts(acme=pages.Reply(policy(), wait=1.5))
    daemon = running_daemon()
    wait_until(lambda: site.requests(named["acme"], "/privacy"))
    code, log = end(daemon)
    assert code == 0
    assert "acme/privacy: first (ok)" in log
    assert not held(watching, named["acme"])


def test_a_second_sigterm_ends_at_once(hosts, site, pages, policy, watching, running_daemon, wait_until):
    named = hosts(acme=pages.Reply(policy(), wait=4.0))
    daemon = running_daemon()
    wait_until(lambda: site.requests(named["acme"], "/privacy"))
    daemon.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(timeout=3) == 128 + signal.SIGTERM
    assert not watching.looks("acme/privacy")


def test_kill_9_leaves_a_sound_history_no_processes_and_work_for_the_next_run(
    hosts, site, pages, policy, watching, running_daemon, wait_until
):
    named = hosts(acme=pages.Reply(policy()), slow=pages.Reply(policy(), wait=3.0))
    daemon = running_daemon()
    wait_until(lambda: site.requests(named["slow"], "/privacy"))
    wait_until(looked_at(watching, "acme"))
    children = descendants(daemon.pid)
    daemon.kill()
    daemon.wait()
    with sqlite3.connect(watching.database) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        db.execute(
            "UPDATE documents SET lease_until = '2000-01-01T00:00:00.000Z' WHERE lease IS NOT NULL"
        )  # time passes
        db.execute("UPDATE hosts SET lease_until = '2000-01-01T00:00:00.000Z' WHERE lease IS NOT NULL")
    assert not watching.looks("slow/privacy")
    assert children
    wait_until(lambda: not any(map(alive, children)))
    done = watching.json("crawl")
    assert done.code == 0
    assert [look["document"] for look in done.looks] == ["slow/privacy"]


def descendants(pid):
    """The worker processes of a daemon, as Linux tells them."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def alive(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_locked_history_is_tried_again(hosts, pages, policy, watching, running_daemon, wait_until):
    hosts(acme=pages.Reply(policy()))
    daemon = running_daemon()
    wait_until(looked_at(watching, "acme"))
    db = sqlite3.connect(watching.database, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    time.sleep(2)
    db.execute("ROLLBACK")
    db.close()
    assert watching("recrawl", "acme").code == 0
    assert end(daemon)[0] == 0
