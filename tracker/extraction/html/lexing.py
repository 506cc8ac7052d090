"""The source of a page as text and tags, found by two regular expressions in a fraction of the time that a tree takes.

A parser makes its tree of nothing but these: two pages with the same text between the same tags have the same tree. So what is found here
must be what the parser (libxml2, which follows the HTML standard here, and holds what ends in "/>" for empty) finds. `cut` takes a page
apart with little regard to what its tags hold; `telling` then reads each distinct tag once, value by value, and where one is written so
oddly that a parser may see it otherwise, that shows.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby

_VALUE = r"""(?:="[^"]*+"|(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++(?!["'=<`])|(?=>)))?+)"""
"""What stands after "=" is the value, be it far from it, and look it like another attribute: `name= title="…"`."""
_ATTRIBUTE = rf"""[\s/]*+[^\s"'<>/=]++{_VALUE}"""
_REST = rf"(?=[\s/>])(?:{_ATTRIBUTE})*+[\s/]*+"
_SHAPES = "path|g|use|defs|circle|ellipse|rect|line|polygon|polyline|clipPath|linearGradient|stop|mask|symbol|filter|fe[A-Z][A-Za-z]*+"
_RAW = (
    "[sS](?i:cript|tyle)|[iI](?i:frame)|[xX](?i:mp)|[nN](?i:oembed|oframes)|[pP](?i:laintext)|[mM](?i:eta)|[lL](?i:ink)"
)
"""Elements whose content is no markup, and those of the page: `cut` knows them as they are commonly written, and no others are read."""
_ALONE = rf"(?=[iIlLmMnNpPsStTxX!?])(?:(?:{_RAW}|[sS](?i:vg|ource)|[iI](?i:mg|nput)|[tT](?i:rack|itle|extarea))(?=[\s/>])|[!?])"
"""What stands in no run of tags: it is left out, or is read by a rule of its own."""


def _closed(name: str, *stops: str) -> str:
    """An element whose content is no markup, up to the bracket that ends its end tag; none where one of the stops is within it."""
    end = "|".join((rf"/(?i:{name})[\s/>]", *stops))
    return rf"[{name[0]}{name[0].upper()}](?i:{name[1:]}){_REST}(?<!/)>[^<]*+(?:<(?!{end})[^<]*+)*+</(?i:{name})[\s/]*+"


def _marked_up(name: str, inside: str) -> str:
    """A start tag and content in which a tag would be text."""
    return rf"[tT](?i:{name[1:]})(?=[\s/>]){inside}>[^<]*+<(?!/(?i:{name})[\s/>])[^>]*+"


_UNSAID_META = r"""meta\s++(?:name|property|itemprop|charset)="(?!og:url|[^"]*_time)[^"]*+"(?:\s++content="[^"]*+")?+\s*+/?+(?=>)"""
"""Descriptions, pictures, keys: what is no address and no time."""


def _token(inside: str) -> re.Pattern[bytes]:
    """Finds all that is no text, given what stands in a tag.

    A script that opens a comment and then a script ends elsewhere. What closes itself holds nothing, and a page after it may be literal.
    Once an element without markup has no end, nothing after it can be told apart, and it takes all the rest: to look for the end of each
    that follows would take forever.
    """
    return re.compile(
        rf"""<(?:(?=[iIlLmMsStT!])(?:(?:
            (?![sS](?i:cript)[^>]*ld\+json)(?:{_closed("script", "!--")}|{_closed("script", "(?i:script)")})
          | {_closed("style")} | {_closed("iframe")}
          | (?:img|source|track){_REST}
          | input(?:(?![\s/]*+type[\s=]){_ATTRIBUTE})*+\s*+type\s*+=\s*+["']?hidden["']?{_REST}
          | svg{_REST}>(?:\s*+</?(?:{_SHAPES}){_REST}>)*+\s*+</svg
          | {_UNSAID_META} | link(?![^>]*canonical){_REST}
          | (?P<page>{_closed("script", "!--")}|(?:meta|link){_REST})
          )> | !--(?!-?>)[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))
        | (?P<tags>(?!{_ALONE})[a-zA-Z/]{inside}(?:>\s*+<(?!{_ALONE}){inside})*+
          | (?:{_RAW})(?=[\s/>])(?s:.)*+
          | {_marked_up("title", inside)} | {_marked_up("textarea", inside)}
          | [a-zA-Z]{inside}(?=>) | [a-zA-Z/!?][^>]*+
          )(?:>|\Z)
        )""".encode(),
        re.VERBOSE,
    )


PLAINLY = _token("[^>]*+")
"""As if no value of an attribute held a bracket, which few do."""
CLOSELY = _token(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
"""Heeding the quotes around values, which takes longer."""

_BRIEF = {"href": r'href="(?:(?=#)|\?[^"]*+|[^"?#]++|")', "aria-controls": r'aria-controls(?==")'}
END = b""">"'\x1f<"""
"""What to put between tags to be read, before and after: its quotes end a value that a tag leaves open, so that this shows."""


def cut(source: bytes, token: re.Pattern[bytes]) -> tuple[list[bytes], list[bytes | None], list[bytes]]:
    """A page in UTF-8 without control characters but white space: its text, the tags between two parts of that, and those of the page.

    Tags are without the brackets at both ends. Those with nothing but white space between them are one. None stands for what a reader
    sees nothing of: comments, scripts, styles, pictures, hidden fields, and what speaks of the whole page: meta, link, linked data.
    """
    parts = token.split(source)
    return parts[::3], parts[2::3], list(filter(None, parts[1::3]))


def telling(whole: frozenset[str], brief: Collection[str] = ()) -> re.Pattern[bytes]:
    """Finds what tags tell, joined by `END`: their names, some attributes, and styles that set text apart.

    What stands between two finds is nothing where the tags are written as they should be. Of the attributes that are told in `brief`, which
    may be href and aria-controls, a find holds the address up to ? or #, and that something is controlled.
    """
    covered = "|".join(
        f"[{first}{first.upper()}](?i:{'|'.join(name[1:] for name in group)})"
        for first, group in groupby(sorted(whole.union(brief)), key=lambda name: name[0])
    )
    setting, initials = "(?:[dD](?i:isplay)|[wW](?i:eight|hite)|[lL](?i:ist)|&)", "dDwWlL"
    others = (rf"""(?:[^{end}{initials}&]++|(?!{setting})[{initials}])*+""" for end in ('"', "'", "\\s\"'>"))
    styled = r"""[sS](?i:tyle)\s*+=\s*+(?:"{}|'{}|{})""".format(*others) + setting
    known = rf"(?:{covered})(?=[\s/=>])|{styled}"
    name = r"""[a-zA-Z][^\s"'<>/=]*+(?!["'=])"""
    unread = rf"(?:{_RAW})[\s/>]|(?i:title|textarea)(?=[\s/>])[^\x1f]*<"
    first = rf"""(?:/|(?!{unread})){name}|[!?](?!--)[^\x1f]*(?=>"'\x1f)|\Z"""
    starts = rf"""(?:>\s*+</?+{name}|>"'\x1f<(?:{first}))(?:>\s*+</?+{name})*+"""
    attributes = "|".join((*(_BRIEF[each] for each in brief), rf"(?={known})[^\s=/>]++{_VALUE}"))
    rest = r"""(?<=controls)="[^"]*+"|(?:(?<=href=")\#[^"]*+|(?<!["'])(?:[?#][^"]*+)?+)\""""
    styling = "" if "class" in whole else 'class="[^"]*+"|'
    untold = rf"""(?:[\s/]*+(?:{styling}(?!{known})[^\s"'<>/=]++{_VALUE}))*+(?:\s++(?=>))?+"""
    closed = r"\s*+/[\s/]*+(?=>)"  # which makes of any element an empty one
    return re.compile(rf"({starts}|{closed}|[\s/]*+(?:{attributes}))(?:{rest})?+{untold}".encode())
