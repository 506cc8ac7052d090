"""Bytes → one lxml tree, in the right charset, within a budget of nodes."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

import lxml.html
from lxml import etree
from trafilatura.utils import detect_encoding

MOST_BYTES = 12_000_000
MOST_TAGS = 250_000
"""Tags. Real policies stay below a tenth of that; it takes about two seconds to understand so many."""

# What servers call by one name, browsers read as its superset (WHATWG Encoding Standard, "names and labels").
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ENDS = re.compile(r"</(?:body|html)(?=[\s/>])", re.IGNORECASE)
"""They end nothing: browsers show what comes after them, and libxml2 drops it. The end of what never began it ignores."""
_DOCTYPE = re.compile(r"\A\s*<!doctype[^>]{0,2000}>", re.IGNORECASE)
_TAGS = re.compile(rb"<(script|style)\b.*?</\1|<[^>]*>", re.IGNORECASE | re.DOTALL)
_LANG = re.compile(rb"<html[^>]{0,400}?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)
_ASCII = bytes(range(128))
_FOREIGN = 0.2
"""The share of bytes beyond ASCII above which a text is in no Latin script."""
_BY_LANGUAGE = dict.fromkeys(("pl", "cs", "sk", "hu", "ro", "sl", "hr"), "cp1250") | {
    "tr": "cp1254",
    "lt": "cp1257",
    "lv": "cp1257",
}
_SHIFTED = b"\x1b$"
"""How ISO-2022-JP, whose bytes are all ASCII, goes over to Japanese."""
_FEW = 1000
"""One broken character in so many is an accident within the declared charset, not another charset."""
_PLAIN = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
"""Every element is of the one class: lxml would call a function for each to find out whether it is a form or a field."""


def decode(body: bytes, content_type: str = "") -> str:
    """The text of a body: by its byte-order mark, as UTF-8 if it is that, as declared by header or meta tag, else as sniffed."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    head = body[:400]
    if _is_wide(head):
        return body.decode("utf-16-le" if head[1:2] == b"\x00" else "utf-16-be", "replace")
    if _SHIFTED in body and (text := _declared(body, "iso2022_jp")) is not None:
        return text
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    meta = _META.search(body[:4096])
    header = _HEADER.search(content_type)
    for label in (header[1] if header else None, meta[1].decode("ascii", "replace") if meta else None):
        text = _declared(body, label)
        if text is not None:
            return text
    for label in _sniffed(body):
        text = _declared(body, label)
        if text is not None:
            return text
    return body.decode("utf-8", "replace")


def in_utf8(body: bytes, content_type: str = "") -> bytes:
    """What `decode` makes of a body, in UTF-8; most bodies are that already."""
    if not body.startswith(tuple(mark for mark, _ in _BOMS)) and not _is_wide(body[:400]):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return body
    return decode(body, content_type).encode("utf-8", "surrogatepass")


def _is_wide(head: bytes) -> bool:
    """Two bytes a character: in most scripts many of them are zero."""
    return head.count(0) * 3 > len(head)


def _sniffed(body: bytes) -> list[str]:
    """Charsets by what the bytes look like. Where few letters are beyond ASCII the text is in a Latin script, and short texts fool
    statistics: there the page's language decides, as browsers do it."""
    sample = _TAGS.sub(b"", body[:200_000])
    if len(sample.translate(None, _ASCII)) < _FOREIGN * len(sample):
        lang = _LANG.search(body[:4096])
        return [_BY_LANGUAGE.get(lang[1].decode("ascii").lower() if lang else "", "cp1252"), "cp1252"]
    return [*detect_encoding(body[:200_000]), "cp1252"]


def _declared(body: bytes, label: str | None) -> str | None:
    codec = _codec(label or "")
    if codec is None:
        return None
    text = body.decode(codec, "replace")
    return text if text.count("\ufffd") * _FEW <= len(text) else None


@lru_cache(maxsize=64)
def _codec(label: str) -> str | None:
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name.startswith(
        ("idna", "punycode", "unicode", "raw", "utf-7")
    ):
        return None
    return _SUPERSETS.get(found.name, found.name)


def parse(text: str) -> lxml.html.HtmlElement | None:
    """The tree of an HTML text, or None where there is nothing in it. Broken HTML is repaired, deep nesting is kept."""
    text = _ENDS.sub(" </ends", _DOCTYPE.sub("", _UNFIT.sub("", text)))
    if not text.strip():
        return None
    raw = text.encode("utf-8")
    parser = _parser(huge=False)
    tree = _tree(raw, parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log):
        return _tree(raw, _parser(huge=True))
    return tree


def _parser(*, huge: bool) -> lxml.html.HTMLParser:
    parser = lxml.html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        default_doctype=False,
        huge_tree=huge,
    )
    parser.set_element_class_lookup(_PLAIN)
    return parser


def _tree(raw: bytes, parser: lxml.html.HTMLParser) -> lxml.html.HtmlElement | None:
    try:
        return lxml.html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
