"""How sites call their documents, in many languages: what a short text or an address names. The words stand in words.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal
from urllib.parse import unquote

LONGEST = 200
"""Characters of a text that are read: what is longer is no name."""

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ـ": ""})
_TRANSCRIBED = {"ä": "(?:ae|a)", "ö": "(?:oe|o)", "ü": "(?:ue|u)", "å": "(?:aa|a)", "ø": "(?:oe|o)"}
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af]")
_MARK = " ¦ "
"""Stands where something was recognised, so that the words beside it do not join."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a text names: for each kind of document whether by a `name` or by a `topic` only, and the words; what modifies that, as
    factors by name; and how many words say something else."""

    kinds: dict[str, Literal["name", "topic"]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    modifiers: dict[str, float] = field(default_factory=dict)
    unknown: int = 0


def fold(text: str) -> str:
    """Lower case without accents and without characters that are not seen."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Mc", "Cf")))


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """A text as the vocabulary matches it: folded, words parted by single spaces."""
    return " ".join(re.findall(r"\w+", fold(text[:LONGEST]).replace("_", " ")))


@lru_cache(maxsize=8192)
def folded_path(path: str) -> str:
    """A part of an address likewise: "/PrivacyPolicy_v2.html" → "privacy policy v 2 html"."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unquote(path[:LONGEST]).replace("+", " "))
    return re.sub(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])", " ", folded(text))


@lru_cache(maxsize=8192)
def named(text: str, spaced: bool = True) -> Naming:
    """What a folded text names; in addresses (`spaced=False`), words may be written together."""
    words = _vocabulary()
    kinds: dict[str, Literal["name", "topic"]] = {}
    said: dict[str, str] = {}
    for sort, kind, pattern in words.documents(spaced):
        match = pattern.search(text)
        if match:
            kinds.setdefault(kind, sort)
            said.setdefault(kind, match[0].strip())
            text = pattern.sub(_MARK, text)
    if not kinds:
        return Naming()
    modifiers = modified(text)
    for name, _, pattern in words.modifiers:
        text = pattern.sub(_MARK, text) if name in modifiers else text
    rest = re.findall(r"[^\W\d]+", words.plain["filler"].sub(_MARK, text))
    return Naming(kinds, said, modifiers, sum(-(-len(word) // 3) if _UNSPACED.search(word) else 1 for word in rest))


def modified(text: str) -> dict[str, float]:
    """The words in a folded text that make another document of one: factors by name."""
    return {name: factor for name, factor, pattern in _vocabulary().modifiers if pattern.search(text)}


def says(what: Literal["generic", "own", "tools"], text: str) -> str | None:
    """The words with which a folded text is nothing but a pointer ("click here"), speaks of its own ("our"), or of a tool."""
    pattern = _vocabulary().plain[what]
    match = pattern.fullmatch(text) if what == "generic" else pattern.search(text)
    return match[0] if match else None


def is_hub(text: str) -> bool:
    """Whether a folded text is the name of a page that links to the legal documents."""
    return _vocabulary().plain["legal"].fullmatch(text) is not None


def is_publisher(label: str) -> bool:
    """Whether a host publishes policies for others, by the label of its registered domain."""
    return label in _vocabulary().publishers


def usual_paths(kind: str, language: str | None) -> tuple[str, ...]:
    """Paths at which a document of a kind often is, best first."""
    table = _vocabulary().addresses.get(kind, {})
    by_language = table.get((language or "en")[:2].lower(), [])
    return tuple(dict.fromkeys([*table.get("well_known", []), *by_language, *table.get("all", [])]))


KINDS = ("privacy", "cookies", "terms", "imprint")
"""The kinds of documents that have words here."""


class _Vocabulary:
    """The words of words.toml, compiled."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._documents = {
            spaced: [
                (sort, kind, _compiled(_flat(data[table][kind]), spaced))
                for table, sort, kinds in (
                    ("names", "name", ("choices", "processing", *KINDS)),
                    ("topics", "topic", KINDS),
                )
                for kind in kinds
                if _flat(data[table][kind])
            ]
            for spaced in (True, False)
        }
        self.modifiers = [
            (name, float(table["factor"]), _compiled(table["words"])) for name, table in data["modifiers"].items()
        ]
        self.plain = {name: _compiled(words) for name, words in data["plain"].items()}
        self.plain["legal"] = _compiled(_flat(data["names"]["legal"]))
        self.publishers = frozenset(data["hosts"]["publishers"])
        self.addresses: dict[str, dict[str, list[str]]] = data["addresses"]

    def documents(self, spaced: bool) -> list[tuple[Any, str, re.Pattern[str]]]:
        return self._documents[spaced]


@cache
def _vocabulary() -> _Vocabulary:
    return _Vocabulary(tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8")))


def _flat(table: dict[str, list[str]]) -> list[str]:
    return [pattern for patterns in table.values() for pattern in patterns]


def _compiled(patterns: list[str], spaced: bool = True) -> re.Pattern[str]:
    """One expression for all, longer ones first."""
    ready = [_prepared(pattern, spaced) for pattern in sorted(patterns, key=len, reverse=True)]
    bounded = [pattern for pattern in ready if not _UNSPACED.search(pattern)]
    free = [pattern for pattern in ready if _UNSPACED.search(pattern)]
    parts = [rf"(?<!\w)(?:{'|'.join(bounded)})(?!\w)"] if bounded else []
    return re.compile("|".join(parts + free))


def _prepared(pattern: str, spaced: bool) -> str:
    for letter, either in _TRANSCRIBED.items():
        pattern = pattern.replace(letter, either)
    return fold(pattern) if spaced else fold(pattern).replace(" ", " ?")
