"""The one spelling of a text: equal wording gives equal characters, whatever markup, editor or browser it passed through.

Quotation marks are straightened here, in the text itself and not only where texts are compared: publishing systems curl and uncurl
them from one visit to the next, and a version is identified by its canonical text, so it must not turn into another one by that. Words,
letters, case, numbers, dashes and every other mark stay as the page has them. Who must show the very glyphs has them in the snapshot.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = {
    # soft hyphen, zero-width space, word joiner, byte-order mark, direction marks and embeddings, object and variation marks
    **dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFC, 0xFE0E, 0xFE0F, 0x180E, 0x61C]),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2061, 0x2065), *range(0x2066, 0x206A)]),
    # controls: dropped where they are not white space (those become a space below); lone surrogates cannot be stored as UTF-8
    **dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0)]),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛ʼ′`´"), "'") | dict.fromkeys(map(ord, "“”„‟″"), '"')
_TABLE = _INVISIBLE | _QUOTES
_COMMON = (("’", "'"), ("“", '"'), ("”", '"'), ("‘", "'"))
_OTHERS = re.compile(f"[{''.join(map(re.escape, map(chr, _TABLE)))}]")
"""Texts with none of these, as most are once the common quotes are straight, are spared a look-up for each character."""
# joiners are letters' business in Arabic and Indic scripts, and stray marks everywhere else
_JOINERS = re.compile(r"[\u200c\u200d](?![\u0600-\u0dff])")
_PLAIN = re.compile(r"[ !-_a-~]*\Z")


def canonical(text: str) -> str:
    """Text with white space, invisible characters, quotes and composition normalised; a line break stays a line break."""
    if not _PLAIN.match(text):
        for curled, straight in _COMMON:
            text = text.replace(curled, straight)
        if _OTHERS.search(text):
            text = text.translate(_TABLE)
        text = unicodedata.normalize("NFC", _JOINERS.sub("", text))
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def one_line(text: str) -> str:
    """A canonical text without its line breaks."""
    return text.replace("\n", " ")
