"""Stated dates that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tracker.comparison.facts import said, sentences
from tracker.comparison.measures import span
from tracker.comparison.prose import cues
from tracker.comparison.quoting import clip
from tracker.model import Change, DateChange, DateNote, DateRole, Kind, Policy, Reason, StatedDate

_TOLD: tuple[DateRole, ...] = ("effective", "updated", "published")


def date_changes(old: Policy, new: Policy) -> tuple[DateChange, ...]:
    """The stated dates that differ, by role. The first date of a role counts, as in Policy."""
    return tuple(_changes(old, new))


def _changes(old: Policy, new: Policy) -> Iterator[DateChange]:
    for role in _TOLD:
        before, after = _first(old, role), _first(new, role)
        if before and after and before.ambiguous and after.ambiguous and before.words == after.words:
            continue  # the same words, read the other way round for what stands around them or for the day of the look
        if (before.value if before else None) != (after.value if after else None):
            yield DateChange(
                role, before.value if before else None, after.value if after else None, _notes(before, after)
            )


def _first(policy: Policy, role: DateRole) -> StatedDate | None:
    return next((date for date in policy.dates if date.role == role), None)


def _notes(before: StatedDate | None, after: StatedDate | None) -> tuple[DateNote, ...]:
    """Which way the date moved. Of dates of unequal precision only the common part is compared, and no way is told of a date whose day
    and month could be read the other way round, unless the year tells."""
    if before is None:
        return ("added",)
    if after is None:
        return ("removed",)
    shared = 4 if before.ambiguous or after.ambiguous else min(len(before.value), len(after.value))
    a, b = before.value[:shared], after.value[:shared]
    if a == b:
        return ()
    return ("forwards",) if b > a else ("backwards",)


def silent(old: Policy, new: Policy, *, worded: bool) -> bool | None:
    """True: the wording changed and every stated date stayed. None: neither side states a date."""
    if not any(_first(policy, role) for policy in (old, new) for role in _TOLD):
        return None
    return worded and not date_changes(old, new)


def date_reasons(old: Policy, new: Policy, changes: Sequence[DateChange], kind: Kind) -> Iterator[Reason]:
    """What the dates tell beside the wording: a date that went back, that moved alone, or that gives less notice than was promised.

    They give a change no level: nobody is promised or exposed to anything by a date.
    """
    for change in changes:
        said_so = f"{change.role} date {change.old or 'none'} → {change.new or 'none'}"
        if "backwards" in change.notes:
            yield Reason("date.backwards", "low", f"the stated date went back: {said_so}", words=change.new or "")
        elif kind == "cosmetic" and {"forwards", "ahead"} & set(change.notes):
            yield Reason(
                "date.alone", "none", f"a date without new wording: {said_so}", "neutral", words=change.new or ""
            )
    if kind == "substantive" and any(change.role == "effective" and change.new for change in changes):
        yield from _short_notice(old, new)


def _short_notice(old: Policy, new: Policy) -> Iterator[Reason]:
    """Whether the new text comes into force sooner after its own date than the old one promised notice of changes."""
    effective, updated = (_day(_first(new, "effective")), _day(_first(new, "updated") or _first(new, "published")))
    promised = _promised(old) if effective and updated and updated <= effective else None
    if promised is None or effective is None or updated is None:
        return
    days, sentence = promised
    given = (effective - updated).days
    if given < days:
        text = f"{given} days of notice by its own dates, where {days:g} were promised: “{clip(sentence)}”"
        yield Reason("date.short-notice", "medium", text, "weaker", "old", sentence)


def _promised(policy: Policy) -> tuple[float, str] | None:
    """The days of notice that a policy promises before it changes, and the sentence that does."""
    for clause in policy.clauses:
        if {"notice", "amending"} <= cues(clause.text):
            for sentence in sentences(clause.text):
                for fact in said(sentence):
                    if fact.kind == "notice period" and not fact.negated and "amending" in cues(sentence):
                        return span(fact.value), sentence
    return None


def _day(stated: StatedDate | None) -> date | None:
    known = stated is not None and not stated.ambiguous and len(stated.value) == len("2026-01-31")
    return date.fromisoformat(stated.value) if known and stated else None


def seen_on(change: Change, day: date) -> Change:
    """A change whose dates are noted to be still ahead on the day of the look that found it, by what is stated of them."""
    dates = tuple(
        replace(each, notes=(*each.notes, "ahead"))
        if each.new and each.new > day.isoformat()[: len(each.new)]
        else each
        for each in change.dates
    )
    return replace(change, dates=dates)
