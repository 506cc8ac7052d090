"""extract(): the one way from bytes to a Policy."""

from __future__ import annotations

from tracker.extraction import markdown, plain
from tracker.extraction.clauses import tree
from tracker.extraction.language import language
from tracker.model import Page, Policy

EXTRACTOR = "1"
"""The version of what this package makes of the same bytes. It is stored with every version; raise it when results change."""


def extract(body: bytes, page: Page) -> Policy:
    """What a page says. Never raises on bad pages: `Policy.state` tells what is wrong with one."""
    read = markdown.blocks if page.content_type.startswith("text/markdown") else plain.blocks
    clauses = tree(tuple(read(body.decode("utf-8", "replace"))))
    text = "\n".join(c.text for c in clauses)
    return Policy(clauses, language(text, page.language))
