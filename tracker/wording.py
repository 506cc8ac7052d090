"""What counts as wording: text with case, punctuation, quotes, dashes and whitespace folded away.

Pure functions shared by extraction, comparison and the history's layered hashes.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(
    r"https?://[^\s<>()\"“”]+[^\s<>()\"“”.,;:!?]"  # an address of a page
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an address of mail
    r"|\d+(?:[.,:/]\d+)*"  # a number, a date in digits, a version
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*",  # a word, with its apostrophes
)


def words(text: str) -> list[str]:
    """The folded words of a text; e-mail addresses, page addresses and numbers stay whole."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))


def fold(text: str) -> str:
    """The wording of a text: equal for two texts that a reader would call equally worded."""
    return " ".join(words(text))
