"""Looking for a vendor's document from its home page: what is linked, then what stands where such documents often stand; each address is
read before it is believed. Fetching is somebody else's: everything comes through a `Fetch`."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from urllib.parse import urljoin, urlsplit

from crawler.discovery import (
    KINDS,
    Candidate,
    candidates,
    drawn_candidates,
    from_addresses,
    hubs,
    names,
    sitemaps,
    usual_paths,
)
from tracker.model import Evidence, Page, Policy, State

TRIED = 3
"""Linked addresses that are read at most."""
GUESSED = 10
"""Addresses that nobody linked, and that are asked for at most."""
CHARACTERS = 400
"""What is shorter is no document, but a page about one."""
BRIEF = 4000
"""Characters; what is shorter and links to a likelier document is a page about it."""
BELIEVED = 0.8
"""From this score on, a link is believed where the text does not say itself what it is."""
SITEMAPS = 2
"""Parts of a sitemap that are read at most."""
_SITEMAP = "/sitemap.xml"
_STATIC = ("page", "legal", "static", "misc", "main")
_BEGINNING = 6
_WALLS = frozenset(
    (State.NEEDS_JAVASCRIPT, State.EMPTY, State.BLOCKED, State.CONSENT_WALL, State.RATE_LIMITED, State.LOGIN)
)
"""What hides a page that is linked as the document: its address is right, although it cannot be read."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the network gave it. `failure` and `why` are set where it gave none."""

    url: str
    body: bytes = b""
    content_type: str = ""
    failure: State | None = None
    why: str = ""


Fetch: TypeAlias = Callable[[str], Awaitable[Fetched]]
"""Gets a page, behind every guard; never raises for what the network does."""
Extract: TypeAlias = Callable[[bytes, Page], Awaitable[Policy]]
"""Understands a page, beside the event loop: a hostile one may take long."""


@dataclass(frozen=True, slots=True)
class _Net:
    """How pages are had, and understood."""

    fetch: Fetch
    extract: Extract

    async def read(self, page: Fetched) -> Policy:
        return await self.extract(page.body, Page(page.content_type, url=page.url))


@dataclass(frozen=True, slots=True)
class Trial:
    """A candidate that was read: `verdict` says whether it is the document, is likely to be it although that cannot be seen, or is none."""

    candidate: Candidate
    verdict: Literal["document", "likely", "none"]
    why: str = ""
    url: str = ""
    """Where it led to."""
    onward: Candidate | None = None
    """A likelier one, to which this page links: it is a page about the document."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was looked at and found: the addresses that were read, and the candidates that were not."""

    home: str
    kind: str
    trials: tuple[Trial, ...] = ()
    untried: tuple[Candidate, ...] = ()
    failure: State | None = None
    """Why the home page could not be read."""
    why: str = ""
    """…or was not asked."""

    @property
    def found(self) -> Trial | None:
        """The document; where none could be read, the first that is likely."""
        for verdict in ("document", "likely"):
            for trial in self.trials:
                if trial.verdict == verdict:
                    return trial
        return None

    @property
    def told(self) -> str:
        """What was tried and found, in a line."""
        if self.failure is not None:
            return f"the home page cannot be read: {self.why}"
        if self.why:
            return self.why
        if self.found is not None:
            return f"found at {self.found.candidate.url} ({reasons(self.found.candidate.reasons)})"
        tried = ", ".join(urlsplit(trial.candidate.url).path or "/" for trial in self.trials)
        return f"not found from {self.home}: {f'tried {tried}' if tried else 'nothing is linked there'}"


def reasons(evidence: Iterable[Evidence]) -> str:
    """Evidence in a line, as people read it."""
    return ", ".join(f"{e.cue}: {e.words}" if e.words else e.cue for e in dict.fromkeys(evidence))


async def discover(
    fetch: Fetch,
    extract: Extract,
    home: str,
    kind: str = "privacy",
    *,
    follow: int = 2,
    language: str | None = None,
) -> Discovery:
    """Look for the document of a kind from `home`, reading up to `follow` further pages for links ("Legal", imprint, terms).

    `language` is the one that the document should be in; where it is not given, the home page's own comes first.
    """
    if kind not in KINDS:
        return Discovery(
            home, kind, why=f"there are no words to look for a {kind} document with: its address must be given"
        )
    net = _Net(fetch, extract)
    page = await fetch(home)
    if page.failure is not None:
        return Discovery(home, kind, failure=page.failure, why=page.why)
    trials: list[Trial] = []
    linked = _linked(page, kind, language)
    waiting = hubs(page.body, page.url, page.content_type)[:follow]
    while True:
        linked = _new(linked, trials)
        trials += await _try(net, linked, home, TRIED - len(trials))
        if _done(trials):
            return Discovery(home, kind, tuple(trials), tuple(_new(linked, trials)))
        if not waiting:
            break
        further = await fetch(waiting.pop(0))
        linked = _linked(further, kind, language) if further.failure is None else []
    return Discovery(home, kind, (*trials, *await _guess(net, page, kind, trials)))


def _linked(page: Fetched, kind: str, language: str | None) -> list[Candidate]:
    for found_in in (candidates, drawn_candidates):
        if found := found_in(page.body, page.url, kind, content_type=page.content_type, language=language):
            return found
    return []


def _new(found: Iterable[Candidate], trials: Iterable[Trial]) -> list[Candidate]:
    tried = {trial.candidate.url for trial in trials}
    return [candidate for candidate in found if candidate.url not in tried]


def _done(trials: Iterable[Trial]) -> bool:
    return any(trial.verdict != "none" for trial in trials)


async def _try(net: _Net, found: Iterable[Candidate], home: str, most: int) -> list[Trial]:
    """Read candidates, and those that they lead on to, until one is the document."""
    trials: list[Trial] = []
    waiting = deque(found)
    while waiting and len(trials) < most and not any(trial.verdict == "document" for trial in trials):
        candidate = waiting.popleft()
        trial = await _read(net, await net.fetch(candidate.url), candidate, home)
        if trial.onward is not None and _new([trial.onward], trials):
            waiting.appendleft(trial.onward)
        trials.append(trial)
    return trials


async def _read(net: _Net, page: Fetched, candidate: Candidate, home: str) -> Trial:
    if page.failure is not None:
        return Trial(
            candidate, "likely" if page.failure in _WALLS else "none", page.why or page.failure.value, page.url
        )
    if _same_page(page.url, home) and not _same_page(candidate.url, home):
        return Trial(candidate, "none", "leads back to the home page", page.url)
    policy = await net.read(page)
    if policy.state is not State.OK:
        said = policy.state.value.replace("_", " ")
        return Trial(candidate, "likely" if policy.state in _WALLS else "none", said, page.url)
    onward = _onward(page, candidate) if len(policy.markdown) < BRIEF else None
    why = _objection(policy, candidate)
    if onward is not None:
        return Trial(candidate, "none" if why else "likely", f"leads on to {onward.url}", page.url, onward)
    return Trial(candidate, "none" if why else "document", why, page.url)


def _onward(page: Fetched, candidate: Candidate) -> Candidate | None:
    """A document that this page links to, and that is likelier than the page itself."""
    linked = candidates(page.body, page.url, candidate.kind, content_type=page.content_type)
    others = [
        other for other in linked if not _same_page(other.url, page.url) and not _same_page(other.url, candidate.url)
    ]
    return others[0] if others and others[0].score > candidate.score else None


def _objection(policy: Policy, candidate: Candidate) -> str:
    """Why a text is not the document that was looked for; empty where nothing is against it."""
    if len(policy.markdown) < CHARACTERS:
        return "too short for a document"
    heads = [clause.text for clause in policy.clauses if clause.kind == "heading"]
    beginning = [policy.title or "", *heads[:3], *(clause.text for clause in policy.clauses[:_BEGINNING])]
    if candidate.score >= BELIEVED or any(names(text, candidate.kind) for text in beginning):
        return ""
    return f"does not say that it is about {candidate.kind}"


def _same_page(*urls: str) -> bool:
    """Whether addresses differ in their scheme, their www and their fragment at most."""
    parts = [urlsplit(url) for url in urls]
    places = {((part.hostname or "").removeprefix("www."), part.path.strip("/"), part.query) for part in parts}
    return len(places) == 1


# --- where nothing is linked ------------------------------------------------------------------------------------------------------


async def _guess(net: _Net, page: Fetched, kind: str, trials: Iterable[Trial]) -> list[Trial]:
    """Try what the sitemap lists, and where such documents often stand.

    Servers that answer everything are found out by an address that nobody has: what it shows is what they show for a missing page.
    """
    made: list[Trial] = []
    for candidate in _new(await _guesses(net, page, kind), trials)[:GUESSED]:
        answer = await net.fetch(candidate.url)
        trial = await _read(net, answer, candidate, page.url)
        if trial.verdict == "document" and await _answers_everything(net, answer, page.url):
            trial = Trial(candidate, "none", "the server answers every address with this page", answer.url)
        made.append(trial if trial.verdict == "document" else replace(trial, verdict="none"))
        if trial.onward is not None:
            made += await _try(net, _new([trial.onward], made), page.url, 1)
        if _done(made):
            break
    return made


async def _guesses(net: _Net, page: Fetched, kind: str) -> list[Candidate]:
    listed = from_addresses(await _sitemap(net, urljoin(page.url, _SITEMAP)), page.url, kind)
    language = (await net.read(page)).language
    usual = [
        Candidate(urljoin(page.url, path), kind, 0.0, (Evidence("usual address", path),))
        for path in usual_paths(kind, language)
    ]
    return [*listed[:TRIED], *usual]


async def _sitemap(net: _Net, url: str) -> bytes:
    """A sitemap; of a list of sitemaps, those that are likely to have more than articles and wares."""
    sitemap = (await net.fetch(url)).body
    if b"<sitemapindex" not in sitemap[:1000]:
        return sitemap
    parts = sorted(sitemaps(sitemap, url), key=lambda part: not any(word in part for word in _STATIC))[:SITEMAPS]
    return b"".join([(await net.fetch(part)).body for part in parts])


async def _answers_everything(net: _Net, answer: Fetched, home: str) -> bool:
    nobody_has = hashlib.sha256(home.encode()).hexdigest()[:16]
    decoy = await net.fetch(urljoin(home, f"/{nobody_has}-privacy"))
    if decoy.failure is not None:
        return False
    if _same_page(decoy.url, answer.url):
        return True
    return (await net.read(decoy)).markdown == (await net.read(answer)).markdown
