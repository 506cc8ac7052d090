"""The roles that the words around a date give it, within one sentence or line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from tracker.extraction.dates.cues import Cues
from tracker.extraction.dates.grammar import Expression
from tracker.model import DateRole

Role = DateRole | Literal["weak"]

MARKS = " \t()[]（）【】«»“”\"'.*_|:：-–—"
_REACH = 60
"""Characters between a cue and its date, at most."""
_LOOKED_AT = 160
"""Characters before a date that are looked at."""
_AND = r"(?:and|et|und|y|e|en|i|och|og|ve|и|及|と|sowie)"
_JOINED = re.compile(rf"[\s/&,+]*{_AND}?[\s/&,+]*(?:(?:last|date|is|are|was|were)\s)*\Z")
_GOING_ON = re.compile(rf"\s{_AND}\s")
_RANGE = re.compile(
    r"\s*(?:[-–—~〜]|to|until|through|till|au|jusqu'au|bis|bis zum|al|hasta|hasta el|a|até|fino al|tot|tot en met|do|по|до|至|から)\s*"
)
_PARTS = re.compile(r"[|•·;:：(\[–—]|,(?!\s\d{4})|\s-\s|\. ")
"""What parts the labels of a line: a cue's subject does not reach over them."""
_BARS = re.compile(r"[|•·;/]|[.!?]\s|\s[–—-]\s")
_GOES_ON, _ENDS = 5, (".", ";", "|", ")", "(")
"""Words after a date that make it a part of a longer sentence, if none of these marks follows it."""
_CLOSES = re.compile(r"[,;.，；。、)）]")
_ATTRIBUTED = re.compile(r"の|的|した|された")
"""What makes a cue say something of the words behind it: "the law that took effect on …"."""
_SAME_DAY = re.compile(r"\w{0,3}[,，、]?\s?(?:同日|即日)\w{0,3}?(?:施行|発効|適用|生效|実施|实施)")
"""What takes effect on the day that the words before speak of."""
_LONG = re.compile(r"[^\W\d_\u3040-\u9fff]{4,}")


def roles(
    text: str, x: Expression, since: int, until: int, words: Cues, *, short: bool, context: str = ""
) -> tuple[tuple[Role, ...], int]:
    """The roles that cues around a date give it in lower-case text, and where the words that belong to it end.

    The nearest cue before the date decides, else the first one after it; `since` and `until` bound the search. `context` is the
    paragraph, which may name what a sentence in it only calls "it".
    """
    start = max(since, x.start - _LOOKED_AT)
    before, after = text[start : x.start], text[x.end : min(until, x.end + _REACH)]
    if after[:1] in (":", "：") and not before.strip(MARKS) and after[1:].strip():
        return (), x.end  # an entry of a list of changes
    near = 6 if short else 3
    every = [m for m in words.role.finditer(before) if len(before) - m.end() <= _REACH]
    found = _without_weak(every, before)
    if found and _near(before[every[-1].end() :], most=near):
        cue = slice(start + _chain(found, before), start + found[-1].end())
        given = _joined(found, before)
        if of_the_past(text[: start + found[-1].start()], words):
            return ("previous",), x.end
        return () if _of_another_thing(text, since, cue, x, words, context or text) else given, x.end
    if of_the_past(text[: x.start], words):
        return ("previous",), x.end
    return _roles_after(text, before, after, x, until, words)


def _roles_after(
    text: str, before: str, after: str, x: Expression, until: int, words: Cues
) -> tuple[tuple[Role, ...], int]:
    cues = list(words.role.finditer(after))
    cue = next((m for m in cues if _role(m) != "weak"), cues[0] if cues else None)
    if cue is None or not _near(after[: cue.start()], most=3) or words.law.search(before[-40:]):
        return (), x.end
    if _ATTRIBUTED.match(after, cue.end()) and words.law.search(after, cue.end()):
        return (), x.end
    bare = not after[: cue.start()].strip(MARKS + "に日付")
    alone = bare and not (before + after[cue.end() :]).strip(MARKS)
    closes = _CLOSES.match(after, cue.end()) is not None
    if alone or (_role(cue) != "weak" and (bare or closes or until == len(text))):
        also: tuple[Role, ...] = ("effective",) if _SAME_DAY.match(after, cue.end()) else ()
        return (_role(cue), *also), x.end + cue.end()
    return (), x.end


def joined(between: str) -> bool:
    """Whether the words between two dates join them: "on May 1 for new users and on June 1 for all others"."""
    return _GOING_ON.search(between) is not None and _near(between, most=8)


def is_range(text: str, dates: Sequence[Expression], i: int) -> bool:
    """Whether a date is one end of a stretch of time: those are past versions, or dates of something else."""
    pairs = [(dates[j], dates[j + 1]) for j in (i - 1, i) if 0 <= j < len(dates) - 1]
    return any(_RANGE.fullmatch(text[one.end : other.start]) for one, other in pairs)


def _role(found: re.Match[str]) -> Role:
    return found.lastgroup  # type: ignore[return-value]  # the groups are named for the roles


def _near(between: str, *, most: int) -> bool:
    """Only connecting words stand between a cue and its date."""
    return len(between.split()) <= most and not re.search(r"[;。!?]|[^\W\d]{3}\.\s", between)


def _without_weak(found: list[re.Match[str]], before: str) -> list[re.Match[str]]:
    """The cues without a weak one at the end that only connects: "updated, version of", "aggiornata in data"."""
    if len(found) > 1 and _role(found[-1]) == "weak" and _role(found[-2]) not in ("weak", "previous"):
        between = before[found[-2].end() : found[-1].start()]
        if _near(between, most=4) and not _PARTS.search(between):
            return found[:-1]
    return found


def _joined(found: Sequence[re.Match[str]], before: str) -> tuple[Role, ...]:
    """The role of the nearest cue, with that of one joined to it: "Effective and last updated:" gives both."""
    given = [_role(found[-1])]
    if given == ["previous"]:
        return ("previous",)
    if len(found) > 1 and _JOINED.match(before[found[-2].end() : found[-1].start()]):
        given.insert(0, _role(found[-2]))
    strong = [role for role in dict.fromkeys(given) if role != "weak"]
    return tuple(strong or given)


def _chain(found: Sequence[re.Match[str]], before: str) -> int:
    """Where the cues that stand together begin: "last modified and effective as of"."""
    first = found[-1]
    for cue in reversed(found[:-1]):
        between = before[cue.end() : first.start()]
        if len(between.split()) > 1 or _LONG.search(between) or _PARTS.search(between):
            break
        first = cue
    return first.start()


def _of_another_thing(text: str, since: int, cue: slice, x: Expression, words: Cues, context: str) -> bool:
    """Whether the date is that of a law, or of whatever else but a document the sentence speaks of before its cue.

    A label ("Last updated: …") speaks of the document, unless a law stands between it and the date; what takes effect may also be named
    after the date ("Effective May 1, people in …").
    """
    between = text[cue.stop : x.start]
    if words.law.search(between):
        return True
    if between.strip().startswith((":", "：", "|")):
        return False
    before = text[: cue.start]
    named = max(_last(words.document, before), _last(words.itself, text[: cue.stop]))
    if _last(words.law, before) > named:
        return True
    subject = _PARTS.split(before[since:])[-1]
    elsewhere = context.replace(text[cue.start : cue.stop], " ")
    later = text[x.end :]
    goes_on = len(later.split()) >= _GOES_ON and not later.lstrip().startswith(_ENDS) and not words.role.search(later)
    speaks = _LONG.search(subject) is not None or (goes_on and not subject.strip())
    return named < 0 and speaks and not words.document.search(elsewhere)


def of_the_past(head: str, words: Cues) -> bool:
    """Whether the last sentence begins with another version and goes on about it."""
    begun = _BARS.split(head)[-1]
    first = words.role.search(begun)
    return first is not None and _role(first) == "previous" and len(begun[: first.start()].split()) <= 2


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends; -1 without one."""
    return max((m.end() for m in pattern.finditer(text)), default=-1)
