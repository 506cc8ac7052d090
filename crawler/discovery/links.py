"""What a page links to, with all that says what a link is: its words, its place on the page, and the words around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeAlias
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree
from lxml.html import HtmlElement

Place = Literal["head", "footer", "menu", "banner", "content", "inert", "script"]

_Piece: TypeAlias = tuple[str, HtmlElement | None]
"""A text, and the link that it belongs to."""

MOST_LINKS = 5000
LONGEST = 2000
"""Characters of an address; it is asked for, logged, stored and shown."""
_MOST_PIECES = 300
_MOST_ANCESTORS = 60
_BLOCKS = frozenset(
    "p li tr dd dt div section footer header nav aside article main h1 h2 h3 h4 h5 h6 form label blockquote body".split()
)
_LINKING = frozenset(("a", "button", "area"))
_INERT = frozenset(("template", "noscript"))
_PLACES: tuple[tuple[Place, re.Pattern[str]], ...] = (
    ("banner", re.compile(r"cookie|consent|gdpr|\bcmp\b|onetrust")),
    ("footer", re.compile(r"foot(?:er)?\b|footer|contentinfo|colophon|bottom|sub-?foot")),
    ("menu", re.compile(r"\bnav|menu|header|navigation|sidebar")),
)
_TRACKING = re.compile(
    r"utm_\w+|gclid|dclid|fbclid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id|_ga|_gl|_hs\w+|hsa_\w+|wbraid|gbraid|phpsessid|jsessionid|sid",
    re.IGNORECASE,
)
_ONCLICK = re.compile(r"""(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|open\()\s*['"]([^'"]{2,500})['"]""")
_OBJECT = re.compile(r"\{[^{}]{10,600}\}")
_STRING = re.compile(r'"((?:[^"\\]|\\.){1,300})"')
_ADDRESS = re.compile(r"(?:https?:/)?/[^\s\"'<>]{1,300}")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page. `text` is what is shown, `names` what else it is called (aria-label, title, alternative text of its picture);
    `before` and `after` are the words around it in its paragraph."""

    url: str
    text: str
    names: tuple[str, ...] = ()
    place: Place = "content"
    rel: frozenset[str] = frozenset()
    language: str | None = None
    before: str = ""
    after: str = ""


def links(tree: HtmlElement, base_url: str) -> Iterator[Link]:
    """Every link that leads to a web page, in the order of the page. Scripts and styles have been taken out of `tree`."""
    base = _base(tree, base_url)
    blocks: dict[HtmlElement, list[_Piece]] = {}
    found = tree.xpath("//*[@href or @data-href or @onclick]")
    for element in found if len(found) <= MOST_LINKS else [*found[: MOST_LINKS // 2], *found[-MOST_LINKS // 2 :]]:
        url = address(_target(element), base)
        if url is None or element.tag in ("base", "use", "image"):
            continue
        rel = frozenset((element.get("rel") or "").lower().split())
        if element.tag == "link":
            if rel & {"privacy-policy", "terms-of-service"}:
                yield Link(url, element.get("title") or "", place="head", rel=rel)
            continue
        text = spaced(element.itertext())
        before, after = _around(element, blocks)
        yield Link(url, text, _names(element), _place(element), rel, element.get("hreflang"), before, after)


def drawn(scripts: Iterable[str], tree: HtmlElement, base_url: str) -> Iterator[Link]:
    """Links that an application will draw: flat objects in the data of its scripts that hold both a label and an address."""
    base = _base(tree, base_url)
    for script in scripts:
        yield from _from_script(script, base)


def spaced(pieces: Iterator[str], most: int | None = _MOST_PIECES) -> str:
    """Text in one line, of so many pieces at most."""
    return " ".join(" ".join(islice(pieces, most)).split())


def address(target: str | None, base: str) -> str | None:
    """The absolute address of a web page that `target` means, without what only tracks visitors; None where it means none."""
    target = re.sub(r"[\t\r\n]", "", target or "").strip().replace("\\", "/")
    if target in ("", "#", "#!"):
        return None
    if target.lower().startswith("www."):
        target = f"//{target}"
    try:
        parts = urlsplit(urljoin(base, target.replace(" ", "%20")))
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return None
        _ = parts.port
    except ValueError:
        return None
    path = re.sub(r";jsessionid=[^/?#]*", "", parts.path, flags=re.IGNORECASE) or "/"
    made = urlunsplit((parts.scheme, parts.netloc, path, _untracked(parts.query), parts.fragment))
    return made if len(made) <= LONGEST else None


def _untracked(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _base(tree: HtmlElement, base_url: str) -> str:
    declared = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    try:
        return urljoin(base_url, declared.strip()) if declared else base_url
    except ValueError:
        return base_url


def _target(element: HtmlElement) -> str | None:
    href: str | None = element.get("href")
    if href and not href.strip().lower().startswith("javascript:") and href.strip() != "#":
        return href
    clicked = _ONCLICK.search(element.get("onclick") or href or "")
    return element.get("data-href") or (clicked[1] if clicked else None)


def _names(element: HtmlElement) -> tuple[str, ...]:
    own = [element.get("aria-label"), element.get("title")]
    pictures = [picture.get("alt") for picture in element.iter("img")]
    drawings = [title.text for title in element.iter("title")]
    return tuple(dict.fromkeys(name.strip() for name in (*own, *pictures, *drawings) if name and name.strip()))


def _place(element: HtmlElement) -> Place:
    ancestors = [element, *islice(element.iterancestors(), _MOST_ANCESTORS)]
    if any(e.tag in _INERT for e in ancestors):
        return "inert"
    for e in ancestors:
        if e.tag in ("body", "html"):
            break
        signs = " ".join([str(e.tag), *(e.get(key) or "" for key in ("id", "class", "role"))]).lower()
        for place, pattern in _PLACES:
            if pattern.search(signs):
                return place
    return "content"


def _around(element: HtmlElement, blocks: dict[HtmlElement, list[_Piece]]) -> tuple[str, str]:
    """The words before and after a link in its paragraph, without those of other links."""
    ancestors = islice(element.iterancestors(), _MOST_ANCESTORS)
    block = next((e for e in ancestors if e.tag in _BLOCKS), None)
    if block is None:
        return "", ""
    if block not in blocks:
        blocks[block] = list(islice(_pieces(block), _MOST_PIECES))
    pieces = blocks[block]
    at = next((i for i, (_, within) in enumerate(pieces) if within is element), None)
    if at is None:
        return "", ""
    before, after = (" ".join(text for text, within in part if within is None) for part in (pieces[:at], pieces[at:]))
    return before[-200:], after[:100]


def _pieces(block: HtmlElement) -> Iterator[_Piece]:
    """The texts of a block in their order, each with the link that it belongs to."""
    within: HtmlElement | None = None
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if event == "start":
            within = element if element.tag in _LINKING else within
            if element.text or within is element:
                yield (element.text or "").strip(), within
        elif element is not block:
            within = None if within is element else within
            if element.tail:
                yield element.tail.strip(), within


def _from_script(text: str, base: str) -> Iterator[Link]:
    text = text.replace('\\"', '"').replace("\\/", "/").replace("\\u002F", "/")
    for match in islice(_OBJECT.finditer(text), 20_000):
        strings = [_unescaped(string) for string in _STRING.findall(match[0])]
        targets = [string for string in strings if _ADDRESS.fullmatch(string)]
        url = address(targets[0], base) if len(targets) == 1 else None
        if url is not None:
            labels = tuple(string for string in strings if string != targets[0] and len(string) < 60)
            yield Link(url, "", labels, "script")


def _unescaped(string: str) -> str:
    try:
        return str(json.loads(f'"{string}"'))
    except ValueError:
        return string
