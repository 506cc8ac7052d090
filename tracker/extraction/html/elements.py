"""What the elements of HTML are to a reader: text within a line, a block, a part of a list or table, or nothing to read.

ARIA roles make any element one of these, so what is built of `div` alone is read like what is built of the tags made for it.
"""

from __future__ import annotations

from lxml.html import HtmlElement

from tracker.extraction.canonical import canonical

# not `head`: parsers leave the start of a page without a body tag in it
SKIPPED = frozenset(
    "script style template iframe object embed canvas svg math audio video picture map select datalist textarea input img "
    "noscript noframes meter progress param source track area base link meta title".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span strike "
    "strong sub sup time tt u var wbr slot".split()
)
REGIONS = frozenset(
    "html body div section main article nav header footer aside form dialog details ul ol dl menu table tbody thead tfoot tr td th "
    "fieldset center figure hgroup search blockquote li button".split()
)
_OTHER_BLOCKS = frozenset(
    "address caption colgroup col dd dir dt figcaption frameset h1 h2 h3 h4 h5 h6 head hr legend listing option optgroup p "
    "plaintext pre summary xmp".split()
)
_BLOCKS = REGIONS | SKIPPED | _OTHER_BLOCKS
_PLAYED = {
    "row": "tr", "cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th", "list": "ul", "listitem": "li",
    "button": "button",
}  # fmt: skip
_PLAYERS = frozenset(("div", "span", "p", "section"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}


def is_block(tag: str) -> bool:
    """Whether an element stands on lines of its own. Tags that nobody knows do not, as in browsers; an application's own do mostly."""
    return tag in _BLOCKS or "-" in tag


def played(element: HtmlElement, tag: str) -> str:
    """The tag whose part an element plays by its role. A button within a line is one only where it opens something."""
    role = element.get("role")
    if role is None or tag not in _PLAYERS:
        return tag
    if role == "button" and tag == "span" and not (element.get("aria-expanded") or element.get("aria-controls")):
        return tag
    return _PLAYED.get(role, tag)


def heading_level(element: HtmlElement, tag: str) -> int | None:
    """The level of a heading, by tag or role."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    if tag in ("div", "span", "p", "button") and element.get("role") == "heading":
        level = element.get("aria-level") or "2"
        return min(6, max(1, int(level))) if level.isdigit() and len(level) < 3 else 2
    return None


def tabs(root: HtmlElement) -> dict[str, str]:
    """What the tabs of a page say, by the id of the panel that each opens."""
    found = {}
    for tab in root.xpath("//*[@role='tab']"):
        panel = tab.get("aria-controls") or (tab.get("href") or tab.get("data-bs-target") or "").partition("#")[2]
        text = canonical("".join(tab.itertext())).replace("\n", " ")
        if panel.split() == [panel] and text:
            found[panel] = text
    return found
