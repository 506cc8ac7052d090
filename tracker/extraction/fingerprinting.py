"""A hash of what a page says, quick enough to take at every look: while it stays, extraction would read the same words.

It covers all text in its order, with marks where each element that is more than a style begins and ends (a fast parser finds them); the
numbers that lists generate; link targets without query and fragment; what attributes say instead of text (hidden e-mail addresses, times);
and what is known of the page besides. It does not cover class names, scripts, styles and comments: they are not wording. More than the
document is covered (menus, footers): the hash then changes without need, never the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.extraction.forms import form
from tracker.extraction.html.elements import INLINE
from tracker.extraction.html.obfuscation import decoded
from tracker.extraction.html.parsing import decode
from tracker.extraction.version import EXTRACTOR
from tracker.model import Page

_STYLES = INLINE - {"a", "time"} | frozenset(
    "html head body script style meta link img source track wbr iframe path g use defs circle ellipse rect line polygon polyline".split()
)
"""Elements that part no words, or hold none."""
_TELLING = frozenset(("a", "time", "ol", "ul", "menu", "li", "input", "base"))
"""Elements whose attributes extraction reads."""
_READ = ("datetime", "start", "value", "type", "reversed")
_ANY_TELLING = "[data-cfemail], [style*=display], [role]"
_METADATA = "meta[property], meta[http-equiv], link[rel=canonical], script[type='application/ld+json']"
_DATED = re.compile(r'"date(?:Modified|Published)"\s*:\s*"(\d{4}-\d\d-\d\d)')
_LINES_KEPT = re.compile(rb"space[\s:-]*pre")
"""A style, or a class named for it, under which the line ends of the source may be those of the page."""
_MOST_TAGS = 60_000
"""Larger pages are hashed as they are: the parser's time grows with the square of their depth."""


def fingerprint(body: bytes, page: Page) -> str:
    """The hash of a body's wording, with the page's options and the extractor's version; 32 hexadecimal digits."""
    known = (EXTRACTOR, page.content_type, _bare(page.url or ""), page.language, page.region, page.select, page.remove)
    options = repr((*known, page.start, page.until))
    # selectors of the user may look at any attribute; shadow trees are no part of the tree that this parser makes
    if (
        form(body, page.content_type) != "html"
        or body.count(b"<") > _MOST_TAGS
        or b"shadowroot" in body
        or page.select
        or page.remove
    ):
        return _hash([options, blake2b(body, digest_size=16).hexdigest()])
    return _hash([options, *_wording(decode(body, page.content_type), lines_kept=_keeps_lines(body.lower()))])


def _hash(parts: list[str]) -> str:
    return blake2b("\x1e".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _keeps_lines(lowered: bytes) -> bool:
    return b"<pre" in lowered or b"<textarea" in lowered or _LINES_KEPT.search(lowered) is not None


def _wording(text: str, *, lines_kept: bool) -> Iterator[str]:
    tree = LexborHTMLParser(text)
    root = tree.root
    if root is None:
        yield text
        return
    yield root.attributes.get("lang") or ""
    yield from _metadata(tree)
    tree.strip_tags(["script", "style"])
    marked = [_marked(node, node.tag or "") for node in tree.css("*")]
    told = [_told_anywhere(node) for node in tree.css(_ANY_TELLING)]
    said = root.text()
    yield "\n".join(" ".join(line.split()) for line in said.split("\n")) if lines_kept else " ".join(said.split())
    yield "\x1f".join((*filter(None, marked), *told))


def _marked(node: LexborNode, tag: str) -> str:
    """What an element's attributes tell, with marks left in the text where it begins and ends."""
    if tag in _STYLES:
        return ""
    if tag in ("a", "time"):  # white space around these matters
        node.insert_before("\x04")
        node.insert_after("\x05")
    else:
        node.insert_before(f" \x02{tag} ")
        node.insert_after(" \x03 ")
    return _told(node, tag) if tag in _TELLING else ""


def _told(node: LexborNode, tag: str) -> str:
    kept = node.attributes
    if tag in ("a", "base"):
        return _bare(kept.get("href") or "")
    if tag == "input":
        return kept.get("type") or "text"
    numbered = (kept.get("style") or "").partition("list-style")[2][:40]
    return f"{tag} {numbered} {[kept[name] for name in _READ if name in kept]}"


def _told_anywhere(node: LexborNode) -> str:
    node.insert_before("\x06")
    node.insert_after("\x07")
    kept = node.attributes
    hidden = kept.get("data-cfemail") or ""
    return f"{decoded(hidden) or hidden} {'none' in (kept.get('style') or '')} {kept.get('role')}"


def _metadata(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_METADATA):
        kept = node.attributes
        if node.tag == "script":
            yield " ".join(_DATED.findall(node.text()))
        elif (kept.get("property") or "").endswith(("_time", "og:url")) or not kept.get("property"):
            yield f"{kept.get('property')} {(kept.get('content') or '')[:200]} {_bare(kept.get('href') or '')}"


def _bare(address: str) -> str:
    """An address without query and fragment: those carry sessions and campaigns."""
    return address.partition("#")[0].partition("?")[0]
