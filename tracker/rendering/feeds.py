"""Events as feeds: Atom (RFC 4287) and JSON Feed 1.1, with ids that never change. Reads the payloads alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
    """A feed's name within its subscription ("vendors/acme"), its title, and where it is published, without the ending, if anywhere."""

    subscription: str
    name: str
    title: str
    address: str | None = None

    @property
    def id(self) -> str:
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'clausewatch:feed:{self.subscription}/{self.name}')}"


def atom(feed: Feed, payloads: Sequence[Payload]) -> bytes:
    """The events, newest first, as an Atom feed."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _child(root, "id", feed.id)
    _child(root, "title", feed.title)
    _child(root, "updated", max((payload["at"] for payload in payloads), default=NEVER))
    _child(_child(root, "author"), "name", "Clausewatch")
    _child(root, "generator", "Clausewatch")
    if feed.address:
        _child(root, "link", rel="self", type="application/atom+xml", href=f"{feed.address}.atom")
    for payload in payloads:
        _entry(root, payload)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


def json_feed(feed: Feed, payloads: Sequence[Payload]) -> bytes:
    """The same as a JSON Feed; `_clausewatch` holds the whole event."""
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        **({"feed_url": f"{feed.address}.json"} if feed.address else {}),
        "authors": [{"name": "Clausewatch"}],
        "items": [_item(payload) for payload in payloads],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def entry_id(payload: Payload) -> str:
    """An event's id in every feed, for ever."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'clausewatch:event:' + payload['id'])}"


def title(payload: Payload) -> str:
    document = payload["document"]
    return " ".join(visible(f"{document['vendor']}, {document['kind']}: {payload['summary']}").split())


def _entry(root: etree._Element, payload: Payload) -> None:
    entry = _child(root, "entry")
    _child(entry, "id", entry_id(payload))
    _child(entry, "title", title(payload))
    for moment in ("published", "updated"):
        _child(entry, moment, payload["at"])
    if link := web_link(payload):
        _child(entry, "link", rel="alternate", href=link)
    for scheme, term in _categories(payload).items():
        _child(entry, "category", scheme=f"urn:clausewatch:{scheme}", term=term)
    _child(entry, "summary", payload["summary"])
    _child(entry, "content", event_html(payload), type="html")


def _item(payload: Payload) -> dict[str, object]:
    link = web_link(payload)
    return {
        "id": entry_id(payload),
        **({"url": link} if link else {}),
        "title": title(payload),
        "summary": visible(payload["summary"]),
        "content_html": event_html(payload),
        "date_published": payload["at"],
        "tags": list(_categories(payload).values()),
        "_clausewatch": payload,
    }


def _categories(payload: Payload) -> dict[str, str]:
    document = payload["document"]
    return {
        "vendor": document["vendor"],
        "kind": document["kind"],
        "level": payload["level"],
        "type": event_type(payload),
    }


def _child(parent: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", {key: _legal(value) for key, value in attributes.items()})
    child.text = _legal(text) if text is not None else None
    return child


def _legal(text: str) -> str:
    """What XML 1.0 can hold; two characters of Unicode's planes it cannot, besides control characters."""
    return visible(text).translate({0xFFFE: None, 0xFFFF: None})
