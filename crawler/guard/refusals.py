"""Why the guard did not let a request through, or threw an answer away.

Each is its own class, so that nobody has to read a message to know what happened. Scrapy does not retry an IgnoreRequest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scrapy.exceptions import IgnoreRequest

from tracker.model import State


class HeadTooLong(Exception):
    """The headers of an answer do not end."""


class Interrupted(IgnoreRequest):
    """The crawl ended before this request could be sent: nothing was learnt, so there is no look."""


class Refusal(IgnoreRequest):
    """A request that was not sent or an answer that was not kept; `state` says what that makes of the look."""

    state: State = State.ERROR


class ForbiddenAddress(Refusal):
    """The address is private, or in another way none that a crawler may be sent to."""

    state = State.FORBIDDEN_ADDRESS


class RobotsRefusal(Refusal):
    """robots.txt says no, or the server could not say what it says."""

    state = State.ROBOTS


class RedirectLoop(Refusal):
    """More redirects than are followed."""

    state = State.REDIRECT_LOOP


class BadRedirect(Refusal):
    """A redirect to something that is no address."""

    state = State.BAD_RESPONSE


class TooLarge(Refusal):
    """The decompressed body exceeds what a page may have."""

    state = State.TOO_LARGE


class BadEncoding(Refusal):
    """The body is not compressed in the way its headers say."""

    state = State.BAD_RESPONSE


class HostPaused(Refusal):
    """The host has asked us to wait; asking it for more pages would be rude."""

    state = State.RATE_LIMITED


@dataclass(frozen=True)
class Verdict:
    """What a failure or a status makes of a look."""

    state: State
    detail: str
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class RobotsUnreachable(Refusal):
    """robots.txt could not be had. RFC 9309 (2.3.1.4) then forbids the whole host; the look has the verdict of robots.txt itself,
    because a host that is down is "unreachable" to people and not "refused by robots"."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"robots.txt: {verdict.detail}")
        self.verdict = verdict
        self.state = verdict.state
