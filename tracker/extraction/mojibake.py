"""UTF-8 that somebody read as Windows-1252 and wrote again, once or twice: â€™ for ’, Ã© for é.

Repaired only where there is no doubt: several such runs, each of which is a character of UTF-8 to the last byte. No language writes them.
"""

from __future__ import annotations

import re

_HOLES = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes that Windows-1252 gives no character; browsers read them as control characters."""
_CHARACTERS = [_HOLES.get(byte) or bytes([byte]).decode("cp1252") for byte in range(256)]
_BYTES = {character: byte for byte, character in enumerate(_CHARACTERS)}
_GOING_ON = re.escape("".join(_CHARACTERS[0x80:0xC0]))


_RUN = re.compile(
    f"[\xc2-\xf4](?:(?<=[\xc2-\xdf])[{_GOING_ON}]|(?<=[\xe0-\xef])[{_GOING_ON}]{{2}}|(?<=[\xf0-\xf4])[{_GOING_ON}]{{3}})"
)
_FIRST = b"\xc3"
"""How the first character of every run begins in UTF-8: a page is sooner looked through for that byte than for runs."""
_LEAST = 3
"""Runs of which one may be an accident, and the page is none."""
_TIMES = 2


def repaired(text: str) -> str:
    """The text as it was before it was misread; itself where that is not certain."""
    for _ in range(_TIMES):
        few = text.encode("utf-8", "surrogatepass").count(_FIRST) < _LEAST
        runs = [] if few else _RUN.findall(text)
        if len(runs) < _LEAST or any(_read(run) is None for run in set(runs)):
            return text
        text = _RUN.sub(lambda found: _read(found[0]) or found[0], text)
    return text


def _read(run: str) -> str | None:
    try:
        return bytes(_BYTES[character] for character in run).decode("utf-8")
    except UnicodeDecodeError:
        return None
