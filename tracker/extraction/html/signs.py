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

_PARAGRAPH = re.compile(r"<(/?)p(?=[\s>])", re.IGNORECASE)
_UNFINISHED = re.compile(r"<[a-z/!][^<>]*\Z")
_CLOSED = 5
"""Paragraphs that a page closes at least if it closes all."""


def signs(root: HtmlElement, walked: Walked, text: str, url: str | None) -> Signs:
    """The signs of a page: its tree, the walk over it, its source, and where it came from in the end."""
    refresh = any("url=" in (meta.get("content") or "").lower() for meta in root.iterfind(".//meta[@http-equiv]"))
    return Signs(
        title=title(root),
        lines=tuple(piece.block.text[:300] for piece in walked.pieces[:_MOST_LINES]),
        scripts=sum(len(s.text or "") + (200 if s.get("src") else 0) for s in root.iter("script")),
        password=any((field.get("type") or "").lower() == "password" for field in root.iter("input")),
        refresh=refresh,
        address=_address(root) or url,
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
    """The transfer broke off: the page began as a whole one, and its end is within a tag, within a paragraph though it closes all others,
    or without the end tags of the page and of blocks that must be closed."""
    head, tail = text[:3000].lower(), text[-3000:].lower()
    if "</body" in tail or "</html" in tail or not ("<html" in head or "<!doctype" in head):
        return False
    if _UNFINISHED.search(tail) or _ends_in_paragraph(text):
        return True
    opened = sum(-1 if found[1] else 1 for found in _OPEN.finditer(text))
    return opened > 0 and "<body" in text.lower()


def _ends_in_paragraph(text: str) -> bool:
    """Whether only the last of a page's paragraphs is open, and nothing follows it."""
    tags = _PARAGRAPH.findall(text)
    closed = tags.count("/")
    return tags[-1:] == [""] and closed >= _CLOSED and len(tags) == 2 * closed + 1
