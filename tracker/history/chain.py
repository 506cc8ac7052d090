"""The chain over all looks: each row carries a hash of what was seen and of the row before it.

None can be altered, taken out or put between without all later hashes changing. So a day's root (the hash after the day's last look),
once it is published or timestamped, proves to others what had been recorded by then (Haber and Stornetta, "How to time-stamp a digital
document", 1991). What follows from a look (versions, changes, reasons) is not part of it: newer rules may read more out of the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from tracker.model import LIVE

START = "0" * 64
"""What the first row builds on."""
_SEEN = (
    "document",
    "at",
    "state",
    "url",
    "final_url",
    "redirects",
    "status",
    "headers",
    "content_type",
    "address",
    "source",
    "sha256",
)
_ROWS = f"""
    SELECT o.id, o.chain, {", ".join(f"o.{column}" for column in _SEEN[:-1])}, s.sha256
    FROM observations o LEFT JOIN snapshots s ON s.id = o.snapshot
"""


@dataclass(frozen=True, slots=True)
class Linked:
    """One look in the chain: its row, the digest of what it saw, the hash that is stored and the one that should be."""

    id: int
    seen: dict[str, Any]
    digest: str
    stored: str | None
    expected: str

    @property
    def whole(self) -> bool:
        return self.stored == self.expected


@dataclass(frozen=True, slots=True)
class Root:
    """The hash after the last look of a day (UTC): it stands for everything recorded until then."""

    day: str
    observation: int
    looks: int
    chain: str


def digest(seen: dict[str, Any]) -> str:
    """SHA-256 of what a look saw: its columns as JSON in their order, without white space, in UTF-8."""
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def link(before: str, seen: str) -> str:
    """The hash of a row: SHA-256 of the hash before it and the digest of what it saw, both in hexadecimal."""
    return hashlib.sha256(f"{before}{seen}".encode()).hexdigest()


def extend(db: Database, observation: int) -> None:
    """Link the row just written to the one before it; part of the recording transaction."""
    [row] = db.execute(f"{_ROWS} WHERE o.id = ?", [observation]).fetchall()
    chained = _linked(row, before(db, observation))
    db.execute("UPDATE observations SET chain = ? WHERE id = ?", [chained.expected, observation])


def before(db: Database, observation: int) -> str:
    """The hash that a row builds on: that of the row before it."""
    row = db.execute("SELECT chain FROM observations WHERE id < ? ORDER BY id DESC LIMIT 1", [observation]).fetchone()
    return row[0] if row else START


def linked(db: Database, since: int = 0) -> Iterator[Linked]:
    """All looks after the row `since` in their order, each with the hash that it should have, given those that are stored before it."""
    last = before(db, since + 1)
    for row in db.execute(f"{_ROWS} WHERE o.id > ? ORDER BY o.id", [since]):
        chained = _linked(row, last)
        yield chained
        last = chained.stored or ""


def _linked(row: tuple[Any, ...], last: str) -> Linked:
    identity, stored, *values = row
    seen = dict(zip(_SEEN, values, strict=True))
    said = digest(seen)
    return Linked(identity, seen, said, stored, link(last, said))


def roots(db: Database, until: str) -> list[Root]:
    """The roots of the days before the day `until` (ISO), oldest first; imports are in them, and make no day of their own."""
    rows = db.execute(
        """SELECT day, last, looks, chain FROM
             (SELECT substr(at, 1, 10) AS day, max(id) AS last, count(*) AS looks FROM observations
              WHERE source IN (?, ?) GROUP BY day)
           JOIN observations ON id = last WHERE day < ? ORDER BY day""",
        [*LIVE, until],
    )
    return [Root(*row) for row in rows]


def fill(db: Database) -> None:
    """Link the looks of a history that had no chain yet."""
    last = START
    for row in db.execute(f"{_ROWS} ORDER BY o.id").fetchall():
        chained = _linked(row, last)
        db.execute("UPDATE observations SET chain = ? WHERE id = ?", [chained.expected, chained.id])
        last = chained.expected
