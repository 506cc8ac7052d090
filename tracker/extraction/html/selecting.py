"""CSS selectors that a user sets for a page: they win over what is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement


def selected(root: HtmlElement, select: Sequence[str], remove: Sequence[str]) -> HtmlElement | None:
    """Removes what `remove` matches; returns a tree of what `select` matches, in page order, or None where nothing is selected.

    A selector that matches nothing, or that cannot be parsed, is as if it were not set: the registry's check reports bad ones.
    """
    for element in _matches(root, remove):
        if element.getparent() is not None:
            element.drop_tree()
    chosen = set(_matches(root, select))
    if not chosen:
        return None
    outermost = [e for e in root.iter() if e in chosen and not any(above in chosen for above in e.iterancestors())]
    body: HtmlElement = etree.SubElement(root, "body")
    for element in outermost:
        element.tail = None
        body.append(element)
    return body


def _matches(root: HtmlElement, selectors: Sequence[str]) -> Iterator[HtmlElement]:
    for text in selectors:
        try:
            yield from CSSSelector(text, translator="html")(root)
        except (SelectorError, etree.XPathError):
            continue
