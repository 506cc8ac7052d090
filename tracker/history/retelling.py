"""What the looks at a document come to when all are told anew, put in the place of what was derived from them before.

Looks, bytes, the chain, verdicts and events are the record: they are read and added to here, never altered. Versions, reigns and changes
follow from the looks; they come from a history in memory, into which the looks were told.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tracker.history.chain import extend
from tracker.history.connection import insert, writing
from tracker.history.recording import Outdated, store
from tracker.history.seen import Past
from tracker.history.snapshots import Base, digest, pack
from tracker.history.work import upsert
from tracker.model import LIVE, Document, State

if TYPE_CHECKING:
    from tracker.history import History


@dataclass(frozen=True, slots=True)
class Retold:
    """What came of telling a document's looks anew: how many looks were added; how many texts it had in force before and has now; of those,
    how many are new, how many stand for two or more of the old ones, and how many of the old ones became two or more; and in how many looks
    there is no policy any more where there was one before."""

    added: int
    before: int
    after: int
    fresh: int
    merged: int
    split: int
    unread: int


def shelve(history: History, document: Document, now: datetime) -> None:
    """Make a document known that only an archive speaks of: its history is kept, and nobody looks at it until the registry has it."""
    with writing(history.db):
        known = history.db.execute("SELECT 1 FROM documents WHERE name = ?", [document.name]).fetchone()
        if not known:
            identity = upsert(history, document, now)
            history.db.execute("UPDATE documents SET watched = 0 WHERE id = ?", [identity])


def retell(history: History, told: Past, story: bytes) -> Retold:
    """Put what came of `told` in the place of what was derived before: `story` is the history, in bytes, that it was told into.

    Raises Outdated, and writes nothing but bodies, where the document was written of since `told` was read.
    """
    source = sqlite3.connect(":memory:")
    source.deserialize(story)
    source.row_factory = sqlite3.Row
    try:
        return _Retelling(history, told, source).write()
    finally:
        source.close()
        history.forget()


class _Retelling:
    """One document's story on its way from `source`; ids there are mapped to ids here."""

    def __init__(self, history: History, told: Past, source: sqlite3.Connection) -> None:
        self.db, self.source, self.told = history.db, source, told
        name = told.document.name
        self.document = int(self.db.execute("SELECT id FROM documents WHERE name = ?", [name]).fetchone()[0])
        self.shots = told.shots
        self.snapshots: dict[int | None, int | None] = {None: None}
        self.versions: dict[int | None, int | None] = {None: None}
        self.changes: dict[int | None, int | None] = {None: None}
        self.looks: dict[int | None, int | None] = {None: None}
        self.fresh = self.unread = 0
        self.heard = False
        """Whether a look of ours saw a text in force: subscribers have heard of it, then."""
        self.reread: set[int] = set()
        """The versions that were there before, in which more or something else is read now."""

    def write(self) -> Retold:
        self._bodies()
        with writing(self.db):
            row = self.db.execute("SELECT revision FROM documents WHERE id = ?", [self.document]).fetchone()
            if row != (self.told.revision,):
                raise Outdated
            before = self._count()
            self._write_versions()
            self._write_changes()
            became = self._write_looks()
            self._write_reigns()
            self._write_quarantine()
            self._supersede(became)
            self._number()
            self._stand(became)
            olds = Counter(new for news in became.values() for new in news)
            return Retold(
                added=self.told.added,
                before=before,
                after=self._count(),
                fresh=self.fresh,
                merged=sum(count > 1 for count in olds.values()),
                split=sum(len(news) > 1 for news in became.values()),
                unread=self.unread,
            )

    def _count(self) -> int:
        row = self.db.execute(
            "SELECT count(DISTINCT version) FROM reigns WHERE document = ?", [self.document]
        ).fetchone()
        return int(row[0])

    def _rows(self, sql: str) -> Iterator[dict[str, Any]]:
        return (dict(row) for row in self.source.execute(sql))

    def _update(self, table: str, row: Mapping[str, Any], identity: int) -> None:
        columns = ", ".join(f"{column} = ?" for column in row)
        self.db.execute(f"UPDATE {table} SET {columns} WHERE id = ?", [*row.values(), identity])

    def _bodies(self) -> None:
        """The bodies of the looks that are added; each in a transaction of its own, because packing takes its time."""
        last: Base | None = None
        known = {sha: identity for identity, sha in self.source.execute("SELECT id, sha256 FROM snapshots")}
        for each in self.shots:
            body = each.seen().body if each.row is None else None
            if body is not None:
                last = self._body(body, last)
        for sha256, there in known.items():
            here = self.db.execute("SELECT id FROM snapshots WHERE sha256 = ?", [sha256]).fetchone()
            self.snapshots[there] = here[0] if here else None

    def _body(self, body: bytes, last: Base | None) -> Base | None:
        sha256 = digest(body)
        found = self.db.execute("SELECT id, depth FROM snapshots WHERE sha256 = ?", [sha256]).fetchone()
        if found is not None:
            return Base(found[0], found[1], body)
        packed = pack(body, last)
        with writing(self.db):
            identity, new = store(self.db, packed)
        return Base(identity, packed.depth, body) if new else None

    def _write_versions(self) -> None:
        for row in self._rows("SELECT * FROM versions ORDER BY id"):
            there, text_hash = row.pop("id"), row["text_hash"]
            row |= {"document": self.document, "snapshot": self.snapshots[row["snapshot"]], "superseded": None}
            found = self.db.execute(
                "SELECT id, extractor FROM versions WHERE document = ? AND text_hash = ?", [self.document, text_hash]
            ).fetchone()
            if found is None:
                row["number"] = self.db.execute(
                    "SELECT coalesce(max(number), 0) + 1 FROM versions WHERE document = ?", [self.document]
                ).fetchone()[0]
                here = insert(self.db, "versions", row)
                self.fresh += 1
            else:
                here = int(found[0])
                kept = ("document", "number", "text_hash", "snapshot")
                new = {column: value for column, value in row.items() if column not in kept}
                self._update("versions", new, here)
            self.versions[there] = here
            if found is None or found[1] != row["extractor"]:
                self._contents(there, here)
                self.reread.add(here)

    def _contents(self, there: int, here: int) -> None:
        for table in ("version_clauses", "facts"):
            self.db.execute(f"DELETE FROM {table} WHERE version = ?", [here])
        many = self.db.conn.executemany
        clauses = (
            """FROM version_clauses vc JOIN clauses c ON c.id = vc.clause WHERE vc.version = ? ORDER BY vc.position"""
        )
        many(
            "INSERT OR IGNORE INTO clauses (hash, kind, label, text) VALUES (?, ?, ?, ?)",
            [tuple(row) for row in self.source.execute(f"SELECT c.hash, c.kind, c.label, c.text {clauses}", [there])],
        )
        many(
            """INSERT INTO version_clauses (version, position, clause, depth, trail, links)
               VALUES (?, ?, (SELECT id FROM clauses WHERE hash = ?), ?, ?, ?)""",
            [
                (here, *row)
                for row in self.source.execute(
                    f"SELECT vc.position, c.hash, vc.depth, vc.trail, vc.links {clauses}", [there]
                )
            ],
        )
        columns = "position, kind, value, modality, negated, words"
        many(
            f"INSERT INTO facts (version, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (here, *row)
                for row in self.source.execute(f"SELECT {columns} FROM facts WHERE version = ? ORDER BY rowid", [there])
            ],
        )

    def _write_changes(self) -> None:
        for row in self._rows("SELECT * FROM changes WHERE id IN (SELECT change FROM reigns)"):
            there = row.pop("id")
            row |= {"document": self.document, "old": self.versions[row["old"]], "new": self.versions[row["new"]]}
            found = self.db.execute(
                "SELECT id FROM changes WHERE old = ? AND new = ? AND ruleset = ?",
                [row["old"], row["new"], row["ruleset"]],
            ).fetchone()
            here = self.changes[there] = int(found[0]) if found else insert(self.db, "changes", row)
            if found and not {row["old"], row["new"]} & self.reread:
                continue
            if found:  # it names clauses by their places, and those may be others now
                self._update("changes", row, here)
                self.db.execute("DELETE FROM clause_changes WHERE change = ?", [here])
            for clause in self._rows(f"SELECT * FROM clause_changes WHERE change = {int(there)} ORDER BY number"):
                insert(self.db, "clause_changes", {**clause, "change": here})

    def _write_looks(self) -> dict[int, list[int]]:
        """The looks that are added; of the others, the version that they saw. What each old version became, and last what it is now."""
        became: dict[int, list[int]] = defaultdict(list)
        for each, row in zip(self.shots, self._rows("SELECT * FROM observations ORDER BY id"), strict=True):
            there = row.pop("id")
            version = self.versions[row["version"]]
            if each.row is None:
                row |= {"document": self.document, "version": version, "snapshot": self.snapshots[row["snapshot"]]}
                added = self.looks[there] = insert(self.db, "observations", {**row, "chain": None})
                extend(self.db, added)
                continue
            self.looks[there] = each.row
            [(old,)] = self.db.execute("SELECT version FROM observations WHERE id = ?", [each.row]).fetchall()
            if old is not None and version is not None:
                became[old] = [*(each for each in became[old] if each != version), version]
            self.unread += old is not None and row["state"] != State.OK
            self.heard = self.heard or (old is not None and each.look.source in LIVE)
            if old != version or row["text_hash"] is not None:
                self.db.execute(
                    "UPDATE observations SET version = ?, text_hash = ?, fingerprint = ? WHERE id = ?",
                    [version, row["text_hash"], row["fingerprint"], each.row],
                )
        return became

    def _write_reigns(self) -> None:
        self.db.execute("DELETE FROM reigns WHERE document = ?", [self.document])
        for row in self._rows("SELECT * FROM reigns ORDER BY id"):
            del row["id"]
            version, change = self.versions[row["version"]], self.changes[row["change"]]
            insert(self.db, "reigns", {**row, "document": self.document, "version": version, "change": change})

    def _write_quarantine(self) -> None:
        self.db.execute("DELETE FROM quarantine WHERE document = ?", [self.document])
        for row in self._rows("SELECT * FROM quarantine"):
            mapped = {"snapshot": self.snapshots[row["snapshot"]], "observation": self.looks[row["observation"]]}
            insert(self.db, "quarantine", {**row, "document": self.document, **mapped})

    def _supersede(self, became: Mapping[int, Sequence[int]]) -> None:
        """Texts that no look shows any more are kept, and lead to the one that their last look shows now."""
        told = {version for version in self.versions.values() if version is not None}
        for old, news in became.items():
            if old not in told:
                self.db.execute("UPDATE versions SET superseded = ? WHERE id = ?", [news[-1], old])

    def _number(self) -> None:
        """Versions are numbered in the order in which they were first seen; those that no look shows come last."""
        rows = self.db.execute(
            """SELECT v.id FROM versions v LEFT JOIN reigns r ON r.version = v.id WHERE v.document = ?
               GROUP BY v.id ORDER BY min(r.first_seen) IS NULL, min(r.first_seen), v.number""",
            [self.document],
        ).fetchall()
        # first out of the way of each other: a number stands once in a document
        for sign in (-1, 1):
            self.db.conn.executemany(
                "UPDATE versions SET number = ? WHERE id = ?",
                [(sign * number, identity) for number, (identity,) in enumerate(rows, 1)],
            )

    def _stand(self, became: Mapping[int, Sequence[int]]) -> None:
        """Where the document stands. What subscribers last heard stays, unless they have heard nothing: imports are history, no news."""
        [(version,)] = self.source.execute("SELECT version FROM documents").fetchall()
        [(told,)] = self.db.execute("SELECT told FROM documents WHERE id = ?", [self.document]).fetchall()
        if told is None or not self.heard:
            told = self.versions[version]
        elif told in became and told not in self.versions.values():
            told = became[told][-1]
        last = self.looks[max((there for there in self.looks if there is not None), default=None)]
        # whether the page can be had, our own looks say: the failures in a row stay as they are
        self.db.execute(
            "UPDATE documents SET revision = revision + 1, version = ?, told = ?, observation = ? WHERE id = ?",
            [self.versions[version], told, last, self.document],
        )
