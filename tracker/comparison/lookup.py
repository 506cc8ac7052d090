"""Finding where a policy speaks of something without reading all of it: most clauses hold none of the words that are asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import repeat

from tracker.comparison.facts import mention, mentions, sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.promises import Statement, denying, statement, upheld
from tracker.comparison.signals import DENYING, everything, reading
from tracker.model import Fact, Policy

_FEW = 32
"""Questions up to which it is quicker to look at every text than to note for each word where it stands."""


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    """The words of a text. Remembered, since most texts are those of the comparison before."""
    return frozenset(terms(text))


class Index:
    """Texts, and which of them hold words: one for two policies, since most of their clauses are the same."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._asked = 0
        self._keys: dict[tuple[str, str], frozenset[str]] = {}

    def holding_any(self, words: frozenset[str]) -> Iterable[int]:
        """The places of the texts that hold one of these words of theirs."""
        if self._few():
            return [at for at, held in enumerate(self._held) if not held.isdisjoint(words)]
        return {at for word in words for at in self._holders[word]}

    def holding_all(self, words: frozenset[str]) -> Iterator[int]:
        """The places of the texts that hold each of these words."""
        everywhere = range(len(self.texts))
        holders = () if self._few() else map(self._holders.__getitem__, words)
        return (at for at in min(holders, key=len, default=everywhere) if self._held[at] >= words)

    def _few(self) -> bool:
        self._asked += 1
        return self._asked <= _FEW

    @cached_property
    def _held(self) -> list[frozenset[str]]:
        return list(map(_words, self.texts))

    @cached_property
    def _holders(self) -> Mapping[str, list[int]]:
        holders = defaultdict[str, list[int]](list)
        for at, held in enumerate(self._held):
            for word in held:
                holders[word].append(at)
        return holders

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of all texts."""
        return frozenset().union(*self._held)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.vocabulary)

    def words(self, table: str, value: str) -> frozenset[str]:
        """The words of the texts by which the phrases of a value are looked for."""
        if (table, value) not in self._keys:
            whole, stems = everything(table).keys((table, value))
            beginning = (word for stem in stems for word in starting(self._sorted, stem))
            self._keys[table, value] = frozenset((*(whole & self.vocabulary), *beginning))
        return self._keys[table, value]


class Lookup:
    """One policy, among whose clauses an index over their texts finds those that a question is about."""

    def __init__(self, policy: Policy, index: Index) -> None:
        self.texts = {clause.text for clause in policy.clauses}
        self._index = index
        self._mentioned: dict[object, bool] = {}

    def mentions(self, fact: Fact) -> bool | None:
        """Whether it speaks of what a fact of a list speaks of; None for kinds that no list holds."""
        wanted = mention(fact)
        if wanted is None:
            return None
        if wanted not in self._mentioned:
            speaking = self._holding(self._index.words("facts", f"{fact.kind}\t{fact.value}"))
            self._mentioned[wanted] = any(wanted in mentions(reading(sentence)) for sentence in speaking)
        return self._mentioned[wanted]

    def upholds(self, promise: Statement) -> frozenset[str]:
        """The practices of a promise that it denies anywhere."""
        words = self._index.words
        acting = frozenset().union(*(words("practices", practice) for practice in promise.denied))
        negating = frozenset().union(*(words(table, table) for table in DENYING))
        whole = (sentence for sentence in self._holding(acting, negating) if not sentence.rstrip().endswith(":"))
        return upheld(promise, map(statement, filter(denying, whole)))

    def says(self, text: str) -> bool:
        """Whether it says all of a text, sentence by sentence, wherever."""
        said = [spoken for spoken in map(terms, sentences(text)) if spoken]
        return bool(said) and all(map(self._says, said))

    def _says(self, spoken: tuple[str, ...]) -> bool:
        holding = self._own(self._index.holding_all(frozenset(spoken)))
        return any(spoken == terms(sentence) for text in holding for sentence in sentences(text))

    def covers(self, text: str, gone: Container[str]) -> bool:
        """Whether one sentence of a clause of it, which is none of `gone`'s, has all words of a text, and denies as it does."""
        spoken = reading(text)
        wanted = frozenset(spoken.words)
        for held in self._own(self._index.holding_all(wanted)):
            for sentence in sentences(held) if held not in gone else ():
                if wanted.issubset(terms(sentence)) and bool(reading(sentence).denials) == bool(spoken.denials):
                    return True
        return False

    def holds(self, word: str) -> bool:
        """Whether a folded word stands in its text."""
        return any(self._own(self._index.holding_all(frozenset((word,)))))

    def _own(self, places: Iterable[int]) -> Iterator[str]:
        """Those of the texts at these places that are clauses of this policy."""
        return filter(self.texts.__contains__, map(self._index.texts.__getitem__, places))

    def _holding(self, *needed: frozenset[str]) -> Iterator[str]:
        """The sentences that hold a word of each of these sets."""
        places = set.intersection(*(set(self._index.holding_any(some)) for some in needed))
        for text in self._own(sorted(places)):
            for sentence in sentences(text):
                if not any(map(frozenset.isdisjoint, needed, repeat(terms(sentence)))):
                    yield sentence


def starting(vocabulary: Sequence[str], stem: str) -> Iterator[str]:
    """The words of a sorted vocabulary that begin so."""
    at = bisect_left(vocabulary, stem)
    while at < len(vocabulary) and vocabulary[at].startswith(stem):
        yield vocabulary[at]
        at += 1
