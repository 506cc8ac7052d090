"""extract(): the one way from bytes to a Policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from tracker.extraction import answers, markdown, pdf, plain
from tracker.extraction.blocks import Block
from tracker.extraction.clauses import settled, tree
from tracker.extraction.dates.stating import stated
from tracker.extraction.forms import form
from tracker.extraction.html import reading as html
from tracker.extraction.html.parsing import MOST_BYTES, MOST_TAGS, decode
from tracker.extraction.language import country, language
from tracker.extraction.mojibake import repaired
from tracker.extraction.noise import without_noise
from tracker.extraction.scoping import scoped
from tracker.extraction.states import Signs, judged
from tracker.model import Evidence, Page, Policy, State

MOST_BLOCKS = 40_000
MOST_CHARACTERS = 4_000_000
"""Of text. The longest policies have a tenth of that."""


def extract(body: bytes, page: Page) -> Policy:
    """What a page says. Never raises on bad pages: `Policy.state` tells what is wrong with one, `Policy.evidence` why."""
    if len(body) > MOST_BYTES:
        return _refused(State.TOO_LARGE, f"{len(body)} bytes")
    written = form(body, page.content_type)
    if written is None:
        return _refused(State.UNSUPPORTED_TYPE, page.content_type)
    if written == "pdf":
        return _from_pdf(body, page)
    text = repaired(decode(body, page.content_type))
    said = answers.values(text)
    if said is not None:
        return _policy(plain.blocks("\n\n".join(said)), page, Signs())
    if written == "html":
        return _from_html(text, page)
    if len(text) > MOST_CHARACTERS:
        return _refused(State.TOO_LARGE, f"{len(text)} characters")
    return _policy(markdown.blocks(text) if written == "markdown" else plain.blocks(text), page, Signs())


def _from_html(text: str, page: Page) -> Policy:
    if text.count("<") > MOST_TAGS * 2:
        return _refused(State.TOO_LARGE, f"more than {MOST_TAGS} elements")
    found = html.read(text, page)
    if found is None:
        return _refused(State.EMPTY, "no text")
    return _policy(found.blocks, page, found.signs, found.language, found.hints)


def _from_pdf(body: bytes, page: Page) -> Policy:
    try:
        found = pdf.read(body)
    except pdf.TooLargeError as error:
        return _refused(State.TOO_LARGE, str(error))
    except pdf.UnreadableError as error:
        return _refused(State.UNREADABLE, str(error))
    hints = {"pdf ModDate": found.modified} if found.modified else {}
    return _policy(found.blocks, page, Signs(title=found.title), hints=hints)


def _refused(state: State, words: str) -> Policy:
    return Policy(state=state, evidence=(Evidence(state.value, words),))


def _policy(
    blocks: Iterable[Block],
    page: Page,
    signs: Signs,
    declared: str | None = None,
    hints: Mapping[str, str] | None = None,
) -> Policy:
    read = list(islice(blocks, MOST_BLOCKS + 1))
    if len(read) > MOST_BLOCKS or sum(len(block.text) for block in read) > MOST_CHARACTERS:
        return _refused(State.TOO_LARGE, f"more than {MOST_BLOCKS} blocks or {MOST_CHARACTERS} characters of text")
    done = scoped(settled(without_noise(read)), page.start, page.until)
    spoken = language("\n".join(block.text for block in done), declared, page.language)
    state, evidence = judged(done, spoken, signs)
    title = signs.title or next((block.text for block in done if block.kind == "heading"), None)
    dates = stated(done, spoken, page.region or country(declared), page.observed)
    return Policy(tree(done), spoken, dates, state, evidence, title, hints or {})
