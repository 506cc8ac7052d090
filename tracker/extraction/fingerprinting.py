"""A hash of what a page says, quick enough to take at every look: while it stays, extraction would read the same words.

It covers all text in its order; every tag that is more than a picture; link targets without query and fragment; the attributes that say
something instead of text or tell how it is set (hidden e-mail addresses, times, numbers of lists, roles, some styles); and what is known of
the page besides. It does not cover scripts, comments and the names of classes: they are not wording. More than the document is covered
(menus, footers): the hash then changes without need, never the other way round. Pages that are written oddly are hashed as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from itertools import groupby

from tracker.extraction.forms import form
from tracker.extraction.html.lexing import VALUE, lexed
from tracker.extraction.html.obfuscation import decoded
from tracker.extraction.html.parsing import MOST_BYTES, in_utf8
from tracker.extraction.version import EXTRACTOR
from tracker.model import Page

COVERED = frozenset(
    """href role aria-level aria-expanded aria-hidden hidden datetime start reversed type value name colspan rowspan lang
    size data-cfemail shadowrootmode""".split()
)
"""The attributes that the hash covers on all tags."""
OF_PAGE = frozenset("href content property http-equiv rel".split())
"""Those that it covers on tags that speak of the whole page."""
POINTING = frozenset("id class aria-controls data-bs-target".split())
"""Those that it covers where text is found by them: in tabs, and where a class may keep line ends."""


def _covering(names: Iterable[str]) -> re.Pattern[bytes]:
    """Tags that follow each other, part by part: what is covered, names and these attributes, is in the group."""
    covered = "|".join(
        f"[{first}{first.upper()}](?i:{'|'.join(name[1:] for name in group)})"
        for first, group in groupby(sorted(names), key=lambda name: name[0])
    )
    setting = "(?:[dD](?i:isplay)|[wW](?i:eight|hite)|[lL](?i:ist)|&)"
    styled = rf"""[sS](?i:tyle)\s*+=\s*+(?:"[^"]*?{setting}|'[^']*?{setting}|[^\s"'\x1f]*?{setting})"""
    named = rf"""(?:(?:{covered})(?=[\s/=\x1f])|(?={styled})[^\s=]++){VALUE}"""
    there = r"[aA](?i:ria-controls)(?=[\s/=\x1f])"  # whatever it points to: that it points tells a button
    return re.compile(rf"""[\s/]*+(?:(\x1f[^\s/\x1f]*+|{named}|{there})|[^\s"'<>/=\x1f]++){VALUE}""".encode())


_TELLING, _POINTING = _covering(COVERED), _covering(COVERED | POINTING)
_QUERY, _FRAGMENT = re.compile(rb"""[?#](?<!["'=][?#])[^"'\s\x1f]*+"""), re.compile(rb"""(?<=["'=])#[^"'\s\x1f]+""")
_HIDDEN = re.compile(rb"""(?i:data-cfemail)\s*=\s*["']?([0-9a-fA-F]+)""")
_OF_PAGE = re.compile(rb"(?i:_time|og:url|http-equiv|canonical)")
_OF_PAGE_TOLD = _covering(OF_PAGE)
_DATED = re.compile(rb'"date(?:Modified|Published)"\s*:\s*"(\d{4}-\d\d-\d\d)')
_LINES_KEPT = re.compile(rb"space[\s:-]*pre")
"""A style, or a class named for it, under which the line ends of the source may be those of the page."""
_TABBED = re.compile(rb"role\s*=\s*[\"']?tab[\"'\s\x1f]")
_FIELD = re.compile(rb"\x1e(?i:textarea)")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r") + b"\x7f"
_NEVER = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""What the parser is never given: control characters, and U+FFFE and U+FFFF."""
_BLANKS, _SPACES = bytes.maketrans(b"\t\n\r", b"   "), re.compile(rb"  +")


def fingerprint(body: bytes, page: Page) -> str:
    """The hash of a body's wording, with the page's options and the extractor's version; 32 hexadecimal digits."""
    known = (EXTRACTOR, page.content_type, _bare(page.url or ""), page.language, page.region, page.select, page.remove)
    options = repr((*known, page.start, page.until)).encode("utf-8", "surrogatepass")
    # selectors of the user may look at any attribute
    whole = page.select or page.remove or len(body) > MOST_BYTES or form(body, page.content_type) != "html"
    wording = None if whole else _wording(in_utf8(body, page.content_type))
    return blake2b(b"\x1d".join((options, *(wording or (body,)))), digest_size=16).hexdigest()


def _wording(source: bytes) -> tuple[bytes, ...] | None:
    """All that the hash covers of a page in UTF-8; None where it cannot be taken apart with certainty."""
    odd = b"\xef" in source and any(never in source for never in _NEVER)
    page = None if odd else lexed(source.translate(None, _CONTROLS))
    if page is None:
        return None
    distinct = list(dict.fromkeys(page.tags))
    tags = b"\x1f".join((b"", *distinct, b""))
    named = tags.lower()
    lines = b"\x1fpre" in named or _LINES_KEPT.search(named) is not None or _FIELD.search(page.text) is not None
    told = _told(tags, _POINTING if lines or _TABBED.search(named) else _TELLING).split(b"\x1f")[1:-1]
    return (
        page.text if lines else _SPACES.sub(b" ", page.text.translate(_BLANKS)),
        b"\x1f".join(map(dict(zip(distinct, told, strict=True)).__getitem__, page.tags)),
        _told(b"".join(b"\x1f" + tag for tag in page.page if _speaks(tag)), _OF_PAGE_TOLD),
        b" ".join(_DATED.findall(b"".join(page.page))),
    )


def _speaks(tag: bytes) -> bool:
    return tag[:6] != b"script" and _OF_PAGE.search(tag) is not None


def _told(tags: bytes, covering: re.Pattern[bytes]) -> bytes:
    """What tags tell: addresses are without query and fragment, hidden ones of mail as a reader sees them."""
    kept = b" ".join(filter(None, covering.findall(tags)))
    kept = _FRAGMENT.sub(b"#", _QUERY.sub(b"", kept))
    return _HIDDEN.sub(_revealed, kept) if b"data-cfemail" in kept else kept


def _revealed(found: re.Match[bytes]) -> bytes:
    return (decoded(found[1].decode()) or "").encode() or found[0]


def _bare(address: str) -> str:
    """An address without query and fragment: those carry sessions and campaigns."""
    return address.partition("#")[0].partition("?")[0]
