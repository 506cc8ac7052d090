"""How much stands under the addresses within a page: a whole document among others on one page, or a clause."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_NEAR = 200
"""Characters after the beginning of a part in which its heading is looked for."""


@dataclass
class _Outline:
    """Where targets and headings stand, in characters of text from the beginning of the page."""

    targets: dict[str, int] = field(default_factory=dict)
    headings: list[tuple[int, int]] = field(default_factory=list)
    """Position and level."""
    length: int = 0


def lengths(tree: HtmlElement, targets: Collection[str]) -> Mapping[str, int]:
    """The characters of text in the part of a page that each of these fragments leads to; those that lead nowhere are missing."""
    outline = _outline(tree, targets)
    starts = sorted({*outline.targets.values(), outline.length})
    return {target: _end(outline, start, starts) - start for target, start in outline.targets.items()}


def _end(outline: _Outline, start: int, starts: list[int]) -> int:
    """A part with a heading goes on to the next heading that is as high; another one to the next part."""
    after = [(position, level) for position, level in outline.headings if position >= start]
    if after and after[0][0] <= start + _NEAR:
        own = after[0][1]
        return next((position for position, level in after[1:] if level <= own), outline.length)
    return next((other for other in starts if other > start), outline.length)


def _outline(tree: HtmlElement, targets: Collection[str]) -> _Outline:
    outline = _Outline()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            outline.length += len(element.tail or "")
            continue
        for name in (element.get("id"), element.get("name")):
            if name is not None and name in targets:
                outline.targets.setdefault(name, outline.length)
        if element.tag in _LEVELS:
            outline.headings.append((outline.length, _LEVELS[element.tag]))
        outline.length += len(element.text or "")
    return outline
