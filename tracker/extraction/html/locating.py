"""Where the document stands on its page: trafilatura finds it, this module turns its answer into a region of the tree."""

from __future__ import annotations

import logging
import re
from itertools import accumulate

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from tracker.extraction.html.measuring import Measures, weight
from tracker.extraction.html.pieces import Piece, Walked

_MOST_ELEMENTS = 30_000
"""Larger pages are located by their own weight alone: trafilatura takes seconds for them."""
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
_SAMPLE = 60

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def span(root: HtmlElement, walked: Walked, measured: Measures, furniture: list[bool]) -> tuple[int, int]:
    """The pieces, from first to last (exclusive), that make the document, furniture among them not counted.

    Trafilatura's answer gives the region; its borders are set by the run of pieces with the greatest sum of scores, text counting
    for it and links elsewhere against it (maximum subsequence segmentation: Pasternack and Roth, WWW 2009), so that an introduction
    outside the region is won back and a block of links at its end is not taken for text.
    """
    marks = _marks(root, walked, furniture)
    region = walked.regions[_container(walked, measured, furniture, marks)]
    scores = []
    for at, piece in enumerate(walked.pieces):
        inside = region.first <= at < region.last
        scores.append(_score(piece, marked=marks[at], aside=furniture[piece.region], inside=inside))
    return _best_run(scores)


def _score(piece: Piece, *, marked: bool, aside: bool, inside: bool) -> float:
    size = len(piece.block.text)
    outward = piece.linked - piece.inward
    if aside or (size < _CLAIM and _CLAIMS.search(piece.block.text)):
        return -min(size, _CROSSING)
    score = size - _LINK_COST * outward
    if marked and (outward < size * _NOTHING_ELSE or len(piece.block.links) < 2):
        score = max(score, size / 2)
    elif outward < size * _MERE_LINK:
        score = max(score, size / 10)
    if piece.block.kind == "heading":
        score = max(score, 0)
    return score if inside else score - _OUTSIDE_COST


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


def _container(walked: Walked, measured: Measures, furniture: list[bool], marks: list[bool]) -> int:
    """The region that holds the document: where trafilatura's text stands, or where most of the text that is no link does."""
    weights = [0 if furniture[p.region] else weight(p) for p in walked.pieces]
    own = _lowest(walked, weights, _OWN_COVER)
    marked = [len(p.block.text) if hit else 0 for p, hit in zip(walked.pieces, marks, strict=True)]
    if sum(marked) < _LEAST_MARKED:
        return own
    found = _lowest(walked, marked, _COVER)
    if measured.size(walked.regions[found]) < measured.size(walked.regions[own]) / 2:
        return own
    return found


def _marks(root: HtmlElement, walked: Walked, aside: list[bool]) -> list[bool]:
    """For each piece, whether trafilatura counts it as main text."""
    text = _squeezed(_main_text(root)) if walked.elements <= _MOST_ELEMENTS else ""
    if not text:
        return [False] * len(walked.pieces)
    marks = []
    for piece in walked.pieces:
        start, end = _squeezed(piece.block.text[:_SAMPLE]), _squeezed(piece.block.text[-_SAMPLE:])
        marks.append(len(start) > 10 and not aside[piece.region] and (start in text or end in text))
    return marks


def _main_text(root: HtmlElement) -> str:
    try:
        document = bare_extraction(root, fast=True, favor_recall=True, include_comments=False, include_tables=True)
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
