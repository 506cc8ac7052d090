"""What a failure or a status makes of a look: one table for everything that can go wrong on the network."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING

import OpenSSL.SSL
import service_identity
from scrapy import exceptions
from twisted.web import _newclient

from crawler.guard.refusals import HeadTooLong, Refusal, RobotsUnreachable, Verdict
from tracker.model import State

if TYPE_CHECKING:
    from scrapy.http import Response

FAILURES: tuple[tuple[type[BaseException], State, str], ...] = (
    (exceptions.CannotResolveHostError, State.DNS, "its host name has no address"),
    (exceptions.DownloadTimeoutError, State.TIMED_OUT, "no complete answer in time"),
    (HeadTooLong, State.TOO_LARGE, "headers without end"),
    (exceptions.DownloadCancelledError, State.TOO_LARGE, "more bytes than a page may have"),
    (exceptions.DownloadConnectionRefusedError, State.UNREACHABLE, "the connection was refused"),
    (exceptions.ResponseDataLossError, State.BAD_RESPONSE, "the answer ended early"),
    (exceptions.UnsupportedURLSchemeError, State.FORBIDDEN_ADDRESS, "only http: and https: are fetched"),
    (exceptions.NotSupported, State.FORBIDDEN_ADDRESS, "only http: and https: are fetched"),
    (OpenSSL.SSL.Error, State.TLS, "the certificate or the encryption does not hold"),
    (service_identity.VerificationError, State.TLS, "the certificate is for another host"),
    (ssl.SSLError, State.TLS, "the certificate or the encryption does not hold"),
    (_newclient.ParseError, State.BAD_RESPONSE, "the answer is not HTTP"),
    (exceptions.DownloadFailedError, State.UNREACHABLE, "the connection was lost"),
    (UnicodeError, State.FORBIDDEN_ADDRESS, "not a host name"),
    (OSError, State.UNREACHABLE, "the connection was lost"),
)

STATUSES: Mapping[int, tuple[State, str]] = {
    **dict.fromkeys(
        (401, 402, 403, 405, 406, 407, 418, 451, 511, 999), (State.BLOCKED, "the server refuses to show it")
    ),
    **dict.fromkeys((404, 410), (State.NOT_FOUND, "there is no such page")),
    **dict.fromkeys((408, 504), (State.TIMED_OUT, "the server ran out of time")),
    429: (State.RATE_LIMITED, "the server asks us to come less often"),
}


def of_failure(error: BaseException) -> Verdict:
    """The verdict on a request that brought no response. Unknown errors are State.ERROR, with their class in the detail."""
    if isinstance(error, RobotsUnreachable):
        return Verdict(error.state, str(error), error.verdict.status, error.verdict.headers)
    if isinstance(error, Refusal):
        return Verdict(error.state, str(error))
    causes = _causes(error)
    for kind, state, words in FAILURES:
        found = next((cause for cause in causes if isinstance(cause, kind)), None)
        if found is not None:
            return Verdict(state, _detail(words, found))
    return Verdict(State.ERROR, _detail("unexpected failure", error))


def of_status(status: int, headers: Mapping[str, str]) -> Verdict | None:
    """The verdict on a response by its status alone; None where there is nothing against reading the page (or for a 304)."""
    if status == 503 and "retry-after" in headers:
        state, words = STATUSES[429]
    elif status in STATUSES:
        state, words = STATUSES[status]
    elif status >= 400:
        state, words = State.ERROR, "the server failed" if status >= 500 else "the server takes it for a wrong request"
    elif status in (200, 201, 203, 204, 205, 304):
        return None
    elif 300 <= status < 400:
        state, words = State.BAD_RESPONSE, "a redirect to nowhere that can be followed"
    else:
        state, words = State.BAD_RESPONSE, "not the whole page"
    return Verdict(state, f"{status}: {words}", status, headers)


def headers_of(response: Response) -> dict[str, str]:
    """Lower-case names and values. Cookies are left out: they are nobody's policy, and may be somebody's session."""
    kept: dict[str, str] = {}
    for name, values in list(response.headers.items())[:100]:
        lower = name.decode("latin-1").lower()
        if lower != "set-cookie":
            kept[lower] = b", ".join(values).decode("latin-1")[:2000]
    return kept


def _causes(error: BaseException) -> list[BaseException]:
    """`error`, what it was raised from, and what Twisted collected inside: Scrapy names all lost connections alike."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or each in found:
            continue
        found.append(each)
        waiting.append(each.__cause__)
        waiting += [inner.value for inner in getattr(each, "reasons", None) or () if hasattr(inner, "value")]
    return found


def _detail(words: str, error: BaseException) -> str:
    said = " ".join(str(error).split())[:200]
    return f"{words} ({type(error).__name__}{': ' + said if said else ''})"
