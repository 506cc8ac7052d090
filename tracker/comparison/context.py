"""What judging one clause needs to know of the two policies: what else they say, and which terms were renamed throughout."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from tracker.comparison.clauses import same_spelling, wording
from tracker.comparison.facts import lowered, mention, mentioned, sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.promises import Statement, resembles, statements
from tracker.comparison.rules import Side
from tracker.comparison.signals import signal, vital
from tracker.model import Fact, Policy, StatedDate, WordEdit
from tracker.wording import words

_RENAMED_WORDS = 5
_PERSONAL = 150  # words among which a text about personal data says so once


@dataclass(frozen=True)
class Context:
    """Two policies, and `renames`: phrases of the old one → what the new one says instead everywhere."""

    old: Policy
    new: Policy
    renames: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[str, Side], bool] = field(default_factory=dict, compare=False)
    """Proper names already looked up in the text across from a side, and whether they are new to it."""

    def other(self, side: Side) -> Policy:
        """The policy across from a side."""
        return self.new if side == "old" else self.old

    def fresh(self, fact: Fact, side: Side) -> bool:
        """Whether the policy on the other side is silent about what a fact speaks of."""
        wanted = mention(fact)
        if wanted is None:
            return fact.words.casefold() not in lowered(self.other(side).markdown)
        return wanted not in self._mentioned[1 if side == "old" else 0]

    @cached_property
    def _mentioned(self) -> tuple[frozenset[object], frozenset[object]]:
        return _everything(self.old, mentioned), _everything(self.new, mentioned)

    def repeats(self, text: str, side: Side) -> bool:
        """Whether the other policy says all of a text as well, sentence by sentence."""
        known = self._said_by_old if side == "new" else self._said_by_new
        return bool(text.strip()) and all(wording(sentence) in known for sentence in sentences(text))

    def promises(self, promise: Statement, side: Side) -> bool:
        """Whether the policy across from a side makes its promise anywhere, in whatever words."""
        return resembles(promise, (s for clause in self.other(side).clauses for s in statements(clause.text)))

    @cached_property
    def _said_by_old(self) -> frozenset[object]:
        return _everything(self.old, _wordings)

    @cached_property
    def _said_by_new(self) -> frozenset[object]:
        return _everything(self.new, _wordings)

    def dates(self, side: Side, positions: Sequence[int]) -> list[StatedDate]:
        """The dates that the clauses at these positions state."""
        policy = self.old if side == "old" else self.new
        return [date for date in policy.dates if date.clause in positions]

    def count(self, word: str, side: Side) -> int:
        """How often a folded word stands in the text of a side."""
        return self._words[0 if side == "old" else 1][word]

    @cached_property
    def _words(self) -> tuple[Counter[str], Counter[str]]:
        return Counter(words(self.old.markdown)), Counter(words(self.new.markdown))

    @cached_property
    def numbered(self) -> bool:
        """Whether both policies number their clauses, and alike: then a reference that changed was not renumbered with them."""
        old, new = ([clause.label for clause in policy.clauses if clause.label] for policy in (self.old, self.new))
        return bool(old) and old == new

    @cached_property
    def personal(self) -> bool:
        """Whether the new policy is about personal data: it says so every so many words."""
        counts = [_personal(clause.text) for clause in self.new.clauses]
        return sum(named for named, _ in counts) * _PERSONAL > sum(size for _, size in counts)

    def renamed(self, text: str) -> str:
        """A text of the old policy in the terms of the new one."""
        for old, new in self.renames.items():
            text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new.replace("\\", r"\\"), text)
        return text


def _everything(policy: Policy, read: Callable[[str], Iterable[object]]) -> frozenset[object]:
    """What all clauses of a policy hold together."""
    return frozenset().union(*(read(clause.text) for clause in policy.clauses))


@lru_cache(maxsize=16_384)
def _wordings(text: str) -> frozenset[str]:
    """The wording of every sentence of a clause."""
    return frozenset(wording(sentence) for sentence in sentences(text))


@lru_cache(maxsize=16_384)
def _personal(text: str) -> tuple[int, int]:
    """How often a clause says that it is about personal data, and its words."""
    spoken = terms(text)
    return sum(1 for _ in signal("personal").find(spoken)), len(spoken)


def renames(new: Policy, redlines: Sequence[Sequence[WordEdit]]) -> dict[str, str]:
    """Terms renamed throughout: the same replacement in at least two clauses, and the old term gone from the new text."""
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for edits in redlines:
        for pair in set(_replacements(edits)):
            counted[pair] += 1
    out: dict[str, str] = {}
    haystack = f" {' '.join(words(new.markdown))} " if any(count > 1 for count in counted.values()) else ""
    for (before, after), count in sorted(counted.items(), key=lambda entry: (-entry[1], -len(entry[0][0]), entry[0])):
        if count > 1 and before not in out and f" {wording(before)} " not in haystack:
            out[before] = after
    return out


def _replacements(edits: Sequence[WordEdit]) -> Iterator[tuple[str, str]]:
    """Short phrases that give way to others; nothing vital is a mere name."""
    for (sign, before), (next_sign, after) in pairwise(edits):
        old, new = before.strip(), after.strip()
        if (sign, next_sign) == ("-", "+") and _is_term(old) and _is_term(new) and not same_spelling(old, new):
            yield old, new


def _is_term(phrase: str) -> bool:
    folded = words(phrase)
    return (
        0 < len(folded) <= _RENAMED_WORDS and not any(map(vital, folded)) and "@" not in phrase and ". " not in phrase
    )
