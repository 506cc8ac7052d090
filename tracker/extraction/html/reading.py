"""HTML → blocks of the document that the page carries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from urllib.parse import urljoin

from lxml.html import HtmlElement

from tracker.extraction.blocks import Block
from tracker.extraction.dates.grammar import YEAR, expressions
from tracker.extraction.html.elements import SKIPPED
from tracker.extraction.html.furniture import furniture
from tracker.extraction.html.locating import span
from tracker.extraction.html.measuring import ancestors, measures
from tracker.extraction.html.parsing import parse
from tracker.extraction.html.pieces import Piece, Region, Walked
from tracker.extraction.html.selecting import selected
from tracker.extraction.html.signs import hints, signs
from tracker.extraction.html.tables import joined
from tracker.extraction.html.walking import walk
from tracker.extraction.lexicon import kinds
from tracker.extraction.noise import is_control
from tracker.extraction.states import Signs
from tracker.model import Page

_SHORT, _DATE_LINE = 160, 14
"""Characters and words that a line which states a date has at most."""
_CONTROL, _PANEL = 4, 40
"""Words that the text of a button has at most, and characters of the text that it opens at least."""
_LITTLE = 200
"""Characters. A page that shows less may say what it has to visitors without scripts; what tells them to use some is shorter."""
_ABOVE_TITLE, _ABOVE_OWN_TITLE, _SHARE_ABOVE_TITLE = 6, 12, 5
"""Pieces among which the title is looked for, one that has a region of its own too, and how many times the text above it the whole
must be at least."""
_DOCUMENTS = frozenset(("other", "terms"))
_OWN = 0.8
"""Of the text below a title that stands in its region."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as read: the blocks of its document in reading order, without what surrounds them, and what else it shows."""

    blocks: list[Block]
    signs: Signs
    hints: dict[str, str]
    language: str | None


def read(text: str, page: Page) -> Reading | None:
    """The document on an HTML page; None where there is no page at all."""
    root = parse(text)
    if root is None:
        return None
    chosen = selected(root, page.select, page.remove)
    walked = _walked(root if chosen is None else chosen, _resolver(root, page.url))
    shown = signs(root, walked, text, page.url)
    blocks = [] if not walked.pieces else _whole(walked) if chosen is not None else _document(root, walked)
    return Reading(blocks, shown, hints(root), root.get("lang"))


def _walked(root: HtmlElement, resolve: Callable[[str], str]) -> Walked:
    """All that a page shows; what it shows to visitors without scripts only where it shows nothing else."""
    walked = walk(root, resolve)
    if _size(walked) >= _LITTLE:
        return walked
    without_scripts = walk(root, resolve, without=SKIPPED - {"noscript"})
    return without_scripts if _size(without_scripts) >= _LITTLE * 2 else walked


def _size(walked: Walked) -> int:
    return sum(len(piece.block.text) for piece in walked.pieces)


def _whole(walked: Walked) -> list[Block]:
    """All that a selector chose: the user knows the page."""
    return [piece.block for piece in _told(joined(walked.pieces, walked.regions))]


def _document(root: HtmlElement, walked: Walked) -> list[Block]:
    measured = measures(walked)
    aside = furniture(walked, measured)
    first, last = span(root, walked, measured, aside)
    inside = [p for p in walked.pieces[first:last] if not aside[p.region]]
    above = [p for p in walked.pieces[:first] if _heads(p) and not aside[p.region]]
    return [piece.block for piece in _told(joined(_titled([*above, *inside], walked.regions), walked.regions))]


def _titled(pieces: list[Piece], regions: list[Region]) -> list[Piece]:
    """From the title on: what stands before it is an announcement of the site or the name of a part of it, unless dated."""
    sizes = list(accumulate((len(piece.block.text) for piece in pieces), initial=0))
    headings = [at for at, piece in enumerate(pieces[:_ABOVE_OWN_TITLE]) if piece.block.kind == "heading"]
    headings = [at for at in headings if sizes[at] * _SHARE_ABOVE_TITLE <= sizes[-1]]
    title = 0
    if headings and headings[0] < _ABOVE_TITLE:
        heading = pieces[headings[0]].block
        title = headings[0] if heading.level == 1 or kinds(heading.text) else 0
    title = next((at for at in headings if _stands_apart(pieces, at, regions)), title)
    return [p for at, p in enumerate(pieces) if at >= title or (p.block.kind != "heading" and _heads(p))]


def _stands_apart(pieces: list[Piece], at: int, regions: list[Region]) -> bool:
    """Whether a title heads a region of its own, which holds nearly all that follows and nothing before, none of that a document."""
    heading = pieces[at].block
    if heading.level != 1 or not kinds(heading.text) & _DOCUMENTS:
        return False
    if any(p.block.kind == "heading" and kinds(p.block.text) - {"imprint"} for p in pieces[:at]):
        return False
    region = pieces[at].region
    within = [region in ancestors(piece.region, regions) for piece in pieces]
    sizes = [len(piece.block.text) for piece in pieces]
    held = sum(size for size, inside in zip(sizes[at:], within[at:], strict=True) if inside)
    return not any(within[:at]) and held >= _OWN * sum(sizes[at:])


def _resolver(root: HtmlElement, url: str | None) -> Callable[[str], str]:
    base = root.find(".//base[@href]")
    start = _joined(url or "", base.get("href") or "") if base is not None else url or ""

    def resolve(target: str) -> str:
        return _joined(start, target)

    return resolve


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:  # brackets that are no address
        return target


def _heads(piece: Piece) -> bool:
    """A title or a date line that stands before the container."""
    text = piece.block.text
    if piece.block.kind == "heading" and piece.block.level == 1:
        return True
    short = len(text) <= _SHORT and len(text.split()) <= _DATE_LINE
    return short and piece.linked < len(text) / 2 and _dated(text)


def _dated(text: str) -> bool:
    return bool(YEAR.search(text)) and any(x.month and not x.loose for x in expressions(text, None))


def _told(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Titles that are marked up as controls become titles; other short controls are no text."""
    waiting: Piece | None = None
    for piece in pieces:
        if waiting is not None and _opens(waiting, piece) and not is_control(waiting.block.text):
            yield waiting
        waiting = None
        if piece.role in ("summary", "term", "button"):
            piece.block = replace(piece.block, strong=len(piece.block.text))
        if piece.role == "button" and piece.block.kind != "heading" and len(piece.block.text.split()) <= _CONTROL:
            waiting = piece
        else:
            yield piece


def _opens(control: Piece, panel: Piece) -> bool:
    """Whether what follows a button is text that it opens, as in an accordion."""
    return panel.role != "button" and len(panel.block.text) >= max(_PANEL, len(control.block.text))
