"""How much text each region of a page holds, and how much of it is links: prefix sums, so that any stretch costs one subtraction."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from tracker.extraction.html.pieces import Piece, Region, Walked


@dataclass(frozen=True, slots=True)
class Measures:
    """Characters of the pieces before each position: all, within links, within links to the same page, and in plain sentences."""

    text: list[int]
    linked: list[int]
    inward: list[int]

    def size(self, region: Region) -> int:
        return self.text[region.last] - self.text[region.first]

    def links(self, region: Region) -> float:
        """The share of a region's text that is links elsewhere."""
        size = self.size(region)
        outward = self.linked[region.last] - self.linked[region.first] - self.inside(region)
        return outward / size if size else 0.0

    def inside(self, region: Region) -> int:
        """Characters of links to other parts of the same page: a table of contents."""
        return self.inward[region.last] - self.inward[region.first]


def measures(walked: Walked) -> Measures:
    """The prefix sums of a walk."""

    def sums(values: list[int]) -> list[int]:
        return list(accumulate(values, initial=0))

    pieces = walked.pieces
    return Measures(
        sums([len(p.block.text) for p in pieces]), sums([p.linked for p in pieces]), sums([p.inward for p in pieces])
    )


def ancestors(region: int, regions: list[Region]) -> list[int]:
    """The regions around a region, itself first."""
    chain = []
    while region >= 0:
        chain.append(region)
        region = regions[region].parent
    return chain


def weight(piece: Piece) -> int:
    """Characters that are not links: what tells text from menus."""
    return len(piece.block.text) - piece.linked + piece.inward
