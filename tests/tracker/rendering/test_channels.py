"""Events as feeds, mails, chats and webhook bodies. What pages say is hostile until it is escaped."""

import json
from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest
from lxml import html as lxml_html

from tracker.model import TOPICS, Clause, ClauseChange, Document, Reason, State
from tracker.rendering import mail
from tracker.rendering.digest import PAGES, sections, subject
from tracker.rendering.event import event_payload
from tracker.rendering.feeds import Feed, atom, entry_id, event_item, json_feed
from tracker.rendering.trial import trial_payload
from tracker.rendering.webhook import LONGEST, webhook_body

HOSTILE = "<script>alert(1)</script> ]]> & \x1b[31m \x00 \ufffe @everyone <!channel>\r\nBcc: all@acme.example"
FEED = Feed("public", "vendors/acme", "What changed", "https://watch.example/feeds/vendors/acme")


@pytest.fixture
def payload(document, change, old, new, at):
    def make(
        event="changed", *, vendor="Acme & Söhne", days=0, level="critical", summary="", url=document.url, text=None
    ):
        name = f"{vendor.split()[0].lower()}/privacy"
        shown = replace(change, level=level, summary=summary or change.summary)
        if text is not None:
            reason = Reason("rule", "high", text, words=text)
            clause = ClauseChange("modified", (Clause(text, trail=(text,)),), (Clause(text),), (0,), (0,),
                                  (("-", text), ("+", text)), kind="substantive", level="high", reasons=(reason,))  # fmt: skip
            shown = replace(shown, clauses=(clause,), reasons=(reason,))
        changed = event in ("changed", "dates")
        made = event_payload(
            document=Document(vendor=vendor, kind="privacy", url=url, name=name), type=event, at=at + timedelta(days=days),
            change=shown if changed else None, old=old, new=new if changed else None, last_seen=at - timedelta(days=1),
            first_seen=at, version_from=1, version_to=2, state=State.OK if changed else State.DNS, why="why",
        )  # fmt: skip
        return {"id": f"{event}-{vendor}-{days}", **made}

    return make


@pytest.fixture
def hostile(payload):
    return payload(vendor=f"Acme {HOSTILE}", summary=HOSTILE, text=HOSTILE, url="javascript:alert(1)")


# --- feeds --------------------------------------------------------------------------------------------------------------------


def items(*payloads):
    return [event_item(payload) for payload in payloads]


def test_a_feed_says_what_changed_newest_first_and_where(payload):
    read = feedparser.parse(atom(FEED, items(payload(days=1), payload())))
    assert not read.bozo
    assert read.feed.title == "What changed"
    assert read.feed.links[0].href == "https://watch.example/feeds/vendors/acme.atom"
    [first, second] = read.entries
    assert first.title == "Acme & Söhne, privacy: withdraws the promise not to sell; retention 12 → 24 months"
    assert first.link == "https://acme.example/privacy"
    assert first.published == "2026-03-05T05:06:00+00:00" == read.feed.updated
    assert {(tag.scheme, tag.term) for tag in first.tags} >= {
        ("urn:clausewatch:level", "critical"),
        ("urn:clausewatch:type", "policy.changed"),
    }
    assert "never" in second.content[0].value


def test_ids_stay_whatever_else_is_in_the_feed(payload):
    alone = feedparser.parse(atom(FEED, items(payload())))
    moved = feedparser.parse(atom(replace(FEED, address=None, title="Another"), items(payload(days=1), payload())))
    assert alone.feed.id == moved.feed.id
    assert alone.entries[0].id == moved.entries[1].id == entry_id(payload())
    assert len({entry.id for entry in moved.entries}) == 2


def test_an_empty_feed_is_well_formed_and_does_not_look_new():
    first, second = (feedparser.parse(atom(FEED, [])) for _ in range(2))
    assert (first.bozo, first.entries) == (False, [])
    assert first.feed.updated == second.feed.updated


def test_hostile_text_stays_text_in_a_feed(hostile):
    read = feedparser.parse(atom(FEED, items(hostile)), sanitize_html=False)
    assert not read.bozo
    assert "<script>alert(1)</script>" in read.entries[0].title
    assert not lxml_html.fromstring(read.entries[0].content[0].value).xpath("//script")
    assert not read.entries[0].get("links")


def test_a_json_feed_holds_the_whole_event(payload):
    read = json.loads(json_feed(FEED, items(payload())))
    assert (read["version"], read["feed_url"]) == ("https://jsonfeed.org/version/1.1", f"{FEED.address}.json")
    [item] = read["items"]
    assert item["_clausewatch"] == payload()
    assert (item["id"], item["url"], item["date_published"]) == (
        entry_id(payload()),
        "https://acme.example/privacy",
        payload()["at"],
    )


# --- mail and digests ---------------------------------------------------------------------------------------------------------


def test_vendors_with_the_most_serious_news_come_first_and_broken_pages_last(payload):
    told = [payload("broken", vendor="Ant"), payload(vendor="Bee", level="low"), payload(vendor="Cat", level="medium"),
            payload(vendor="Bee", level="high", days=1), payload("recovered", vendor="Cat")]  # fmt: skip
    found = sections(told)
    assert [section.title for section in found] == ["Bee", "Cat", PAGES]
    assert [event["level"] for event in found[0].payloads] == ["high", "low"]
    assert [event["type"] for event in found[2].payloads] == ["broken", "recovered"]


def test_the_subject_says_what_happened_or_how_much(payload):
    assert subject([payload()]).startswith("[critical] Acme & Söhne, privacy: withdraws the promise")
    assert (
        subject([payload(), payload(vendor="Bee", level="low"), payload("broken")])
        == "3 events at 2 vendors: 1 critical, 1 medium, 1 low"
    )


def test_a_subject_is_one_line_of_bearable_length(hostile):
    line = subject([{**hostile, "summary": HOSTILE * 20}])
    assert len(line) <= 140
    assert line.isprintable()


def test_plain_text_marks_what_was_deleted_and_inserted(payload):
    text = mail.plain([payload(), payload("broken", vendor="Bee")], "legal")
    assert "for [-12-][+24+] months" in " ".join(text.split())
    assert f"{PAGES}\n====" in text
    assert "subscription legal" in text
    assert all(len(line) <= mail.WIDTH for line in text.splitlines())


def test_html_shows_the_redline_without_a_style_sheet(payload):
    tree = lxml_html.fromstring(mail.html([payload()], "legal"))
    assert [edit.text_content() for edit in tree.xpath("//del")][:1] == ["[-We never <b>sell</b> your data.-]"]
    assert "[+24+]" in [edit.text_content() for edit in tree.xpath("//ins")]
    assert tree.xpath("//a/@href") == ["https://acme.example/privacy"]
    assert not tree.xpath("//style | //link | //script")


def test_hostile_text_stays_text_in_a_mail(hostile):
    tree = lxml_html.fromstring(mail.html([hostile], "legal"))
    assert not tree.xpath("//script | //a")
    assert "<script>alert(1)</script>" in tree.text_content()
    assert "\x1b" not in mail.plain([hostile], "legal") + mail.html([hostile], "legal")


def test_a_chat_line_calls_nobody_and_opens_nothing(hostile):
    text = mail.chat([hostile])
    assert "@everyone" not in text
    assert "<!channel>" not in text
    assert text.count("\n") == 0


def test_a_mail_address_in_a_chat_line_stays_whole(payload):
    assert "privacy@acme.example" in mail.chat([payload(summary="contact privacy@acme.example added")])


def test_a_long_digest_is_cut_in_a_chat(payload):
    lines = mail.chat([payload(days=day) for day in range(50)]).splitlines()
    assert (len(lines), lines[-1]) == (mail.CHAT_EVENTS + 1, f"and {50 - mail.CHAT_EVENTS} more")


# --- webhooks -----------------------------------------------------------------------------------------------------------------


def test_a_body_says_its_type_its_moment_and_the_event(payload):
    assert json.loads(webhook_body(payload("broken"))) == {
        "type": "policy.broken", "timestamp": payload("broken")["at"], "data": payload("broken"),
    }  # fmt: skip


def test_a_body_never_exceeds_what_receivers_take(at, change):
    long = "好" * 5000
    clause, reason = Clause(long, trail=(long,) * 6), Reason("some-rule", "high", long, words=long)
    wild = ClauseChange("modified", (clause,), (clause,), (0,), (0,), (("-", long), ("+", long)), kind="substantive", level="high",
                        reasons=(reason,) * 30, topics=TOPICS)  # fmt: skip
    whole = event_payload(
        document=Document(vendor="Wild", kind="privacy"), type="changed", at=at,
        change=replace(change, clauses=(wild,) * 500, reasons=(reason,) * 300), old=None, new=None, last_seen=None,
        first_seen=at, version_from=1, version_to=2, state=State.OK, why="",
    )  # fmt: skip
    body = webhook_body({"id": "wild", **whole})
    data = json.loads(body)["data"]
    assert len(body) <= LONGEST
    assert data["clauses"]
    assert len(data["clauses"]) + data["not_shown"] == 500


def test_a_trial_looks_like_an_event_and_says_that_it_is_none(at, payload):
    trial = trial_payload(at)
    assert trial["test"] is True
    assert set(payload()) < set(trial)
    assert json.loads(webhook_body(trial))["type"] == "policy.test"
    assert subject([trial]).startswith("[test]")
