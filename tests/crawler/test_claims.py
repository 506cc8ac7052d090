"""A host is held for no longer than one page takes."""

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from crawler.claims import AT_ONCE, LEASE, Claims
from crawler.guard.refusals import HostPaused
from crawler.guard.robots import RobotsGuard
from crawler.guard.turns import TurnGuard
from crawler.spiders import policies
from crawler.spiders.discovery import Manners
from crawler.work import Look, Work
from tracker.history import History, HistoryError
from tracker.history.connection import BUSY_SECONDS
from tracker.model import Document, State


class Clock:
    def __init__(self):
        self.now = datetime(2026, 3, 4, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def history(tmp_path, clock):
    with History(tmp_path / "history.db") as history:
        history.register(
            [
                Document(vendor=vendor, kind=kind, url=f"https://{vendor}.test/{kind}")
                for vendor in ("acme", "bolt")
                for kind in ("cookies", "privacy")
            ],
            clock(),
        )
        yield history


@pytest.fixture
def claims(history, clock):
    """claims(names=…, most=…): a source of what is due, so much at once."""

    def claims(names=None, most=AT_ONCE):
        def take(owners):
            return history.claim_apart(clock(), owners=owners[:most], names=names, lease=LEASE)

        return Claims(history, clock, 1.0, take)

    return claims


async def test_nothing_to_claim_is_the_end(claims):
    source = claims(names=["nobody/privacy"])
    assert not await source.begin()
    assert [document async for document in source] == []
    assert source.ended


async def test_one_page_of_a_host_at_a_time(claims):
    source = claims()
    assert await source.begin()
    documents = aiter(source)
    hosts = {(await anext(documents)).host, (await anext(documents)).host}
    assert hosts == {"acme.test", "bolt.test"}
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(documents), 0.3)


async def test_the_next_page_of_a_host_comes_after_its_delay(claims, clock):
    source = claims(names=["acme/cookies", "acme/privacy"])
    await source.begin()
    documents = aiter(source)
    first = await anext(documents)
    source.delays["acme.test"] = 5.0
    source.finished(first)
    await source.exchange()
    clock.now += timedelta(seconds=4)
    assert not await source.begin()
    clock.now += timedelta(seconds=2)
    assert await source.begin()


async def test_a_host_is_asked_once_for_its_claim_and_once_more_for_every_other_request(claims, history, clock):
    """What was claimed is for one request: for the next one, the host may have asked to be left alone meanwhile."""
    source = claims(names=["acme/privacy"])
    await source.begin()
    document = await anext(aiter(source))
    history.pause_host("acme.test", clock() + timedelta(hours=1))
    assert await source.turn(document, "acme.test") is None
    assert await source.turn(document, "acme.test") == clock() + timedelta(hours=1)


async def test_what_asked_to_be_left_alone_is_so_when_it_is_given_back(claims, history, clock):
    source, until = claims(names=["acme/privacy"]), clock() + timedelta(hours=1)
    await source.begin()
    document = await anext(aiter(source))
    source.leave_alone("acme.test", until)
    source.finished(document)
    await source.exchange()
    assert history.waiting_hosts(clock(), timedelta(minutes=1)) == {"acme.test": until}


async def test_what_another_process_writes_is_waited_for_without_standing_still(claims, history, clock):
    source = claims(names=["acme/privacy"])
    with History(history.path) as other, history.hurried():
        with other.together():
            beginning = asyncio.create_task(source.begin())
            for _ in range(5):
                began = monotonic()
                await asyncio.sleep(0.01)
                assert monotonic() - began < BUSY_SECONDS / 2, "the loop stood still"
            assert not beginning.done()
        assert await beginning


async def test_two_crawls_share_hosts_without_meeting(claims):
    one, other = claims(most=1), claims(most=1)
    await one.begin()
    await other.begin()
    ours, theirs = await anext(aiter(one)), await anext(aiter(other))
    assert ours.host != theirs.host
    assert not await claims().begin()


async def test_what_is_not_finished_is_given_back_at_the_end(claims, clock):
    source = claims()
    await source.begin()
    await source.close()
    clock.now += timedelta(seconds=2)
    assert await claims().begin()


async def test_leases_run_out_unless_they_are_renewed(claims, clock):
    kept, lost = claims(names=["acme/privacy"]), claims(names=["bolt/privacy"])
    await kept.begin()
    await lost.begin()
    clock.now += LEASE * 0.8
    await kept.renew()
    clock.now += LEASE * 0.4
    assert not await claims(names=["acme/privacy"]).begin()
    assert await claims(names=["bolt/privacy"]).begin()


async def test_a_redirect_waits_for_its_turn_at_the_host_it_leads_to(claims, history, clock):
    one, other = claims(names=["acme/privacy"]), claims(names=["bolt/privacy"])
    await one.begin()
    await other.begin()
    ours, theirs = await anext(aiter(one)), await anext(aiter(other))
    assert await one.turn(ours, "acme.test") is None
    assert await one.turn(ours, "bolt.test") == clock() + LEASE
    other.finished(theirs)
    await other.exchange()
    assert await one.turn(ours, "bolt.test") == clock() + timedelta(seconds=1)
    clock.now += timedelta(seconds=1)
    assert await one.turn(ours, "bolt.test") is None


async def test_the_first_turn_is_no_gift_once_the_lease_has_run_out(claims, clock):
    """As where this process has stood still for so long."""
    one, other = claims(names=["acme/privacy"]), claims(names=["acme/privacy"])
    await one.begin()
    document = await anext(aiter(one))
    clock.now += LEASE
    assert await other.begin()
    assert await one.turn(document, "acme.test") == clock() + LEASE


async def test_who_waits_for_a_host_holds_no_other(claims, clock):
    """Two pages that lead to each other's hosts would wait for each other for ever."""
    one, other = claims(names=["acme/privacy"]), claims(names=["bolt/privacy"])
    await one.begin()
    await other.begin()
    ours, theirs = await anext(aiter(one)), await anext(aiter(other))
    await one.turn(ours, "bolt.test")
    await other.turn(theirs, "acme.test")
    clock.now += timedelta(seconds=1)
    assert (await one.turn(ours, "bolt.test"), await other.turn(theirs, "acme.test")) == (None, None)


async def test_a_host_that_asked_to_be_left_alone_is_so_by_redirects_of_every_crawl(claims, history, clock):
    source = claims(names=["acme/privacy"])
    await source.begin()
    document = await anext(aiter(source))
    until = clock() + timedelta(hours=1)
    history.pause_host("bolt.test", until)
    assert await source.turn(document, "bolt.test") == until
    assert history.waiting_hosts(clock(), timedelta(minutes=1)) == {"bolt.test": until}


async def test_a_host_that_wants_its_time_has_it_also_where_the_crawl_was_cut_off(claims, history, clock):
    source = claims(names=["acme/privacy"])
    await source.begin()
    source.delays["acme.test"] = 60.0
    await source.close()
    clock.now += timedelta(seconds=59)
    assert not await claims(names=["acme/privacy"]).begin()
    clock.now += timedelta(seconds=2)
    assert await claims(names=["acme/privacy"]).begin()


async def test_a_busy_history_makes_a_request_wait_for_its_turn_and_fails_no_page(claims, history, clock, monkeypatch):
    source = claims(names=["acme/privacy"])
    await source.begin()
    [document] = [document async for document in aiter_one(source)]
    assert await source.turn(document, "acme.test") is None
    monkeypatch.setattr(History, "take_host", lambda *_: raise_busy())
    assert await source.turn(document, "acme.test") == clock()
    monkeypatch.undo()
    assert await source.turn(document, "acme.test") is None


async def aiter_one(source):
    async for document in source:
        yield document
        return


def raise_busy():
    raise HistoryError("locked")


async def test_robots_txt_has_its_turn_at_every_host_that_redirects_lead_it_to(claims, clock):
    source = claims(names=["acme/privacy"])
    await source.begin()
    document = await anext(aiter(source))
    spider = SimpleNamespace(claims=source, work=SimpleNamespace(clock=clock))
    guard = TurnGuard(SimpleNamespace(spider=spider, crawling=True))
    await guard.process_request(Request("https://acme.test/robots.txt", meta={"robots": document}))
    await guard.process_request(Request("https://bolt.test/robots.txt", meta={"robots": document}))
    assert not await claims(names=["bolt/privacy"]).begin()


async def test_robots_txt_is_asked_for_in_the_turn_of_the_page_that_waits_for_it():
    asked = []

    async def download(request):
        asked.append(request.meta["robots"])
        return Response(request.url, status=404)

    spider = SimpleNamespace(work=SimpleNamespace(robots={}))
    crawler = SimpleNamespace(settings={"ROBOTSTXT_USER_AGENT": "x"}, spider=spider)
    crawler.engine = SimpleNamespace(download_async=download)
    document = Document(vendor="acme", kind="privacy", url="https://acme.test/privacy")
    await RobotsGuard(crawler).process_request(Request(document.url, meta={"document": document}))
    assert asked == [document]


def busy(request):
    return Response(request.url, status=429, headers={"Retry-After": "3600"})


async def test_a_host_that_says_when_to_come_back_is_asked_no_more_for_the_same_document_and_everybody_is_told(
    claims, history, clock
):
    source = claims(names=["acme/privacy"])
    await source.begin()
    document = await anext(aiter(source))
    guard = TurnGuard(
        SimpleNamespace(crawling=True, spider=SimpleNamespace(claims=source, work=SimpleNamespace(clock=clock)))
    )
    home, further = (Request(f"https://acme.test/{path}", meta={"document": document}) for path in ("", "legal"))
    await guard.process_request(home)
    guard.heed(home, busy(home))
    with pytest.raises(HostPaused):
        await guard.process_request(further)
    await source.turn(document, "bolt.test")  # on its way elsewhere, it gives the host back
    assert history.waiting_hosts(clock(), timedelta(minutes=1)) == {"acme.test": clock() + timedelta(hours=1)}


async def test_without_a_history_a_host_that_says_when_to_come_back_is_asked_no_more_either():
    manners = Manners()
    guard = TurnGuard(SimpleNamespace(crawling=True, spider=SimpleNamespace(claims=manners, work=manners)))
    request = Request("https://acme.test/")
    await guard.process_request(request)
    guard.heed(request, busy(request))
    with pytest.raises(HostPaused):
        await guard.process_request(request)


async def test_what_is_only_looked_for_has_turns_too(claims, history, clock):
    source, home = claims(names=[]), Document(vendor="acme", kind="privacy", home="https://acme.test/")
    async with source.holding(home):
        assert await source.turn(home, "acme.test") is None
        assert not await claims(names=["acme/privacy"]).begin()
    clock.now += timedelta(seconds=2)
    assert await claims(names=["acme/privacy"]).begin()


async def test_a_slip_of_ours_is_a_look_too_and_the_documents_after_it_are_looked_at(claims, history, monkeypatch):
    monkeypatch.setattr(policies, "refresh", lambda _: None)
    monkeypatch.setattr(
        policies.PoliciesSpider, "_is_lost", lambda _, document: 1 / 0 if document.kind == "cookies" else False
    )
    source = claims()
    await source.begin()
    spider = policies.PoliciesSpider(Work(history=history, workers=None), source)
    spider.settings = Settings()
    made = []
    async for each in spider.start():
        made.append(each)
        source.finished(each.document if isinstance(each, Look) else each.meta["document"])
    assert [(look.document.name, look.observation.failure) for look in made if isinstance(look, Look)] == [
        ("acme/cookies", State.ERROR),
        ("bolt/cookies", State.ERROR),
    ]
