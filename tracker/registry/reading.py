"""Reads a table of the registry against what its keys may hold, and collects what is wrong instead of stopping at the first."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Check = Callable[[object], Any]
"""Returns the value as the model has it, or raises ValueError with what is expected."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a key: `vendors.acme.documents[1].url`, and a sentence that says what is expected there.

    Documents are counted from 1, as people count.
    """

    key: str
    text: str


class RegistryError(Exception):
    """A registry that cannot be used, with everything that is wrong in it."""

    def __init__(self, path: Path, problems: Iterable[Problem]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__(
            "\n".join(f"{path}: {p.key}: {p.text}" if p.key else f"{path}: {p.text}" for p in self.problems)
        )


def read_table(
    table: object, checks: Mapping[str, Check], where: str, problems: list[Problem], required: Iterable[str] = ()
) -> dict[str, Any]:
    """The values of `table` that pass their checks, by key; the others, unknown and missing keys go to `problems`."""
    if not isinstance(table, dict):
        problems.append(Problem(where, f"expected a table, got {table!r}"))
        return {}
    values: dict[str, Any] = {}
    for key, value in table.items():
        at = f"{where}.{key}" if where else key
        if key not in checks:
            problems.append(
                Problem(at, f"unknown key; {did_you_mean(key, checks) or f'expected one of {join(checks)}'}")
            )
            continue
        try:
            values[key] = checks[key](value)
        except ValueError as error:
            problems.append(Problem(at, str(error)))
    problems.extend(Problem(f"{where}.{key}", "expected, but missing") for key in required if key not in table)
    return values


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question with the nearest known words, or an empty text where none is near."""
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.6)
    return f"did you mean {join(near, 'or')}?" if near else ""


def join(words: Iterable[str], last: str = "and") -> str:
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail
