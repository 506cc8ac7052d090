"""Writes tracker/comparison/languages.toml: what languages call themselves and are called in English, by CLDR as Babel carries it.

The menus of sites name them. Run after an upgrade of Babel: `python docs/make_languages.py`. A test says when the file is stale.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from babel import Locale, localedata

from tracker.comparison.lexicon import terms

TARGET = Path(__file__).parent.parent / "tracker" / "comparison" / "languages.toml"
_ASIDE = re.compile(r"\(.*?\)")
_LINE = 150


def text() -> str:
    """The file: the folded names, in order."""
    english = Locale("en").languages
    codes = {code.partition("_")[0] for code in localedata.locale_identifiers()} & english.keys()
    named = {name for code in codes for name in (english[code], Locale(code).get_language_name(code) or "")}
    folded = sorted({" ".join(terms(_ASIDE.sub("", name))) for name in named} - {""})
    lines = textwrap.wrap(", ".join(f'"{name}"' for name in folded).replace(" ", "\0").replace(",\0", ", "), _LINE)
    listed = "\n".join(f"    {line}" for line in lines).replace("\0", " ")
    return f"# Made by docs/make_languages.py: what languages call themselves and are called in English.\nnames = [\n{listed},\n]\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
