"""A hash of what a page says, quick enough to take at every look: while it stays, extraction would read the same words.

It covers all text in its order; every tag that is more than a picture; link targets without query and fragment; the attributes that say
something instead of text or tell how it is set (hidden e-mail addresses, times, numbers of lists, roles, some styles); and what is known of
the page besides. It does not cover scripts, comments and the names of classes: they are not wording. More than the document is covered
(menus, footers): the hash then changes without need, never the other way round. Pages that are written oddly are hashed as they are.
"""

from __future__ import annotations

import re
from hashlib import blake2b

from tracker.extraction.forms import form
from tracker.extraction.html.lexing import CLOSELY, END, PLAINLY, cut, telling
from tracker.extraction.html.obfuscation import decoded
from tracker.extraction.html.parsing import MOST_BYTES, in_utf8
from tracker.extraction.version import EXTRACTOR
from tracker.model import Page

COVERED = frozenset(
    """role aria-level aria-expanded aria-hidden hidden datetime start reversed type value name colspan rowspan lang
    size data-cfemail shadowrootmode""".split()
)
"""The attributes that the hash covers on all tags."""
POINTING = frozenset("id class href aria-controls data-bs-target".split())
"""Those that it covers where text is found by them: in tabs, and where a class may keep line ends."""
_TELLING, _POINTING = telling(COVERED, ("href", "aria-controls")), telling(COVERED | POINTING)
_HIDDEN = re.compile(rb"""data-cfemail\s*=\s*["']?([0-9a-fA-F]+)""")
_DATED = re.compile(rb'"date(?:Modified|Published)"\s*:\s*"(\d{4}-\d\d-\d\d)')
_LOWER = bytes.maketrans(bytes(range(65, 91)), bytes(range(97, 123)))
_TABBED = re.compile(rb"""role\s*=\s*["']?tab["'\s>]""")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r") + b"\x7f"
_NEVER = re.compile(rb"\xef\xbf[\xbe\xbf]")
"""What the parser is never given: control characters, and U+FFFE and U+FFFF."""
_BLANKS, _LINES = bytes.maketrans(b"\t\r", b"\n\n"), re.compile(rb"\n\s*+")
_GAP = b"\x1c"
"""Stands where something is left out."""
_EMPTY = b"\x1e"
"""Stands for the slash that closes a tag: one at the end of an address would look the same."""
_BROKEN = re.compile(rb"&#?\w{0,40}\x1c")
"""A reference that may go on after it."""


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
    if b"\xef" in source and _NEVER.search(source):
        return None
    return _taken_apart(source, PLAINLY) or _taken_apart(source, CLOSELY)


def _taken_apart(source: bytes, token: re.Pattern[bytes]) -> tuple[bytes, ...] | None:
    texts, tags, page = cut(source.translate(_BLANKS, _CONTROLS), token)
    distinct = list(filter(None, dict.fromkeys(tags)))
    joined = END.join((b"", *distinct, b""))
    styled = b"spacepre" in joined.translate(_LOWER, b" \n:-")  # white-space: pre, or a class named for it
    named = _told(joined, _POINTING if styled else _TELLING)
    if named is not None and b"tab" in named and _TABBED.search(named.lower()):
        named = _told(joined, _POINTING)
    if named is None:
        return None
    low = named.lower()
    lines = styled or b"<pre" in low or b"<textarea" in low
    if lines:
        texts = cut(source.translate(None, _CONTROLS), token)[0]
    said = dict(zip([None, *distinct], [_GAP, *named.split(b"\"'\x1f")[1:-1]], strict=True))
    parts = [_GAP] * (2 * len(tags) + 1)
    parts[::2], parts[1::2] = texts, map(said.__getitem__, tags)
    text = b"".join(parts)
    if _BROKEN.search(text):
        return None
    text = text.replace(_GAP, b"")
    dates = b" ".join(_DATED.findall(b"".join(page)))
    return text if lines else _LINES.sub(b" ", text).strip(), *filter(_speaks, page), dates


def _told(tags: bytes, telling: re.Pattern[bytes]) -> bytes | None:
    """What tags tell, hidden addresses of mail as a reader sees them; None where one is written oddly."""
    told = telling.split(tags)
    if any(told[::2]):
        return None
    named = b"".join(part if part.strip(b"/ \n") else _EMPTY for part in told[1::2])
    return _HIDDEN.sub(_revealed, named) if b"data-cfemail" in named else named


def _speaks(tag: bytes) -> bool:
    low = tag.lower()
    cues = (b"_time", b"og:url", b"canonical", b"http-equiv")
    return not low.startswith(b"script") and any(cue in low for cue in cues)


def _revealed(found: re.Match[bytes]) -> bytes:
    return (decoded(found[1].decode()) or "").encode() or found[0]


def _bare(address: str) -> str:
    """An address without query and fragment: those carry sessions and campaigns."""
    return address.partition("#")[0].partition("?")[0]
