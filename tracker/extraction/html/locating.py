"""Where the document stands on its page: trafilatura finds it, this module turns its answer into a region of the tree."""

from __future__ import annotations

import logging
import re
from collections import Counter
from itertools import accumulate
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from tracker.extraction.html.measuring import Measures, weight
from tracker.extraction.html.pieces import Piece, Region, Walked

_MOST_ELEMENTS = 30_000
"""Larger pages are located by their own weight alone: trafilatura takes seconds for them."""
_DEEPEST = 25
"""Tables or articles within each other: trafilatura looks through the inner ones again for each around them."""
_COVER = 0.97
_OWN_COVER = 0.9
_LEAST_MARKED = 200
_LINK_COST = 2.5
"""A character of a link elsewhere weighs against so many of text: a sentence may well name a link, a menu is nothing but."""
_MERE_LINK = 0.7
"""With less of it being links, a line is a sentence that names one."""
_OUTSIDE_COST = 25
_CROSSING = 60
"""What it costs to reach over a piece of furniture, at most."""
_NOTHING_ELSE = 0.9
"""With so much of it being links, and more than one, a line is a menu."""
_CLAIM, _CLAIMS = 160, re.compile(r"(?:©|\(c\)|copyright)\s?(?:©|\(c\))?\s?(?:19|20)\d\d", re.IGNORECASE)
"""Copyright lines and the characters that they have at most: pages begin and end with one, documents do not go on after it."""
_SQUEEZE = re.compile(r"[\W_]+")
_MARKS = bytes(byte for byte in range(128) if not chr(byte).isalnum())
_SAMPLE, _LEAST_SAMPLE = 60, 10
"""Letters and digits from either end of a piece that are looked for, and more than how many the start must have."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def span(root: HtmlElement, walked: Walked, measured: Measures, furniture: list[bool]) -> tuple[int, int]:
    """The pieces, from first to last (exclusive), that make the document, furniture among them not counted.

    Trafilatura's answer gives the region; its borders are set by the run of pieces with the greatest sum of scores, text counting
    for it and links elsewhere against it (maximum subsequence segmentation: Pasternack and Roth, WWW 2009), so that an introduction
    outside the region is won back and a block of links at its end is not taken for text. On every other page or so the answer
    could not change the run, and trafilatura, which takes longer than all else, is not asked.
    """
    weights = [0 if furniture[piece.region] else weight(piece) for piece in walked.pieces]
    own = walked.regions[_lowest(walked, weights, _OWN_COVER)]
    scores = [_score(piece, aside=furniture[piece.region]) for piece in walked.pieces]
    run = _undisputed(scores, [r for r in walked.regions if _could_hold(r, own, measured)])
    if run is None:
        marks = _marks(root, walked, furniture)
        region = _container(walked, measured, own, marks)
        run = _best_run(
            [score.given(mark, region, at) for at, (score, mark) in enumerate(zip(scores, marks, strict=True))]
        )
    return _completed(run, walked, scores)


def _completed(run: tuple[int, int], walked: Walked, scores: list[_Score]) -> tuple[int, int]:
    """The run with what stands beside most of its text, in the very same element, however brief and behind however large a box."""
    sizes: Counter[int] = Counter()
    for piece in walked.pieces[slice(*run)]:
        sizes[piece.region] += len(piece.block.text)
    home, size = sizes.most_common(1)[0] if sizes else (0, 0)
    if size * 2 < sizes.total():
        return run
    beside = [at for at, piece in enumerate(walked.pieces) if piece.region == home and scores[at].unmarked > 0]
    return min((run[0], *beside)), max((run[1], *(at + 1 for at in beside)))


class _Score(NamedTuple):
    """What a piece counts for the document: unmarked and marked by trafilatura, and what it counts less outside the region."""

    unmarked: float
    marked: float
    outside: float

    def given(self, marked: bool, region: Region, at: int) -> float:
        score = self.marked if marked else self.unmarked
        return score if region.first <= at < region.last else score - self.outside


def _score(piece: Piece, *, aside: bool) -> _Score:
    text = piece.block.text
    size = len(text)
    if aside or (size < _CLAIM and _CLAIMS.search(text)):
        against = -min(size, _CROSSING)
        return _Score(against, against, 0)
    outward = piece.linked - piece.inward
    unmarked = size - _LINK_COST * outward
    if outward < size * _MERE_LINK:
        unmarked = max(unmarked, size / 10)
    if piece.block.kind == "heading":
        unmarked = max(unmarked, 0)
    menu = outward >= size * _NOTHING_ELSE and len(piece.block.links) > 1
    return _Score(unmarked, unmarked if menu else max(unmarked, size / 2), _OUTSIDE_COST)


def _undisputed(scores: list[_Score], possible: list[Region]) -> tuple[int, int] | None:
    """The best run, where it is the best whatever trafilatura marks and whichever of the possible regions holds the document.

    So it is where the run is the best with each piece at its least, and nothing beside it, at its most, would make it better.
    """
    first, last = max(region.first for region in possible), min(region.last for region in possible)
    least = [s.unmarked if first <= at < last else s.unmarked - s.outside for at, s in enumerate(scores)]
    start, end = _best_run(least)
    before, after = ([s.marked for s in part] for part in (scores[start - 1 :: -1] if start else [], scores[end:]))
    if any(total > 0 for part in (before, after) for total in accumulate(part)):
        return None
    rival = max(sum(part[slice(*_best_run(part))]) for part in (before, after))
    return (start, end) if sum(least[start:end]) > rival else None


def _best_run(scores: list[float]) -> tuple[int, int]:
    """The contiguous run with the greatest sum (Kadane)."""
    best, best_sum, start, running = (0, len(scores)), 0.0, 0, 0.0
    for at, score in enumerate(scores):
        if running <= 0:
            start, running = at, 0.0
        running += score
        if running > best_sum:
            best, best_sum = (start, at + 1), running
    return best


def _could_hold(region: Region, own: Region, measured: Measures) -> bool:
    """Whether a region holds enough text to be taken for the one that has the document."""
    return measured.size(region) * 2 >= measured.size(own)


def _container(walked: Walked, measured: Measures, own: Region, marks: list[bool]) -> Region:
    """The region that holds the document: where trafilatura's text stands, or where most of the text that is no link does."""
    marked = [len(p.block.text) if hit else 0 for p, hit in zip(walked.pieces, marks, strict=True)]
    if sum(marked) < _LEAST_MARKED:
        return own
    found = walked.regions[_lowest(walked, marked, _COVER)]
    return found if _could_hold(found, own, measured) else own


def _marks(root: HtmlElement, walked: Walked, aside: list[bool]) -> list[bool]:
    """For each piece, whether trafilatura counts it as main text."""
    asked = walked.elements <= _MOST_ELEMENTS and _nested(walked.regions) <= _DEEPEST
    text = _squeezed(_main_text(root)) if asked else ""
    if not text:
        return [False] * len(walked.pieces)
    return [not aside[piece.region] and _is_in(text, piece.block.text) for piece in walked.pieces]


def _nested(regions: list[Region]) -> int:
    """How many tables and articles are within each other at most."""
    depths: list[int] = []
    for region in regions:
        depths.append((depths[region.parent] if region.parent >= 0 else 0) + (region.tag in ("table", "article")))
    return max(depths, default=0)


def _is_in(text: str, part: str) -> bool:
    start = _squeezed(part[:_SAMPLE])
    return len(start) > _LEAST_SAMPLE and (start in text or _squeezed(part[-_SAMPLE:]) in text)


def _main_text(root: HtmlElement) -> str:
    try:
        document = bare_extraction(
            root, fast=True, favor_recall=True, include_comments=False, include_tables=True, output_format="txt"
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return ""
    return getattr(document, "raw_text", None) or ""


def _squeezed(text: str) -> str:
    """The letters and digits of a text, case folded."""
    most = text.encode("utf-8", "surrogatepass").translate(None, _MARKS).decode("utf-8", "surrogatepass")
    return _SQUEEZE.sub("", most).casefold()


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
