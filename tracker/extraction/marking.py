"""What Markdown files hold besides Markdown, made Markdown of before they are read: HTML, link definitions, front matter."""

from __future__ import annotations

import re

_FRONT_MATTER = re.compile(r"\A---[ ]*\n(?:[\w-]+:.*\n|[ \t]+.*\n|- .*\n){1,60}?---[ ]*\n")
_BLOCK = re.compile(
    r"(?<!\\)<(/?)(h[1-6]|p|div|section|article|main|header|footer|ul|ol|li|table|thead|tbody|tr|td|th|dl|dt|dd|details|summary"
    r"|blockquote|hr|center|figure|figcaption)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]^][^\[\]]{0,200})\]:[ \t]*<?(\S{1,2000}?)>?(?:[ \t]+[\"'(].*)?$", re.MULTILINE
)
_REFERENCE = re.compile(r"(?<!\\)\[([^\[\]]{1,500})\](?:\[([^\[\]]{0,200})\])?(?![(\[:])")


def plainly_marked(text: str) -> str:
    """The same text in Markdown alone."""
    text = _without_comments(_FRONT_MATTER.sub("", text, count=1))
    if "<" in text:
        # a row of a table is one line, whatever stands in its cells
        lines = (line if line.lstrip().startswith("|") else _BLOCK.sub(_mark, line) for line in text.split("\n"))
        text = "\n".join(lines)
    return _linked(text)


def _without_comments(text: str) -> str:
    """Comments that nothing ends are text."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join((*kept, text[at:]))


def _mark(found: re.Match[str]) -> str:
    closing, tag = found[1], found[2].lower()
    if tag in ("td", "th"):
        return "" if closing else "| "
    if tag == "tr":
        return "\n"
    if closing:
        return "\n\n"
    if tag == "li":
        return "\n- "
    return f"\n\n{'#' * int(tag[1])} " if tag[0] == "h" and tag[1:].isdigit() else "\n\n"


def _linked(text: str) -> str:
    """The text with links written where they stand, and no longer defined at its end."""
    targets = {name.casefold(): target for name, target in _DEFINITION.findall(text)} if "]:" in text else {}
    if not targets:
        return text

    def link(found: re.Match[str]) -> str:
        target = targets.get((found[2] or found[1]).casefold())
        return f"[{found[1]}]({target})" if target else found[0]

    return _REFERENCE.sub(link, _DEFINITION.sub("", text))
