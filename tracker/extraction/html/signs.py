"""What an HTML page shows of its own state, besides text, and the weaker dates in its metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from tracker.extraction.canonical import canonical
from tracker.extraction.html.pieces import Walked
from tracker.extraction.states import Signs

_MOST_LINES = 400
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})")
_LONGEST_JSON = 200_000
_OPEN = re.compile(r"<(/?)(?:div|section|main|article|script|table|ul|ol|form)\b", re.IGNORECASE)


def signs(root: HtmlElement, walked: Walked, text: str) -> Signs:
    """The signs of a page: its tree, the walk over it, and its source."""
    refresh = any("url=" in (meta.get("content") or "").lower() for meta in root.iterfind(".//meta[@http-equiv]"))
    return Signs(
        title=title(root),
        lines=tuple(piece.block.text[:300] for piece in walked.pieces[:_MOST_LINES]),
        scripts=sum(len(s.text or "") + (200 if s.get("src") else 0) for s in root.iter("script")),
        password=any((field.get("type") or "").lower() == "password" for field in root.iter("input")),
        refresh=refresh,
        address=_address(root),
        cut=_is_cut(text),
    )


def title(root: HtmlElement) -> str | None:
    """The title in the head of a page."""
    element = root.find(".//head/title")
    if element is None:
        element = root.find(".//title")
    text = canonical(element.text or "").replace("\n", " ") if element is not None else ""
    return text[:500] or None


def hints(root: HtmlElement) -> dict[str, str]:
    """Dates in metadata: when the publishing system touched the page, which is seldom when the policy changed."""
    found: dict[str, str] = {}
    for meta in root.iterfind(".//meta[@property]"):
        name = (meta.get("property") or "").lower()
        stamp = _DATE.match(meta.get("content") or "")
        if stamp and name in ("article:modified_time", "article:published_time", "og:updated_time"):
            found.setdefault(name, stamp[1])
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        for name, value in _linked_data(script.text or ""):
            found.setdefault(name, value)
    return found


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > _LONGEST_JSON:
        return
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            for key in ("dateModified", "datePublished"):
                stamp = _DATE.match(str(value.get(key) or ""))
                if stamp:
                    yield f"json-ld {key}", stamp[1]
            waiting.extend(v for v in value.values() if isinstance(v, dict | list))


def _address(root: HtmlElement) -> str | None:
    link = root.find(".//link[@rel='canonical']")
    if link is not None and link.get("href"):
        return link.get("href")
    meta = root.find(".//meta[@property='og:url']")
    return meta.get("content") if meta is not None else None


def _is_cut(text: str) -> bool:
    """The transfer broke off: the page began as a whole one, its end tags are missing, and blocks that must be closed are open."""
    head, tail = text[:3000].lower(), text[-3000:].lower()
    if (
        "</body" in tail
        or "</html" in tail
        or "<body" not in text.lower()
        or not ("<html" in head or "<!doctype" in head)
    ):
        return False
    opened = 0
    for found in _OPEN.finditer(text):
        opened += -1 if found[1] else 1
    return opened > 0
