"""Which of the dates in a document are the document's own: effective, updated, published, or those of a previous version.

A date counts where a cue stands next to it, on a line or in a sentence that speaks of the document itself. Sections, laws, other
documents and copyright notices have dates too; those stand in running text, after other words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from tracker.extraction.blocks import Block
from tracker.extraction.dates.cues import Cues, cues
from tracker.extraction.dates.grammar import YEAR, Expression, expressions
from tracker.model import DateRole, StatedDate

_HEAD, _TAIL = 30, 25
"""Blocks. Documents state their dates at the head or at the end."""
_TITLE = 8
"""Blocks from the start within which a lone date is the document's."""
_SHORT_LINE = 14
"""Words."""
_REACH = 60
"""Characters between a cue and its date, at most."""
_AHEAD = timedelta(days=120)
"""A document rarely announces a date further ahead than this."""
_MONTH_FIRST = {"US", "PH", "PR", "GU"}
_SENTENCE = re.compile(r"(?<=[^\W\d]{4}[.!?])\s+(?=[^\W\d_])|(?<=[。!?！？;；])\s*")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved|℗|®\s*(?=(?:19|20)\d\d)", re.IGNORECASE)
_JOINED = re.compile(r"[\s/&,+]*(?:and|et|und|y|e|en|i|och|og|ve|и|及|と|and/or|sowie)?[\s/&,+]*(?:last\s|date\s)*\Z")


@dataclass(frozen=True, slots=True)
class _Candidate:
    role: DateRole
    expression: Expression
    words: str
    clause: int
    rank: int


def stated(
    blocks: Sequence[Block], language: str | None, region: str | None = None, observed: date | None = None
) -> tuple[StatedDate, ...]:
    """The dates that a document states of itself, best first; `clause` is the position of the block."""
    words = cues(language)
    found = [c for at, block in enumerate(blocks) for c in _of_block(at, block, blocks, words, language)]
    if not any(c.role == "updated" for c in found):
        found += _change_log(blocks, words, language)
    settle = _order(found, language, region, observed)
    ranked = sorted(found, key=lambda c: (c.rank, c.clause, c.expression.start))
    dates = (
        StatedDate(c.role, x.value, c.words, c.clause, ambiguous)
        for c in ranked
        for x, ambiguous in [settle(c.expression)]
    )
    return tuple({(d.role, d.value, d.clause): d for d in dates}.values())


def _of_block(
    at: int, block: Block, blocks: Sequence[Block], words: Cues, language: str | None
) -> Iterator[_Candidate]:
    if not YEAR.search(block.text) or (len(block.text) > 20_000):
        return
    above = ""
    for line in block.text.split("\n"):
        if YEAR.search(line):
            yield from _of_line(at, line, above or _above(at, blocks), len(blocks), words, language)
        above = line


def _above(at: int, blocks: Sequence[Block]) -> str:
    """The line that may label a date standing alone."""
    before = blocks[at - 1].text if at else ""
    return before if len(before.split()) <= 8 else ""


def _of_line(at: int, line: str, above: str, total: int, words: Cues, language: str | None) -> Iterator[_Candidate]:
    for sentence in _SENTENCE.split(line):
        sentence = sentence.strip(" \t()[]（）【】")
        dates = list(expressions(_digits(sentence), language))
        if not dates or _COPYRIGHT.search(sentence):
            continue
        folded = sentence.casefold()
        if len(folded) != len(sentence):
            folded = sentence.lower() if len(sentence.lower()) == len(sentence) else sentence
        zone = _zone(at, total)
        short = _count(folded) <= _SHORT_LINE
        whole = len(sentence) >= len(line.strip(" \t()[]（）【】.")) - 2
        after = 0
        for i, x in enumerate(dates):
            until = dates[i + 1].start if i + 1 < len(dates) else len(folded)
            roles, after = _roles(folded, x, after, until, words, strict=not short)
            alone = not folded[: x.start].strip(" :-–—*_|") and not folded[x.end :].strip(" .:-–—*_|")
            if not roles and alone and not x.loose and x.month is not None:
                roles, _ = _roles(f"{above.casefold()} ", _at_end(x, above), 0, len(above) + 1, words, strict=False)
                if not roles and at < _TITLE and x.day is not None:
                    roles = ("updated",)
            if not roles:
                continue
            if "weak" in roles:
                if not (short and zone < 2) or _count(folded[: x.start]) > 5:
                    continue
                roles = ("published",) if x.loose and x.month is None else ("updated",)
            speaks = bool(words.itself.search(folded))
            if not (short or speaks or at < _TITLE) or (zone == 2 and not (speaks or (short and whole))):
                continue
            for role in roles:
                yield _Candidate(role, x, sentence, at, zone * 2 + (not short))


def _at_end(x: Expression, above: str) -> Expression:
    return replace(x, start=len(above) + 1, end=len(above) + 1)


def _zone(at: int, total: int) -> int:
    """0 at the head of a document, 1 at its end, 2 between."""
    return 0 if at < _HEAD else 1 if at >= total - _TAIL else 2


def _count(text: str) -> int:
    """Words; two characters count as one where a script has no spaces."""
    unspaced = sum("\u3040" <= c <= "\u9fff" for c in text)
    return len(text.split()) + unspaced // 2


def _digits(text: str) -> str:
    """The text with ASCII digits and without the brackets that forms put around numbers, at the same positions."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() and _has_digit(c) else c for c in text
    ).translate(_BRACKETS)


def _has_digit(character: str) -> bool:
    return unicodedata.decimal(character, None) is not None


_BRACKETS = str.maketrans(dict.fromkeys("【】〔〕", " "))


def _roles(
    text: str, x: Expression, since: int, until: int, words: Cues, *, strict: bool
) -> tuple[tuple[DateRole, ...], int]:
    """The roles that cues around a date give it, and where the words that belong to it end."""
    start = max(since, x.start - 160)
    before = text[start : x.start]
    found = [m for m in words.role.finditer(before) if len(before) - m.end() <= _REACH]
    if found and _near(before[found[-1].end() :], strict=strict):
        last = found[-1]
        if _of_other(before, last, words):
            return (), x.end
        roles = [_role(last)]
        if len(found) > 1 and _JOINED.match(before[found[-2].end() : last.start()]) and _role(found[-2]) != "weak":
            roles.insert(0, _role(found[-2]))
        if len(roles) > 1:
            roles = [r for r in roles if r != "weak"]
        return _allowed(roles, x), x.end
    after = text[x.end : min(until, x.end + _REACH)]
    cue = words.role.search(after)
    if cue and _role(cue) != "weak" and _near(after[: cue.start()], strict=True):
        close = until < len(text)
        if close and len(after[: cue.start()].strip(" ()（）に日付:-–")) > 4:
            return (), x.end
        if words.law.search(before[-40:]) and not found:
            return (), x.end
        return _allowed([_role(cue)], x), x.end + cue.end()
    return (), x.end


def _role(found: re.Match[str]) -> DateRole:
    return found.lastgroup  # type: ignore[return-value]  # the groups are named for the roles


def _allowed(roles: Iterable[DateRole], x: Expression) -> tuple[DateRole, ...]:
    return tuple(dict.fromkeys(roles))


def _near(between: str, *, strict: bool) -> bool:
    """Only connecting words stand between a cue and its date."""
    words = between.split()
    return len(words) <= (3 if strict else 6) and not re.search(r"[;。!?]|[^\W\d]{3}\.\s", between)


def _of_other(before: str, cue: re.Match[str], words: Cues) -> bool:
    """The date is that of a law or a case: its words stand between the cue and the date, or right before the cue."""
    return bool(words.law.search(before[cue.end() :]))


def _order(
    found: Sequence[_Candidate], language: str | None, region: str | None, observed: date | None
):  # -> Callable[[Expression], tuple[Expression, bool]]
    """How to read "03/04/2025": by the document's other dates, its language and region, and the day it was looked at."""
    custom = next((c.expression.order for c in found if c.expression.order in ("dmy", "mdy")), None)

    def settle(x: Expression) -> tuple[Expression, bool]:
        if x.order not in ("/", "-", "."):
            return x, False
        swapped = replace(x, month=x.day, day=x.month)
        if custom or x.order == ".":
            return (swapped if custom == "mdy" else x), False
        if language not in (None, "en"):
            return x, False
        first, second = (x, swapped) if region and region.upper() not in _MONTH_FIRST else (swapped, x)
        if observed and not region and _day(first) > observed + _AHEAD >= _day(second):
            first = second
        return first, True

    return settle


def _day(x: Expression) -> date:
    return date(x.year, x.month or 1, x.day or 1)


def _change_log(blocks: Sequence[Block], words: Cues, language: str | None) -> Iterator[_Candidate]:
    """The newest entry of the document's own list of changes, at its end or under a heading that says so."""
    entries: list[_Candidate] = []
    under = False
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            under = bool(words.log.search(block.text.casefold()))
        if not (under or at >= len(blocks) - _TAIL) or block.kind == "heading":
            continue
        text = block.text.split("\n")[0]
        x = next(expressions(_digits(text[:60]), language), None)
        if x is None or x.loose or x.day is None or text[: x.start].strip(" *_([-–—•"):
            continue
        rest = text[x.end :].strip(" *_")
        if rest[:1] in (":", "-", "–", "—", "|", ")", "]") and _count(rest) >= 2 and not expressions_in(rest, language):
            entries.append(_Candidate("updated", x, text[:160], at, 9))
    yield from sorted(entries, key=lambda c: _day(c.expression), reverse=True)[:1]


@lru_cache(maxsize=1)
def _nothing() -> tuple[()]:
    return ()


def expressions_in(text: str, language: str | None) -> bool:
    """Whether a text opens with a further date: then it is a range, not an entry."""
    x = next(expressions(_digits(text[:40]), language), None)
    return x is not None and not text[: x.start].strip(" -–—")
