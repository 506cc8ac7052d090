"""A page as discovery sees it: its links, and whose page it says it is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.discovery.judging import Asked, language_of
from crawler.discovery.links import Link, address, drawn, links, spaced
from crawler.discovery.sections import lengths
from crawler.discovery.vocabulary import folded
from tracker.extraction.html.parsing import MOST_BYTES, MOST_TAGS, decode, parse

_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:©\s*)?((?:[^\n.|·•]){1,60})", re.IGNORECASE)
_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
"""What comes after them is part of the page for browsers, and lost to the parser."""
_LOC = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,2000})")
_MOST_LISTED = 20_000
_SITE_NAMES = (
    "//meta[@property='og:site_name' or @name='application-name' or @name='author' or @name='copyright']/@content"
)
_NO_NAMES = frozenset(
    "all rights reserved and the inc ltd llc gmbh by www com alle rechte vorbehalten tous droits".split()
)


@dataclass(frozen=True, slots=True)
class Read:
    """A page that was read: whose it is, its links, and those that its scripts would draw."""

    page: Asked
    links: tuple[Link, ...] = ()
    drawn: tuple[Link, ...] = ()


def read(body: bytes, base_url: str, content_type: str, language: str | None = None) -> Read:
    """Read a page; links in `language` are expected on it, or else in its own. What cannot be read has no links."""
    text = decode(body, content_type) if len(body) <= MOST_BYTES else ""
    text = _ENDS.sub("", text)
    tree = parse(text) if text.count("<") <= MOST_TAGS * 2 else None
    if tree is None:
        return Read(Asked(base_url))
    scripts = [script.text or "" for script in tree.iter("script")]
    etree.strip_elements(tree, "script", "style", with_tail=False)
    linked = tuple(links(tree, base_url))
    parts = lengths(tree, {unquote(urlsplit(link.url).fragment) for link in linked if "#" in link.url})
    page = Asked(base_url, language or language_of(base_url) or tree.get("lang"), frozenset(_owners(tree)), parts)
    return Read(page, linked, tuple(drawn(scripts, tree, base_url)))


def listed_in(sitemap: bytes, base_url: str) -> Iterator[str]:
    """The addresses that a sitemap lists, of its own site and others."""
    for match in islice(_LOC.finditer(sitemap[:MOST_BYTES]), _MOST_LISTED):
        url = address(html.unescape(match[1].decode("utf-8", "replace")), base_url)
        if url is not None:
            yield url


def _owners(tree: HtmlElement) -> Iterator[str]:
    """The words of the names that a page gives its publisher: in its copyright line and in its metadata."""
    said = _COPYRIGHT.findall(spaced(tree.itertext(), None))
    for name in (*said[-3:], *tree.xpath(_SITE_NAMES)):
        yield from (word for word in folded(name).split() if len(word) > 2 and word not in _NO_NAMES)
