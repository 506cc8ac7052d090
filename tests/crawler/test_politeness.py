"""How hosts are treated: one request at a time, with a pause, within what robots.txt allows."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic
from types import SimpleNamespace

import pytest
from scrapy.http import Response

from crawler.guard.robots import KEPT, RobotsGuard
from crawler.work import LearntRules

MILLISECOND = 0.001
"""The history keeps no finer times."""


def starts(site, host):
    return sorted(asked.start for asked in site.requests(host))


@pytest.fixture(scope="module")
def polite(site, pages, fetch):
    """Six pages each on a quick and on a slow host, with a delay of 0.2 s; one host asks for 0.5 s by Crawl-delay, and one document
    for 0.4 s by itself. Three hosts send us on to one and the same, one of them its robots.txt, too. Connecting takes
    longer than any delay."""
    documents = []
    for host, wait in (("quick.test", 0.0), ("slow.test", 0.3)):
        for number in range(6):
            page = pages.Reply(wait=wait)
            documents.append({"name": f"{host}/{number}", "url": site.put(host, f"/{number}", page)})
    robots = pages.Reply(b"User-agent: *\nCrawl-delay: 0.5\n", headers={"Content-Type": "text/plain"})
    documents += [{"name": f"crawl-delay/{n}", "url": site.put("asks.test", f"/{n}", robots=robots)} for n in range(3)]
    documents += [{"name": f"own/{n}", "url": site.put("own.test", f"/{n}"), "delay": 0.4} for n in range(3)]
    for number in range(3):
        there = pages.Reply(b"", 302, headers={"Location": site.put("hub.test", f"/{number}", pages.Reply(wait=0.1))})
        documents.append({"name": f"sent-on/{number}", "url": site.put(f"from{number}.test", page=there)})
    site.put("from0.test", "/robots.txt", pages.Reply(b"", 301, headers={"Location": site.url("hub.test", "/rules")}))
    hosts = ["quick.test", "slow.test", "asks.test", "own.test", "hub.test", *(f"from{n}.test" for n in range(3))]
    return fetch(documents, hosts=hosts, delay=0.2, connecting=0.6)


def test_every_page_was_fetched(polite):
    assert len(polite.looks) == 21
    assert all(observation["failure"] is None for _, observation in polite.looks)


@pytest.mark.parametrize("host", ["quick.test", "slow.test", "asks.test", "own.test", "hub.test"])
def test_a_host_is_asked_one_thing_at_a_time(polite, site, host):
    assert site.peak[host] == 1


@pytest.mark.parametrize(
    ("host", "delay"),
    [
        ("quick.test", 0.2),
        ("slow.test", 0.2),
        ("asks.test", 0.5),
        ("own.test", 0.4),
        ("hub.test", 0.2),
        ("from0.test", 0.2),
    ],
)
def test_nothing_is_sent_to_a_host_before_its_delay_has_passed_since_it_answered(polite, host, delay):
    """robots.txt is no exception: neither after it, nor after what comes before it."""
    pauses = polite.pauses(host)
    assert pauses
    assert min(pauses) >= delay - MILLISECOND


def test_two_processes_that_crawl_one_host_at_once_leave_it_its_delay_between_them(site, pages, fetch, tmp_path):
    documents = [
        {"name": f"shared/{n}", "url": site.put("shared.test", f"/{n}", pages.Reply(wait=0.05))} for n in range(6)
    ]

    def crawl(names):
        return fetch(documents, hosts=["shared.test"], delay=0.2, history=tmp_path / "history.db", only=names)

    names = [document["name"] for document in documents]
    with ThreadPoolExecutor() as pool:
        one, other = pool.map(crawl, (names[::2], names[1::2]))
    assert (len(one.looks), len(other.looks)) == (3, 3)
    both = replace(one, sent=one.sent + other.sent, answered=one.answered + other.answered)
    assert min(both.pauses("shared.test")) >= 0.2 - MILLISECOND


def test_hosts_do_not_wait_for_each_other(polite, site):
    assert starts(site, "quick.test")[-1] < starts(site, "slow.test")[-1]


def test_robots_txt_is_asked_for_once(polite, site):
    assert len(site.requests("quick.test", "/robots.txt")) == 1


@pytest.fixture(scope="module")
def robots(site, pages, fetch):
    """One crawl over one host for each kind of robots.txt."""
    reply = pages.Reply
    disallow = b"User-agent: *\nDisallow: /\n"
    files = {
        "none": None,
        "disallow": reply(disallow),
        "for-us": reply(b"User-agent: clausewatch\nDisallow: /privacy\n\nUser-agent: *\nAllow: /\n"),
        "for-others": reply(b"User-agent: otherbot\nDisallow: /\n"),
        "forbidden": reply(disallow, 403),
        "missing": reply(disallow, 404),
        "failing": reply(b"", 500),
        "unavailable": reply(b"", 503),
        "busy": reply(b"", 429, headers={"Retry-After": "60"}),
        "hanging": pages.drip,
        "reset": pages.reset,
        "looping": reply(b"", 302, headers={"Location": "/robots.txt"}),
        "moved": reply(b"", 301, headers={"Location": "/moved.txt"}),
        "huge": reply(b"#" + b"x" * 600_000 + b"\n" + disallow),
        "binary": reply(bytes(range(256)) * 10),
    }
    documents = []
    for name, page in files.items():
        documents.append({"name": name, "url": site.put(f"{name}.robots.test", robots=page)})
    site.put("moved.robots.test", "/moved.txt", reply(disallow))
    site.put("hop.robots.test", page=reply(b"", 302, headers={"Location": site.url("disallow.robots.test")}))
    documents.append({"name": "hop", "url": site.url("hop.robots.test")})
    hosts = [f"{name}.robots.test" for name in (*files, "hop")]
    return fetch(documents, hosts=hosts, timeout=5.0)


@pytest.mark.parametrize("name", ["none", "for-others", "forbidden", "missing", "looping", "huge", "binary"])
def test_robots_txt_allows(robots, name):
    assert robots.of(name)["failure"] is None


@pytest.mark.parametrize("name", ["disallow", "for-us", "failing", "unavailable", "moved", "hop"])
def test_robots_txt_forbids(robots, name):
    assert robots.of(name)["failure"] == "robots"


@pytest.mark.parametrize("name", ["disallow", "for-us", "failing", "unavailable", "moved", "busy", "hanging", "reset"])
def test_a_forbidden_page_is_never_asked_for(robots, site, name):
    assert not site.requests(f"{name}.robots.test", "/privacy")


@pytest.mark.parametrize(
    ("name", "failure"), [("busy", "rate_limited"), ("hanging", "timed_out"), ("reset", "unreachable")]
)
def test_a_host_that_cannot_say_is_left_alone_and_named_for_what_it_is(robots, name, failure):
    assert robots.of(name)["failure"] == failure
    assert robots.of(name)["detail"].startswith("robots.txt:")


def test_retry_after_of_robots_txt_pauses_the_host(robots):
    assert "busy.robots.test" in robots.paused


async def test_rules_that_are_too_old_are_forgotten_though_nobody_asks_that_host_again():
    ages = {"http://old.test": KEPT + 1, "http://new.test": 0}
    robots = {origin: LearntRules(None, monotonic() - age) for origin, age in ages.items()}

    async def download(request):
        return Response(request.url, status=404)

    crawler = SimpleNamespace(
        settings={"ROBOTSTXT_USER_AGENT": "clausewatch"},
        spider=SimpleNamespace(work=SimpleNamespace(robots=robots)),
        engine=SimpleNamespace(download_async=download),
    )
    await RobotsGuard(crawler)._rules("http://other.test", None)
    assert set(robots) == {"http://new.test", "http://other.test"}
