"""Lists: what an entry says is said together with what leads into it, "We never collect:"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.comparison.facts import said, sentences
from tracker.comparison.lexicon import terms
from tracker.comparison.signals import reading, signal
from tracker.model import Fact, Policy

LISTED = ("item", "row")
ENTRIES = 60
"""Entries of a list among which its lead-in is looked for."""
_HOW = 4
"""Words that may stand between a negation and its verb."""
_OFTEN = frozenset({"ever", "we", "do", "will", "wir", "also", "time", "circumstances", "case"})
_ENDING = ("stop", "ceas", "delet", "eras", "remov", "lösch", "entfern", "supprim", "effac", "elimin", "borr", "suprim")
"""Beginnings of verbs whose denial means that something goes on."""
_DONE = frozenset({"data", "purpose", "recipient", "sale", "sharing", "training"})
"""Kinds of facts that say what is done to the person."""


def leads(policy: Policy, at: int) -> tuple[str, ...]:
    """What leads into a clause: its nearest headings, and the paragraph before the list that it is an entry of."""
    clause = policy.clauses[at]
    if clause.kind not in LISTED:
        return clause.trail[-1:]
    before = next((c for c in reversed(policy.clauses[max(0, at - ENTRIES) : at]) if c.kind not in LISTED), None)
    led = before is not None and before.kind == "paragraph" and before.text.rstrip().endswith(":")
    return (*clause.trail[-2:], sentences(before.text)[-1]) if led and before else clause.trail[-2:]


def denying(lead: str) -> bool:
    """Whether a lead-in denies what its entries say: not "we never share your data, except:", and not "you may not:"."""
    return _forbids(lead) and not _addresses(lead)


def spoken(policy: Policy, at: int) -> str:
    """What a clause says of practices: its text, after the lead-in that denies what it names."""
    text, lead = policy.clauses[at].text, _lead(policy, at, denying)
    return f"{lead} {text}" if lead else text


def stated(policy: Policy, at: int, text: str) -> Sequence[Fact]:
    """The facts of a clause whose text is `text`: what a lead-in "we never collect:" denies is denied, and what the reader is told not to
    do is nothing that is done to the reader."""
    lead = _lead(policy, at, _forbids)
    if not lead:
        return said(text)
    if _addresses(lead):
        return [fact for fact in said(text) if fact.kind not in _DONE]
    above = {(fact.kind, fact.value) for fact in said(lead)}
    return [fact for fact in said(f"{lead} {text}") if (fact.kind, fact.value) not in above]


def entire(policy: Policy, at: int) -> str:
    """An entry of a list with the sentence that leads into it, as it would be said in one; nothing where none does."""
    clause, above = policy.clauses[at], leads(policy, at)
    led = clause.kind in LISTED and above and above[-1].rstrip().endswith(":")
    return f"{above[-1]} {clause.text}" if led else ""


def facts(policy: Policy) -> tuple[tuple[int, Fact], ...]:
    """The facts of a policy, each with the position of its clause."""
    return tuple((at, fact) for at, clause in enumerate(policy.clauses) for fact in stated(policy, at, clause.text))


def _lead(policy: Policy, at: int, fits: Callable[[str], bool]) -> str:
    """The nearest lead-in of an entry of a list that fits, if one does."""
    above = leads(policy, at) if policy.clauses[at].kind in LISTED else ()
    return next((lead.strip() for lead in reversed(above) if fits(lead)), "")


def _forbids(lead: str) -> bool:
    """Whether a lead-in denies its entries: its negation ends it ("we never:", "erheben wir nicht:") or stands at the verb ("we do not
    collect:"). What we do not stop, ask or need consent for is done."""
    understood = reading(lead)
    denials, spoken = understood.denials, understood.words
    if not (denials and lead.rstrip().endswith(":")) or signal("excepting").find(spoken):
        return False
    if understood.consent or any(word.startswith(_ENDING) for word in spoken):
        return False
    verbs = (start for _, start, _ in understood.found("practices"))
    near = any(_only_how(spoken[at + 1 : start]) for start in verbs for at in denials if at < start)
    return near or len(spoken) - 1 in denials


def _only_how(between: Sequence[str]) -> bool:
    """Whether the words between a negation and a verb say no more than how: "not knowingly collect"."""
    return len(between) <= _HOW and all(word.endswith("ly") or word in _OFTEN for word in between)


def _addresses(lead: str) -> bool:
    return bool(signal("person").find(terms(lead)))
