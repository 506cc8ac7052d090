"""`clausewatch extract URL`: one polite look, and nothing is recorded."""

import json
from datetime import UTC, datetime, timedelta

import pytest


@pytest.fixture
def asked(site, watching):
    """Publish a page at acme.test, and ask for it."""

    def ask(*arguments, page=None, robots=None, **settings):
        url = site.put("acme.test", page=page, robots=robots)
        watching.watch({"acme/privacy": url}, **settings)
        return watching("extract", url, *arguments)

    site.pages.clear()
    site.asked.clear()
    return ask


def test_an_address_is_fetched_and_understood(asked, pages, policy):
    done = asked(page=pages.Reply(policy()))
    assert done.code == 0
    assert done.out.startswith("a policy\naddress: http://acme.test")
    assert "updated: 2024-03-01" in done.out


def test_nothing_is_recorded(asked, pages, policy, watching):
    asked(page=pages.Reply(policy()))
    assert not watching.database.exists()


def test_it_waits_for_its_turn_at_a_host_that_somebody_else_is_asking(asked, site, pages, policy, watching):
    with watching.history() as history:
        until = datetime.now(UTC) + timedelta(seconds=4)
        history.take_host("acme.test", "a crawl", datetime.now(UTC), timedelta(seconds=4))
        assert asked(page=pages.Reply(policy())).code == 0
        assert datetime.now(UTC) > until
        assert history.documents() == []
    assert len(site.requests("acme.test", "/privacy")) == 1


def test_a_redirect_is_followed_and_told(asked, site, pages, policy):
    site.put("acme.test", "/new", pages.Reply(policy()))
    done = asked(page=pages.Reply(b"", 302, headers={"Location": "/new"}))
    assert "/new\n" in done.out


def test_the_declared_type_and_charset_count(asked, pages):
    text = "Datenschutzerklärung\n\nStand: 1. März 2024\n\nWir löschen Ihre Daten nach einem Jahr."
    reply = pages.Reply(text.encode("latin-1"), headers={"Content-Type": "text/plain; charset=iso-8859-1"})
    assert json.loads(asked("--json", page=reply).out)["updated"] == "2024-03-01"


def test_what_is_no_policy_has_exit_code_1(asked, pages):
    done = asked(page=pages.Reply(b"<h1>Page not found</h1><p>We can't find that page.</p>"))
    assert (done.code, done.out.splitlines()[0]) == (1, "no policy: not found")


def test_robots_txt_is_heeded(asked, site, pages, policy):
    robots = pages.Reply(b"User-agent: *\nDisallow: /", headers={"Content-Type": "text/plain"})
    done = asked(page=pages.Reply(policy()), robots=robots)
    assert (done.code, "robots" in done.err) == (2, True)
    assert not site.requests("acme.test", "/privacy")


def test_a_page_that_cannot_be_had_is_told_in_a_sentence(asked, pages):
    done = asked(page=pages.Reply(b"gone", 410))
    assert (done.code, "not found (410: there is no such page)" in done.err) == (2, True)


def test_private_addresses_are_refused(asked, site, pages, policy):
    done = asked(page=pages.Reply(policy()), allow_networks=[], contact="mailto:crawler@acme.test")
    assert (done.code, "forbidden address" in done.err) == (2, True)
    assert not site.requests("acme.test")


def test_strangers_are_not_asked_without_a_contact(asked, pages, policy):
    done = asked(page=pages.Reply(policy()), allow_networks=[])
    assert (done.code, "contact" in done.err) == (2, True)
