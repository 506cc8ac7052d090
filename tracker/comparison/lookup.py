"""Finding where a policy speaks of something without reading all of it: most clauses hold none of the words that are asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from tracker.comparison.facts import mention, mentions, sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.promises import Statement, denying, statement, upheld
from tracker.comparison.signals import DENYING, everything, reading
from tracker.model import Fact, Policy


class Lookup:
    """One policy with the indexes that questions about it need, each made when the first such question is asked."""

    def __init__(self, policy: Policy) -> None:
        self._clauses = policy.clauses
        self._mentioned: dict[object, bool] = {}
        self._keys: dict[tuple[str, str], frozenset[str]] = {}

    def mentions(self, fact: Fact) -> bool | None:
        """Whether it speaks of what a fact of a list speaks of; None for kinds that no list holds."""
        wanted = mention(fact)
        if wanted is None:
            return None
        if wanted not in self._mentioned:
            speaking = self._holding(self._words("facts", f"{fact.kind}\t{fact.value}"))
            self._mentioned[wanted] = any(wanted in mentions(reading(sentence)) for sentence in speaking)
        return self._mentioned[wanted]

    def upholds(self, promise: Statement) -> frozenset[str]:
        """The practices of a promise that it denies anywhere."""
        acting = frozenset().union(*(self._words("practices", practice) for practice in promise.denied))
        negating = frozenset().union(*(self._words(table, table) for table in DENYING))
        return upheld(promise, map(statement, filter(denying, self._holding(acting, negating))))

    def says(self, text: str) -> bool:
        """Whether it says all of a text, sentence by sentence, wherever."""
        said = [spoken for spoken in map(terms, sentences(text)) if spoken]
        return bool(said) and all(map(self._says, said))

    def _says(self, spoken: tuple[str, ...]) -> bool:
        if not self._holders.keys() >= {*spoken}:
            return False
        fewest = min(map(self._holders.__getitem__, spoken), key=len)
        return any(spoken == terms(sentence) for at in fewest for sentence in sentences(self._clauses[at].text))

    def holds(self, word: str) -> bool:
        """Whether a folded word stands in its text."""
        return word in self._holders

    def _holding(self, *needed: AbstractSet[str]) -> Iterator[str]:
        """The sentences that hold a word of each of these sets."""
        clauses = set.intersection(*({at for word in some for at in self._holders[word]} for some in needed))
        for at in sorted(clauses):
            for sentence in sentences(self._clauses[at].text):
                if not any(some.isdisjoint(terms(sentence)) for some in needed):
                    yield sentence

    def _words(self, table: str, value: str) -> frozenset[str]:
        """The words of its text by which the phrases of a value are looked for."""
        if (table, value) not in self._keys:
            whole, stems = everything(table).keys((table, value))
            beginning = (word for stem in stems for word in starting(self._vocabulary, stem))
            self._keys[table, value] = frozenset((*(whole & self._holders.keys()), *beginning))
        return self._keys[table, value]

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        """The clauses that hold each of its words."""
        holders = defaultdict[str, list[int]](list)
        for at, clause in enumerate(self._clauses):
            for word in {*terms(clause.text)}:
                holders[word].append(at)
        return dict(holders)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._holders)


def starting(vocabulary: Sequence[str], stem: str) -> Iterator[str]:
    """The words of a sorted vocabulary that begin so."""
    at = bisect_left(vocabulary, stem)
    while at < len(vocabulary) and vocabulary[at].startswith(stem):
        yield vocabulary[at]
        at += 1
