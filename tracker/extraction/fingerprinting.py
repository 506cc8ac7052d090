"""A hash of what a page says, quick enough to take at every look: while it stays, extraction would read the same words.

It covers every text node with its kind of place (a fast parser finds them), the numbers that lists generate, link targets without
query and fragment, what attributes say instead of text (hidden e-mail addresses, times), and what is known of the page besides. It does
not cover class names, scripts, styles and comments: they are not wording. More than the document is covered (menus, footers): the
hash then changes without need, never the other way round.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.extraction.forms import form
from tracker.extraction.html.obfuscation import decoded
from tracker.extraction.html.parsing import decode
from tracker.extraction.version import EXTRACTOR
from tracker.model import Page

_BREAKS = (
    "p, li, br, h1, h2, h3, h4, h5, h6, tr, td, th, dt, dd, summary, wbr, section, article, main, blockquote, pre, hr"
)
"""Elements that part words: moving one changes what is read though every text node stays."""
_HOLDERS = (
    "ol, ul, dl, table, time, nav, footer, header, aside, form, dialog, menu, search, button, details, select, option, textarea, noscript, "
    "template, svg, math, iframe, object, embed, canvas, audio, video, picture, map, datalist, meter, progress, input, [data-cfemail]"
)
"""Elements that number, replace or hide what they hold, or tell that it is no part of a document: where they end matters too."""
_LINES_KEPT = re.compile(r"<(?:pre|textarea)\b|white-?space[\s:-]*pre", re.IGNORECASE)
"""Where the line ends of the source may be those of the page."""
_MOST_TAGS = 60_000
"""Larger pages are hashed as they are: the parser's time grows with the square of their depth."""


def fingerprint(body: bytes, page: Page) -> str:
    """The hash of a body's wording, with the page's options and the extractor's version; 32 hexadecimal digits."""
    known = (EXTRACTOR, page.content_type, _bare(page.url or ""), page.language, page.region, page.select, page.remove)
    parts = [repr((*known, page.start, page.until))]
    if form(body, page.content_type) != "html" or body.count(b"<") > _MOST_TAGS or b"shadowroot" in body:
        return _hash([*parts, hashlib.blake2b(body, digest_size=16).hexdigest()])
    return _hash([*parts, *_wording(decode(body, page.content_type))])


def _hash(parts: list[str]) -> str:
    return hashlib.blake2b("\x1e".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _wording(text: str) -> Iterator[str]:
    tree = LexborHTMLParser(text)
    root = tree.root
    if root is None:
        yield text
        return
    yield root.attributes.get("lang") or ""
    yield from _metadata(tree)
    tree.strip_tags(["script", "style"])
    said = root.text(separator="\x01")
    yield said if _LINES_KEPT.search(text) else " ".join(said.split())
    yield " ".join(node.tag or "" for node in tree.css(_BREAKS))
    yield " ".join(_bare(node.attributes.get("href") or "") for node in tree.css("a[href], base[href]"))
    for node in tree.css(f"{_HOLDERS}, li[value]"):
        yield from _told_by_attributes(node)


def _metadata(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("meta[property], meta[http-equiv], link[rel=canonical], script[type='application/ld+json']"):
        kept = node.attributes
        if node.tag == "script":
            yield " ".join(re.findall(r'"date(?:Modified|Published)"\s*:\s*"(\d{4}-\d\d-\d\d)', node.text()))
        elif (kept.get("property") or "").endswith(("_time", "og:url")) or not kept.get("property"):
            yield f"{kept.get('property')} {(kept.get('content') or '')[:200]} {_bare(kept.get('href') or '')}"


def _told_by_attributes(node: LexborNode) -> Iterator[str]:
    kept = node.attributes
    hidden = kept.get("data-cfemail")
    if hidden:
        yield decoded(hidden) or hidden
    numbered = "none" not in (kept.get("style") or "")
    said = () if node.tag == "input" else (kept.get("start"), kept.get("value"), kept.get("datetime"))
    yield f"{node.tag} {len(node.text())} {numbered} {kept.get('type')} {said}"


def _bare(address: str) -> str:
    """An address without query and fragment: those carry sessions and campaigns."""
    return address.partition("#")[0].partition("?")[0]
