"""E-mail addresses that a page hides from robots, in a form that is the same on every visit."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_HEX = re.compile(r"[0-9a-fA-F]{6,600}\Z")


def revealed(element: HtmlElement) -> str | None:
    """The address that an element hides behind a key of the day (Cloudflare's data-cfemail), or None."""
    hidden = element.get("data-cfemail")
    return decoded(hidden) if hidden else None


def decoded(hidden: str) -> str | None:
    """The first byte is the key; the others are the address, each XORed with it."""
    if not _HEX.match(hidden) or len(hidden) % 2:
        return None
    key, *rest = bytes.fromhex(hidden)
    address = bytes(byte ^ key for byte in rest).decode("utf-8", "replace")
    return address if "@" in address else None
