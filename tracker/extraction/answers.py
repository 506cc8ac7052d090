"""What services say to programs in place of a page: JSON and XML that are no markup of a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_LONGEST = 20_000
"""Characters. An answer that only says what is the matter is short."""
_PAGE = re.compile(r"<(?:!doctype html|html|body|div|p)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def values(text: str) -> list[str] | None:
    """The texts in a short answer, in its order; None where a body is none."""
    text = text.strip()
    if len(text) > _LONGEST or text[:1] not in ("{", "<"):
        return None
    if text.startswith("{"):
        try:
            return list(_texts(json.loads(text)))
        except (ValueError, RecursionError):
            return None
    if text.startswith("<?xml") and not _PAGE.search(text):
        return [part for part in map(str.strip, _TAG.split(text)) if part]
    return None


def _texts(value: Any) -> Iterator[str]:
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(part, dict | list):
            yield from _texts(part)
        elif isinstance(part, str) and part.strip():
            yield part.strip()
