"""What was seen × what is known → what to record and whom to tell. Pure: a table of situations, tested as one.

A page that is no policy never becomes a version. A doubtful one waits in quarantine until a second look agrees or a person accepts
it. A text that comes back is the old version in force again. Subscribers are told the difference from the version they last heard of,
so a flip back within its settling time is logged and not sent, and a text that stays is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from tracker.model import Change, EventType, OutcomeKind, State

SECOND_LOOK = timedelta(hours=6)
"""How much later a look must be to confirm a doubtful one."""
SETTLING = timedelta(days=3)
"""A text that returns sooner than this after the one before it came is a flip: logged, and told only if it stays as long."""
BROKEN_AFTER = 2
"""Bad looks in a row after which subscribers are told that a page broke."""
STILL_BROKEN = (timedelta(days=7), timedelta(days=30))
"""How long after its first bad look they are told that it still is."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A doubtful text in quarantine: why, its canonical text's hash, and when it was first seen."""

    state: State
    text_hash: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the history knows of a document before this look. Versions are ids."""

    version: int | None = None
    text_hash: str | None = None
    in_force_since: datetime | None = None
    told: int | None = None
    last_look: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    broken: State | None = None
    pending: Pending | None = None
    returned: bool = False
    """The version in force had been in force before."""
    muted: bool = False
    """A person wants nobody to be told of this document."""
    reader: str = ""
    """Who read the text in force out of its page, where that was an archive: see Observation."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look saw.

    `state` is OK or why this is no policy; `failed` says that the network decided so. For a policy: its `text_hash`; the `doubt`
    about it; `older`, the version that had this very text before; `change` from the version in force and `news` from the version
    last told (None where the texts are equal); `agrees`, whether it confirms the text in quarantine; `rejected`, whether a person
    refused this very text; `reader` is who read it out of the page, where that was an archive. `shown_next` says that a browser looks at
    the same page now, and that a failure is its to count.
    """

    at: datetime
    state: State
    why: str = ""
    failed: bool = False
    text_hash: str | None = None
    visible_changed: bool = False
    doubt: State | None = None
    older: int | None = None
    change: Change | None = None
    news: Change | None = None
    agrees: bool = False
    rejected: bool = False
    reader: str = ""
    shown_next: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What to record, and what to tell."""

    outcome: OutcomeKind
    state: State
    why: str
    reign: Literal["none", "extend", "start"] = "none"
    since: datetime | None = None
    """When the reign that starts was first seen."""
    quarantine: Literal["keep", "start", "clear"] = "keep"
    failures: int = 0
    broken: State | None = None
    told: bool = False
    """The version in force becomes the version last told."""
    tell: tuple[EventType, ...] = ()
    returned: bool = False
    """What is told is an earlier text that is back in force."""
    failing_since: datetime | None = None
    """What is told is a page that broke before and still is: since when."""


def decide(sight: Sight, known: Known) -> Decision:
    """Decide what a look means for a document."""
    decision = _decide(sight, known)
    return _muted(decision, known) if known.muted and decision.tell else decision


def _muted(decision: Decision, known: Known) -> Decision:
    """The same, and nobody is told. What subscribers last heard stays as it was, so that once this ends they are told what they missed."""
    return replace(
        decision,
        why=f"{decision.why}; muted",
        told=decision.told and known.told is None,
        broken=known.broken,
        tell=(),
    )


def _decide(sight: Sight, known: Known) -> Decision:
    if sight.state is not State.OK:
        return _bad_look(sight, known)
    if known.version is None:
        why = _also("first sight", sight)
        return _good_look(known, "first", why, reign="start", since=sight.at, told=True, tell=("first",))
    if sight.text_hash == known.text_hash:
        return _same_text(sight, known)
    if sight.reader and not known.reader:
        why = _also("an archive's reading; the page itself was seen before", sight)
        return Decision("refused", State.OK, why, failures=known.failures, broken=known.broken)
    if sight.reader != known.reader and (sight.doubt is None or sight.older is not None):
        return _read_anew(sight, known, sight.at)
    if sight.older is not None:
        return _news(sight, known, "returned", "an earlier text is back", sight.at)
    if sight.rejected:
        return _quarantined(known, sight.doubt or State.REPLACED, "a person rejected this text")
    if sight.doubt is None:
        return _news(sight, known, "changed", "the text changed", sight.at)
    if sight.agrees and known.pending is not None and sight.at - known.pending.since >= SECOND_LOOK:
        if sight.reader != known.reader:
            return _read_anew(sight, known, known.pending.since)
        return _news(sight, known, "changed", f"a second look agrees ({sight.doubt})", known.pending.since)
    return _quarantined(known, sight.doubt, sight.why or sight.doubt.value, start=not sight.agrees)


def _same_text(sight: Sight, known: Known) -> Decision:
    stood = sight.at - (known.in_force_since or sight.at)
    untold = known.told != known.version and stood >= SETTLING
    outcome: OutcomeKind = "reformatted" if sight.visible_changed else "unchanged"
    why = sight.why or ("same text in another form" if sight.visible_changed else "same text")
    if not untold:
        return _good_look(known, outcome, why, reign="extend")
    return _good_look(
        known,
        outcome,
        f"{why}; it has stayed, so it is told now",
        reign="extend",
        told=True,
        tell=_worth(sight.news),
        returned=known.returned,
    )


def _news(sight: Sight, known: Known, outcome: OutcomeKind, why: str, since: datetime) -> Decision:
    """Another text is in force. Tell how it differs from what was last told, unless it is a flip that has yet to settle."""
    why, returned = _also(why, sight), outcome == "returned"
    flip = returned and sight.at - (known.in_force_since or sight.at) < SETTLING
    if returned and sight.older == known.told:
        return _good_look(known, outcome, f"{why}: the one last told", reign="start", since=since)
    if flip:
        return _good_look(known, outcome, f"{why}: told only if it stays", reign="start", since=since)
    return _good_look(
        known, outcome, why, reign="start", since=since, told=True, tell=_worth(sight.news), returned=returned
    )


def _read_anew(sight: Sight, known: Known, since: datetime) -> Decision:
    """The text in force was read out of the page by others, or by other rules of theirs: what differs may be the reading alone."""
    why = _also("read by other rules than the text before it, which cannot be read again", sight)
    return _good_look(known, "reformatted", why, reign="start", since=since, told=True)


def _also(why: str, sight: Sight) -> str:
    """A reason, and what there is to say of the look itself: that the page was found elsewhere, say."""
    return f"{why}; {sight.why}" if sight.why else why


def _worth(news: Change | None) -> tuple[EventType, ...]:
    """What of a change is worth telling: wording, or a stated date; formatting is not."""
    if news is None:
        return ()
    if news.kind in ("editorial", "substantive"):
        return ("changed",)
    return ("dates",) if news.date_only else ()


def _good_look(
    known: Known,
    outcome: OutcomeKind,
    why: str,
    *,
    reign: Literal["extend", "start"],
    since: datetime | None = None,
    told: bool = False,
    tell: tuple[EventType, ...] = (),
    returned: bool = False,
) -> Decision:
    recovered: tuple[EventType, ...] = ("recovered",) if known.broken else ()
    return Decision(
        outcome,
        State.OK,
        why,
        reign=reign,
        since=since,
        quarantine="clear",
        told=told,
        tell=recovered + tell,
        returned=returned,
    )


def _bad_look(sight: Sight, known: Known) -> Decision:
    failures = known.failures if sight.shown_next else known.failures + 1
    breaks = failures >= BROKEN_AFTER and known.broken is None and known.version is not None
    still = known.broken is not None and _reminds(known, sight.at)
    return Decision(
        "failed" if sight.failed else "refused",
        sight.state,
        sight.why or sight.state.value,
        failures=failures,
        broken=sight.state if breaks else known.broken,
        tell=("broken",) if breaks or still else (),
        failing_since=known.failing_since if still else None,
    )


def _reminds(known: Known, at: datetime) -> bool:
    """One of the times to say that a page still is broken has come since the last look."""
    since, last = known.failing_since, known.last_look
    return since is not None and last is not None and any(last < since + wait <= at for wait in STILL_BROKEN)


def _quarantined(known: Known, state: State, why: str, *, start: bool = False) -> Decision:
    """The page can be read, so it is not broken; but what it says waits."""
    return Decision(
        "quarantined",
        state,
        why,
        quarantine="start" if start else "keep",
        failures=known.failures,
        broken=known.broken,
    )
