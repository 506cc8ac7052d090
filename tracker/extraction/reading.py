"""extract(): the one way from bytes to a Policy."""

from __future__ import annotations

from tracker.extraction import markdown, plain
from tracker.extraction.clauses import settled, tree
from tracker.extraction.dates.stating import stated
from tracker.extraction.language import language
from tracker.model import Page, Policy

EXTRACTOR = "1"
"""The version of what this package makes of the same bytes. It is stored with every version; raise it when results change."""


def extract(body: bytes, page: Page) -> Policy:
    """What a page says. Never raises on bad pages: `Policy.state` tells what is wrong with one."""
    read = markdown.blocks if page.content_type.startswith("text/markdown") else plain.blocks
    blocks = settled(read(body.decode("utf-8", "replace")))
    spoken = language("\n".join(b.text for b in blocks), page.language)
    return Policy(tree(blocks), spoken, stated(blocks, spoken, page.region, page.observed))
