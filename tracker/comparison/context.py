"""What judging one clause needs to know of the two policies: what else they say, and which terms were renamed throughout."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate, chain, pairwise

from tracker.comparison.clauses import same_spelling, wording
from tracker.comparison.evidence import around
from tracker.comparison.facts import lowered, said, unmarked
from tracker.comparison.furniture import furnished
from tracker.comparison.lexicon import data, terms
from tracker.comparison.lists import entire, spoken, stated
from tracker.comparison.lookup import Index, Lookup
from tracker.comparison.lowercase import Lowercase
from tracker.comparison.promises import Statement, statements
from tracker.comparison.rules import Side
from tracker.comparison.signals import vital
from tracker.comparison.translating import gist, spoken_in, stating, translated
from tracker.model import Fact, OwnRule, Policy, StatedDate, WordEdit
from tracker.wording import words

_RENAMED_WORDS = 5
_NAMED_ON = re.compile(r"\s*([A-Z\u00c0-\u00de][\w’'-]*)")
"""The rest of a name whose beginning gave way to another."""
_NO_NAME = frozenset({"country", "entity", "recipient", "mail", "phone"})
"""Kinds of facts that make another of what is named, and not another name of it."""
_PERSONAL = 150  # words among which a text about personal data says so once
_READ = bytes(ord(" ") if code < ord("A") else code for code in range(256)).lower()
"""Bytes of a text as they are counted: letters small, and what parts words as blanks."""


@dataclass(frozen=True)
class Context:
    """Two policies, `renames` (phrases of the old one → what the new one says instead everywhere), and the user's own rules."""

    old: Policy
    new: Policy
    renames: dict[str, str] = field(default_factory=dict)
    own: tuple[OwnRule, ...] = ()
    names: dict[tuple[str, Side], bool] = field(default_factory=dict, compare=False)
    """Proper names already looked up in the text across from a side, and whether they are new to it."""

    def policy(self, side: Side) -> Policy:
        """The policy of a side."""
        return self.old if side == "old" else self.new

    def other(self, side: Side) -> Policy:
        """The policy across from a side."""
        return self.new if side == "old" else self.old

    def fresh(self, fact: Fact, side: Side) -> bool:
        """Whether the policy on the other side is silent about what a fact speaks of."""
        mentioned = self._across(side).mentions(fact)
        return unmarked(fact.words) not in lowered(self.other(side).markdown) if mentioned is None else not mentioned

    def around(self, fact: Fact, side: Side, positions: Sequence[int]) -> frozenset[str]:
        """The cues in the sentence of these clauses that states a fact."""
        policy = self.policy(side)
        return around(fact, policy, positions, personal=self.personal)

    def spoken(self, side: Side, positions: Sequence[int]) -> str:
        """What the clauses of a side at these positions say of practices, entries of a list with what denies them."""
        policy = self.policy(side)
        return "\n".join(spoken(policy, at) for at in positions)

    def stated(self, side: Side, positions: Sequence[int]) -> list[Fact]:
        """The facts that the clauses of a side at these positions state, in the terms of the new policy."""
        policy = self.policy(side)
        texts = ((at, policy.clauses[at].text) for at in positions)
        return [
            fact for at, text in texts for fact in stated(policy, at, self.renamed(text) if side == "old" else text)
        ]

    def repeats(self, side: Side, at: int) -> bool:
        """Whether the other policy says all of a clause as well, sentence by sentence, or said it in one with what leads into it."""
        policy = self.policy(side)
        whole = entire(policy, at)
        across, own = self._across(side), self._across("new" if side == "old" else "old")
        return across.says(policy.clauses[at].text) or (bool(whole) and across.covers(whole, own.texts))

    def promises(self, promise: Statement, side: Side) -> frozenset[str]:
        """The practices of a promise that the policy across from a side denies anywhere, in whatever words."""
        return self._across(side).upholds(promise)

    def upholds(self, fact: Fact, side: Side, text: str) -> bool:
        """Whether the policy across from a side makes the promise as well that states a negated fact in a text of that side."""
        stating = (each for each in statements(text) if each.denied and _holds(each.text, fact.words))
        return any(each.denied <= self.promises(each, side) for each in stating)

    def furniture(self, side: Side, at: int) -> str | None:
        """What furniture of its site the clause of a side at a position is, if any."""
        return (self._furniture_before if side == "old" else self._furniture_now).get(at)

    @cached_property
    def _furniture_before(self) -> dict[int, str]:
        return furnished(self.old.clauses, self.new.clauses)

    @cached_property
    def _furniture_now(self) -> dict[int, str]:
        return furnished(self.new.clauses, self.old.clauses)

    def holds(self, word: str, side: Side) -> bool:
        """Whether a folded word stands in the text of a side."""
        return self._lookups[0 if side == "old" else 1].holds(word)

    def familiar(self, word: str) -> bool:
        """Whether both policies hold a folded word."""
        return all(lookup.holds(word) for lookup in self._lookups)

    @cached_property
    def _lookups(self) -> tuple[Lookup, Lookup]:
        index = Index(self._texts)
        return Lookup(self.old, index), Lookup(self.new, index)

    def _across(self, side: Side) -> Lookup:
        return self._lookups[1 if side == "old" else 0]

    def dates(self, side: Side, positions: Sequence[int]) -> list[StatedDate]:
        """The dates that the clauses at these positions state."""
        policy = self.policy(side)
        return [date for date in policy.dates if date.clause in positions]

    def ordinary(self, word: str) -> bool:
        """Whether a folded word, or one of its family, is written small in either policy."""
        return self._lowercase.ordinary(word)

    def begins(self, root: str) -> bool:
        """Whether a word that either policy writes small begins so."""
        return self._lowercase.begins(root)

    @cached_property
    def _lowercase(self) -> Lowercase:
        return Lowercase(self._texts)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        """What the clauses of either policy say; most are the same in both."""
        return tuple({clause.text: None for policy in (self.old, self.new) for clause in policy.clauses})

    @cached_property
    def numbered(self) -> bool:
        """Whether both policies number their clauses, and alike: then a reference that changed was not renumbered with them."""
        old, new = ([clause.label for clause in policy.clauses if clause.label] for policy in (self.old, self.new))
        return bool(old) and old == new

    def says_the_same(self, old: Sequence[int], new: Sequence[int]) -> bool:
        """Whether clauses at these positions state and promise nothing, in whatever language, of which the other policy is silent. One that
        came or went may, unless the policies have as many clauses."""
        as_long = len(self.old.clauses) == len(self.new.clauses)
        return ((bool(old) and bool(new)) or as_long) and not (
            self._states_anew("old", old) or self._states_anew("new", new)
        )

    def _states_anew(self, side: Side, positions: Sequence[int]) -> bool:
        """Whether clauses of a side state or promise anything that the other policy does not, or are in the other's language."""
        policy, other = self.policy(side), self.other(side)
        if not spoken_in((policy.clauses[at].text for at in positions), policy.language, other.language):
            return True
        known = self._statements[1 if side == "old" else 0]
        return not gist(self.stated(side, positions), [self.spoken(side, positions)]) <= known

    @cached_property
    def _statements(self) -> tuple[frozenset[object], frozenset[object]]:
        return stating(self.old), stating(self.new)

    @cached_property
    def translated(self) -> bool:
        """Whether the new policy is in another language than the old one."""
        return translated(self.old, self.new)

    @cached_property
    def personal(self) -> bool:
        """Whether the new policy is about personal data: it says so every so many words."""
        text = (
            "\n".join(("", *(clause.text for clause in self.new.clauses)))
            .encode("utf-8", "surrogatepass")
            .translate(_READ)
        )
        needed = (len(text) - len(text.translate(None, b" "))) / _PERSONAL  # thrice as quick as counting
        named = accumulate(map(text.count, _naming_data()))
        return any(count > needed for count in named)

    def renamed(self, text: str) -> str:
        """A text of the old policy in the terms of the new one."""
        return self._former.sub(lambda term: self.renames[term[0]], text) if self.renames else text

    @cached_property
    def _former(self) -> re.Pattern[str]:
        """The terms that were renamed, the longest first."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(self.renames, key=len, reverse=True)))})(?!\w)")


@cache
def _naming_data() -> tuple[bytes, ...]:
    """What stands in a text wherever it names personal data, as words begin; those of unspaced scripts begin anywhere."""
    phrases = (phrase.rstrip("*") for phrase in chain(*data("signals")["personal"].values()))
    return tuple((phrase if len(terms(phrase)[0]) == 1 else f" {phrase}").encode() for phrase in phrases)


def _holds(text: str, phrase: str) -> bool:
    return f" {phrase} " in f" {' '.join(terms(text))} "


def renames(new: Policy, redlines: Sequence[Sequence[WordEdit]]) -> dict[str, str]:
    """Terms renamed throughout: the same replacement in at least two clauses, and the old term gone from the new text."""
    counted: dict[tuple[str, str], list[Sequence[WordEdit]]] = defaultdict(list)
    for edits in redlines:
        for pair in set(_replacements(edits)):
            counted[pair].append(edits)
    out: dict[str, str] = {}
    repeated = {pair: places for pair, places in counted.items() if len(places) > 1}
    haystack = f" {' '.join(wording(clause.text) for clause in new.clauses)} " if repeated else ""
    spelled = "\n".join(clause.text for clause in new.clauses) if repeated else ""
    for (before, after), places in sorted(
        repeated.items(), key=lambda entry: (-len(entry[1]), -len(entry[0][0]), entry[0])
    ):
        gone = before not in spelled if " " in before and _is_name(before) else f" {wording(before)} " not in haystack
        if before not in out and gone and not _another(before, after, places[0]):
            out[before] = after
    return out


def _replacements(edits: Sequence[WordEdit]) -> Iterator[tuple[str, str]]:
    """Short phrases that give way to others, by themselves and with the rest of the names that they stand in; nothing vital is a mere
    name."""
    for at, ((sign, before), (next_sign, after)) in enumerate(pairwise(edits)):
        old, new = before.strip(), after.strip()
        if (sign, next_sign) == ("-", "+") and _is_term(old) and _is_term(new) and not same_spelling(old, new):
            yield old, new
            rest = _NAMED_ON.match(edits[at + 2][1]) if at + 2 < len(edits) else None
            if rest and old[:1].isupper() and new[:1].isupper():
                yield f"{old} {rest[1]}", f"{new} {rest[1]}"


def _another(before: str, after: str, edits: Sequence[WordEdit]) -> bool:
    """Whether a phrase that gives way to another tells other facts than that one: another country, company or kind of data is no other
    name. What a name happens to be made of tells none: "Cookie Settings"."""
    named = _is_name(before) and _is_name(after)
    facts = [{(f.kind, f.value) for f in said(text) if not named or f.kind in _NO_NAME} for text in (before, after)]
    if facts[0] != facts[1]:
        return True
    whole = "".join(text for sign, text in edits if sign != "+")
    return any(fact.kind == "entity" and before in fact.words for fact in said(whole))


def _is_name(phrase: str) -> bool:
    return all(word[:1].isupper() for word in phrase.split())


def _is_term(phrase: str) -> bool:
    folded = words(phrase)
    return (
        0 < len(folded) <= _RENAMED_WORDS and not any(map(vital, folded)) and "@" not in phrase and ". " not in phrase
    )
