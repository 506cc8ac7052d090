"""What a value in the registry must look like. Each check returns the value as the model has it, or raises ValueError with what is
expected; where it stands is told by the caller."""

from __future__ import annotations

import ipaddress
import math
import re
from functools import cache
from urllib.parse import urlsplit

import cssselect
from babel import Locale

from tracker import schedule as schedules

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"(?!-)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\.?")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-([A-Z]{2}|\d{3}))?")


def refuse(expected: str, value: object) -> ValueError:
    """The error that says what is expected and what stands there."""
    shown = f'"{value}"' if isinstance(value, str) else repr(value)
    return ValueError(f"expected {expected}, got {shown}")


def text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise refuse("a text", value)
    return value.strip()


def yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise refuse("true or false", value)
    return value


def identifier(value: object) -> str:
    """A vendor's key, a document's id or kind: what names are made of."""
    if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value):
        raise refuse('lower-case letters and digits with hyphens between, such as "privacy" or "acme-home"', value)
    return value


def url(value: object) -> str:
    expected = 'an address such as "https://example.org/privacy", without spaces and without user name'
    if not isinstance(value, str) or re.search(r"[\s\x00-\x1f\x7f]", value):
        raise refuse(expected, value)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise refuse(expected, value) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or port == 0:
        raise refuse(expected, value)
    if not (_HOST.fullmatch(parts.hostname) or _is_address(parts.hostname)):
        raise refuse(expected, value)
    return value


def language(value: object) -> str:
    match = _TAG.fullmatch(value) if isinstance(value, str) else None
    if not match or match[1] not in _languages() or (match[2] and match[2] not in _territories()):
        raise refuse('a language tag such as "en", "de" or "pt-BR"', value)
    return match[0]


def region(value: object) -> str:
    """A country, a group of countries that CLDR knows, or a subdivision of a country ("US-CA")."""
    code = value if isinstance(value, str) else ""
    country, _, subdivision = code.partition("-")
    known = country in _territories() and (not subdivision or re.fullmatch(r"[A-Z0-9]{1,3}", subdivision))
    if not known or code.endswith("-"):
        hint = ' (the United Kingdom is "GB")' if code == "UK" else ""
        raise refuse(f'a region such as "EU", "US", "US-CA" or "GB"{hint}', value)
    return code


def schedule(value: object) -> str:
    schedules.parse(text(value))
    return text(value)


def selectors(value: object) -> tuple[str, ...]:
    """CSS selectors that choose elements."""
    if not isinstance(value, list) or not value:
        raise refuse('a list of CSS selectors such as ["main", "#policy"]', value)
    return tuple(_selector(item) for item in value)


def _selector(value: object) -> str:
    expected = 'a CSS selector of elements such as "main" or "#policy .text"'
    if not isinstance(value, str):
        raise refuse(expected, value)
    try:
        parsed = cssselect.parse(value)
        cssselect.HTMLTranslator().css_to_xpath(value)
    except cssselect.SelectorError as error:
        raise ValueError(f"{refuse(expected, value)}: {error}") from error
    if any(selector.pseudo_element for selector in parsed):
        raise refuse(expected, value)
    return value


def headers(value: object) -> dict[str, str]:
    expected = 'a table of header names and texts such as { "Accept-Language" = "de" }'
    if not isinstance(value, dict):
        raise refuse(expected, value)
    for name, content in value.items():
        if not _HEADER.fullmatch(name) or not isinstance(content, str) or not content.isprintable():
            raise refuse(expected, {name: content})
    return dict(value)


def seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 3600 or math.isnan(value):
        raise refuse("a number of seconds above 0 and up to 3600", value)
    return float(value)


def size(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1024 <= value <= 1024**3:
        raise refuse("a number of bytes between 1024 and 1073741824", value)
    return value


def contact(value: object) -> str:
    """How a site's owner reaches whoever runs the crawl; a bare mail address gets its scheme."""
    if isinstance(value, str):
        if _MAIL.fullmatch(value.removeprefix("mailto:")):
            return f"mailto:{value.removeprefix('mailto:')}"
        if value.startswith(("https://", "http://")):
            return url(value)
    raise refuse('a way to reach you such as "mailto:you@example.org" or "https://example.org/crawler"', value)


def networks(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise refuse('a list of networks such as ["127.0.0.0/8"]', value)
    return tuple(_network(item) for item in value)


def _network(value: object) -> str:
    try:
        return str(ipaddress.ip_network(text(value)))
    except ValueError as error:
        raise refuse('a network such as "127.0.0.0/8" or "fd00::/8"', value) from error


def resolutions(value: object) -> dict[str, str]:
    expected = 'a table of host names and IP addresses such as { "acme.test" = "127.0.0.1" }'
    if not isinstance(value, dict):
        raise refuse(expected, value)
    for host, address in value.items():
        if not _HOST.fullmatch(host) or not isinstance(address, str) or not _is_address(address):
            raise refuse(expected, {host: address})
    return {host.lower(): address for host, address in value.items()}


def _is_address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


@cache
def _languages() -> frozenset[str]:
    return frozenset(Locale("en").languages)


@cache
def _territories() -> frozenset[str]:
    return frozenset(Locale("en").territories)
