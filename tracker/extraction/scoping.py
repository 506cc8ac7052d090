"""One page may carry several documents: the registry names the headings between which the wanted one stands."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.blocks import Block
from tracker.wording import fold


def scoped(blocks: Sequence[Block], start: str | None, until: str | None) -> tuple[Block, ...]:
    """The blocks from the heading `start` (inclusive) to the heading `until` (exclusive), compared by wording.

    A heading that is not found limits nothing, so a renamed heading shows as a changed document and not as an empty one.
    """
    first = _position(blocks, start, 0) or 0
    last = _position(blocks, until, first + 1)
    return tuple(blocks[first:last])


def _position(blocks: Sequence[Block], wanted: str | None, since: int) -> int | None:
    """Where a heading with this wording stands; a table of contents may name it first, so headings go before other lines."""
    if not wanted:
        return None
    words = fold(wanted)
    found = [at for at in range(since, len(blocks)) if len(blocks[at].text) < 300 and fold(blocks[at].text) == words]
    return next((at for at in found if blocks[at].kind == "heading"), found[-1] if found else None)
