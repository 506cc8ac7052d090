"""Feeds of events and of other news: Atom (RFC 4287) and JSON Feed 1.1, with ids that never change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from tracker.rendering.digest import Payload
from tracker.rendering.mail import event_html, web_link
from tracker.rendering.picking import visible
from tracker.rendering.webhook import event_type

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00+00:00"
"""When an empty feed was updated: always the same, so that it does not look new."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's name within its subscription ("vendors/acme"), its title, and where it is published, if anywhere: the address without the
    ending, and the query that follows the ending, with its "?"."""

    subscription: str
    name: str
    title: str
    address: str | None = None
    query: str = ""

    @property
    def id(self) -> str:
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'clausewatch:feed:{self.subscription}/{self.name}{self.query}')}"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a feed tells: its id is for ever, `at` is ISO 8601, `tags` are its categories by scheme. `record` is what a JSON
    Feed holds of it for machines."""

    id: str
    title: str
    at: str
    summary: str
    html: str
    link: str | None
    tags: Mapping[str, str]
    record: Mapping[str, object]


def event_item(payload: Payload, link: str | None = None) -> Item:
    """An event as an item, which leads to `link`, or else to the live page."""
    document = payload["document"]
    return Item(
        id=entry_id(payload),
        title=title(payload),
        at=payload["at"],
        summary=payload["summary"],
        html=event_html(payload),
        link=link or web_link(payload),
        tags={
            "vendor": document["vendor"],
            "kind": document["kind"],
            "level": payload["level"],
            "type": event_type(payload),
        },
        record=payload,
    )


def atom(feed: Feed, items: Sequence[Item]) -> bytes:
    """The items, newest first, as an Atom feed."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _child(root, "id", feed.id)
    _child(root, "title", feed.title)
    _child(root, "updated", max((item.at for item in items), default=NEVER))
    _child(_child(root, "author"), "name", "Clausewatch")
    _child(root, "generator", "Clausewatch")
    if feed.address:
        _child(root, "link", rel="self", type="application/atom+xml", href=f"{feed.address}.atom{feed.query}")
    for item in items:
        _entry(root, item)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


def json_feed(feed: Feed, items: Sequence[Item]) -> bytes:
    """The same as a JSON Feed; `_clausewatch` holds the whole event."""
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        **({"feed_url": f"{feed.address}.json{feed.query}"} if feed.address else {}),
        "authors": [{"name": "Clausewatch"}],
        "items": [_record(item) for item in items],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def entry_id(payload: Payload) -> str:
    """An event's id in every feed, for ever."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'clausewatch:event:' + payload['id'])}"


def title(payload: Payload) -> str:
    document = payload["document"]
    return " ".join(visible(f"{document['vendor']}, {document['kind']}: {payload['summary']}").split())


def _entry(root: etree._Element, item: Item) -> None:
    entry = _child(root, "entry")
    _child(entry, "id", item.id)
    _child(entry, "title", item.title)
    for moment in ("published", "updated"):
        _child(entry, moment, item.at)
    if item.link:
        _child(entry, "link", rel="alternate", href=item.link)
    for scheme, term in item.tags.items():
        _child(entry, "category", scheme=f"urn:clausewatch:{scheme}", term=term)
    _child(entry, "summary", item.summary)
    _child(entry, "content", item.html, type="html")


def _record(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        **({"url": item.link} if item.link else {}),
        "title": item.title,
        "summary": visible(item.summary),
        "content_html": item.html,
        "date_published": item.at,
        "tags": list(item.tags.values()),
        "_clausewatch": item.record,
    }


def _child(parent: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", {key: _legal(value) for key, value in attributes.items()})
    child.text = _legal(text) if text is not None else None
    return child


def _legal(text: str) -> str:
    """What XML 1.0 can hold; two characters of Unicode's planes it cannot, besides control characters."""
    return visible(text).translate({0xFFFE: None, 0xFFFF: None})
