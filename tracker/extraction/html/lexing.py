"""The source of a page as text and tags, found by one regular expression in a fraction of the time that a tree takes.

A parser makes its tree of nothing but these: two pages with the same text between the same tags have the same tree. So the lexer must find
what the parser (libxml2, which follows the HTML standard here) finds, and where a page is written so oddly that it may not, it says so.
"""

from __future__ import annotations

import re
from typing import NamedTuple

VALUE = r"""(?:="[^"]*+"|(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`\x1f]++)?+)?+)"""
_ATTRIBUTE = rf"""[\s/]*+[^\s"'<>/=]++{VALUE}"""
_REST = rf"(?=[\s/>])(?:{_ATTRIBUTE})*+[\s/]*+"
_PLAIN = r"""(?=[\s/>])(?:[^"'<>=]*+(?<![\s/])="[^"]*+")*+[^"'<>=]*+(?=>)"""
"""The same for most tags, and quicker: all values are in double quotes."""
_BLOCKS = "div|p|li|ul|ol|section|tr|td|th|table|tbody|thead|h[1-6]|article|main|header|footer|nav|aside|form|dl|dt|dd|br|hr|html|head|body"
_SHAPES = "path|g|use|defs|circle|ellipse|rect|line|polygon|polyline|clipPath|linearGradient|stop|mask|symbol|filter|fe[A-Z][A-Za-z]*+"
_RAW = "[sS](?i:cript|tyle)|[iI](?i:frame)|[tT](?i:itle|extarea)|[xX](?i:mp)|[nN](?i:oembed|oframes)|[pP](?i:laintext)"
"""Elements whose content is no markup."""


def _raw(name: str, *stops: str) -> str:
    """Such an element up to its end tag, or to one of the stops within it."""
    end = "|".join((rf"/(?i:{name})[\s/>]", *stops))
    return rf"[{name[0]}{name[0].upper()}](?i:{name[1:]}){_REST}(?<!/)>[^<]*+(?:<(?!{end})[^<]*+)*+"


def _closed(name: str, *stops: str) -> str:
    return rf"{_raw(name, *stops)}(?:</(?i:{name})[\s/]*+>|\Z)"


# A script that opens a comment and then a script ends elsewhere; what closes itself holds nothing. From there on all is literal, and odd.
_TOKEN = re.compile(
    rf"""<(?:
      (?P<block>/?(?:{_BLOCKS})(?:{_PLAIN}|{_REST}))>\s*+
    | (?P<page>(?:meta|link){_REST}>|(?=script[^>]{{0,200}}ld\+json){_closed("script", "!--")})
    | {_closed("script", "!--")} | {_closed("script", "(?i:script)")} | {_closed("style")} | {_closed("iframe")}
    | (?:img|source|track){_REST}>
    | input(?:(?![\s/]*+type[\s=]){_ATTRIBUTE})*+\s*+type\s*+=\s*+["']?hidden["']?{_REST}>
    | svg{_REST}>(?:\s*+</?(?:{_SHAPES}){_REST}>)*+\s*+</svg>
    | !--(?!-?>)[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z)
    | (?P<other>(?:/|(?!(?:{_RAW})[\s/>]))[a-zA-Z][^\s"'<>/=]*+(?:{_PLAIN}|{_REST}))>
    | (?P<literal>{_raw("title")}|{_raw("textarea")}|[!?](?!--)[^>]*+>|(?:{_RAW})[\s/>][\x00-\xff]*+)
    )""".encode(),
    re.VERBOSE,
)
_COLUMNS = _TOKEN.groups + 1
_ODD = re.compile(rb"<[a-zA-Z/!?]")
_BROKEN = re.compile(rb"&#?\w{0,40}<(?:!--|(?i:script|style|iframe|img|source|track|input|svg|meta|link)[\s/>])")
"""A reference that may go on after something that is left out."""


class Lexed(NamedTuple):
    """A page taken apart.

    `text` is what stands between the tags, with \\x1f in the place of each, in spaces where a block begins or ends. `tags` are these,
    without brackets; `page` are those that speak of the whole page: meta, link, and scripts with linked data. What a reader sees nothing
    of is left out: comments, other scripts, styles, pictures, hidden fields.
    """

    text: bytes
    tags: list[bytes]
    page: list[bytes]


def lexed(source: bytes) -> Lexed | None:
    """A page in UTF-8 without control characters but white space, taken apart; None where a parser might see it otherwise."""
    if _BROKEN.search(source):
        return None
    parts = _TOKEN.split(source)
    blocks, page, others, literals = (parts[n::_COLUMNS] for n in range(1, _COLUMNS))
    parts[1::_COLUMNS] = [b" \x1f " if tag else b"" for tag in blocks]
    parts[2::_COLUMNS] = [b""] * len(page)
    parts[3::_COLUMNS] = [b"\x1f" if tag else b"" for tag in others]
    parts[4::_COLUMNS] = [b"\x1e" + said if said else b"" for said in literals]
    text = b"".join(parts)
    if _ODD.search(text):
        return None
    tags = [block or other for block, other in zip(blocks, others, strict=True) if block or other]
    return Lexed(text, tags, list(filter(None, page)))
