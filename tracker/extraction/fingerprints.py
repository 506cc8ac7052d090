"""A fingerprint of what a page shows, so that a page whose bytes differ and whose words do not is not extracted again.

It covers more than extraction reads: every text that a browser could show, hidden or not, where links lead (without query and fragment),
and the few attributes that extraction turns into text. So it can differ for one policy, but is never equal for two wordings.
"""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tracker.extraction.html.obfuscation import decoded
from tracker.extraction.html.parsing import decode
from tracker.model import Page

_UNSEEN = ["script", "style", "noscript", "template"]
_TELLING = "a[href], [data-cfemail], time[datetime], ol[start], ol[type], li[value], [aria-level], [role=heading], meta[http-equiv]"
_SPOKEN = ("datetime", "start", "type", "value", "aria-level", "role", "content")


def fingerprint(body: bytes, page: Page) -> str:
    """Equal for two bodies, read by the same rules, only where every visible word is equal. Hex."""
    rules = (page.content_type.split(";")[0], page.language, page.select, page.remove, page.start, page.until)
    digest = blake2b(repr(rules).encode("utf-8", "surrogatepass"), digest_size=20)
    digest.update(_shown(body, page.content_type) or body)
    return digest.hexdigest()


def _shown(body: bytes, content_type: str) -> bytes | None:
    """All that a web page shows; None where it is no web page, or shows nothing that this parser sees."""
    if not content_type.startswith(("text/html", "application/xhtml")) or body.startswith(b"%PDF"):
        return None
    tree = LexborHTMLParser(decode(body, content_type))
    attributes = [_told(node) for node in tree.css(_TELLING)]
    title = tree.css_first("title")
    tree.strip_tags(_UNSEEN)
    words = tree.body.text(separator="\n").split() if tree.body else []
    if not words:
        return None
    return "\x1f".join((title.text() if title else "", " ".join(words), *attributes)).encode("utf-8", "surrogatepass")


def _told(node: LexborNode) -> str:
    found = node.attributes
    if hidden := found.get("data-cfemail"):
        return decoded(hidden) or hidden
    href = _bare(found.get("href") or "")
    return " ".join([href, *(found.get(name) or "" for name in _SPOKEN)])


def _bare(url: str) -> str:
    """An address without query and fragment, where tokens and counters live; what is no address, as it stands."""
    try:
        return urlsplit(url)._replace(query="", fragment="").geturl()
    except ValueError:
        return url
