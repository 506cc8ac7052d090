"""The one impure path: a look at a document goes through read, extract, compare, decide and record, and nothing else writes of it.

The pure parts are handed out as calls, so the same path runs them here (`observe`) or in a worker (`observe_async`).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Generator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, Literal, TypeVar, cast

from tracker.comparison import RULESET, compare, facts, seen_on, wording_hash
from tracker.decision import Decision, Known, Sight, decide
from tracker.extraction import EXTRACTOR, doubt, extract, fingerprint
from tracker.history import History, QuarantineRow, Unknown
from tracker.history.packing import dumps
from tracker.history.reading import Bytes
from tracker.history.recording import Contents, Look, Outdated, Recorded, Standing
from tracker.model import (
    Change,
    Document,
    Event,
    EventType,
    Level,
    Observation,
    Outcome,
    OwnRule,
    Page,
    Policy,
    State,
)
from tracker.rendering.event import event_payload

T = TypeVar("T")
Call = Callable[[], Any]
Do = Callable[[Call], Any]
Steps = Generator[Call, Any, T]
"""A computation that yields its pure calls and is sent their results."""

_TRIES = 20


def _directly(call: Call) -> Any:
    return call()


def observe(history: History, document: Document, observation: Observation, do: Do = _directly) -> Outcome:
    """Record one look at a document, and say what it came to.

    A document not met before is made known. Looks come in order of time. Nothing is half recorded: the look, what follows from it and what
    is told stand in one transaction. `do` does the pure calls, so that who gives it can limit their time.
    """
    return _run(_observe(history, document, observation), do)


async def observe_async(
    history: History, document: Document, observation: Observation, executor: Executor, seconds: float | None = None
) -> Outcome:
    """The same, with extraction and comparison in `executor`, each call of which may take `seconds`.

    Raises TimeoutError where one took longer (what the executor is busy with goes on), and what the executor raises.
    """
    steps = _observe(history, document, observation)
    result: Any = None
    while True:
        try:
            call = steps.send(result)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]
        result = await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(executor, call), seconds)


def waiting(history: History, name: str) -> Policy:
    """The text of a document that waits in quarantine. Raises Unknown where none waits."""
    return _run(_quarantined(history, history.defined(name), _row(history, name)))


def accept(history: History, name: str, now: datetime) -> Outcome:
    """Bring the text in quarantine into force, as a person decided. Raises Unknown where none waits."""
    return _run(_settle(history, name, now, "accepted by a person", judged=True))


def reject(history: History, name: str, now: datetime) -> None:
    """Refuse the text in quarantine for good, as a person decided. Raises Unknown where none waits."""
    for _ in range(_TRIES):
        stand = history.standing(history.defined(name), now)
        with suppress(Outdated):
            history.reject(stand, _row(history, name), now)
            return
    raise _contended(name)


def _run(steps: Steps[T], do: Do = _directly) -> T:
    result: Any = None
    while True:
        try:
            call = steps.send(result)
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]
        result = do(call)


# --- understanding: pure, so any process may do it -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """What a body says. `policy` is None where the visible text is as last time."""

    fingerprint: str
    policy: Policy | None


@dataclass(frozen=True, slots=True)
class Weighing:
    """How a policy stands to those before it."""

    doubt: State | None
    change: Change | None
    news: Change | None
    agrees: bool


def read(body: bytes, page: Page, last: str | None) -> Reading:
    """Extract a body, unless its visible text has the fingerprint `last`."""
    print_ = fingerprint(body, page)
    if last is not None and print_ == last:
        return Reading(print_, None)
    return Reading(print_, extract(body, page))


def weigh(
    policy: Policy,
    in_force: Policy | None,
    told: Policy | None,
    waiting: Policy | None,
    rules: tuple[OwnRule, ...],
    seen: date,
) -> Weighing:
    """Compare a policy, seen on a day, with the one in force, the one last told and the one in quarantine, by the user's rules too."""

    def compared(before: Policy) -> Change:
        return seen_on(compare(before, policy, rules=rules), seen)

    change = compared(in_force) if in_force is not None else None
    return Weighing(
        doubt=doubt(policy, in_force),
        change=change,
        news=change if told is in_force else compared(told) if told is not None else None,
        agrees=waiting is not None and (waiting.markdown == policy.markdown or doubt(policy, waiting) is None),
    )


def contents(policy: Policy) -> Contents:
    """What the history keeps of a policy that becomes a version."""
    return Contents(wording_hash(policy), facts(policy))


# --- one look ---------------------------------------------------------------------------------------------------------------------


def _observe(history: History, document: Document, observation: Observation) -> Steps[Outcome]:
    for _ in range(_TRIES):
        stand = history.standing(document, observation.at)
        seen = _in_order(stand, observation)
        seen, body, content_type = _received(history, stand, seen)
        page = page_of(document, Bytes(0, content_type, seen.final_url or seen.url, seen.at))
        extractor = extractor_of(page)
        if seen.failure is None and (yield from _rederive(history, document, stand, extractor)):
            continue
        look = Look(seen, body, content_type, extractor=extractor)
        look, sight = yield from _see(history, document, stand, look, page)
        decision = decide(sight, stand.known)
        if _confirms_another(decision, sight, stand.known):
            # what waited was in force before: it is a version too, and this look is then compared with it
            yield from _settle(history, document.name, seen.at, "a second look agrees", judged=False)
            continue
        if decision.reign == "start" and look.older is None and look.policy is not None:
            look = replace(look, contents=(yield partial(contents, look.policy)))
        tell = partial(_tell, history, document, stand, look, decision)
        with suppress(Outdated):
            recorded = history.record(document, stand, look, decision, tell, observation.at)
            return _outcome(decision, look, recorded)
    raise _contended(document.name)


def _confirms_another(decision: Decision, sight: Sight, known: Known) -> bool:
    """Whether a look brings a text in quarantine into force that is like the one that it saw, and not the same."""
    pending = known.pending
    doubtful = sight.doubt is not None and sight.older is None  # or else it needed no second look
    confirms = decision.reign == "start" and doubtful and sight.agrees
    return bool(confirms and pending and sight.text_hash != pending.text_hash)


def _contended(name: str) -> RuntimeError:
    return RuntimeError(f"{name} was written of by others {_TRIES} times in a row while this was decided")


def _outcome(decision: Decision, look: Look, recorded: Recorded) -> Outcome:
    change = look.change if decision.outcome in ("changed", "returned") else None
    return Outcome(
        decision.outcome, decision.state, recorded.observation, recorded.version, change, recorded.events, decision.why
    )


def _in_order(stand: Standing, seen: Observation) -> Observation:
    """A look cannot be older than the one before it: where the clock went back, it is dated as that one."""
    if stand.last_look is None or seen.at >= stand.last_look:
        return seen
    said = f"the clock went back to {seen.at.isoformat()}"
    return replace(seen, at=stand.last_look, detail=f"{seen.detail}; {said}" if seen.detail else said)


def _received(
    history: History, stand: Standing, seen: Observation
) -> tuple[Observation, bytes | int | None, str | None]:
    """The body that a look stands for, or the snapshot that has it, and as what it is read: its own, or after a 304 what the server says
    has not changed.

    An answer that says it is an error is no policy, whatever its body.
    """
    if seen.failure is None and seen.status == 304:
        stored = history.validated(stand.document, seen.final_url or seen.url)
        if stored is not None:
            return seen, *stored
        why = "304 Not Modified, but nothing is stored for this address"
        return replace(seen, failure=State.BAD_RESPONSE, detail=why), None, None
    if seen.failure is None and seen.status is not None and seen.status >= 400:
        state = State.NOT_FOUND if seen.status in (404, 410) else State.ERROR
        seen = replace(seen, failure=state, detail=seen.detail or f"the server answered {seen.status}")
    content_type, last = seen.headers.get("content-type"), stand.stored
    if (
        seen.body
        and last
        and last.content_type == content_type
        and last.sha256 == hashlib.sha256(seen.body).hexdigest()
    ):
        return seen, last.snapshot, content_type
    return seen, seen.body, content_type


def page_of(document: Document, source: Bytes) -> Page:
    """What is known of a stored body besides its bytes: how the look got it, and what the registry says of its document."""
    return Page(
        content_type=source.content_type or "application/octet-stream",
        url=source.url,
        observed=source.at.date(),
        language=document.language,
        region=document.region,
        select=document.select,
        remove=document.remove,
        start=document.start,
        until=document.until,
    )


def extractor_of(page: Page) -> str:
    """The editions of the extractor and of the rules, and the document's own: where one changes, the same bytes may say something else."""
    rules = (page.language, page.region, page.select, page.remove, page.start, page.until)
    return f"{EXTRACTOR}.{RULESET}.{hashlib.sha256(dumps(rules).encode()).hexdigest()[:8]}"


def _rederive(history: History, document: Document, stand: Standing, extractor: str) -> Steps[bool]:
    """Understand the versions anew that were understood by other rules than those of today: whether there were any."""
    understood: dict[int, tuple[Policy, Contents]] = {}
    for version, source in history.understood_otherwise(stand.document, extractor):
        policy: Policy = yield partial(extract, history.body(source.snapshot), page_of(document, source))
        # where the new rules find no policy in what was one, the old understanding is the better one
        policy = policy if policy.state is State.OK else history.policy(version)
        understood[version] = policy, (yield partial(contents, policy))
    if understood:
        with suppress(Outdated):
            history.rederive(stand, understood, extractor)
    return bool(understood)


def _see(history: History, document: Document, stand: Standing, look: Look, page: Page) -> Steps[tuple[Look, Sight]]:
    known, seen = stand.known, look.observation
    if seen.failure is not None or look.body is None:
        state = seen.failure or State.BAD_RESPONSE
        return look, Sight(seen.at, state, seen.detail or "no body came", failed=True)
    if stand.fingerprint and stand.stored and look.body == stand.stored.snapshot:
        reading = Reading(stand.fingerprint, None)  # the very bytes of last time: there is nothing to read
    else:
        body = history.body(look.body) if isinstance(look.body, int) else look.body
        reading = yield partial(read, body, page, stand.fingerprint)
    policy = reading.policy
    look = replace(look, policy=policy, fingerprint=reading.fingerprint)
    if policy is None or policy.text_hash == known.text_hash:
        news = yield from _untold(history, document, known)
        why = "; ".join(filter(None, (_links(history, known, policy), seen.detail)))
        sight = Sight(seen.at, State.OK, why, text_hash=known.text_hash, visible_changed=policy is not None, news=news)
        return replace(look, news=news), sight
    if policy.state is not State.OK:
        why = "; ".join(f"{e.cue}: {e.words}" if e.words else e.cue for e in policy.evidence)
        shown_next = seen.shown_next and policy.state is State.NEEDS_JAVASCRIPT
        return look, Sight(seen.at, policy.state, why, shown_next=shown_next)
    in_force, told = _before(history, known)
    waiting = None
    if known.pending is not None:
        waiting = yield from _quarantined(history, document, _row(history, document.name))
    refused = yield from _refused(history, document, stand, policy)
    weighed: Weighing = yield partial(weigh, policy, in_force, told, waiting, document.rules, seen.at.date())
    in_doubt = None if seen.stood else weighed.doubt
    older = history.older(stand.document, policy.text_hash)
    look = replace(look, older=older, change=weighed.change, news=weighed.news)
    return look, Sight(
        seen.at,
        State.OK,
        seen.detail,
        text_hash=policy.text_hash,
        visible_changed=True,
        doubt=in_doubt,
        older=older,
        change=weighed.change,
        news=weighed.news,
        agrees=weighed.agrees,
        rejected=not seen.stood and (refused == "this" or (refused == "like it" and in_doubt is not None)),
        reader=seen.reader,
    )


def _refused(
    history: History, document: Document, stand: Standing, policy: Policy
) -> Steps[Literal["no", "this", "like it"]]:
    """Whether a person refused this very text, or the last one they refused was so like it that neither is in doubt beside the other."""
    texts, observation = history.rejected(stand.document)
    if observation is None or policy.text_hash in texts:
        return "no" if observation is None else "this"
    source = history.seen_by(observation)
    last: Policy = yield partial(extract, history.body(source.snapshot), page_of(document, source))
    different: State | None = yield partial(doubt, policy, last)
    return "no" if different else "like it"


def _before(history: History, known: Known) -> tuple[Policy | None, Policy | None]:
    """The policy in force and the one last told: one and the same value where they are the same version."""
    in_force = history.policy(known.version) if known.version is not None else None
    if known.told == known.version:
        return in_force, in_force
    return in_force, history.policy(known.told) if known.told is not None else None


def _untold(history: History, document: Document, known: Known) -> Steps[Change | None]:
    """How the version in force differs from the one last told, where it does."""
    if known.version is None or known.told is None or known.version == known.told:
        return None
    change: Change = yield partial(
        compare, history.policy(known.told), history.policy(known.version), rules=document.rules
    )
    return change


def _links(history: History, known: Known, policy: Policy | None) -> str:
    if policy is None or known.version is None:
        return ""
    stored = history.policy(known.version)
    same = [clause.links for clause in stored.clauses] == [clause.links for clause in policy.clauses]
    return "" if same else "same text; link targets differ"


def _quarantined(history: History, document: Document, row: QuarantineRow) -> Steps[Policy]:
    source = history.seen_by(row.observation)
    policy: Policy = yield partial(extract, history.body(source.snapshot), page_of(document, source))
    return policy


# --- a person's verdict ----------------------------------------------------------------------------------------------------------


def _row(history: History, name: str) -> QuarantineRow:
    rows = history.quarantined([name])
    if not rows:
        raise Unknown(f"Nothing waits in quarantine for {name}.")
    return rows[0]


def _settle(history: History, name: str, now: datetime, why: str, *, judged: bool) -> Steps[Outcome]:
    """Bring the text in quarantine into force; `judged` where that is a person's verdict."""
    for _ in range(_TRIES):
        document, row = history.defined(name), _row(history, name)
        stand = history.standing(document, now)
        policy = yield from _quarantined(history, document, row)
        in_force, told = _before(history, stand.known)
        weighed: Weighing = yield partial(weigh, policy, in_force, told, None, document.rules, now.date())
        source = history.seen_by(row.observation)
        look = Look(
            Observation(url=source.url, at=now, reader=source.reader),
            None,
            policy=policy,
            contents=(yield partial(contents, policy)),
            extractor=extractor_of(page_of(document, source)),
            older=history.older(stand.document, policy.text_hash),
            change=weighed.change,
            news=weighed.news,
        )
        sight = Sight(
            now, State.OK, text_hash=policy.text_hash, change=weighed.change, news=weighed.news, reader=source.reader
        )
        decision = replace(decide(sight, stand.known), since=row.since, why=why)
        tell = partial(_tell, history, document, stand, look, decision)
        with suppress(Outdated):
            recorded = history.settle(stand, look, decision, tell, row, judged=judged)
            return _outcome(decision, look, recorded)
    raise _contended(name)


# --- telling ----------------------------------------------------------------------------------------------------------------------


def _tell(
    history: History, document: Document, stand: Standing, look: Look, decision: Decision, version: int | None
) -> tuple[Event, ...]:
    """The events of a decision, once the version that is in force after it has its id."""
    return tuple(_event(history, document, stand, look, decision, kind, version) for kind in decision.tell)


def _event(
    history: History,
    document: Document,
    stand: Standing,
    look: Look,
    decision: Decision,
    kind: EventType,
    version: int | None,
) -> Event:
    known, at = stand.known, look.observation.at
    page_only = kind in ("broken", "recovered")
    change = None if page_only else look.news
    before = known.version if page_only else known.told
    payload = event_payload(
        document=document,
        type=kind,
        at=at,
        change=change,
        old=history.policy(before) if before is not None else None,
        new=None if page_only or version is None else look.policy or history.policy(version),
        last_seen=stand.last_seen if page_only else stand.told_seen,
        first_seen=at if page_only else decision.since or known.in_force_since or at,
        version_from=before,
        version_to=None if page_only else version,
        state=decision.state,
        why=decision.why,
        returned=decision.returned and not page_only,
        failing_since=decision.failing_since,
        muted=stand.muted_rules,
    )
    told = "\x1f".join((document.name, kind, at.isoformat(), change.id if change else decision.state))
    identity = hashlib.sha256(told.encode()).hexdigest()[:32]
    level = cast(Level, payload["level"])
    return Event(identity, kind, at, document.name, level, {"id": identity, **payload})
