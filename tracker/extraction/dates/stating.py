"""Which of the dates in a document are the document's own: effective, updated, published, or those of a previous version.

A date counts where a cue stands next to it, on a line or in a sentence that speaks of the document itself. Sections, laws, other
documents and copyright notices have dates too; those stand in running text, after other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Literal

from tracker.extraction.blocks import Block
from tracker.extraction.dates.cues import Cues, cues
from tracker.extraction.dates.grammar import YEAR, Expression, digits, expressions, lowered
from tracker.extraction.dates.logs import TAIL, newest_entry
from tracker.extraction.dates.order import reader
from tracker.extraction.dates.roles import MARKS, Role, is_range, joined, of_the_past, roles
from tracker.extraction.lexicon import count, kinds
from tracker.model import ClauseKind, DateRole, StatedDate

_HEAD = 30
"""Blocks. Documents state their dates at the head or at the end."""
_LEAD, _LONGEST_TITLE = 3, 80
"""Blocks from the start that may be the title, and characters of one."""
_KINDS = frozenset(("privacy", "cookies", "terms"))
_TITLE = 8
"""Blocks from the start within which a lone date is the document's."""
_SHORT_LINE = 11
"""Words beside its dates."""
_LONGEST_LIST = 60
"""Blocks."""
_LONGEST = 20_000
"""Characters of a block that is looked through."""
_LONGEST_SENTENCE, _MOST_DATES = 2_000, 24
"""Characters and dates of a sentence that are looked at."""
_MOST_LOOKED_AT = 300_000
"""Characters of dated blocks. The longest policies have a tenth of that; a page of nothing but dates takes a second or two."""
_SENTENCE = re.compile(
    r"(?<=[^\W\d]{4}[.!?])\s+(?=[^\W\d_])|(?<=\d{4}[.!?])\s+(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+ [a-zß-öø-ÿ])|(?<=[。!?！？;；])\s*"
)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved|℗", re.IGNORECASE)
_BAR = re.compile(r"\s[|•·]\s")
_PLACE_OR_DAY = re.compile(
    r"\A(?:(?:г\.|fait à|done (?:at|in)|hecho en|fatto a|v|w)\s)?"
    r"(?:[^\W\d_]{2,16}\.?(?:\s[^\W\d_]{2,16}){0,2},\s*(?:(?:le|den|am|dnia|dne|il|lì|li|em|on|a|d\.)\s)?|[^\W\d_]{3,16}\s(?:dne|dnia|den)\s)\W?\Z"
)
"""What may stand before a lone date: "Tuesday, ", "Paris, le "."""
_SIGNED = 3
"""Blocks at the end of a document within which a place and a date are those of its signing."""
_AFTER_TITLE = ",(|–—-:•·/"
_CLOCK = re.compile(
    r"\A[\s,–—-]*(?:at\s)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s[a-z]{2,4})?", re.IGNORECASE
)
_Zone = Literal["head", "end", "middle"]
_RANK: dict[_Zone, int] = {"head": 0, "end": 4, "middle": 8}
_LOG_RANK = 20


@dataclass(frozen=True, slots=True)
class _Candidate:
    role: DateRole
    expression: Expression
    words: str
    clause: int
    rank: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands: in which block, after which short line, in which part of the document; the line in lower
    case; the kinds of the document, and that of the block; whether signatures may stand there."""

    block: int
    above: str
    zone: _Zone
    line: str
    kinds: frozenset[str]
    kind: ClauseKind
    signed: bool = False


def stated(
    blocks: Sequence[Block], language: str | None, region: str | None = None, observed: date | None = None
) -> tuple[StatedDate, ...]:
    """The dates that a document states of itself, best first; `clause` is the position of the block."""
    words = cues(language)
    own = _own_kinds(blocks)
    found = [c for at in _within_budget(blocks) for c in _of_block(at, blocks, own, words, language)]
    if not any(c.role == "updated" for c in found):
        entry = newest_entry(blocks, words, language)
        found += [_Candidate("updated", *entry, _LOG_RANK)] if entry else []
    found.sort(key=lambda c: (c.rank, c.clause, c.expression.start))
    read = reader([c.expression for c in found], language, region, observed, [block.text for block in blocks])
    dates: dict[tuple[str, str, int], StatedDate] = {}
    for candidate in _newest_first(found):
        expression, ambiguous = read(candidate.expression, candidate.role)
        key = (candidate.role, expression.value, candidate.clause)
        dates.setdefault(
            key, StatedDate(candidate.role, expression.value, candidate.words, candidate.clause, ambiguous)
        )
    return tuple(dates.values())


def _newest_first(found: list[_Candidate]) -> list[_Candidate]:
    """Updates that stand one below the other are a list of them: the newest is that of the document."""
    runs: list[list[_Candidate]] = []
    for candidate in found:
        last = runs[-1][-1] if runs else None
        joins = last and last.role == candidate.role == "updated" and last.rank == candidate.rank
        if last and joins and candidate.clause - last.clause <= 1:
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return [c for run in runs for c in sorted(run, key=lambda c: c.expression.value, reverse=True)]


def _within_budget(blocks: Sequence[Block]) -> Iterator[int]:
    """The positions of the blocks that may name dates, those at the head and the end first, as far as the budget goes."""
    budget = _MOST_LOOKED_AT
    for at in sorted(range(len(blocks)), key=lambda at: _HEAD <= at < len(blocks) - TAIL):
        text = blocks[at].text
        if len(text) <= _LONGEST and YEAR.search(text):
            budget -= len(text)
            if budget < 0:
                return
            yield at


def _own_kinds(blocks: Sequence[Block]) -> frozenset[str]:
    """Of the kinds that have documents of their own, those that the title names."""
    heads = (b.text for b in blocks[:_LEAD] if len(b.text) <= _LONGEST_TITLE and b.text[-1] not in ".。!?")
    return kinds(" · ".join(heads)) & _KINDS


def _of_block(
    at: int, blocks: Sequence[Block], own: frozenset[str], words: Cues, language: str | None
) -> Iterator[_Candidate]:
    text = blocks[at].text
    zone: _Zone = "head" if at < _HEAD else "end" if at >= len(blocks) - TAIL else "middle"
    first = _first_of_list(at, blocks)
    above = blocks[first - 1].text if first else ""
    archive = first > 0 and len(above) <= _LONGEST_TITLE and of_the_past(lowered(above), words)
    for line in text.split("\n"):
        if YEAR.search(line):
            place = _Place(
                at,
                above if count(above) <= 8 else "",
                zone,
                lowered(line[:_LONGEST_SENTENCE]),
                own,
                blocks[at].kind,
                signed=at >= len(blocks) - _SIGNED,
            )
            for sentence in _SENTENCE.split(line):
                whole = len(sentence.strip(MARKS)) >= len(line.strip(MARKS)) - 2
                for found in _of_sentence(sentence.strip(" \t()[]（）【】"), place, words, language, whole=whole):
                    yield replace(found, role="previous") if archive else found
        above = line
    if blocks[at].kind == "row" and first < at:
        yield from _of_row(at, blocks[first], blocks[at], zone, words, language)


def _first_of_list(at: int, blocks: Sequence[Block]) -> int:
    """Where the list or table begins that a block stands in; the block itself where it stands in none."""
    first, kind = at, blocks[at].kind
    while kind in ("item", "row") and first and at - first < _LONGEST_LIST and blocks[first - 1].kind == kind:
        first -= 1
    return first


def _of_row(at: int, header: Block, row: Block, zone: _Zone, words: Cues, language: str | None) -> Iterator[_Candidate]:
    """The dates of a table's row that are all their cell has: the head of their column names the role."""
    columns, cells = header.text.split(" | "), row.text.split(" | ")
    if len(columns) != len(cells) or zone == "middle":
        return
    for column, cell in zip(columns, cells, strict=True):
        x = next(expressions(digits(cell), language), None)
        if x and not x.loose and not (cell[: x.start] + cell[x.end :]).strip(MARKS):
            place = _Place(at, column, zone, "", frozenset(), "row")
            for role in _roles_of_lone(lowered(cell), x, place, words):
                yield _Candidate("updated" if role == "weak" else role, x, row.text, at, _RANK[zone] + 1)


def _of_sentence(
    sentence: str, place: _Place, words: Cues, language: str | None, *, whole: bool
) -> Iterator[_Candidate]:
    sentence = sentence[:_LONGEST_SENTENCE]
    if _COPYRIGHT.search(sentence):
        sentence = " | ".join(part for part in _BAR.split(sentence) if not _COPYRIGHT.search(part))
    dates = list(islice(expressions(digits(sentence), language), _MOST_DATES))
    if not dates:
        return
    text = lowered(sentence)
    short = count(text) - sum(count(text[x.start : x.end]) for x in dates) <= _SHORT_LINE
    about_itself = bool(words.itself.search(text)) and not words.part.search(text)
    if place.zone == "middle" and not (about_itself or (short and whole)):
        return
    if not (short or about_itself or place.block < _TITLE) or words.part.search(text):
        return
    named = kinds(text) & _KINDS
    if named and place.kinds and not named & place.kinds and not words.this.search(text):
        return  # another document's date
    rank = _RANK[place.zone] + 2 * (not short)
    since = 0
    found: tuple[Role, ...] = ()
    for i, x in enumerate(dates):
        shared = found if "effective" in found and joined(text[dates[i - 1].end : x.start]) else ()
        until = dates[i + 1].start if i + 1 < len(dates) else len(text)
        if is_range(text, dates, i):
            found = ("previous",)
        else:
            found, since = roles(text, x, since, until, words, short=short, context=place.line)
            found = found or shared or (_roles_of_lone(text, x, place, words) if whole else ())
        for role in found:
            if role != "weak":
                yield _Candidate(role, x, sentence, place.block, rank)
            elif short and place.zone != "middle" and count(text[: x.start]) <= 5:
                plain: DateRole = "published" if x.loose and x.month is None else "updated"
                yield _Candidate(plain, x, sentence, place.block, rank + 1)


def _roles_of_lone(text: str, x: Expression, place: _Place, words: Cues) -> tuple[Role, ...]:
    """The roles of a date that is all its line has: the line above may name them; under the title, or at the end of it, it is the day
    of the update."""
    before, after = _PLACE_OR_DAY.sub("", text[: x.start]), _CLOCK.sub("", text[x.end :])
    if after.strip(MARKS) or x.loose or x.month is None:
        return ()
    if before.strip(MARKS):
        titled = place.block < _TITLE and before.rstrip()[-1] in _AFTER_TITLE and words.document.search(before)
        return ("weak",) if titled and not words.law.search(before) else ()
    above = lowered(place.above) + " "
    at_end = replace(x, start=len(above), end=len(above))
    found, _ = roles(above, at_end, 0, len(above), words, short=True)
    if not found and place.block < _TITLE and place.kind not in ("item", "row") and x.day is not None:
        return ("updated",)
    if not found and place.signed and text[: x.start].strip(MARKS) and x.day is not None:
        return ("updated",)
    return found
