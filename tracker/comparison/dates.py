"""Stated dates that differ."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.model import DateChange, DateNote, DateRole, Policy, StatedDate

_TOLD: tuple[DateRole, ...] = ("effective", "updated", "published")


def date_changes(old: Policy, new: Policy) -> tuple[DateChange, ...]:
    """The stated dates that differ, by role. The first date of a role counts, as in Policy."""
    return tuple(_changes(old, new))


def _changes(old: Policy, new: Policy) -> Iterator[DateChange]:
    for role in _TOLD:
        before, after = _first(old, role), _first(new, role)
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
