"""What a page is, told by itself: a policy, or a wall, a stub, an error, another page, and the evidence for it.

A page with a substantial legal text is a policy whatever else it carries, and a short one is believed too. That it is none needs
evidence: a sentence that such pages say, next to nothing to read, or a long text without a word that legal texts are made of.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

from tracker.extraction.blocks import Block
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
_LINKED, _LINKS = 0.7, 3
"""Of a block's text being links, and such blocks that make a page, if half of it is such, a list of ways elsewhere."""
_LEGAL = 4.0
"""Words of the vocabulary per hundred that make a text a legal one. Policies and terms have two to three times as many."""
_UNLEGAL, _HOME_UNLEGAL = 0.6, 2.5
"""Words of the vocabulary per hundred below which a long untitled text is none; home pages that say so need less proof."""
_LEAD, _FIRST = 12, 4
"""Blocks at the head that are looked at for titles and cues, and those where a cue outweighs a legal title."""
_NOTICE = 60
"""Characters. Under a legal title, longer lines that say what errors and walls say are clauses about them."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


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


def judged(blocks: Sequence[Block], language: str | None, signs: Signs) -> tuple[State, tuple[Evidence, ...]]:
    """The state of a page, and why; a policy needs no evidence."""
    size = sum(count(block.text) for block in blocks)
    titled = _titled(blocks, signs)
    legal = density(blocks, language)
    lawful = legal is None or legal >= _LEGAL
    if size >= _SUBSTANTIAL and (lawful or titled):
        if signs.cut:
            return State.TRUNCATED, (Evidence("cut", "elements are left open and the end of the page is missing"),)
        return State.OK, ()
    found = _cue(blocks, signs, size, trusted=(titled and lawful) or (lawful and size >= _JUDGED))
    found = found or _index(blocks, signs)
    if found is not None:
        return found
    if size < _NOTHING and not (titled and any(_is_sentence(block) for block in blocks)):
        return _nothing(blocks, signs)
    home = _is_home(signs.address)
    if legal is not None and not titled and legal < _least_legal(size, home=home, entitled=signs.title is not None):
        state = State.REDIRECTED_HOME if home else State.NOT_A_POLICY
        return state, (Evidence("vocabulary", f"{legal:.1f} legal words in a hundred, none in the headings"),)
    return State.OK, ()


def _leads_away(block: Block, below: Sequence[Block]) -> bool:
    """Whether a block is a link, or the title of a document that is not there."""
    if sum(len(link.text) for link in block.links) >= len(block.text) * _LINKED:
        return True
    return block.kind == "heading" and all(b.kind == "heading" for b in below) and bool(kinds(block.text))


def _least_legal(size: int, *, home: bool, entitled: bool) -> float:
    """Legal words per hundred that a text without a legal title has at least, by its words: of a short one on a page with a title, one."""
    if size >= _JUDGED:
        return _HOME_UNLEGAL if home else _UNLEGAL
    return 100 / size if entitled and size >= _JUDGED_BY_TITLE else 0.0


def _index(blocks: Sequence[Block], signs: Signs) -> tuple[State, tuple[Evidence, ...]] | None:
    """A page that leads to documents, goods or answers: it is nothing but links, or says what such pages say."""
    sentences = sum(map(_is_sentence, blocks))
    linked = [block for at, block in enumerate(blocks) if _leads_away(block, blocks[at + 1 : at + 2])]
    if len(linked) >= _LINKS and sentences <= 1 and len(linked) * 2 >= len(blocks):
        return State.NOT_A_POLICY, (Evidence("links", " · ".join(block.text for block in linked)[:160]),)
    words = _found(_lexicon()[0]["index"], [*(block.text for block in blocks[:_LEAD]), *signs.lines])
    if words is not None and sentences <= 1:
        return State.NOT_A_POLICY, (Evidence("says:index", words),)
    return None


def count(text: str) -> int:
    """Words; two characters count as one in scripts without spaces."""
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    table = tomllib.loads(files(__package__).joinpath("states.toml").read_text(encoding="utf-8"))
    cues = {name: re.compile("|".join(f"(?:{p})" for p in patterns)) for name, patterns in table["cues"].items()}
    kinds = {kind: _starting(patterns) for kind, patterns in table["kinds"].items()}
    words = {code: re.compile(rf"\b(?:{pattern})\b") for code, pattern in table["vocabulary"].items()}
    return cues, kinds, words


def _starting(patterns: Iterable[str]) -> re.Pattern[str]:
    inside = "|".join(p.removeprefix("~") for p in patterns if p.startswith("~") or _UNSPACED.search(p))
    first = "|".join(p for p in patterns if not (p.startswith("~") or _UNSPACED.search(p)))
    return re.compile(rf"(?<![^\W_])(?:{first})" + (f"|{inside}" if inside else ""))


def kinds(title: str) -> frozenset[str]:
    """The kinds of legal documents that a title names: "privacy", "cookies", "terms", … and "other" for a policy of any kind."""
    folded = title.casefold()
    return frozenset(kind for kind, pattern in _lexicon()[1].items() if pattern.search(folded))


def asks_consent(lines: Sequence[str]) -> bool:
    """Whether some short texts are those of a consent dialog: they speak of cookies or privacy, and one accepts or refuses."""
    cues = _lexicon()[0]
    short = [line for line in lines if len(line) <= 60]
    about = _found(cues["consent_wall"], lines[:_FIRST]) or sum("cookie" in line.casefold() for line in lines) > 1
    return bool(about) and _found(cues["accept"], short) is not None


def density(blocks: Iterable[Block], language: str | None) -> float | None:
    """Legal words per hundred words; None in a language whose legal words are not known."""
    pattern = _lexicon()[2].get(language or "")
    if pattern is None:
        return None
    hits = words = 0
    for block in blocks:
        text = block.text.casefold()
        hits += len(pattern.findall(text))
        words += len(text.split())
        if words > 3000:
            break
    return 100 * hits / max(words, 1)


def _is_sentence(block: Block) -> bool:
    return block.kind != "heading" and count(block.text) >= 3 and block.text[-1] in ".!。"


def _titled(blocks: Sequence[Block], signs: Signs) -> bool:
    """Whether the title or a heading at the start names a legal document."""
    heads = [block.text for block in blocks[:_LEAD] if block.kind == "heading" or len(block.text) < 80]
    return any(kinds(text) for text in [*heads, signs.title or ""])


def _named(blocks: Sequence[Block]) -> bool:
    """Whether the document's first heading is the title of a legal one; that the page's head has such a title says less."""
    title = next((block.text for block in blocks[:_FIRST] if block.kind == "heading"), "")
    asks = title.endswith(("?", "？")) or _found(_lexicon()[0]["consent_wall"], [title]) is not None
    return bool(kinds(title)) and not asks


def _says_more(blocks: Sequence[Block]) -> bool:
    """Whether some sentence is none of those that walls and errors say."""
    cues = _lexicon()[0]
    return any(_is_sentence(b) and not any(_found(cues[name], [b.text]) for name in _CUES) for b in blocks)


def _cue(
    blocks: Sequence[Block], signs: Signs, size: int, *, trusted: bool
) -> tuple[State, tuple[Evidence, ...]] | None:
    cues = _lexicon()[0]
    named = _named(blocks)
    if named and _says_more(blocks):
        return None
    longest = _NOTICE if named else 300
    lead = [line for block in blocks[:_LEAD] for line in block.text.split("\n") if len(line) <= longest]
    title = signs.title or ""
    everywhere = [line for line in signs.lines if len(line) <= 120] if size < _JUDGED and not named else []
    for name in _CUES:
        elsewhere = everywhere if name != "login" or signs.password else []
        words = _found(cues[name], [title, *lead, *elsewhere])
        if words is None or (trusted and size >= _JUDGED // 2 and not _outweighs(name, words, lead)):
            continue
        if name == "login" and not signs.password and size >= _NOTHING * 4:
            continue
        if name == "consent_wall" and _found(cues["accept"], [*lead, *signs.lines]) is None:
            continue
        return State(name), (Evidence(f"says:{name}", words),)
    return None


def _outweighs(name: str, words: str, lead: Sequence[str]) -> bool:
    """Whether a cue counts on a page that is titled like a policy and has some text: walls and errors say so first."""
    if name in ("login", "needs_javascript", "parked"):
        return False
    if name == "consent_wall":
        return words.rstrip().endswith("?") and words in lead[:_FIRST]
    return words in lead[:_FIRST]


def _found(pattern: re.Pattern[str], lines: Iterable[str]) -> str | None:
    return next((line[:160] for line in lines if pattern.search(line.casefold().replace("’", "'").strip())), None)


def _nothing(blocks: Sequence[Block], signs: Signs) -> tuple[State, tuple[Evidence, ...]]:
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
