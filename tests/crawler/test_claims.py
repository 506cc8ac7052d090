"""A host is held for no longer than one page takes."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.settings import Settings

from crawler.claims import LEASE, Claims
from crawler.spiders import policies
from crawler.work import Look, Work
from tracker.history import History, HistoryError
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
    """claims(names=…): a source of what is due."""

    def claims(names=None):
        def take(owner):
            found = history.claim(clock(), owner=owner, limit=1, names=names, lease=LEASE)
            return found[0] if found else None

        return Claims(history, clock, 1.0, take)

    return claims


async def test_nothing_to_claim_is_the_end(claims):
    source = claims(names=["nobody/privacy"])
    assert source.begin() is False
    assert [document async for document in source] == []
    assert source.ended


async def test_one_page_of_a_host_at_a_time(claims):
    source = claims()
    assert source.begin()
    documents = aiter(source)
    hosts = {(await anext(documents)).host, (await anext(documents)).host}
    assert hosts == {"acme.test", "bolt.test"}
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(documents), 0.3)


async def test_the_next_page_of_a_host_comes_after_its_delay(claims, clock):
    source = claims(names=["acme/cookies", "acme/privacy"])
    source.begin()
    documents = aiter(source)
    first = await anext(documents)
    source.delays["acme.test"] = 5.0
    source.finished(first)
    clock.now += timedelta(seconds=4)
    assert source.begin() is False
    clock.now += timedelta(seconds=2)
    assert source.begin() is True


async def test_two_crawls_share_hosts_without_meeting(claims):
    one, other = claims(), claims()
    one.begin()
    other.begin()
    ours, theirs = await anext(aiter(one)), await anext(aiter(other))
    assert ours.host != theirs.host
    assert claims().begin() is False


async def test_what_is_not_finished_is_given_back_at_the_end(claims, clock):
    source = claims()
    source.begin()
    source.close()
    clock.now += timedelta(seconds=2)
    assert claims().begin() is True


async def test_leases_run_out_unless_they_are_renewed(claims, clock):
    kept, lost = claims(names=["acme/privacy"]), claims(names=["bolt/privacy"])
    kept.begin()
    lost.begin()
    clock.now += LEASE * 0.8
    kept.renew()
    clock.now += LEASE * 0.4
    assert claims(names=["acme/privacy"]).begin() is False
    assert claims(names=["bolt/privacy"]).begin() is True


async def test_a_redirect_waits_for_its_turn_at_the_host_it_leads_to(claims, history, clock):
    one, other = claims(names=["acme/privacy"]), claims(names=["bolt/privacy"])
    one.begin()
    other.begin()
    ours, theirs = await anext(aiter(one)), await anext(aiter(other))
    assert one.turn(ours, "acme.test") is None
    assert one.turn(ours, "bolt.test") == clock() + LEASE
    other.finished(theirs)
    assert one.turn(ours, "bolt.test") == clock() + timedelta(seconds=1)
    clock.now += timedelta(seconds=1)
    assert one.turn(ours, "bolt.test") is None


async def test_who_waits_for_a_host_holds_no_other(claims, clock):
    """Two pages that lead to each other's hosts would wait for each other for ever."""
    one, other = claims(names=["acme/privacy"]), claims(names=["bolt/privacy"])
    one.begin()
    other.begin()
    ours, theirs = await anext(aiter(one)), await anext(aiter(other))
    one.turn(ours, "bolt.test")
    other.turn(theirs, "acme.test")
    clock.now += timedelta(seconds=1)
    assert (one.turn(ours, "bolt.test"), other.turn(theirs, "acme.test")) == (None, None)


async def test_a_host_that_asked_to_be_left_alone_is_so_by_redirects_of_every_crawl(claims, history, clock):
    source = claims(names=["acme/privacy"])
    source.begin()
    document = await anext(aiter(source))
    until = clock() + timedelta(hours=1)
    history.pause_host("bolt.test", until)
    assert source.turn(document, "bolt.test") == until
    assert history.waiting_hosts(clock(), timedelta(minutes=1)) == {"bolt.test": until}


async def test_a_host_that_wants_its_time_has_it_also_where_the_crawl_was_cut_off(claims, history, clock):
    source = claims(names=["acme/privacy"])
    source.begin()
    source.delays["acme.test"] = 60.0
    source.close()
    clock.now += timedelta(seconds=59)
    assert not claims(names=["acme/privacy"]).begin()
    clock.now += timedelta(seconds=2)
    assert claims(names=["acme/privacy"]).begin()


async def test_a_busy_history_makes_a_request_wait_for_its_turn_and_fails_no_page(claims, history, clock, monkeypatch):
    source = claims(names=["acme/privacy"])
    source.begin()
    [document] = [document async for document in aiter_one(source)]
    monkeypatch.setattr(History, "take_host", lambda *_: raise_busy())
    assert source.turn(document, "acme.test") == clock()
    monkeypatch.undo()
    assert source.turn(document, "acme.test") is None


async def aiter_one(source):
    async for document in source:
        yield document
        return


def raise_busy():
    raise HistoryError("locked")


async def test_what_is_only_looked_for_has_turns_too(claims, history, clock):
    source, home = claims(names=[]), Document(vendor="acme", kind="privacy", home="https://acme.test/")
    source.hold(home)
    assert source.turn(home, "acme.test") is None
    assert not claims(names=["acme/privacy"]).begin()
    source.finished(home)
    clock.now += timedelta(seconds=2)
    assert claims(names=["acme/privacy"]).begin()


async def test_a_slip_of_ours_is_a_look_too_and_the_documents_after_it_are_looked_at(claims, history, monkeypatch):
    monkeypatch.setattr(policies, "refresh", lambda _: None)
    monkeypatch.setattr(
        policies.PoliciesSpider, "_is_lost", lambda _, document: 1 / 0 if document.kind == "cookies" else False
    )
    source = claims()
    source.begin()
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
