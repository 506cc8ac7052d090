"""How likely a link leads to the site's own document of a kind, and why.

Each sign is taken as a chance that the link is the one, and the chances are joined as if they were independent: the words of the link, its
address, the words before it, its place. What speaks against it are factors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import prod
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.discovery.links import Link
from crawler.discovery.vocabulary import Naming, folded, folded_path, is_publisher, modified, named, says
from tracker.model import Evidence

if TYPE_CHECKING:
    from tldextract import TLDExtract

RELS = {"privacy": "privacy-policy", "terms": "terms-of-service"}
"""The link types of the HTML Standard that name documents."""

_REL = 0.97
_TEXT = {"name": 0.9, "topic": 0.6}
_PATH = {"name": 0.6, "topic": 0.45}
_BEFORE = {"name": 0.5, "topic": 0.25}
_UNKNOWN = {"name": 0.97, "topic": 0.4}
"""The factor for each word that says something else: "privacy" in a longer text is a subject, "privacy policy" still a document."""
_MILD = {"editorial": 0.8, "beside": 0.9}
"""Modifiers that say little beside a name: "privacy policy for our products"."""
_MOST_UNKNOWN = {"name": 12, "topic": 4}
_PLACE = {"head": 0.0, "footer": 0.3, "menu": 0.15, "banner": 0.2, "content": 0.0, "inert": 0.0, "script": 0.0}
_OUTSIDE = 0.9
"""The factor where the words of the link also name a document of another kind."""
_UNSUPPORTED = 0.25
"""The factor on an address whose link says something else in words."""
_ELSEWHERE = {"footer": 0.8, "menu": 0.7, "banner": 0.3, "content": 0.65}
"""The factor on links to other companies' sites."""
_ITS_OWN = 0.1
"""…where the words around name that company, or speak of tools: then it is that company's own document."""
_HIDDEN = {"inert": 0.85, "script": 0.6}
_WITHIN, _CLAUSE = 0.85, 0.3
"""The factors on parts of the page itself: on documents beside others on one page, and on clauses about a subject."""
_DOCUMENT = 2500
"""Characters from which a part of a page is a document and no clause."""
_FOREIGN = 0.93
"""The factor on the same in another language."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The page that is asked: its address, the language that its links should be in, the words of those it says it belongs to, and the
    characters of text in the parts of it that have an address."""

    url: str
    language: str | None = None
    owners: frozenset[str] = frozenset()
    parts: Mapping[str, int] = field(default_factory=dict)


def likelihood(link: Link, kind: str, page: Asked) -> tuple[float, tuple[Evidence, ...]]:
    """Between 0 and 1, how likely `link` leads to the document of that kind of the site that `page` belongs to, and the evidence."""
    reasons: list[Evidence] = []
    chances = list(_chances(link, kind, page, reasons))
    if not chances:
        return 0.0, ()
    place = _PLACE[link.place]
    if place:
        reasons.append(Evidence(link.place))
    score = 1 - prod(1 - chance for chance in (*chances, place))
    for factor, evidence in _against(link, kind, page):
        score *= factor
        reasons.append(evidence)
    return score, tuple(reasons)


# --- what speaks for it -----------------------------------------------------------------------------------------------------------


def _chances(link: Link, kind: str, page: Asked, reasons: list[Evidence]) -> Iterator[float]:
    if RELS.get(kind) in link.rel:
        reasons.append(Evidence("rel", RELS[kind]))
        yield _REL
    label, naming = _label(link, kind)
    silent = not label or says("generic", label) is not None
    if kind in naming.kinds:
        reasons.append(Evidence(f"text {naming.kinds[kind]}", naming.words[kind]))
        chance = _TEXT[naming.kinds[kind]] * _weakened(naming, kind, page, label)
        editorial = _editorial(link.url)
        yield chance * (editorial if naming.kinds[kind] == "topic" else max(editorial, _MILD["editorial"]))
    elif silent and (before := named(folded(link.before[-90:]))).kinds.get(kind):
        reasons.append(Evidence(f"before {before.kinds[kind]}", before.words[kind]))
        yield _BEFORE[before.kinds[kind]]
    path = _path_named(link.url, kind)
    if path is not None:
        supported = silent or kind in naming.kinds
        chance = _PATH[path.kinds[kind]] * _weakened(path, kind, page) * prod(path.modifiers.values())
        reasons.append(Evidence(f"address {path.kinds[kind]}", path.words[kind]))
        yield chance if supported else chance * _UNSUPPORTED


def _label(link: Link, kind: str) -> tuple[str, Naming]:
    """The words of a link: those shown; where they name nothing, what else it is called. An address that is shown is no word."""
    shown = "" if "://" in link.text or link.text.startswith("www.") else folded(link.text)
    naming = named(shown)
    if kind in naming.kinds:
        return shown, naming
    for name in link.names:
        other = named(folded(name))
        if kind in other.kinds:
            return folded(name), other
    return shown, naming


def _weakened(naming: Naming, kind: str, page: Asked, label: str = "") -> float:
    """What a naming is worth for all that it says besides."""
    sort = naming.kinds[kind]
    unknown = naming.unknown - sum(_is_owner(word, page) for word in set(label.split()))
    others = [other for other in naming.kinds if other != kind]
    return _UNKNOWN[sort] ** max(0, min(unknown, _MOST_UNKNOWN[sort])) * (_OUTSIDE if others else 1.0)


def _editorial(url: str) -> float:
    """What it means for a subject that its address is one of articles or wares."""
    path = " ".join(folded_path(segment) for segment in urlsplit(url).path.split("/")[:-1])
    return modified(path).get("editorial", 1.0)


def _path_named(url: str, kind: str) -> Naming | None:
    """What the address names: in its last part, or else in what stands before, in a query or in the name of the host."""
    parts = urlsplit(url)
    segments = [folded_path(segment) for segment in parts.path.split("/") if segment]
    route = [folded_path(parts.fragment)] if parts.fragment.startswith(("/", "!/")) or not segments else []
    values = [folded_path(value) for _, value in parse_qsl(parts.query) if "://" not in value]
    host = [" ".join((parts.hostname or "").split(".")[:-2]).replace("-", " ")]
    last = [" ".join(segments)] if segments else []
    for text in (*route, *reversed(segments[-3:]), *values[:4], *last, *host):
        naming = named(text, spaced=False)
        if kind in naming.kinds:
            return _within(naming, " ".join(segments))
    return None


def _within(naming: Naming, path: str) -> Naming:
    """…and what the rest of the address makes of it: /blog/privacy is another matter than /privacy."""
    return Naming(naming.kinds, naming.words, {**modified(path), **naming.modifiers}, naming.unknown)


# --- what speaks against it ---------------------------------------------------------------------------------------------------------


def _against(link: Link, kind: str, page: Asked) -> Iterator[tuple[float, Evidence]]:
    _, naming = _label(link, kind)
    for name, factor in naming.modifiers.items() if kind in naming.kinds else ():
        yield _MILD.get(name, factor) if naming.kinds[kind] == "name" else factor, Evidence(f"modifier {name}")
    if link.place in _HIDDEN:
        yield _HIDDEN[link.place], Evidence(link.place)
    if _is_part_of(link.url, page.url):
        fragment = unquote(urlsplit(link.url).fragment)
        yield _WITHIN if page.parts.get(fragment, 0) >= _DOCUMENT else _CLAUSE, Evidence("part of this page", fragment)
    if not _is_own(link.url, page):
        yield _foreign_site(link)
    language = language_of(link.url) or (link.language or "")[:2].lower()
    if language and page.language and language != page.language[:2].lower():
        yield _FOREIGN, Evidence("other language", language)


def _foreign_site(link: Link) -> tuple[float, Evidence]:
    host = _label_of(link.url)
    if is_publisher(host) and any(c.isdigit() for c in urlsplit(link.url).path + urlsplit(link.url).query):
        return 0.95, Evidence("publisher", host)
    around = folded(f"{link.before[-160:]} {link.text} {' '.join(link.names)} {link.after[:60]}")
    if any(word == host or (len(word) > 4 and host.startswith(word)) for word in around.split()):
        return _ITS_OWN, Evidence("another company's", host)
    tool = says("tools", folded(f"{link.before[-160:]} {link.text}"))
    if tool is not None:
        return _ITS_OWN, Evidence("a tool's", tool)
    factor = _ELSEWHERE.get(link.place, 0.5)
    if says("own", folded(f"{link.before[-40:]} {link.text}")):
        factor = max(factor, 0.85)
    return factor, Evidence("other site", host)


def _is_part_of(url: str, page: str) -> bool:
    one, two = urlsplit(url), urlsplit(page)
    return bool(one.fragment) and not one.fragment.startswith(("/", "!/")) and (
        (one.netloc, one.path.rstrip("/"), one.query) == (two.netloc, two.path.rstrip("/"), two.query)
    )  # fmt: skip


def _is_own(url: str, page: Asked) -> bool:
    """Whether an address belongs to those whom the page belongs to: by its site, or by the name of its host."""
    host, own = _label_of(url), _label_of(page.url)
    return site_of(url) == site_of(page.url) or _is_owner(host, page) or (len(own) > 3 and own in host)


def _is_owner(word: str, page: Asked) -> bool:
    own = _label_of(page.url)
    return word == own or word in page.owners or (len(word) > 3 and word in own)


@cache
def _suffixes() -> TLDExtract:
    """The list of public suffixes that comes with the package: the network is not asked."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def site_of(url: str) -> str:
    """The registered domain of an address, or its host where there is none."""
    found = _suffixes()(url)
    return found.top_domain_under_public_suffix or (urlsplit(url).hostname or "")


def _label_of(url: str) -> str:
    return folded(_suffixes()(url).domain).replace(" ", "")


def language_of(url: str) -> str | None:
    """The language that an address names at its beginning: /de/…, /en-us/…"""
    first = urlsplit(url).path.lower().split("/")[1:2]
    code = first[0].replace("_", "-").split("-")[0] if first else ""
    return code if len(code) == 2 and len(first[0]) in (2, 5) and code.isalpha() else None
