"""Long lists a page at a time, and the addresses of the other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

_DIGITS = 6
"""Of a page's number: who asks for a later one has mistyped, and neither Python nor SQLite counts without end."""


@dataclass(frozen=True, slots=True)
class Paging:
    """The page `number` (from 1) of a list of `total` rows, `size` to a page. `asked` are the filters, kept from page to page."""

    number: int
    size: int
    total: int
    asked: Mapping[str, str]

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        """The place of its first row in the list, from 1; 0 where the page is empty."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max(0, min(self.size, self.total - (self.number - 1) * self.size))

    def query(self, number: int) -> str:
        """The query string of another page."""
        return query({**self.asked, "page": str(number) if number > 1 else ""})

    def record(self) -> dict[str, int]:
        """What a reader of JSON needs to go on."""
        return {"page": self.number, "pages": self.last, "total": self.total}


def filters_asked(request: Any, names: Iterable[str], can_be: Mapping[str, Callable[[str], bool]]) -> dict[str, str]:
    """What the address asks for by these names, empty where it does not. What cannot be, by the test in `can_be`, is not asked for."""
    given = {name: (request.args.get(name) or "").strip() for name in names}
    return {name: text if name not in can_be or can_be[name](text) else "" for name, text in given.items()}


def is_day(text: str) -> bool:
    """Whether a text is a day as it is stored, such as 2026-03-04: ISO has other forms, and they do not sort as text."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def page_asked(request: Any) -> int:
    """The page that the address asks for; the first where it asks for none that can be."""
    asked = request.args.get("page") or ""
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) <= _DIGITS else 1


def query(asked: Mapping[str, str]) -> str:
    """A query string of what is asked for, empty where nothing is."""
    given = {key: value for key, value in asked.items() if value}
    return f"?{urlencode(given)}" if given else ""
