"""Which of the dates in a document are the document's own: effective, updated, published, or those of a previous version.

A date counts where a cue stands next to it, on a line or in a sentence that speaks of the document itself. Sections, laws, other
documents and copyright notices have dates too; those stand in running text, after other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from tracker.extraction.blocks import Block
from tracker.extraction.dates.cues import Cues, cues
from tracker.extraction.dates.grammar import YEAR, Expression, digits, expressions
from tracker.extraction.dates.order import reader
from tracker.model import DateRole, StatedDate

_HEAD, _TAIL = 30, 25
"""Blocks. Documents state their dates at the head or at the end."""
_TITLE = 8
"""Blocks from the start within which a lone date is the document's."""
_SHORT_LINE = 14
"""Words."""
_REACH = 60
"""Characters between a cue and its date, at most."""
_LONGEST = 20_000
"""Characters of a block that is looked through."""
_SENTENCE = re.compile(r"(?<=[^\W\d]{4}[.!?])\s+(?=[^\W\d_])|(?<=[。!?！？;；])\s*")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights reserved|℗", re.IGNORECASE)
_JOINED = re.compile(r"[\s/&,+]*(?:and|et|und|y|e|en|i|och|og|ve|и|及|と|sowie)?[\s/&,+]*(?:last\s|date\s)*\Z")
_RANGE = re.compile(
    r"\s*(?:[-–—~〜]|to|until|through|till|au|jusqu'au|bis|bis zum|al|hasta|hasta el|a|até|fino al|tot|tot en met|do|по|до|至|から)\s*"
)
_WEEKDAY = re.compile(r"\A[^\W\d_]{2,12}\.?,\s*\Z")
_CLOCK = re.compile(
    r"\A[\s,–—-]*(?:at\s)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s[a-z]{2,4})?", re.IGNORECASE
)
_MARKS = " \t()[]（）【】.*_|:：-–—"

_Role = DateRole | Literal["weak"]
_Zone = Literal["head", "end", "middle"]
_RANK: dict[_Zone, int] = {"head": 0, "end": 2, "middle": 4}
_LOG_RANK = 9


@dataclass(frozen=True, slots=True)
class _Candidate:
    role: DateRole
    expression: Expression
    words: str
    clause: int
    rank: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands: in which block, after which short line, in which part of the document."""

    block: int
    above: str
    zone: _Zone


def stated(
    blocks: Sequence[Block], language: str | None, region: str | None = None, observed: date | None = None
) -> tuple[StatedDate, ...]:
    """The dates that a document states of itself, best first; `clause` is the position of the block."""
    words = cues(language)
    found = [c for at in range(len(blocks)) for c in _of_block(at, blocks, words, language)]
    if not any(c.role == "updated" for c in found):
        found += _change_log(blocks, words, language)
    found.sort(key=lambda c: (c.rank, c.clause, c.expression.start))
    read = reader([c.expression for c in found], language, region, observed)
    dates: dict[tuple[str, str, int], StatedDate] = {}
    for candidate in found:
        expression, ambiguous = read(candidate.expression)
        key = (candidate.role, expression.value, candidate.clause)
        dates.setdefault(
            key, StatedDate(candidate.role, expression.value, candidate.words, candidate.clause, ambiguous)
        )
    return tuple(dates.values())


def _of_block(at: int, blocks: Sequence[Block], words: Cues, language: str | None) -> Iterator[_Candidate]:
    text = blocks[at].text
    if len(text) > _LONGEST or not YEAR.search(text):
        return
    zone: _Zone = "head" if at < _HEAD else "end" if at >= len(blocks) - _TAIL else "middle"
    above = blocks[at - 1].text if at else ""
    for line in text.split("\n"):
        if YEAR.search(line):
            place = _Place(at, above if _count(above) <= 8 else "", zone)
            for sentence in _SENTENCE.split(line):
                whole = len(sentence.strip(_MARKS)) >= len(line.strip(_MARKS)) - 2
                yield from _of_sentence(sentence.strip(" \t()[]（）【】"), place, words, language, whole=whole)
        above = line


def _of_sentence(
    sentence: str, place: _Place, words: Cues, language: str | None, *, whole: bool
) -> Iterator[_Candidate]:
    dates = list(expressions(digits(sentence), language))
    if not dates or _COPYRIGHT.search(sentence):
        return
    text = _lowered(sentence)
    short = _count(text) <= _SHORT_LINE
    about_itself = bool(words.itself.search(text)) and not words.part.search(text)
    if place.zone == "middle" and not (about_itself or (short and whole)):
        return
    if not (short or about_itself or place.block < _TITLE) or words.part.search(text):
        return
    rank = _RANK[place.zone] + (not short)
    since = 0
    for i, x in enumerate(dates):
        until = dates[i + 1].start if i + 1 < len(dates) else len(text)
        if _is_range(text, dates, i):
            roles: tuple[_Role, ...] = ("previous",)
        else:
            roles, since = _roles(text, x, since, until, words, short=short)
            roles = roles or _roles_of_lone(text, x, place, words)
        for role in _settled(roles, x, text, place, short=short):
            yield _Candidate(role, x, sentence, place.block, rank)


def _settled(roles: tuple[_Role, ...], x: Expression, text: str, place: _Place, *, short: bool) -> Iterator[DateRole]:
    """Weak cues count on short lines at the head or end only; digits need a cue to be a date at all."""
    for role in roles:
        if role != "weak":
            yield role
        elif short and place.zone != "middle" and _count(text[: x.start]) <= 5:
            yield "published" if x.loose and x.month is None else "updated"


def _roles_of_lone(text: str, x: Expression, place: _Place, words: Cues) -> tuple[_Role, ...]:
    """The roles of a date that is all its line has: the line above may name them; under the title it is the day of the update."""
    before, after = _WEEKDAY.sub("", text[: x.start]), _CLOCK.sub("", text[x.end :])
    if before.strip(_MARKS) or after.strip(_MARKS) or x.loose or x.month is None:
        return ()
    above = _lowered(place.above) + " "
    at_end = replace(x, start=len(above), end=len(above))
    roles, _ = _roles(above, at_end, 0, len(above), words, short=True)
    if not roles and place.block < _TITLE and x.day is not None:
        return ("updated",)
    return roles


def _roles(
    text: str, x: Expression, since: int, until: int, words: Cues, *, short: bool
) -> tuple[tuple[_Role, ...], int]:
    """The roles that cues around a date give it, and where the words that belong to it end."""
    start = max(since, x.start - 160)
    before, after = text[start : x.start], text[x.end : min(until, x.end + _REACH)]
    if after[:1] in (":", "：") and not before.strip(_MARKS) and after[1:].strip():
        return (), x.end  # an entry of a list of changes
    found = [m for m in words.role.finditer(before) if len(before) - m.end() <= _REACH]
    if found and _near(before[found[-1].end() :], most=6 if short else 3):
        if _of_a_law(before, found[-1], words):
            return (), x.end
        return _joined(found, before), x.end
    cue = words.role.search(after)
    if cue and _role(cue) != "weak" and _near(after[: cue.start()], most=3) and not words.law.search(before[-40:]):
        more = until < len(text)
        if not more or not after[: cue.start()].strip(_MARKS + "に日付"):
            return (_role(cue),), x.end + cue.end()
    return (), x.end


def _of_a_law(before: str, cue: re.Match[str], words: Cues) -> bool:
    """Whether the date is that of a law or a case: it stands between the cue and the date, or is what the cue speaks of."""
    between = before[cue.end() :]
    if words.law.search(between):
        return True
    labelled = between.strip().startswith((":", "："))
    return not labelled and not words.itself.search(before) and bool(words.law.search(before[: cue.start()][-40:]))


def _joined(found: Sequence[re.Match[str]], before: str) -> tuple[_Role, ...]:
    """The role of the nearest cue, with that of one joined to it: "Effective and last updated:" gives both."""
    roles = [_role(found[-1])]
    if len(found) > 1 and _JOINED.match(before[found[-2].end() : found[-1].start()]):
        roles.insert(0, _role(found[-2]))
    strong = [role for role in dict.fromkeys(roles) if role != "weak"]
    return tuple(strong or roles)


def _role(found: re.Match[str]) -> _Role:
    return found.lastgroup  # type: ignore[return-value]  # the groups are named for the roles


def _near(between: str, *, most: int) -> bool:
    """Only connecting words stand between a cue and its date."""
    return len(between.split()) <= most and not re.search(r"[;。!?]|[^\W\d]{3}\.\s", between)


def _is_range(text: str, dates: Sequence[Expression], i: int) -> bool:
    """Whether a date is one end of a stretch of time: those are past versions, or dates of something else."""
    pairs = [(dates[j], dates[j + 1]) for j in (i - 1, i) if 0 <= j < len(dates) - 1]
    return any(_RANGE.fullmatch(text[one.end : other.start]) for one, other in pairs)


def _change_log(blocks: Sequence[Block], words: Cues, language: str | None) -> list[_Candidate]:
    """The newest entry of the document's own list of changes, at its end or under a heading that says so."""
    entries: list[_Candidate] = []
    under = False
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            under = bool(words.log.search(_lowered(block.text)))
        elif (under or at >= len(blocks) - _TAIL) and YEAR.search(block.text[:60]):
            line = block.text.split("\n")[0]
            x = next(expressions(digits(line[:60]), language), None)
            if x is not None and _is_entry(line, x, language):
                entries.append(_Candidate("updated", x, line[:160], at, _LOG_RANK))
    newest = max(
        entries, key=lambda c: (c.expression.year, c.expression.month or 0, c.expression.day or 0), default=None
    )
    return [newest] if newest else []


def _is_entry(line: str, x: Expression, language: str | None) -> bool:
    """Whether a line is a date and what was changed on it."""
    rest = line[x.end :].strip(" *_")
    if x.loose or x.day is None or line[: x.start].strip(_MARKS) or rest[:1] not in tuple(":-–—|)]："):
        return False
    said = rest.strip(_MARKS)
    again = next(expressions(digits(said[:40]), language), None)
    return _count(said) >= 2 and (again is None or again.start > 0)


def _count(text: str) -> int:
    """Words; two characters count as one where a script has no spaces."""
    unspaced = sum("\u3040" <= c <= "\u9fff" for c in text)
    return len(text.split()) + unspaced // 2


def _lowered(text: str) -> str:
    """The text in lower case, each character where it was."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
