"""The words that give a date its role, compiled from cues.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

ROLES = ("previous", "effective", "updated", "published", "weak")
"""In the order in which they are tried: "the previous update" is no update."""


@dataclass(frozen=True, slots=True)
class Cues:
    """One pattern per purpose. `role` has a named group for each of ROLES."""

    role: re.Pattern[str]
    itself: re.Pattern[str]
    document: re.Pattern[str]
    this: re.Pattern[str]
    law: re.Pattern[str]
    part: re.Pattern[str]
    log: re.Pattern[str]


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, dict[str, list[str]]], dict[str, re.Pattern[str]]]:
    """The cues by language, and those of all languages."""
    table = tomllib.loads(files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))
    common = {key: re.compile(_starting(table.pop(key))) for key in ("document", "this")}
    return table, common


@lru_cache(maxsize=64)
def cues(language: str | None) -> Cues:
    """The cues of a language and of English; those of all languages where it is unknown."""
    tables, common = _tables()
    chosen = [code for code in dict.fromkeys([language or "", "en"]) if code in tables]
    if language not in tables:
        chosen = list(tables)
    gather = {
        key: [cue for code in chosen for cue in tables[code][key]] for key in (*ROLES, "self", "law", "part", "log")
    }
    return Cues(
        role=re.compile("|".join(f"(?P<{role}>{_starting(gather[role])})" for role in ROLES)),
        itself=re.compile(_starting(gather["self"])),
        document=common["document"],
        this=common["this"],
        law=re.compile(_starting(gather["law"])),
        part=re.compile(_starting(gather["part"])),
        log=re.compile(_starting(gather["log"])),
    )


_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _starting(patterns: list[str]) -> str:
    """Any of the patterns as whole words; anywhere in a script that puts no spaces between words."""
    spaced = [p for p in patterns if not _UNSPACED.search(p)]
    unspaced = [p for p in patterns if _UNSPACED.search(p)]
    parts = [rf"(?<![^\W_])(?:{'|'.join(spaced)})(?![^\W\d_])"] if spaced else []
    return "(?:" + "|".join([*parts, *unspaced]) + ")"
