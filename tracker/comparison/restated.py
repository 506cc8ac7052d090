"""What both sides of a change say, each in words of its own: "not without your consent" and "only with your consent"."""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.comparison.facts import sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.promises import both_deny
from tracker.comparison.signals import reading, signal
from tracker.model import Fact

_CONSENT = re.compile(r"(?i)\b(?:consent|einwillig|zustimm|permi(?:ssion|so)|accord\b|autori[sz])")
_OPT_IN = re.compile(r"\((?:[\w-]+\s)?[\w-]*opt[\s-]?in[^()]{0,20}\)", re.IGNORECASE)


def same_consent(old: str, new: str) -> bool:
    """Whether consent is asked for on both sides, as "not without" on one of them alone."""
    before, after = ([reading(sentence) for sentence in sentences(text)] for text in (old, new))
    asked = all(any(each.consent or each.liftable for each in side) for side in (before, after))
    asked = asked and len(_CONSENT.findall(old)) == len(_CONSENT.findall(new))
    return asked and any(each.liftable for each in before) != any(each.liftable for each in after)


def _same_opt_in(old: str, new: str) -> bool:
    """Whether both texts say that a thing is done only if one asked for it, and one puts in brackets what that is called: "(double
    opt-in)"."""
    named = bool(_OPT_IN.search(old)) != bool(_OPT_IN.search(new))
    return named and all(places("only-if", text) for text in (old, new))


def _both_refuse(old: str, new: str) -> bool:
    """Whether both texts say that a thing cannot be switched off or refused."""
    before, after = (
        {sentence for sentence in sentences(text) if places("switching", sentence) and reading(sentence).denied}
        for text in (old, new)
    )
    return bool(before and after) and before.isdisjoint(after)  # what stays as it was says nothing otherwise


def _same_price(old: str, new: str) -> bool:
    """Whether both texts say that nothing is charged."""
    return times("free", old) > 0 and times("free", new) > 0


def same_ban(old: str, new: str) -> bool:
    """Whether one text denies by a negation what the other does without: "at no charge" and "free of charge"."""
    lost, gained = denied(old), denied(new)
    return lost != gained and lost + _implied(old) == gained + _implied(new)


def same_exception(old: str, new: str) -> bool:
    """Whether both texts make as many exceptions, of which one calls one the only one."""
    sole = times("sole-exception", old) != times("sole-exception", new)
    return sole and times("excepted", old) == times("excepted", new)


def _implied(text: str) -> int:
    """How often a text denies without a negation, and not on a condition: "unless we are forbidden to"."""
    return sum(
        all(condition > at for condition in places("conditional", sentence))
        for sentence in sentences(text)
        for at in places("implied", sentence)
    )


def denied(text: str) -> int:
    """How many sentences of a text deny something."""
    return sum(reading(sentence).denied for sentence in sentences(text))


def times(name: str, text: str) -> int:
    """At how many places a signal stands."""
    return len(places(name, text))


def places(name: str, text: str) -> set[int]:
    """Where a signal stands, whatever languages know it."""
    return {start for _, start, _ in signal(name).find(terms(text))}


_SAID_OTHERWISE: dict[tuple[str, str], Callable[[str, str], bool]] = {
    ("basis", "consent"): same_consent,
    ("choice", "opt in"): _same_opt_in,
    ("choice", "opt out"): _both_refuse,
    ("conduct", "prohibition"): same_ban,
    ("fee", "price"): _same_price,
    ("retention", "0 days"): both_deny("storing"),
}
"""Facts that one side may tell in words that no list knows, and what tells that it does."""


def said_otherwise(fact: Fact, old: str, new: str) -> bool:
    """Whether both texts state a fact that is found in one alone. A price that is asked for is none that both waive."""
    same = _SAID_OTHERWISE.get((fact.kind, fact.value))
    return same is not None and (fact.kind != "fee" or fact.negated) and same(old, new)
