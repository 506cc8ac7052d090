"""What is to be told of a document when all its looks are told anew: the looks, with their bodies, and what people decided between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import zstandard

from tracker.history.connection import moment, stamp
from tracker.history.packing import document_from, hops_from
from tracker.history.reading import Unknown
from tracker.model import LIVE, Document, Observation, State

if TYPE_CHECKING:
    from tracker.history import History

_QUICK = 3
"""The level of zstd at which bodies wait to be told again: a year of a page fits into memory."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A look to be told again, with its body packed. `row` is its id, where it stands in the history already."""

    look: Observation
    packed: bytes | None
    row: int | None = None

    @property
    def at(self) -> datetime:
        return self.look.at

    def seen(self) -> Observation:
        """The look as it was."""
        return self.look if self.packed is None else replace(self.look, body=zstandard.decompress(self.packed))


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person decided about the text in quarantine that the look `row` saw, and when."""

    at: datetime
    verdict: Literal["accepted", "rejected"]
    row: int


@dataclass(frozen=True, slots=True)
class Past:
    """All that is to be told again of a document, in order of time; its revision says whether somebody wrote of it since."""

    document: Document
    revision: int
    parts: tuple[Shot | Judged, ...]

    @property
    def shots(self) -> list[Shot]:
        return [part for part in self.parts if isinstance(part, Shot)]

    @property
    def fresh(self) -> list[Shot]:
        """The looks that the history has not yet."""
        return [shot for shot in self.shots if shot.row is None]

    @property
    def added(self) -> int:
        """How many those are."""
        return len(self.fresh)

    def joined(self, parts: Iterable[Shot | Judged]) -> Past:
        """The same together with others, in order of time."""
        return replace(self, parts=tuple(sorted((*self.parts, *parts), key=lambda part: part.at)))


def shot(look: Observation, row: int | None = None) -> Shot:
    """A look, made ready to be told again."""
    packed = None if look.body is None else zstandard.compress(look.body, _QUICK)
    return Shot(replace(look, body=None), packed, row)


def past(history: History, name: str) -> Past:
    """What the history knows of the looks at a document, in order of time. Raises Unknown."""
    found = history.db.execute("SELECT id, revision, definition FROM documents WHERE name = ?", [name]).fetchone()
    if found is None:
        raise Unknown(f"There is no document {name}.")
    document, revision, definition = found
    verdicts = history.db.execute(
        "SELECT at, verdict, observation FROM verdicts WHERE document = ? ORDER BY id", [document]
    )
    judged = [Judged(moment(at), verdict, row) for at, verdict, row in verdicts.fetchall()]
    parts: list[Shot | Judged] = [*_shots(history, document), *judged]
    return Past(document_from(definition), revision, ()).joined(parts)


def known_sources(history: History, name: str) -> set[str]:
    """Where the looks at a document that were imported came from."""
    rows = history.db.execute(
        """SELECT o.source FROM observations o JOIN documents d ON d.id = o.document
           WHERE d.name = ? AND o.source NOT IN (?, ?)""",
        [name, *LIVE],
    )
    return {source for (source,) in rows.fetchall()}


def read_otherwise(history: History, name: str, extractor: str) -> bool:
    """Whether a text of a document that some look showed was read out of its page by another extractor, or other rules, than this."""
    row = history.db.execute(
        """SELECT 1 FROM versions v JOIN documents d ON d.id = v.document JOIN reigns r ON r.version = v.id
           WHERE d.name = ? AND v.extractor <> ?""",
        [name, extractor],
    ).fetchone()
    return row is not None


def _shots(history: History, document: int) -> Iterator[Shot]:
    rows = history.db.query(
        """SELECT o.*, v.id IS NOT NULL AND v.text_hash = o.text_hash AS stood
           FROM observations o LEFT JOIN versions v ON v.id = o.version WHERE o.document = ? ORDER BY o.at, o.id""",
        [document],
    )
    last: tuple[int | None, bytes | None] = None, None
    for row in list(rows):
        snapshot = row["snapshot"]
        if snapshot != last[0]:
            last = snapshot, None if snapshot is None else zstandard.compress(history.body(snapshot), _QUICK)
        failed = row["outcome"] == "failed"
        look = Observation(
            url=row["url"],
            at=moment(row["at"]),
            headers={"content-type": row["content_type"]} if row["content_type"] else {},
            final_url=row["final_url"],
            redirects=hops_from(row["redirects"]),
            failure=State(row["state"]) if failed else None,
            detail=row["why"] if failed else "",
            seconds=row["seconds"],
            address=row["address"],
            source=row["source"],
            reader=row["reader"] or "",
            stood=bool(row["stood"]) and row["source"] in LIVE,
        )
        yield Shot(look, last[1], row["id"])


# --- in the history that a past is told into ----------------------------------------------------------------------------------------


def waits(history: History, observation: int) -> bool:
    """Whether the text that a look saw waits in quarantine."""
    row = history.db.execute(
        """SELECT 1 FROM observations o JOIN quarantine q ON q.document = o.document AND q.text_hash = o.text_hash
           WHERE o.id = ?""",
        [observation],
    ).fetchone()
    return row is not None


def remember(history: History, observation: int, judged: Judged) -> None:
    """Write down what a person decided about a text that does not wait here: it may be seen again."""
    history.db.execute(
        """INSERT INTO verdicts (document, at, verdict, text_hash, observation)
           SELECT document, ?, ?, text_hash, id FROM observations WHERE id = ? AND text_hash IS NOT NULL""",
        [stamp(judged.at), judged.verdict, observation],
    )
