"""Scrapy's own limits, raising our own classes: its exceptions can be told apart only by their messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.core.downloader import Downloader
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol
from twisted.web.client import _HTTP11ClientFactory

from crawler.guard.decoding import NO_CODINGS, is_whole
from crawler.guard.refusals import BadEncoding, BadRedirect, HeadTooLong, RedirectLoop, TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress

LONGEST_PAUSE = timedelta(days=1)
LONGEST_HEAD = 256 * 1024
"""Bytes of headers that an answer may have."""


class LimitedRedirects(RedirectMiddleware):
    """Follows up to REDIRECT_MAX_TIMES redirects, each of which waits for its turn at the host that it leads to.

    Scrapy would let it go at once, in the slot of the host that it comes from.
    """

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 (Scrapy's signature)
    ) -> Request | Response:
        try:
            followed = super().process_response(request, response)
        except IgnoreRequest as error:
            raise RedirectLoop(f"more than {self.max_redirect_times} redirects") from error
        except ValueError as error:
            raise BadRedirect(f"a redirect to no address ({error})") from error
        if followed is not response:
            followed.meta.pop("download_slot", None)
        return followed


class LimitedDecompression(HttpCompressionMiddleware):
    """Decompresses up to DOWNLOAD_MAXSIZE bytes. A body that breaks off, or is coded in a way we do not know, is none."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 (Scrapy's signature)
    ) -> Request | Response:
        try:
            decoded = super().process_response(request, response)
        except BadEncoding:
            raise
        except IgnoreRequest as error:
            raise TooLarge("decompressed, it has more bytes than a page may have") from error
        except Exception as error:  # each codec has errors of its own
            raise BadEncoding(f"not compressed in the way it says ({type(error).__name__})") from error
        unknown = b",".join(decoded.headers.getlist("Content-Encoding")).strip().lower()
        if unknown and response.body and unknown not in NO_CODINGS:
            raise BadEncoding(f"compressed in a way that we do not know ({unknown[:40].decode('latin-1')})")
        return decoded

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        decoded = HttpCompressionMiddleware._decode(body, encoding, max_size)
        if body and not is_whole(body, encoding):
            raise BadEncoding("the compressed body breaks off")
        return decoded


class PoliteHandler(HTTP11DownloadHandler):
    """A host's delay begins when it has answered. Scrapy counts from when a request was let go: what then took long to connect would be
    followed too soon by the next one, which goes by the same connection.

    Without Twisted's own retries: on a connection that was kept open and is lost, it asks again at once, whatever the delay. And
    without headers that do not end: Twisted limits the length of each, and not how many there are.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool.retryAutomatically = False
        self._pool._factory = _Connections

    async def download_request(self, request: Request) -> Response:
        try:
            return await super().download_request(request)
        finally:
            slot = self.crawler.engine.downloader.slots.get(request.meta[Downloader.DOWNLOAD_SLOT])
            if slot is not None:
                slot.lastseen = monotonic()


class _Connection(HTTP11ClientProtocol):
    head = 0

    def dataReceived(self, bytes: bytes) -> None:  # noqa: A002, N802 (Twisted's names)
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state not in (STATUS, HEADER):
            self.head = 0
            return
        self.head += len(bytes)
        if self.head > LONGEST_HEAD:
            self._giveUp(Failure(HeadTooLong(f"more than {LONGEST_HEAD} bytes")))  # type: ignore[no-untyped-call]


class _Connections(_HTTP11ClientFactory):  # type: ignore[misc,unused-ignore]
    def buildProtocol(self, addr: IAddress | None) -> _Connection:  # noqa: ARG002, N802 (Twisted's names)
        return _Connection(self._quiescentCallback)  # type: ignore[no-untyped-call]


def slow_down(downloader: Downloader, host: str, delay: float) -> None:
    """Set a host's delay for the rest of the crawl, also should Scrapy forget its slot meanwhile. It only ever gets slower."""
    settings = downloader.per_slot_settings.setdefault(host, {"delay": downloader.settings.getfloat("DOWNLOAD_DELAY")})
    settings["delay"] = max(delay, settings["delay"])
    slot = downloader.slots.get(host)
    if slot is not None:
        slot.delay = max(delay, slot.delay)


def pause(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Until when Retry-After asks us to stay away, a day at most; None where it says nothing that can be understood."""
    said = headers.get("retry-after", "").strip()
    if not said:
        return None
    try:
        until = now + timedelta(seconds=min(int(said), 10**6)) if said.isdigit() else parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(until, now + LONGEST_PAUSE) if until > now else None
