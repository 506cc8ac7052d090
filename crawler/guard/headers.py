"""What is sent on each hop.

Headers that are set on the first request follow redirects, also to other hosts. A validator that goes along brings a 304 for a page
that was never fetched, that is, a version missed in silence; a custom header that goes along may be a secret. So both are decided
anew on every hop: validators by document and URL, custom headers by origin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model import Document, origin

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.work import Work

VALIDATORS = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}


class HopHeaders:
    """Downloader middleware. It stands before Scrapy's own header middlewares, which fill in what is missing."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HopHeaders:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        document: Document | None = request.meta.get("document")
        if document is None:
            return
        work: Work = self.crawler.spider.work  # type: ignore[union-attr]
        for name in (*document.headers, *VALIDATORS.values(), "Accept-Language"):
            request.headers.pop(name, None)
        if origin(request.url) == origin(document.url or ""):
            for name, value in document.headers.items():
                request.headers[name] = value
        request.headers.setdefault("Accept-Language", languages(document))
        stored = None if request.meta.get("whole") else work.history.validators(document.name, request.url)
        for field, name in VALIDATORS.items():
            request.headers.pop(name, None)
            validator = getattr(stored, field, None)
            if validator:
                request.headers[name] = validator


def conditional(request: Request) -> bool:
    """The request asks for the page only if it changed."""
    return any(name in request.headers for name in VALIDATORS.values())


def languages(document: Document) -> str:
    """Accept-Language for a document; pinned, because a server that guesses makes versions where nothing changed."""
    language = document.language or "en"
    if not document.region or "-" in language:
        return f"{language},*;q=0.1"
    return f"{language}-{document.region.upper()},{language};q=0.9,*;q=0.1"
