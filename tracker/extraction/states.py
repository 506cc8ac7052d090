"""What a page is, told by itself: a policy, or a wall, a stub, an error, another page, and the evidence for it.

A page with a substantial legal text is a policy whatever else it carries, and a short one is believed too. That it is none needs
evidence: a sentence that such pages say, next to nothing to read, or a long text without a word that legal texts are made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tracker.extraction.blocks import Block
from tracker.extraction.lexicon import accepts, count, density, folded, found, kinds, lexicon
from tracker.model import Evidence, State

_CUES = ("blocked", "not_found", "error", "needs_javascript", "parked", "login", "consent_wall")
"""In the order in which they decide: an error page with a login form is an error page."""
_SUBSTANTIAL = 400
"""Words. A legal text of that length is believed without looking for cues."""
_NOTHING = 8
"""Words. Less than that is no document, whatever it says."""
_JUDGED = 150
"""Words from which the absence of legal vocabulary says something."""
_JUDGED_BY_TITLE = 25
"""Words from which it says something where the page has a title that names no legal document."""
_BRIEF, _TINY = 100, 40
"""Words. Below the first a page may tell what is the matter in words of its own, below the second in one, or ask for a password alone."""
_LINKED, _LINKS = 0.7, 3
"""Of a block's text being links, and such blocks that make a page, if half of it is such, a list of ways elsewhere."""
_LEGAL = 4.0
"""Words of the vocabulary per hundred that make a text a legal one. Policies and terms have two to three times as many."""
_UNLEGAL, _HOME_UNLEGAL = 0.6, 2.5
"""Words of the vocabulary per hundred below which a long untitled text is none; home pages that say so need less proof."""
_LEAD, _FIRST = 12, 4
"""Blocks at the head that are looked at for titles and cues, and those where a cue outweighs a legal title."""
_LABEL = 3
"""Words. Up to that length a title that names a subject alone, as "Privacy at Lumentide", is a document's; else it may be a headline."""
_NOTICE = 60
"""Characters. Under a legal title, longer lines that say what errors and walls say are clauses about them."""
_TOLD = 200
"""Characters of a sentence in which a page tells what is the matter."""
_COMMON = frozenset(("sale", "guidelines", "imprint", "copyright", "accessibility", "processing"))
"""Kinds whose titles head the parts of any site too ("Pricing", "Community"): alone they name a document only in its own title."""
_DIALOGS = frozenset(("privacy", "cookies"))
"""Kinds that the headings of consent dialogs name too."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？।])|\n")
_UNTITLED = re.compile(r"[.!?。！？।]\Z|\A\S*[./_]\S+\Z")
_SUPPOSING = re.compile(
    r"\b(?:if|when(?:ever)?|may|can|could|might|should|shall|must|will|wenn|falls|sollten?|kann|können|könnte|darf|si|peut|peuvent|pourr\w+|"
    r"cuando|puede|pueden|podrá\w*|se|può|possono|quando|pode|podem|poderá|als|kan|kunnen|mag|jeśli|może|mogą|razie|если|может|могут|случае|"
    r"при|om|kan|hvis|jos|voi|pokud|může|mohou)\b|[ae]bilir|如|若|可能|可以|場合|ことがあ|경우|수 있"
)
"""What clauses say and notices seldom do: under a legal title, a sentence that supposes or allows something tells no state."""


_Judgement = tuple[State, tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page shows besides the document found on it.

    `lines` are all its short texts, `scripts` the characters of script on it, `password` whether it asks for one, `address` the address
    that it gives itself, or else that it came from, `cut` whether its end is missing.
    """

    title: str | None = None
    lines: tuple[str, ...] = ()
    scripts: int = 0
    password: bool = False
    refresh: bool = False
    address: str | None = None
    cut: bool = False


def judged(blocks: Sequence[Block], language: str | None, signs: Signs) -> _Judgement:
    """The state of a page, and why; a policy needs no evidence."""
    size = sum(count(block.text) for block in blocks)
    titled = _titled(blocks, signs)
    legal = density((block.text for block in blocks), language)
    lawful = legal is None or legal >= _LEGAL
    if size < _SUBSTANTIAL or not (lawful or titled):
        trusted = (titled and lawful) or (lawful and size >= _JUDGED)
        wrong = (
            _cue(blocks, signs, size, language, trusted=trusted)
            or _index(blocks, signs)
            or _about_privacy(blocks, signs)
        )
        if wrong is None and not titled:
            wrong = _told(blocks, size) or _form(blocks, signs, size)
        wrong = wrong or _dialog(blocks, signs, size)
        if wrong is None and size < _NOTHING and not (titled and any(map(_says, blocks))):
            wrong = _nothing(blocks, signs)
        if wrong is None and legal is not None and not titled:
            wrong = _unlegal(legal, signs, size)
        if wrong is not None:
            return wrong
    if signs.cut and size >= _SUBSTANTIAL:  # a short one may be sloppy: the last version tells
        return State.TRUNCATED, (Evidence("cut", "elements are left open and the end of the page is missing"),)
    return State.OK, ()


def _told(blocks: Sequence[Block], size: int) -> _Judgement | None:
    """What a short page tells in words of its own: a sentence at its head names a thing and what is the matter with it, or a word of a
    tiny page says all."""
    if size >= _BRIEF:
        return None
    heard = [s for block in blocks[:_FIRST] for s in _SENTENCE.split(block.text) if s and len(s) <= _TOLD]
    tables = lexicon()
    alone = ((name, (words,)) for name, words in tables.alone.items() if size < _TINY)
    needed: list[tuple[str, tuple[re.Pattern[str], ...]]] = [*tables.pairs.items(), *alone]
    for name, patterns in needed:
        for sentence in heard:
            if all(pattern.search(folded(sentence)) for pattern in patterns):
                return State(name), (Evidence(f"tells:{name}", sentence),)
    return None


def _form(blocks: Sequence[Block], signs: Signs, size: int) -> _Judgement | None:
    """A page that asks for a password and has little else to say."""
    if not signs.password or size >= _TINY:
        return None
    return State.LOGIN, (Evidence("password", " ".join(block.text for block in blocks)[:160]),)


def _dialog(blocks: Sequence[Block], signs: Signs, size: int) -> _Judgement | None:
    """A consent dialog in place of the document: it speaks of cookies and has buttons, and nothing has a document's title."""
    if size >= _JUDGED or kinds(signs.title or "") or any(kinds(b.text) - _DIALOGS for b in blocks if _heads(b)):
        return None
    about = next((b.text for b in blocks if "cookies" in kinds(b.text) or found("consent_wall", [b.text])), None)
    if about is None or not accepts(signs.lines):
        return None
    return State.CONSENT_WALL, (Evidence("dialog", about[:160]),)


def _unlegal(legal: float, signs: Signs, size: int) -> _Judgement | None:
    """A text without legal words under a title that is not that of a legal document."""
    home = _is_home(signs.address)
    if legal >= _least_legal(size, home=home, entitled=signs.title is not None):
        return None
    state = State.REDIRECTED_HOME if home else State.NOT_A_POLICY
    return state, (Evidence("vocabulary", f"{legal:.1f} legal words in a hundred, none in the headings"),)


def _leads_away(block: Block, below: Sequence[Block]) -> bool:
    """Whether a block is a link, or the title of a document that is not there."""
    if _is_link(block):
        return True
    return block.kind == "heading" and all(b.kind == "heading" for b in below) and bool(kinds(block.text))


def _is_link(block: Block) -> bool:
    return sum(len(link.text) for link in block.links) >= len(block.text) * _LINKED


def _least_legal(size: int, *, home: bool, entitled: bool) -> float:
    """Legal words per hundred that a text without a legal title has at least: a tiny one has two, a short one on a page with a title
    one."""
    if home and size >= _JUDGED_BY_TITLE:
        return _HOME_UNLEGAL
    if size >= _JUDGED:
        return _UNLEGAL
    if size < _JUDGED_BY_TITLE:
        return 200 / size
    return 100 / size if entitled else 0.0


def _index(blocks: Sequence[Block], signs: Signs) -> _Judgement | None:
    """A page that leads to documents, goods or answers: it is nothing but links, or says what such pages say."""
    sentences = sum(map(_is_sentence, blocks))
    linked = [block for at, block in enumerate(blocks) if _leads_away(block, blocks[at + 1 : at + 2])]
    if len(linked) >= _LINKS and sentences <= 1 and len(linked) * 2 >= len(blocks):
        return State.NOT_A_POLICY, (Evidence("links", " · ".join(block.text for block in linked)[:160]),)
    words = found("index", [signs.title or "", *(block.text for block in blocks[:_LEAD]), *signs.lines])
    if words is not None and sentences <= 1:
        return State.NOT_A_POLICY, (Evidence("says:index", words),)
    return None


def _about_privacy(blocks: Sequence[Block], signs: Signs) -> _Judgement | None:
    """An answer, an article or a job that speaks of what policies speak of: its headline names no document, some line its kind."""
    headline = next((block.text for block in blocks[:_FIRST] if block.kind == "heading"), None) or signs.title or ""
    named = kinds(headline) | kinds(signs.title or "")
    lines = [line for block in blocks for line in block.text.split("\n")]
    words = None
    if not named and found("asking", [headline]):
        words = found("help", [*lines, *signs.lines])
    if words is None and named <= _DIALOGS and (not named or count(headline) > _LABEL or found("story", [headline])):
        words = found("story", lines)
    return (State.NOT_A_POLICY, (Evidence("says:story", words),)) if words is not None else None


def _is_sentence(block: Block) -> bool:
    return block.kind != "heading" and count(block.text) >= 3 and block.text[-1] in ".!。।"


def _says(block: Block) -> bool:
    return _is_sentence(block) or (block.kind in ("item", "row") and not _is_link(block))


def _heads(block: Block) -> bool:
    """Whether a block may be a title: a heading, or a short line that is neither a sentence nor an address."""
    return block.kind == "heading" or (len(block.text) < 80 and not _UNTITLED.search(block.text))


def _titled(blocks: Sequence[Block], signs: Signs) -> bool:
    """Whether the title or a heading at the start names a legal document."""
    if kinds(signs.title or "") or any(kinds(b.text) for b in blocks[:_FIRST] if b.kind == "heading"):
        return True
    return any(kinds(b.text) - _COMMON for b in blocks[:_LEAD] if _heads(b) and not _is_link(b))


def _named(blocks: Sequence[Block]) -> bool:
    """Whether the document's first heading is the title of a legal one; that the page's head has such a title says less."""
    title = next((block.text for block in blocks[:_FIRST] if block.kind == "heading"), "")
    asks = title.endswith(("?", "？")) or any(found(name, [title]) for name in ("consent_wall", "not_found", "index"))
    return bool(kinds(title)) and not asks


def _is_clause(line: str) -> bool:
    """Whether a line is long enough for a clause and supposes or allows something."""
    return len(line) > _NOTICE and _SUPPOSING.search(folded(line)) is not None


def _says_more(blocks: Sequence[Block], language: str | None) -> bool:
    """Whether some sentence is none of those that walls and errors say, or says it of what may be; one beside such a sentence has legal
    words."""
    for block in filter(_is_sentence, blocks):
        sentences = [s for s in _SENTENCE.split(block.text) if s]
        plain = [s for s in sentences if not any(found(name, [s]) for name in _CUES)]
        beside = len(plain) < len(sentences)
        if _SUPPOSING.search(folded(block.text)) or any(not beside or density([s], language) for s in plain):
            return True
    return False


def _cue(blocks: Sequence[Block], signs: Signs, size: int, language: str | None, *, trusted: bool) -> _Judgement | None:
    named = _named(blocks)
    if named and _says_more(blocks, language):
        return None
    longest = _NOTICE if named else 300
    lead = [line for block in blocks[:_LEAD] for line in block.text.split("\n") if len(line) <= longest]
    title = signs.title or ""
    everywhere = [line for line in signs.lines if len(line) <= 120] if size < _JUDGED and not named else []
    if trusted:
        lead, everywhere = ([s for s in lines if not _is_clause(s)] for lines in (lead, everywhere))
    for name in _CUES:
        beside = (name == "login" and not signs.password) or (name == "consent_wall" and size >= _JUDGED_BY_TITLE)
        words = found(
            name, [title, *lead, *(() if beside else everywhere)]
        )  # else a menu or a banner beside a document
        if words is None or (trusted and size >= _JUDGED // 2 and not _outweighs(name, words, lead)):
            continue
        if name == "login" and not signs.password and size >= _NOTHING * 4:
            continue
        if name == "consent_wall" and not (_of_cookies(blocks, words) and accepts([*lead, *signs.lines])):
            continue
        return State(name), (Evidence(f"says:{name}", words),)
    return None


def _of_cookies(blocks: Sequence[Block], words: str) -> bool:
    """Whether a dialog says more of cookies than that title of it, which may as well be a policy's own."""
    if not kinds(words) or not any(map(_is_sentence, blocks)):
        return True
    return any("cookies" in kinds(b.text) or found("consent_wall", [b.text]) for b in blocks if b.text[:160] != words)


def _outweighs(name: str, words: str, lead: Sequence[str]) -> bool:
    """Whether a cue counts on a page that is titled like a policy and has some text: walls and errors say so first."""
    if name in ("login", "needs_javascript", "parked"):
        return False
    if name == "consent_wall":
        return words.rstrip().endswith("?") and words in lead[:_FIRST]
    return words in lead[:_FIRST]


def _nothing(blocks: Sequence[Block], signs: Signs) -> _Judgement:
    text = " ".join(block.text for block in blocks)[:160]
    if signs.refresh:
        return State.NEEDS_JAVASCRIPT, (Evidence("refresh", text),)
    if signs.scripts:
        return State.NEEDS_JAVASCRIPT, (
            Evidence("scripts", f"{signs.scripts} characters of script and no text {text}".strip()),
        )
    return State.EMPTY, (Evidence("no text", text),)


def _is_home(address: str | None) -> bool:
    """An address without a path, but for a language."""
    if not address:
        return False
    parts = [part for part in urlsplit(address).path.split("/") if part]
    return not parts or (
        len(parts) == 1 and re.fullmatch(r"[a-z]{2}(?:[-_][a-zA-Z]{2,4})?|index\.\w+|home", parts[0]) is not None
    )
