"""A vendor's policies from a page of its site: which links lead there, best first, and why. Pure.

>>> page = b'<footer><a href="/legal/privacy">Privacy Policy</a> <a href="/jobs">Careers</a></footer>'
>>> [candidate.url for candidate in candidates(page, "https://acme.example/")]
['https://acme.example/legal/privacy']
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.discovery.judging import Asked, likelihood, site_of
from crawler.discovery.links import Link
from crawler.discovery.reading import listed_in, read
from crawler.discovery.vocabulary import KINDS, folded, is_hub, named, usual_paths
from tracker.model import Evidence

__all__ = [
    "KINDS",
    "Candidate",
    "candidates",
    "drawn_candidates",
    "from_addresses",
    "hubs",
    "names",
    "site_of",
    "sitemaps",
    "usual_paths",
]

LIKELY = 0.4
"""Below this, a link is not taken for a document at all."""
_REPEATED = 0.01
"""What each further link to the same address adds."""
_LISTED = 3
"""Other companies whose documents are linked beside each other: a list of them, and none is the site's own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be a site's own document of a kind ("privacy", "cookies", "terms", "imprint").

    `score` is between 0 and 1, and good for ranking only. `reasons` are the signs, with the words they were read from.
    """

    url: str
    kind: str
    score: float
    reasons: tuple[Evidence, ...] = ()


def candidates(
    body: bytes,
    base_url: str,
    kind: str = "privacy",
    *,
    content_type: str = "text/html",
    language: str | None = None,
) -> list[Candidate]:
    """The links of a page that lead to the document of that kind of the page's own site, the most likely first.

    Empty where the page carries no such link; never raises on bad pages. Links in `language` come before others alike; where none is
    given, those in the page's own.
    """
    found = read(body, base_url, content_type, language)
    return _ranked(found.links, kind, found.page)


def drawn_candidates(
    body: bytes,
    base_url: str,
    kind: str = "privacy",
    *,
    content_type: str = "text/html",
    language: str | None = None,
) -> list[Candidate]:
    """The same from the data in the page's scripts, for pages that draw their links themselves: less certain than a link."""
    found = read(body, base_url, content_type, language)
    return _ranked(found.drawn, kind, found.page)


def hubs(body: bytes, base_url: str, content_type: str = "text/html") -> list[str]:
    """Pages of the same site that are likely to link to its documents where this one does not: "Legal", "Policies", imprint, terms."""
    found = read(body, base_url, content_type)
    site, scored = site_of(base_url), dict[str, float]()
    for link in found.links:
        score = max(likelihood(link, kind, found.page)[0] for kind in ("imprint", "terms"))
        score = 1.0 if is_hub(folded(link.text)) else score
        if score >= LIKELY and site_of(link.url) == site and _place(link.url) != _place(base_url):
            scored[link.url] = max(score, scored.get(link.url, 0.0))
    return sorted(scored, key=lambda url: -scored[url])


def from_addresses(sitemap: bytes, base_url: str, kind: str = "privacy") -> list[Candidate]:
    """What a sitemap lists that reads like a document of that kind, best first: nothing but the addresses speaks for them."""
    listed = [Link(url, "") for url in listed_in(sitemap, base_url)]
    found = [
        replace(candidate, reasons=(Evidence("sitemap"), *candidate.reasons))
        for candidate in _ranked(listed, kind, Asked(base_url))
    ]
    return sorted(found, key=lambda candidate: (-candidate.score, len(candidate.url)))


def sitemaps(index: bytes, base_url: str) -> list[str]:
    """The sitemaps of the same site that a list of sitemaps names."""
    return [url for url in listed_in(index, base_url) if site_of(url) == site_of(base_url)]


def names(text: str, kind: str) -> bool:
    """Whether a title, heading or first sentence names a document of that kind, or what it is about."""
    return kind in named(folded(text)).kinds


def _ranked(found: Iterable[Link], kind: str, page: Asked) -> list[Candidate]:
    judged = [Candidate(link.url, kind, *likelihood(link, kind, page)) for link in found]
    likely = _without_lists([candidate for candidate in judged if candidate.score >= LIKELY])
    return sorted(_merged(likely), key=lambda candidate: -candidate.score)


def _without_lists(found: list[Candidate]) -> list[Candidate]:
    strangers = {site_of(c.url) for c in found if any(reason.cue == "other site" for reason in c.reasons)}
    if len(strangers) < _LISTED:
        return found
    return [candidate for candidate in found if site_of(candidate.url) not in strangers]


def _merged(found: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each place, as its best link has it."""
    by_place = defaultdict[str, list[Candidate]](list)
    for candidate in found:
        by_place[_place(candidate.url)].append(candidate)
    return [_best(same) for same in by_place.values()]


def _best(same: list[Candidate]) -> Candidate:
    best = max(same, key=lambda candidate: candidate.score)
    return replace(best, score=round(min(1.0, best.score + _REPEATED * min(len(same) - 1, 5)), 3))


def _place(url: str) -> str:
    parts = urlsplit(url)
    fragment = parts.fragment if parts.fragment.startswith(("/", "!/")) else ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}#{fragment}"
