"""Finding where a policy speaks of something without reading all of it: most clauses hold none of the words that are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from tracker.comparison import facts, promises
from tracker.comparison.clauses import wording
from tracker.comparison.facts import mention, mentioned, sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.promises import Statement, statements, upheld
from tracker.model import Fact, Policy
from tracker.wording import words


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
        """Whether it says all of a text, sentence by sentence."""
        parts = list(filter(None, map(wording, sentences(text))))
        return bool(parts) and all(f" {part} " in self.folded for part in parts) and self._sentences.issuperset(parts)

    def holds(self, word: str) -> bool:
        """Whether a folded word stands in its text."""
        return word in self._holders

    @cached_property
    def folded(self) -> str:
        """All its words, folded, with blanks around each."""
        return f" {' '.join(words(self._policy.markdown))} "

    @cached_property
    def _sentences(self) -> frozenset[str]:
        return frozenset(wording(part) for clause in self._policy.clauses for part in sentences(clause.text))

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
