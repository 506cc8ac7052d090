"""extract(): the one way from bytes to a Policy."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.extraction import markdown, plain
from tracker.extraction.blocks import Block
from tracker.extraction.clauses import settled, tree
from tracker.extraction.dates.stating import stated
from tracker.extraction.html import parsing
from tracker.extraction.html import reading as html
from tracker.extraction.language import language
from tracker.extraction.noise import without_noise
from tracker.model import Page, Policy, State

EXTRACTOR = "1"
"""The version of what this package makes of the same bytes. It is stored with every version; raise it when results change."""


def extract(body: bytes, page: Page) -> Policy:
    """What a page says. Never raises on bad pages: `Policy.state` tells what is wrong with one."""
    text = parsing.decode(body, page.content_type)
    declared = None
    blocks: Iterable[Block]
    if page.content_type.startswith("text/markdown"):
        blocks = markdown.blocks(text)
    elif page.content_type.startswith("text/plain"):
        blocks = plain.blocks(text)
    else:
        root = parsing.parse(text)
        if root is None:
            return Policy(state=State.EMPTY)
        blocks = html.blocks(root, page)
        declared = root.get("lang")
    done = settled(without_noise(blocks))
    spoken = language("\n".join(b.text for b in done), declared, page.language)
    return Policy(tree(done), spoken, stated(done, spoken, page.region, page.observed))
