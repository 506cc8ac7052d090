"""What of a page is no part of its document, and why: for whoever wonders where a sentence went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tracker.extraction.canonical import one_line
from tracker.extraction.forms import form
from tracker.extraction.html.furniture import furniture
from tracker.extraction.html.measuring import measures
from tracker.extraction.html.parsing import MOST_BYTES, decode, parse
from tracker.extraction.html.pieces import Region, Walked
from tracker.extraction.html.walking import walk
from tracker.extraction.reading import extract
from tracker.model import Page


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A run of texts that stand on a page and not in its policy: `why`, in which `element` ("nav.menu"), and what they say."""

    why: str
    element: str
    texts: tuple[str, ...]


def left_out(body: bytes, page: Page) -> tuple[LeftOut, ...]:
    """What an HTML page shows besides its document, in page order; nothing for other forms, and for pages too large to be read."""
    if len(body) > MOST_BYTES or form(body, page.content_type) != "html":
        return ()
    policy = extract(body, page)
    root = parse(decode(body, page.content_type))
    if root is None or not policy.clauses:
        return ()
    kept = "\n".join(clause.text for clause in policy.clauses)
    runs = groupby(_others(walk(root, lambda url: url), kept), key=lambda other: other[:2])
    return tuple(LeftOut(why, element, tuple(text for _, _, text in run)) for (why, element), run in runs)


def _others(walked: Walked, kept: str) -> Iterator[tuple[str, str, str]]:
    aside = furniture(walked, measures(walked))
    for piece in walked.pieces:
        text = one_line(piece.block.text)
        if text not in kept:
            region = piece.region
            while aside[region] and walked.regions[region].parent >= 0 and aside[walked.regions[region].parent]:
                region = walked.regions[region].parent
            why = "around the document" if aside[piece.region] else "beside it or noise"
            yield why, _name(walked.regions[region]), text


def _name(region: Region) -> str:
    """As a CSS selector names it."""
    identity, classes = region.element.get("id"), (region.element.get("class") or "").split()
    return region.tag + (f"#{identity}" if identity else "") + "".join(f".{name}" for name in classes[:2])
