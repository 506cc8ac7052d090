"""What a clause change amounts to: operation, level, kind, reasons. The level is decided first, and the kind follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.comparison.alignment import Match
from tracker.comparison.clauses import asks
from tracker.comparison.context import Context
from tracker.comparison.facts import differences, is_promise, said, sentences
from tracker.comparison.form import Form, form
from tracker.comparison.lexicon import terms
from tracker.comparison.own import fired as fired_own
from tracker.comparison.promises import promise_changes
from tracker.comparison.proper import names
from tracker.comparison.prose import STATEMENT, mostly, near, prose, recapped, signals
from tracker.comparison.quoting import quotation
from tracker.comparison.restated import said_otherwise
from tracker.comparison.rules import Case, Side, Sign, fired
from tracker.comparison.signals import begins, reading, signal
from tracker.comparison.topics import topics, topics_of_change
from tracker.model import LEVELS, Clause, ClauseChange, Fact, FactChange, Kind, Level, Op, Reason, WordEdit

_SUBSTANTIVE = LEVELS.index("medium")
_FORMAL: dict[Kind, Level] = {"editorial": "low", "substantive": "medium"}
"""The level of a change that words do not tell, where it has one."""
_WEAK = frozenset({"may-will", "must", "hedge", "bound", "number"})
"""Signs that do not count in a heading: what it says besides is said below it."""


_TWICE, _NAME = 2, 4
"""How often a fact is stated that is recalled; and words of the longest name that a pronoun stands for, with its article."""


def judge(match: Match, edits: tuple[WordEdit, ...], context: Context) -> ClauseChange:
    """The change record of a match that is not plainly kept. `edits` is its redline, also where one side is empty."""
    old = tuple(context.old.clauses[i] for i in match.old)
    new = tuple(context.new.clauses[j] for j in match.new)
    change = ClauseChange(
        op=_op(match, edits),
        old=old,
        new=new,
        old_at=match.old,
        new_at=match.new,
        words=edits if old and new else (),
        similarity=match.similarity,
        moved=match.moved,
    )
    found = form(old, new, match, edits, context)
    judged = _formal(change, found) if found else _weighed(change, edits, context)
    return _raised(judged, context) if found is None or found.kind in _FORMAL else judged


def _op(match: Match, edits: Sequence[WordEdit]) -> Op:
    """The operation on wording. A clause that gained a statement and lost next to nothing had it added, in however many paragraphs; the
    redline shows where."""
    if not match.old or mostly(edits, "+"):
        return "added"
    if not match.new or mostly(edits, "-"):
        return "removed"
    more = len(match.new) - len(match.old)
    return "modified" if more == 0 else "split" if more > 0 else "merged"


def _formal(change: ClauseChange, found: Form) -> ClauseChange:
    """A change that the words do not tell, with its reason: most have no meaning, and are kept quiet."""
    level = _FORMAL.get(found.kind, "none")
    reason = Reason(found.rule, level, found.text, "neutral", "new" if change.new else "old")
    about = topics((change.new or change.old)[0]) if level != "none" else ()
    return replace(change, op=found.op or change.op, kind=found.kind, level=level, reasons=(reason,), topics=about)


def _weighed(change: ClauseChange, edits: tuple[WordEdit, ...], context: Context) -> ClauseChange:
    """A change of wording, weighed by what it does to facts, small words and statements."""
    edits = recapped(edits)
    clauses = (*change.old, *change.new)
    before, after = context.spoken("old", change.old_at), context.spoken("new", change.new_at)
    said_before, said_now = context.stated("old", change.old_at), context.stated("new", change.new_at)
    facts = (
        *_unrepeated(differences(said_before, said_now), change, context),
        *_replies(change, context),
        *names(change.old_at, change.new_at, edits, context),
        *promise_changes(before, after, context.promises),
    )
    cues = near(clauses)
    about = topics_of_change(change.old, change.new, facts, personal=context.personal)
    facts = tuple(each for each in facts if not _recalled(each, (*said_before, *said_now), edits))
    heading = all(clause.kind == "heading" and not begins(clause.text, "speaking") for clause in clauses)
    both = bool(change.old and change.new)
    condition = both and all(begins(clause.text, "conditional") for clause in clauses)
    heading = heading and not condition and not _answered(change, context, 0)
    signs = tuple(signals(edits)) if both or _answered(change, context, 1) else ()
    if heading:
        facts = tuple(
            each for each in facts if (each.old and each.new) or any(f.negated for f in (each.old, each.new) if f)
        )
        signs = tuple(sign for sign in signs if sign.name not in _WEAK)
    case = Case(
        facts=facts,
        signals=signs,
        prose=() if heading else tuple(each for each in prose(edits, clauses, cues) if not _elsewhere(each, context)),
        near=cues,
        said=lambda fact, side: context.around(fact, side, change.old_at if side == "old" else change.new_at),
        fresh=_known if heading else context.fresh,
        quote=lambda fact, side: quotation(change.old if side == "old" else change.new, fact.words),
    )
    reasons = fired(case)
    if heading and not both and not reasons:
        reason = Reason("form.heading", "none", "a heading", "neutral", "new" if change.new else "old")
        return replace(change, kind="cosmetic", level="none", reasons=(reason,), topics=about)
    level = LEVELS[max((LEVELS.index(reason.level) for reason in reasons), default=1)]
    return replace(change, kind=kind_of(level), level=level, reasons=reasons, topics=about, facts=facts)


def _elsewhere(sign: Sign, context: Context) -> bool:
    """Whether a statement that comes or goes, and is a sentence or the end of one, stands in the other policy too, word by word, and as
    often: it was moved. What is said once more may be said of others than before."""
    if not sign.words.endswith(".") or len(terms(sign.words)) < STATEMENT:
        return False
    here, there = (policy.markdown.count(sign.words) for policy in (context.old, context.new))
    return here == there


def _answered(change: ClauseChange, context: Context, before: int) -> bool:
    """Whether the clause so many before is a question that the next one answers by yes or no: together they say what is done."""
    sides = ((context.old.clauses, change.old_at), (context.new.clauses, change.new_at))
    asked = ((clauses, at - before) for clauses, places in sides for at in places)
    return any(
        0 <= at < len(clauses) - 1 and asks(clauses[at]) and begins(clauses[at + 1].text, "answer")
        for clauses, at in asked
    )


def _replies(change: ClauseChange, context: Context) -> Iterator[FactChange]:
    """What a question names that was answered by no and is by yes, or the other way round."""
    if not (change.old and change.new) or not _answered(change, context, 1):
        return
    answers = [sentences(clauses[0].text)[0] for clauses in (change.old, change.new)]
    denied = [bool(reading(answer).denials) for answer in answers]
    if denied[0] != denied[1] and not any(reading(answer).points for answer in answers):
        for fact in said(context.new.clauses[change.new_at[0] - 1].text):
            old, new = (replace(fact, negated=no, words=text) for no, text in zip(denied, answers, strict=True))
            yield FactChange(old, new)


def _unrepeated(facts: Sequence[FactChange], change: ClauseChange, context: Context) -> Iterator[FactChange]:
    """The facts that differ, without promises that only one side of this change makes and the other policy makes in other words, and
    without what both sides say in different words."""
    for each in facts:
        fact = each.new or each.old
        side: Side = "new" if each.new else "old"
        if fact and said_otherwise(fact, _text(change.old), _text(change.new)):
            continue
        alone = fact is not None and fact.negated and is_promise(fact) and not (each.old and each.new)
        if not (
            alone
            and fact
            and context.upholds(fact, side, context.spoken(side, change.new_at if each.new else change.old_at))
        ):
            yield each


def _recalled(each: FactChange, stated: Sequence[Fact], edits: Sequence[WordEdit]) -> bool:
    """Whether a fact comes or goes with a name that takes the place of a pronoun, or gives way to one, in a text that states it besides."""
    fact = each.new or each.old
    if (
        not fact
        or (each.old and each.new)
        or sum((f.kind, f.value) == (fact.kind, fact.value) for f in stated) < _TWICE
    ):
        return False
    pairs = ((terms(a), terms(b)) for (s, a), (t, b) in pairwise(edits) if (s, t) == ("-", "+"))
    named = (b if each.new else a for a, b in pairs if signal("pronoun").values(a if each.new else b))
    return any(len(name) <= _NAME and not set(name).isdisjoint(fact.words.split()[-1:]) for name in named)


def _raised(change: ClauseChange, context: Context) -> ClauseChange:
    """A change with the user's own reasons, and at least their level."""
    own = tuple(fired_own(context.own, change.old, change.new))
    if not own:
        return change
    reasons = tuple(sorted((*own, *change.reasons), key=lambda reason: -LEVELS.index(reason.level)))
    level = LEVELS[max(LEVELS.index(level) for level in (change.level, *(reason.level for reason in own)))]
    return replace(change, kind=kind_of(level), level=level, reasons=reasons)


def _known(_fact: Fact, _side: Side) -> bool:
    """A heading says nothing new by itself: what it announces is said below it."""
    return False


def kind_of(level: Level) -> Kind:
    """The kind of a change of wording that has this level."""
    return "substantive" if LEVELS.index(level) >= _SUBSTANTIVE else "editorial"


def _text(clauses: Sequence[Clause]) -> str:
    return "\n".join(clause.text for clause in clauses)
