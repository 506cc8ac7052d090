"""Leases: nothing is fetched twice at once, no host is asked by two, and a killed owner loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tracker import Document, History, Observation, observe

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def document(name: str, host: str = "", **more: str) -> Document:
    vendor, kind = name.split("/")
    return Document(vendor=vendor, kind=kind, url=f"https://{host or vendor + '.example'}/{kind}", **more)


ACME, ACME_TERMS, BOLT = document("acme/privacy"), document("acme/terms"), document("bolt/privacy")


@pytest.fixture
def registered(history: History) -> History:
    history.register([ACME, ACME_TERMS, BOLT], NOW)
    return history


def names(documents: list[Document]) -> list[str]:
    return [d.name for d in documents]


def test_new_documents_are_due(registered: History) -> None:
    assert names(registered.claim(NOW, owner="one")) == ["acme/privacy", "acme/terms", "bolt/privacy"]


def test_a_document_comes_back_as_the_registry_described_it(history: History) -> None:
    told = Document(
        vendor="Acme",
        kind="privacy",
        url="https://acme.example/p",
        select=("main",),
        headers={"X-Test": "1"},
        delay=2.5,
    )
    history.register([told], NOW)
    assert history.claim(NOW, owner="one") == [told]


def test_a_claimed_document_is_nobody_elses_until_its_lease_ends(registered: History) -> None:
    registered.claim(NOW, owner="one", lease=MINUTE)
    assert registered.claim(NOW, owner="two") == []
    assert len(registered.claim(NOW + MINUTE, owner="two")) == 3


def test_a_host_is_asked_by_one_owner_at_a_time(registered: History) -> None:
    registered.claim(NOW, owner="one", names=["acme/privacy"])
    assert names(registered.claim(NOW, owner="two")) == ["bolt/privacy"]
    assert names(registered.claim(NOW, owner="one")) == ["acme/terms"]


def test_what_is_released_may_be_claimed_once_its_host_has_rested(registered: History) -> None:
    registered.claim(NOW, owner="one")
    registered.release("one", NOW, delay=2)
    assert registered.claim(NOW + timedelta(seconds=1), owner="two") == []
    assert len(registered.claim(NOW + timedelta(seconds=2), owner="two")) == 3


def test_leases_and_pauses_from_a_clock_that_was_ahead_do_not_bind(registered: History) -> None:
    ahead = NOW + timedelta(days=40)
    registered.pause_host("bolt.example", ahead)
    registered.claim(ahead, owner="killed", names=["acme/privacy"])
    assert names(registered.claim(NOW, owner="one")) == ["acme/privacy", "acme/terms", "bolt/privacy"]


def test_a_due_time_from_a_clock_that_was_ahead_is_corrected_by_the_registry(history: History) -> None:
    history.register([ACME], NOW + timedelta(days=3000))
    history.register([ACME], NOW)
    assert names(history.claim(NOW + timedelta(days=8), owner="one")) == ["acme/privacy"]


def test_an_address_without_a_host_is_work_that_fails_and_not_the_end_of_all_work(history: History) -> None:
    history.register([Document(vendor="acme", kind="privacy", url="http:///privacy")], NOW)
    assert names(history.claim(NOW, owner="one")) == ["acme/privacy"]


def test_a_lease_can_be_renewed(registered: History) -> None:
    registered.claim(NOW, owner="one", lease=MINUTE)
    registered.renew("one", NOW + MINUTE / 2, MINUTE)
    assert registered.claim(NOW + MINUTE, owner="two") == []


def test_a_paused_host_is_left_alone(registered: History) -> None:
    registered.pause_host("acme.example", NOW + MINUTE)
    assert names(registered.claim(NOW, owner="one")) == ["bolt/privacy"]
    registered.release("one", NOW, delay=0)
    assert "acme/privacy" in names(registered.claim(NOW + MINUTE, owner="one"))


def test_a_shorter_pause_does_not_undo_a_longer_one(registered: History) -> None:
    registered.pause_host("acme.example", NOW + 2 * MINUTE)
    registered.pause_host("acme.example", NOW + MINUTE)
    assert names(registered.claim(NOW + MINUTE, owner="one")) == ["bolt/privacy"]


def test_documents_asked_for_come_first_and_alone_where_wanted(registered: History) -> None:
    registered.request(["bolt/privacy"], NOW)
    assert names(registered.claim(NOW, owner="one", requested=True)) == ["bolt/privacy"]
    registered.release("one", NOW, delay=0)
    assert names(registered.claim(NOW, owner="one"))[0] == "bolt/privacy"


NO_ADDRESS = Document(vendor="Acme", kind="privacy", home="https://www.acme.example/")


def test_a_document_without_an_address_is_work_at_the_host_of_its_home_page(history: History) -> None:
    history.register([NO_ADDRESS, Document(vendor="Acme", kind="terms", home="https://www.acme.example/")], NOW)
    assert names(history.claim(NOW, owner="one", limit=1)) == ["acme/privacy"]
    assert history.claim(NOW, owner="two") == []
    assert [d.url for d in history.documents()] == [None, None]


def test_a_document_without_address_and_home_page_is_not_work(history: History) -> None:
    history.register([Document(vendor="Acme", kind="privacy")], NOW)
    assert history.claim(NOW, owner="one") == []


def test_a_document_is_looked_at_where_it_was_found(history: History) -> None:
    history.register([NO_ADDRESS], NOW)
    history.found("acme/privacy", "https://legal.acme.example/p")
    history.register([NO_ADDRESS], NOW)
    [row] = history.documents()
    assert (row.url, row.found) == ("https://legal.acme.example/p", "https://legal.acme.example/p")
    [document] = history.claim(NOW, owner="one")
    assert (document.url, document.host) == ("https://legal.acme.example/p", "legal.acme.example")


@pytest.mark.parametrize("said", [{"url": "https://acme.example/p"}, {"home": "https://acme.example/"}])
def test_what_the_registry_says_anew_ends_what_was_found(history: History, said: dict[str, str]) -> None:
    history.register([NO_ADDRESS], NOW)
    history.found("acme/privacy", "https://legal.acme.example/p")
    history.register([replace(NO_ADDRESS, **said)], NOW)  # type: ignore[arg-type]
    [row] = history.documents()
    assert (row.url, row.found) == (said.get("url"), None)


def test_a_document_found_at_its_own_address_stands_where_the_registry_says(history: History) -> None:
    history.register([replace(NO_ADDRESS, url="https://acme.example/p")], NOW)
    history.found("acme/privacy", "https://acme.example/new")
    history.found("acme/privacy", "https://acme.example/p")
    assert [(row.url, row.found) for row in history.documents()] == [("https://acme.example/p", None)]


def test_a_document_gone_from_the_registry_is_left_alone_and_kept(registered: History) -> None:
    registered.register([BOLT], NOW)
    assert names(registered.claim(NOW, owner="one")) == ["bolt/privacy"]
    assert [d.name for d in registered.documents(["acme/privacy"])] == ["acme/privacy"]


def test_a_new_address_is_due_at_once_and_keeps_the_identity(registered: History) -> None:
    registered.db.execute("UPDATE documents SET next_due = '2026-04-01T00:00:00Z'")
    moved = Document(vendor="Acme Inc.", kind="privacy", url="https://acme.example/new", name="acme/privacy")
    registered.register([moved, BOLT], NOW)
    assert registered.claim(NOW, owner="one") == [moved]
    assert len(registered.documents(["acme/privacy"])) == 1


def test_a_new_name_at_the_old_address_is_the_same_document(registered: History) -> None:
    renamed = Document(vendor="acme", kind="privacy", language="en", url=ACME.url)
    registered.register([renamed, ACME_TERMS, BOLT], NOW)
    assert [d.name for d in registered.documents()] == ["acme/privacy-en", "acme/terms", "bolt/privacy"]
    assert registered.db.execute("SELECT count(*) FROM documents").fetchone() == (3,)


def test_a_second_document_at_the_same_address_is_another_one(registered: History) -> None:
    part = Document(vendor="acme", kind="cookies", url=ACME.url, start="Cookies")
    registered.register([ACME, ACME_TERMS, BOLT, part], NOW)
    assert len(registered.documents()) == 4


def test_registering_again_changes_nothing(registered: History) -> None:
    registered.db.execute("UPDATE documents SET next_due = '2026-04-01T00:00:00Z'")
    registered.register([ACME, ACME_TERMS, BOLT], NOW)
    assert registered.claim(NOW, owner="one") == []


def test_the_daemon_is_alive_while_it_beats(history: History) -> None:
    assert not history.alive(NOW)
    history.beat("daemon", NOW)
    assert history.alive(NOW + timedelta(seconds=4))
    assert not history.alive(NOW + MINUTE)


def test_finding_documents_by_vendor_name_and_pattern(registered: History) -> None:
    assert registered.find(["acme"]) == ["acme/privacy", "acme/terms"]
    assert registered.find(["*/privacy"]) == ["acme/privacy", "bolt/privacy"]
    assert registered.find(["Bolt/Privacy"]) == ["bolt/privacy"]
    assert registered.find(["nobody"]) == []


def test_headers_stay_with_the_origin_that_they_were_given_for(history: History) -> None:
    secret = Document(vendor="acme", kind="privacy", home="https://acme.example/", headers={"X-Key": "secret"})
    history.register([secret], NOW)
    for url, headers in {"https://acme.example/p": {"X-Key": "secret"}, "https://elsewhere.example/p": {}}.items():
        history.found(secret.name, url)
        [document] = history.claim(NOW, owner="one")
        assert (document.url, document.headers) == (url, headers)
        history.release("one", NOW - MINUTE)


def test_a_look_made_while_the_clock_was_ahead_keeps_no_later_look_waiting(history: History) -> None:
    ahead = NOW + timedelta(days=1000)
    for at in (ahead, NOW):
        history.register([ACME], at)
        observe(history, ACME, Observation(url=ACME.url or "", at=at, status=200, body=b"<p>nothing</p>"))
    assert history.claim(NOW + timedelta(days=3), owner="one") == [ACME]
