"""One walk over the tree: every run of text as a block, in reading order, with the region of the page that it stands in.

Nothing is judged here. What is furniture, where the document is and which tables are data is decided on the few hundred regions
and pieces that the walk leaves behind, not on the thousands of nodes it passed. No recursion: pages nest as deep as they like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from tracker.extraction.blocks import Run
from tracker.extraction.html.elements import REGIONS, SKIPPED, heading_level, is_block, played, tabs
from tracker.extraction.html.numbering import Numbering, numbering
from tracker.extraction.html.obfuscation import revealed
from tracker.extraction.html.pieces import Piece, Region, Walked
from tracker.extraction.plain import paragraph_break
from tracker.model import ClauseKind

_STRONG = frozenset(("b", "strong"))
_ROLES = {"button": "button", "summary": "summary", "dt": "term", "legend": "term"}
_LARGE = frozenset(("4", "5", "6", "7", "+1", "+2", "+3", "+4"))
"""Sizes of `font` in which no text runs: what stands out by its size does so as by its weight."""
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_KEPT_LINES = re.compile(r"white-?space[\s:-]*pre", re.IGNORECASE)
"""A style, or a class named for it, under which the line ends of the source are those of the page."""
_DEEPEST_LINES = 8
"""Elements that keep their lines within others that do: each is looked through to see what parts its paragraphs."""
_LONG_FIELD = 300
"""Characters from which what stands in a text field is a text to read, such as a licence, and not an answer."""
_YEAR = re.compile(r"\d{4}")
_INWARD = re.compile(r"#|mailto:|tel:|/cdn-cgi/l/email-protection", re.IGNORECASE)
"""Links that lead to no other page: they are no menu."""


@dataclass(slots=True)
class _Open:
    """What an element changed when it began, to be undone when it ends."""

    tag: str = ""
    block: bool = False
    region: bool = False
    strong: bool = False
    heading: int | None = None
    link: int | None = None
    item: bool = False
    role: str = ""
    cell: bool = False
    breaks: re.Pattern[str] | None = None


_NOTHING = _Open()


class _Walk:
    """The state of the walk: a run of text being collected, and what surrounds it."""

    def __init__(self) -> None:
        self.walked = Walked()
        self.run = Run()
        self.linked = 0
        self.inward = 0
        self.strong = 0
        self.headings: list[int] = []
        self.lists: list[Numbering] = []
        self.items: list[str | None] = []
        self.role: list[str] = []
        self.rows: list[int] = []
        self.cells: list[int] = []
        self.link_from: int | None = None
        self.link_inward = False
        self.region = -1
        self.just_closed_link = False
        self.breaks: list[re.Pattern[str]] = []

    def source(self, text: str) -> None:
        """Text as the source has it: its line ends are mere spaces, but where lines are set as they are written."""
        if "\n" not in text and "\r" not in text:
            self.text(text)
        elif not self.breaks:
            self.text(text.replace("\n", " ").replace("\r", " "))
        else:
            for at, part in enumerate(self.breaks[-1].split(text.replace("\r\n", "\n").replace("\r", "\n"))):
                if at:
                    self.flush()
                self.text(part.replace("\n", " "))

    def text(self, text: str) -> None:
        if self.link_from is not None:
            size = len(text.strip())
            self.linked += size
            if self.link_inward:
                self.inward += size
        if self.just_closed_link and text.strip():
            self.just_closed_link = False
        self.run.add(text, strong=self.strong > 0)

    def flush(self) -> None:
        run = self.run
        if not run.pieces:
            return
        if not any(map(str.strip, run.pieces)):
            run.pieces.clear()
            run.lead = 0
            self.link_from = None if self.link_from is None else 0
            self.just_closed_link = False
            return
        kind: ClauseKind = "paragraph"
        level, number = 0, ""
        if self.items and self.items[-1] is not None:
            kind, level, number = "item", sum(outer.begun for outer in self.lists[:-1]), self.items[-1]
        if self.headings:
            kind, level = "heading", self.headings[-1]
        block = run.block(kind, level, number)
        if block is not None:
            self.walked.pieces.append(
                Piece(
                    block,
                    self.region,
                    self.linked,
                    self.inward,
                    self.rows[-1] if self.rows else None,
                    self.cells[-1] if self.cells else None,
                    self.role[-1] if self.role else "",
                )
            )
            if self.items:
                self.items[-1] = None
            if self.lists:
                self.lists[-1].begun = True
        self.run, self.linked, self.inward = Run(), 0, 0
        self.just_closed_link = False
        if self.link_from is not None:
            self.link_from = 0

    def enter(self, element: HtmlElement, tag: str) -> _Open:
        opened = _Open(tag)
        style = element.get("style") or ""
        level = heading_level(element, tag)
        if level or is_block(tag) or (style and _BLOCK_STYLE.search(style)):
            opened.block = True
            self.flush()
        if tag in REGIONS:
            opened.region = True
            self.walked.regions.append(Region(element, tag, self.region, len(self.walked.pieces)))
            self.region = len(self.walked.regions) - 1
        if tag in _STRONG or (style and _BOLD_STYLE.search(style)) or _stands_out(element, tag):
            opened.strong = True
            self.strong += 1
        if tag in ("pre", "textarea") or _keeps_lines(style) or _keeps_lines(element.get("class") or ""):
            opened.breaks = self.breaks[-1] if len(self.breaks) >= _DEEPEST_LINES else _breaks(element)
            self.breaks.append(opened.breaks)
        if level:
            opened.heading = level
            self.headings.append(level)
        if tag == "a" and element.get("href"):
            self._enter_link(element, opened)
        elif tag in ("ul", "ol", "menu"):
            self.lists.append(numbering(element))
        elif tag == "li":
            opened.item = True
            self.items.append(self.lists[-1].next_label(element) if self.lists else "")
        elif tag == "tr":
            self.rows.append(self.region)
        elif tag in ("td", "th"):
            opened.cell = True
            self.cells.append(self.region)
        elif tag in _ROLES:
            opened.role = _ROLES[tag]
            self.role.append(opened.role)
        return opened

    def _enter_link(self, element: HtmlElement, opened: _Open) -> None:
        if self.link_from is not None:
            return
        if self.just_closed_link:
            self.run.add(" ", strong=self.strong > 0)
        href = (element.get("href") or "").strip()
        if href.startswith("#") and _is_raised(element):
            self.run.add(" ", strong=self.strong > 0)
        self.link_from = len(self.run.pieces)
        self.link_inward = len(href) > 1 and bool(_INWARD.match(href))
        opened.link = 1

    def _leave_link(self, element: HtmlElement, resolve: Callable[[str], str]) -> None:
        href, start = (element.get("href") or "").strip(), self.link_from or 0
        shown = "".join(self.run.pieces[start:])
        if href.startswith("#") and not any(x.isalnum() or x == "§" for x in shown):
            self.run.cut(start)  # a sign that leads to the heading it stands in, or back from a footnote
        elif href and not href.lower().startswith(("javascript:", "#")):
            self.run.link(shown, resolve(href))
        self.link_from = None
        self.just_closed_link = True

    def aside(self, text: str) -> None:
        """A control's text, told where what it opens stands."""
        self.flush()
        self.role.append("button")
        self.text(text)
        self.flush()
        self.role.pop()

    def leave(self, element: HtmlElement, opened: _Open, resolve: Callable[[str], str]) -> None:
        tag = opened.tag
        if opened.link is not None:
            self._leave_link(element, resolve)
        if opened.block:
            self.flush()
        if opened.breaks is not None:
            self.breaks.pop()
        if opened.strong:
            self.strong -= 1
        if opened.heading is not None:
            self.headings.pop()
        if opened.item:
            self.items.pop()
        if opened.role:
            self.role.pop()
        if opened.cell:
            self.cells.pop()
        if tag in ("ul", "ol", "menu"):
            self.lists.pop()
        elif tag == "tr":
            self.rows.pop()
        if opened.region:
            region = self.walked.regions[self.region]
            region.last = len(self.walked.pieces)
            self.region = region.parent

    def line_break(self) -> None:
        trailing = ""
        for piece in reversed(self.run.pieces):
            trailing = piece + trailing
            if piece.strip():
                break
        if "\n" in trailing[len(trailing.rstrip()) :] and trailing.strip():
            self.flush()
        else:
            self.run.add("\n")


def walk(root: HtmlElement, resolve: Callable[[str], str], *, without: frozenset[str] = SKIPPED) -> Walked:
    """Every block of text below `root`, elements named in `without` passed over. `resolve` makes link targets absolute."""
    state = _Walk()
    opened: list[_Open] = []
    panels = tabs(root)
    events = etree.iterwalk(root, events=("start", "end"))
    skipped: HtmlElement | None = None
    for event, element in events:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end" and element.tail and skipped is None:
                state.source(element.tail)
            continue
        if event == "start":
            state.walked.elements += 1
            if tag in without and _unread(element, tag):
                events.skip_subtree()
                opened.append(_NOTHING)
                skipped = element
                continue
            if tag == "br":
                state.line_break()
                opened.append(_NOTHING)
                continue
            mail = revealed(element)
            opened.append(state.enter(element, played(element, tag)))
            if panels and (panel := element.get("id")) in panels:
                state.aside(panels[panel])
            if mail is not None:
                state.text(mail)
                events.skip_subtree()
            elif tag == "time" and _moving(element):
                state.text((element.get("datetime") or "").split()[0][:10])
                events.skip_subtree()
            elif element.text:
                state.source(element.text)
        else:
            was = opened.pop()
            if skipped is element:
                skipped = None
            elif was is not _NOTHING:
                state.leave(element, was, resolve)
            if element.tail and element is not root:
                state.source(element.tail)
    state.flush()
    return state.walked


def _unread(element: HtmlElement, tag: str) -> bool:
    """Whether an element holds nothing to read: shadow trees and long texts in fields are read though their like are not."""
    if tag == "template":
        return element.get("shadowrootmode") is None
    if tag == "textarea":
        return sum(map(len, element.itertext())) < _LONG_FIELD
    return True


def _keeps_lines(named: str) -> bool:
    return "pre" in named and _KEPT_LINES.search(named) is not None


def _breaks(element: HtmlElement) -> re.Pattern[str]:
    return paragraph_break("".join(element.itertext()).replace("\r\n", "\n"))


def _moving(element: HtmlElement) -> bool:
    """A time told relative to the visit, whose fixed value stands in its attribute."""
    stamp = element.get("datetime") or ""
    shown = (part.text or "" for part in element.iter() if part.tag not in SKIPPED)
    return bool(_YEAR.match(stamp)) and not any(map(_YEAR.search, shown))


def _stands_out(element: HtmlElement, tag: str) -> bool:
    """Underlined, where it is no link, or in a larger type."""
    return (tag == "u" and element.find(".//a") is None) or (tag == "font" and element.get("size") in _LARGE)


def _is_raised(link: HtmlElement) -> bool:
    """A link that is a superscript sign: the mark of a footnote, and no part of the word before it."""
    above = link.getparent()
    return (above is not None and above.tag == "sup") or (
        not (link.text or "").strip() and link.find("sup") is not None
    )
