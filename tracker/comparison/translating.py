"""A text that stands in another language than before: no word of it tells what changed, only the facts that it states do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.comparison.lexicon import data, terms
from tracker.comparison.lists import facts
from tracker.comparison.promises import statements
from tracker.model import Fact, Policy

_NUMBER, _POINTS = re.compile(r"\d[\d.,’' \u00a0\u202f]*"), re.compile(r"\D")
_LEAST = 3
"""Small words of its own language that a text must have to be one in it, and how many times those of the other."""


def translated(old: Policy, new: Policy) -> bool:
    """Whether what differs between two policies is in one language there and in another here, by their small words too: what is made of
    names alone is taken for many a language."""
    if not old.language or not new.language or old.language == new.language:
        return False
    both = {clause.text for clause in old.clauses} & {clause.text for clause in new.clauses}
    return all(
        _spoken(policy, both, policy.language) >= max(_LEAST, _LEAST * _spoken(policy, both, other.language))
        for policy, other in ((old, new), (new, old))
    )


def _spoken(policy: Policy, both: set[str], language: str | None) -> int:
    """How many small words of a language stand in the clauses that are not in both policies."""
    small = _small(language)
    return sum(word in small for clause in policy.clauses if clause.text not in both for word in terms(clause.text))


def spoken_in(texts: Iterable[str], language: str | None, other: str | None) -> bool:
    """Whether some texts are in one of two languages, or in neither, as names are."""
    words = [word for text in texts for word in terms(text)]
    own, others = (sum(word in _small(code) for word in words) for code in (language, other))
    return own > others or not (own or others)


def _small(language: str | None) -> frozenset[str]:
    return frozenset(data("signals")["small"].get(language or "", ()))


def stating(policy: Policy) -> frozenset[object]:
    """What a policy states and promises, in no language."""
    texts = (clause.text for clause in policy.clauses)
    return gist((fact for _, fact in facts(policy)), texts)


def gist(stated: Iterable[Fact], texts: Iterable[str]) -> frozenset[object]:
    """Facts, the practices that texts deny, and numbers, without the words for them."""
    told = list(texts)
    denied = (action for text in told for statement in statements(text) for action in statement.denied)
    numbers = (_POINTS.sub("", number) for text in told for number in _NUMBER.findall(text))
    return frozenset((*((fact.kind, fact.value, fact.negated) for fact in stated), *denied, *numbers))
