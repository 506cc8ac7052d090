"""Finding where a policy speaks of something without reading all of it: most clauses hold none of the words that are asked for."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cached_property

from tracker.comparison import facts, promises
from tracker.comparison.facts import mention, mentioned, sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.promises import Statement, denying, statement, upheld
from tracker.model import Fact, Policy


class Lookup:
    """One policy with the indexes that questions about it need, each made when the first such question is asked."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._mentioned: dict[object, bool] = {}

    def mentions(self, fact: Fact) -> bool | None:
        """Whether it speaks of what a fact of a list speaks of; None for kinds that no list holds."""
        wanted = mention(fact)
        if wanted is None:
            return None
        if wanted not in self._mentioned:
            texts = self._holding(facts.openings(fact, self._vocabulary))
            self._mentioned[wanted] = any(wanted in mentioned(text) for text in texts)
        return self._mentioned[wanted]

    def upholds(self, promise: Statement) -> frozenset[str]:
        """The practices of a promise that it denies anywhere."""
        openings = promises.openings(promise.denied, self._vocabulary)
        said = (sentence for text in self._holding(openings) for sentence in sentences(text))
        acting = (sentence for sentence in said if not openings.isdisjoint(terms(sentence)))
        return upheld(promise, map(statement, filter(denying, acting)))

    def says(self, text: str) -> bool:
        """Whether it says all of a text, sentence by sentence, wherever."""
        said = [spoken for spoken in map(terms, sentences(text)) if spoken]
        return bool(said) and all(map(self._says, said))

    def _says(self, spoken: tuple[str, ...]) -> bool:
        if not self._vocabulary.issuperset(spoken):
            return False
        texts = (text for text, held in self._held if held.issuperset(spoken))
        return any(spoken == terms(sentence) for text in texts for sentence in sentences(text))

    def holds(self, word: str) -> bool:
        """Whether a folded word stands in its text."""
        return word in self._vocabulary

    def _holding(self, some: AbstractSet[str]) -> list[str]:
        """The texts of the clauses that hold any of these words."""
        return [text for text, held in self._held if not held.isdisjoint(some)] if some else []

    @cached_property
    def _held(self) -> list[tuple[str, frozenset[str]]]:
        """The text of each clause, and the words that it holds."""
        return [(clause.text, frozenset(terms(clause.text))) for clause in self._policy.clauses]

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset().union(*(held for _, held in self._held))
