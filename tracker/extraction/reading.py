"""extract(): the one way from bytes to a Policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.extraction import markdown, plain
from tracker.extraction.blocks import Block
from tracker.extraction.clauses import settled, tree
from tracker.extraction.dates.stating import stated
from tracker.extraction.html.parsing import decode
from tracker.extraction.html.reading import read
from tracker.extraction.language import language
from tracker.extraction.noise import without_noise
from tracker.extraction.states import Signs, judged
from tracker.model import Page, Policy, State

EXTRACTOR = "1"
"""The version of what this package makes of the same bytes. It is stored with every version; raise it when results change."""


def extract(body: bytes, page: Page) -> Policy:
    """What a page says. Never raises on bad pages: `Policy.state` tells what is wrong with one."""
    text = decode(body, page.content_type)
    if page.content_type.startswith("text/markdown"):
        return _policy(markdown.blocks(text), page, Signs())
    if page.content_type.startswith("text/plain"):
        return _policy(plain.blocks(text), page, Signs())
    found = read(text, page)
    if found is None:
        return Policy(state=State.EMPTY)
    return _policy(found.blocks, page, found.signs, found.language, found.hints)


def _policy(
    blocks: Iterable[Block],
    page: Page,
    signs: Signs,
    declared: str | None = None,
    hints: Mapping[str, str] | None = None,
) -> Policy:
    done = settled(without_noise(blocks))
    spoken = language("\n".join(block.text for block in done), declared, page.language)
    state, evidence = judged(done, spoken, signs)
    title = signs.title or next((block.text for block in done if block.kind == "heading"), None)
    dates = stated(done, spoken, page.region, page.observed)
    return Policy(tree(done), spoken, dates, state, evidence, title, hints or {})
