"""The words that tell what a page is, compiled from states.toml: what errors and walls say, titles of legal documents, and legal words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_MOST_WORDS = 3000
"""That are looked through for legal ones."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """By state, sentences that pages of it say, pairs of words that one sentence of a brief one has, and words that a tiny one has; by
    kind, titles; by language, legal words."""

    cues: Mapping[str, re.Pattern[str]]
    pairs: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]
    alone: Mapping[str, re.Pattern[str]]
    kinds: Mapping[str, re.Pattern[str]]
    words: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The compiled tables."""
    table = tomllib.loads(files(__package__).joinpath("states.toml").read_text(encoding="utf-8"))
    return Lexicon(
        cues={name: re.compile("|".join(f"(?:{p})" for p in patterns)) for name, patterns in table["cues"].items()},
        pairs={name: (_starting(things), _starting(matters)) for name, (things, matters) in table["pairs"].items()},
        alone={name: _starting(patterns) for name, patterns in table["alone"].items()},
        kinds={kind: _starting(patterns) for kind, patterns in table["kinds"].items()},
        words={code: _whole(pattern) for code, pattern in table["vocabulary"].items()},
    )


def _starting(patterns: Iterable[str]) -> re.Pattern[str]:
    inside = "|".join(p.removeprefix("~") for p in patterns if p.startswith("~") or _UNSPACED.search(p))
    first = "|".join(p for p in patterns if not (p.startswith("~") or _UNSPACED.search(p)))
    return re.compile(rf"(?<![^\W_])(?:{first})" + (f"|{inside}" if inside else ""))


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern if _UNSPACED.search(pattern) else rf"\b(?:{pattern})\b")


def folded(line: str) -> str:
    """A line as the tables write it."""
    return line.casefold().replace("’", "'").strip()


def found(name: str, lines: Iterable[str]) -> str | None:
    """The first of the lines that says what pages say for which this cue stands."""
    pattern = lexicon().cues[name]
    return next((line[:160] for line in lines if pattern.search(folded(line))), None)


def kinds(title: str) -> frozenset[str]:
    """The kinds of legal documents that a title names: "privacy", "cookies", "terms", … and "other" for a policy of any kind."""
    title = title.casefold()
    return frozenset(kind for kind, pattern in lexicon().kinds.items() if pattern.search(title))


def count(text: str) -> int:
    """Words; two characters count as one in scripts without spaces."""
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2


def density(texts: Iterable[str], language: str | None) -> float | None:
    """Legal words per hundred words; None in a language whose legal words are not known."""
    pattern = lexicon().words.get(language or "")
    if pattern is None:
        return None
    hits = words = 0
    for text in texts:
        hits += len(pattern.findall(text.casefold()))
        words += count(text)
        if words > _MOST_WORDS:
            break
    return 100 * hits / max(words, 1)


def asks_consent(lines: Sequence[str], first: int = 4) -> bool:
    """Whether some short texts are those of a consent dialog: they speak of cookies or privacy, and one accepts or refuses."""
    about = found("consent_wall", lines[:first]) or sum("cookie" in line.casefold() for line in lines) > 1
    return bool(about) and accepts(lines)


def accepts(lines: Iterable[str]) -> bool:
    """Whether one of the lines is that of a button to accept or refuse."""
    return found("accept", (line for line in lines if len(line) <= 60)) is not None
