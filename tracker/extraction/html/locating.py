"""Where the document stands on its page: trafilatura finds it, this module turns its answer into a region of the tree."""

from __future__ import annotations

import logging
import re
from itertools import accumulate

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from tracker.extraction.html.measuring import Measures, weight
from tracker.extraction.html.walking import Walked

_MOST_PIECES = 20_000
"""Pages with more blocks are located by their own weight alone: trafilatura takes seconds for them."""
_COVER = 0.97
_OWN_COVER = 0.9
_LEAST_MARKED = 200
_SQUEEZE = re.compile(r"[\W_]+")
_SAMPLE = 60

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def container(root: HtmlElement, walked: Walked, measured: Measures, furniture: list[bool]) -> int:
    """The region that holds the document."""
    weights = [0 if furniture[p.region] else weight(p) for p in walked.pieces]
    own = _lowest(walked, weights, _OWN_COVER)
    marks = _marks(root, walked)
    marked = [len(p.block.text) if hit else 0 for p, hit in zip(walked.pieces, marks, strict=True)]
    if sum(marked) < _LEAST_MARKED:
        return own
    found = _lowest(walked, marked, _COVER)
    if measured.size(walked.regions[found]) < measured.size(walked.regions[own]) / 2:
        return own
    return found


def _marks(root: HtmlElement, walked: Walked) -> list[bool]:
    """For each piece, whether trafilatura counts it as main text."""
    text = _squeezed(_main_text(root, walked))
    if not text:
        return [False] * len(walked.pieces)
    marks = []
    for piece in walked.pieces:
        squeezed = _squeezed(piece.block.text)
        marks.append(len(squeezed) > 10 and (squeezed[:_SAMPLE] in text or squeezed[-_SAMPLE:] in text))
    return marks


def _main_text(root: HtmlElement, walked: Walked) -> str:
    if len(walked.pieces) > _MOST_PIECES:
        return ""
    try:
        document = bare_extraction(root, favor_recall=True, include_comments=False, include_tables=True)
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return ""
    return getattr(document, "text", None) or ""


def _squeezed(text: str) -> str:
    return _SQUEEZE.sub("", text).casefold()


def _lowest(walked: Walked, weights: list[int], share: float) -> int:
    """The lowest region that holds this share of the weight."""
    sums = list(accumulate(weights, initial=0))
    needed = sums[-1] * share
    best = 0
    for index, region in enumerate(walked.regions):
        # regions come in document order, so a region below `best` comes after it
        if index and sums[region.last] - sums[region.first] >= needed and walked.regions[best].last >= region.last:
            best = index
    return best
