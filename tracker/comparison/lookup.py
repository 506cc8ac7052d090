"""Finding where a policy speaks of something without reading all of it: most clauses hold none of the words that are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from tracker.comparison import facts, promises
from tracker.comparison.facts import mention, mentioned, sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.promises import Statement, statements, upheld
from tracker.model import Fact, Policy


class Lookup:
    """One policy with the indexes that questions about it need, each made when the first such question is asked."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def mentions(self, fact: Fact) -> bool | None:
        """Whether it speaks of what a fact of a list speaks of; None for kinds that no list holds."""
        wanted = mention(fact)
        if wanted is None:
            return None
        openings = self._facts.get(f"{fact.kind}\t{fact.value}", ())
        return any(wanted in mentioned(self._policy.clauses[at].text) for at in self._holding(openings))

    def upholds(self, promise: Statement) -> frozenset[str]:
        """The practices of a promise that it denies anywhere."""
        openings = {word for practice in promise.denied for word in self._practices.get(practice, ())}
        return upheld(promise, (s for at in self._holding(openings) for s in statements(self._policy.clauses[at].text)))

    def says(self, text: str) -> bool:
        """Whether it says all of a text, sentence by sentence, wherever."""
        said = [spoken for spoken in map(terms, sentences(text)) if spoken]
        return bool(said) and all(map(self._says, said))

    def _says(self, spoken: tuple[str, ...]) -> bool:
        rarest = min((self._holders.get(word, []) for word in spoken), key=len)
        clauses = (self._policy.clauses[at] for at in rarest)
        return any(spoken == terms(sentence) for clause in clauses for sentence in sentences(clause.text))

    def holds(self, word: str) -> bool:
        """Whether a folded word stands in its text."""
        return word in self._holders

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        """The clauses that hold each word."""
        holders: dict[str, list[int]] = defaultdict(list)
        for at, clause in enumerate(self._policy.clauses):
            for word in set(terms(clause.text)):
                holders[word].append(at)
        return dict(holders)

    def _holding(self, some: Iterable[str]) -> list[int]:
        """The clauses that hold any of these words."""
        return sorted({at for word in some for at in self._holders[word]})

    @cached_property
    def _facts(self) -> dict[str, list[str]]:
        return facts.openings(self._holders)

    @cached_property
    def _practices(self) -> dict[str, list[str]]:
        return promises.openings(self._holders)
