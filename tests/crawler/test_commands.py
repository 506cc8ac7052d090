"""The crawl and recrawl commands, as a person uses them, against a real server."""

import json
import signal
import sqlite3
import threading
from itertools import count, pairwise
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from crawler.cli import cli

NUMBERS = count()


@pytest.fixture(scope="module")
def story(site, pages, policy, watching_long):
    """One document over its first days: what was run, and what the server had seen by then."""
    watching, host = watching_long, "story.test"
    page = pages.Reply(policy("We keep your data for one year."), etag='"1"')
    watching.watch({"acme/privacy": site.put(host, page=page)})
    told = SimpleNamespace(asked=lambda: site.requests(host, "/privacy"))
    told.first = watching("crawl")
    told.nothing_due = watching("crawl")
    told.asked_before_naming = len(told.asked())
    told.named = watching("crawl", "acme", "--json")
    told.named_headers = told.asked()[-1].headers
    told.named_status = watching.looks("acme/privacy")[0].status
    page.body, page.etag = policy("We keep your data for ten years.", "We sell your data to advertisers."), '"2"'
    told.changed = watching("crawl", "acme/privacy")
    page.body, page.etag = policy("We sell your data to everybody.", date="2 March 2025"), '"3"'
    told.recrawl_changed = watching("recrawl", "*/privacy")
    page.status, page.etag = 404, None
    told.recrawl_failed = watching("recrawl", "acme", "--json")
    return told


def test_a_first_crawl_is_a_quiet_first_sight(story):
    assert story.first.code == 0
    assert "acme/privacy: first" in story.first.err
    assert story.first.out.strip() == "Looked at 1: 1 first."


def test_what_is_not_due_is_not_looked_at(story):
    assert (story.nothing_due.code, story.nothing_due.out.strip()) == (0, "Nothing is due.")
    assert story.asked_before_naming == 1


def test_a_named_document_is_looked_at_though_it_is_not_due(story):
    assert story.named.code == 0
    assert [look["outcome"] for look in json.loads(story.named.out)["looks"]] == ["unchanged"]


def test_a_page_that_is_known_is_asked_for_conditionally(story):
    assert story.named_headers["if-none-match"] == '"1"'
    assert story.named_status == 304


def test_json_is_all_that_is_printed(story):
    assert story.named.err == ""
    assert json.loads(story.named.out)["left"] == []


def test_a_change_is_told_with_its_clauses(story):
    assert story.changed.code == 0
    assert "acme/privacy: changed" in story.changed.err
    assert "sell your data" in story.changed.out
    assert "Looked at 1: 1 changed." in story.changed.out


def test_recrawl_tells_what_changed_also_by_its_exit_code(story):
    assert story.recrawl_changed.code == 10
    assert "acme/privacy: changed" in story.recrawl_changed.out
    assert "everybody" in story.recrawl_changed.out


def test_recrawl_tells_a_failure_by_its_exit_code(story):
    assert story.recrawl_failed.code == 1
    assert [look["state"] for look in json.loads(story.recrawl_failed.out)["looks"]] == ["not_found"]


@pytest.fixture
def acme(site, pages, policy, watching):
    """One vendor with one policy on a host of this test's own."""
    watching.host = f"acme-{next(NUMBERS)}.test"
    watching.page = pages.Reply(policy())
    watching.watch({"acme/privacy": site.put(watching.host, page=watching.page)}, timeout=60.0)
    return watching


def test_bad_pages_are_outcomes_and_no_versions_and_their_host_is_asked_one_by_one(site, pages, watching):
    answers = {
        "gone": pages.Reply(b"gone", 410),
        "binary": pages.Reply(b"\x00\xff<" * 100_000, headers={"Content-Type": "text/html; charset=klingon"}),
        "empty": pages.Reply(b""),
        "zip": pages.Reply(b"PK\x03\x04", headers={"Content-Type": "application/zip"}),
        "pdf": pages.Reply(b"%PDF-1.4 broken", headers={"Content-Type": "application/pdf"}),
        "deep": pages.Reply(b"<div>" * 100_000),
    }
    urls = {f"{name}/privacy": site.put("bad.test", f"/{name}", page) for name, page in answers.items()}
    urls["refused/privacy"] = site.put("refused.test", robots=pages.Reply(b"User-agent: *\nDisallow: /"))
    watching.watch(urls, delay=0.2)
    done = watching.json("crawl")
    assert done.code == 0
    states = {look["document"].split("/")[0]: look["state"] for look in done.looks}
    assert set(states) == {*answers, "refused"}
    assert all(look["version"] is None for look in done.looks)
    assert (states["gone"], states["zip"], states["refused"]) == ("not_found", "unsupported_type", "robots")
    assert "ok" not in states.values()
    starts = [asked.start for asked in site.requests("bad.test")]
    assert (site.peak["bad.test"], len(starts)) == (1, 1 + len(answers))  # robots.txt once
    assert min(later - earlier for earlier, later in pairwise(starts)) > 0.199  # what was answered was asked for before


def test_a_host_that_asks_us_to_wait_is_asked_no_more(site, pages, watching):
    busy = pages.Reply(b"", 429, headers={"Retry-After": "3600"})
    kinds = ("privacy", "cookies", "terms")
    watching.watch({f"acme/{kind}": site.put("wait.test", f"/{kind}", busy) for kind in kinds})
    done = watching.json("crawl")
    assert done.code == 1
    assert [look["state"] for look in done.looks] == ["rate_limited"]
    assert len(done.left) == 2
    assert len(site.requests("wait.test")) == 2  # robots.txt and the first page


@pytest.mark.parametrize(("command", "said"), [("crawl", "not recorded"), ("recrawl", "no look")])
def test_a_look_that_cannot_be_recorded_is_said_with_its_reason_and_not_tried_again(acme, site, command, said):
    acme("crawl")
    before = len(site.requests(acme.host, "/privacy"))
    with sqlite3.connect(acme.database) as db:
        db.execute("CREATE TRIGGER full BEFORE INSERT ON observations BEGIN SELECT RAISE(ABORT, 'no room'); END")
    done = acme(command, "acme")
    assert done.code == 1
    assert said in done.out + done.err
    assert "no room" in done.err
    assert len(site.requests(acme.host, "/privacy")) == before + 1


def test_whoever_looks_for_an_address_on_others_servers_says_who_they_are(acme):
    acme.watch({"acme/privacy": None})
    done = acme("crawl", "acme")
    assert done.code == 2
    assert "acme/privacy is on somebody else's server (acme.test)" in done.err


def run_here(watching, *arguments):
    """A command that ends before Scrapy starts, in this process."""
    return CliRunner().invoke(cli, ["--registry", str(watching.registry), *arguments])


def test_an_unknown_name_is_refused_with_a_hint(acme):
    done = run_here(acme, "crawl", "acmee")
    assert done.exit_code == 2
    assert "acmee" in done.output
    assert "did you mean" in done.output


@pytest.mark.parametrize("command", [["crawl"], ["recrawl", "acme"], ["daemon"]])
def test_an_invalid_registry_is_refused_with_all_that_is_wrong(acme, command):
    acme.registry.write_text('[settings]\ndelay = 0\nspeed = 1\n[vendors.acme]\nhome = "nowhere"\n')
    done = run_here(acme, *command)
    assert done.exit_code == 2
    assert all(key in done.output for key in ("settings.delay", "settings.speed", "vendors.acme.home"))
    assert not acme.database.exists()


@pytest.mark.parametrize("command", [["crawl"], ["recrawl", "acme"], ["daemon"]])
def test_without_a_contact_nobody_else_s_server_is_crawled(acme, command):
    acme.watch({"acme/privacy": "https://www.example.com/privacy"}, allow_networks=[])
    acme.registry.write_text(acme.registry.read_text().replace('"www.example.com" = "127.0.0.1"', ""))
    done = run_here(acme, *command)
    assert done.exit_code == 2
    assert "contact" in done.output


@pytest.mark.parametrize("command", ["crawl", "recrawl", "daemon"])
def test_each_command_has_help_with_an_example_and_its_exit_codes(acme, command):
    done = run_here(acme, command, "--help")
    assert done.exit_code == 0
    assert f"clausewatch {command}" in done.output
    assert "Exit codes:" in done.output


def test_ctrl_c_lets_the_page_under_way_finish(acme, site, wait_until):
    acme.page.wait = 1.0
    crawl = acme.start("crawl")
    wait_until(lambda: site.requests(acme.host, "/privacy"))
    crawl.send_signal(signal.SIGINT)
    _, err = crawl.communicate(timeout=120)
    assert crawl.returncode == 4
    assert "Traceback" not in err
    assert len(acme.looks("acme/privacy")) == 1


def test_two_recrawls_at_once_fetch_once(acme, site, wait_until):
    acme.page.held, long_ago = threading.Event(), "2000-01-01T00:00:00Z"
    first = acme.start("recrawl", "acme")
    wait_until(lambda: site.requests(acme.host, "/privacy"))
    with sqlite3.connect(acme.database) as db:
        db.execute("UPDATE documents SET requested = ?", [long_ago])
        db.commit()
        second = acme.start("recrawl", "acme")
        wait_until(lambda: db.execute("SELECT requested FROM documents").fetchone() != (long_ago,))
    acme.page.held.set()
    assert [process.wait(timeout=120) for process in (first, second)] == [0, 0]
    assert all("acme/privacy: first" in process.communicate()[0] for process in (first, second))
    assert len(site.requests(acme.host, "/privacy")) == 1
