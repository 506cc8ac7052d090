"""SQLite mechanics: opening, migrating, transactions. No business logic."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from tracker.history.chain import fill

MIGRATIONS = Migrations("clausewatch")
BUSY_SECONDS = 20.0
"""How long a locked history is waited for: less than a lease lasts, so that who waits loses none."""
_MOMENT = 0.01
"""Seconds for which an event loop waits for it."""


DatabaseError = sqlite3.DatabaseError
"""What SQLite raises where a file is damaged, in the midst of any question."""


class HistoryError(Exception):
    """The history cannot be opened; the message is a sentence for the user."""


class Busy(HistoryError):
    """Another process has been writing the history for longer than is waited for."""


@MIGRATIONS()
def m001_the_first_schema(db: Database) -> None:
    # schema.sql is this migration: once released, it changes no more, and later changes are migrations of their own
    _run(db, "schema.sql")
    db.table("clauses").enable_fts(["text"], create_triggers=True, tokenize="unicode61 remove_diacritics 2")


@MIGRATIONS()
def m002_deliveries(db: Database) -> None:
    _run(db, "deliveries.sql")


@MIGRATIONS()
def m003_the_chain_over_all_looks(db: Database) -> None:
    db.execute("ALTER TABLE observations ADD COLUMN chain TEXT")
    fill(db)


@MIGRATIONS()
def m004_addresses_that_were_found(db: Database) -> None:
    # found: where discovery found the document, while the registry has no address for it or one that died; url is the one that counts
    db.execute("ALTER TABLE documents ADD COLUMN found TEXT")
    db.execute("DROP INDEX documents_due")
    db.execute("CREATE INDEX documents_due ON documents(next_due) WHERE watched")


@MIGRATIONS()
def m005_triage(db: Database) -> None:
    _run(db, "triage.sql")
    _views(db)


@MIGRATIONS()
def m006_who_read_an_imported_text(db: Database) -> None:
    # the archive, and its rules, that read the text out of the page; null: we did
    db.execute("ALTER TABLE observations ADD COLUMN reader TEXT")


@MIGRATIONS()
def m007_when_a_version_was_seen(db: Database) -> None:
    # whoever starts from a clause asks when the versions that hold it were seen; views that spare most reasons and dates the reading
    db.execute("CREATE INDEX reigns_version ON reigns(version, first_seen, last_seen)")
    _views(db)


@MIGRATIONS()
def m008_clause_changes_in_a_table_of_rows(db: Database) -> None:
    # long rows fill the pages of a table without rowids badly: a third of the space was empty
    [(made,)] = db.execute("SELECT sql FROM sqlite_master WHERE name = 'clause_changes'").fetchall()
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        db.execute(f"DROP VIEW {name}")
    db.execute("ALTER TABLE clause_changes RENAME TO clause_changes_before")
    db.execute(made.replace("STRICT, WITHOUT ROWID", "STRICT"))
    db.execute("INSERT INTO clause_changes SELECT * FROM clause_changes_before")
    db.execute("DROP TABLE clause_changes_before")
    _views(db)


def _views(db: Database) -> None:
    """Make the views as views.sql has them: they hold nothing, so whatever changes them makes them all anew."""
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        db.execute(f"DROP VIEW {name}")
    _run(db, "views.sql")


@MIGRATIONS()
def m009_who_holds_which_host(db: Database) -> None:
    db.execute("CREATE INDEX hosts_lease ON hosts(lease) WHERE lease IS NOT NULL")


@MIGRATIONS()
def m010_what_leaves_people_with_less(db: Database) -> None:
    # the view promises_withdrawn asks with the same words
    db.execute("CREATE INDEX clause_changes_weaker ON clause_changes(change) WHERE instr(reasons, '\"weaker\"')")
    _views(db)


@MIGRATIONS()
def m011_changes_that_happened(db: Database) -> None:
    # what is derived anew leaves changes behind that no reign begins with: they are kept, and not listed beside those in their place
    _views(db)


def _run(db: Database, script: str) -> None:
    """Execute a script of ours statement by statement: executescript() would commit the migration's transaction."""
    statement = ""
    for line in (files(__package__) / script).read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


def connect(path: Path, *, read_only: bool) -> Database:
    """Open the database at `path`, creating and migrating it unless `read_only`.

    Raises HistoryError where there is no database to read, where it is none of ours, or where its schema is not the one known here.
    """
    if read_only and not path.exists():
        raise HistoryError(f"There is no history at {path} yet: `clausewatch crawl` makes it.")
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    conn = None
    try:
        conn = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
        conn.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            _write_ahead(conn)
            conn.execute("PRAGMA synchronous = NORMAL")
        db = Database(conn)
        _check(db, path, read_only=read_only)
    except BaseException as error:
        if conn is not None:
            conn.close()
        if isinstance(error, sqlite3.OperationalError):
            raise HistoryError(f"The history at {path} cannot be used: {error}.") from error
        if isinstance(error, sqlite3.DatabaseError):
            raise HistoryError(f"{path} is no history of Clausewatch: {error}.") from error
        raise
    return db


def scratch() -> Database:
    """An empty history in memory, for what is only worked out."""
    db = Database(sqlite3.connect(":memory:", isolation_level=None))
    db.execute("PRAGMA foreign_keys = ON")
    with writing(db):
        MIGRATIONS.apply(db)
    return db


def _write_ahead(conn: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite does not wait for others who do so at the same moment, so this does."""
    until = time.monotonic() + BUSY_SECONDS
    while conn.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            conn.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _check(db: Database, path: Path, *, read_only: bool) -> None:
    tables = set(db.table_names())
    applied = _applied(db) if "_sqlite_migrations" in tables else set()
    known = {m.name for m in MIGRATIONS.pending(Database(memory=True))}
    if tables and not applied:
        raise HistoryError(f"{path} is a database, but no history of Clausewatch.")
    if applied - known:
        raise HistoryError(f"{path} was written by a newer Clausewatch: upgrade this one to use it.")
    if known - applied:
        if read_only:
            raise HistoryError(
                f"{path} was written by an older Clausewatch: run a command that writes once, such as `crawl`."
            )
        _migrate(db, path, backup=bool(applied))


def _applied(db: Database) -> set[str]:
    rows = db.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [MIGRATIONS.name])
    return {name for (name,) in rows}


def _migrate(db: Database, path: Path, *, backup: bool) -> None:
    if backup:
        moment = stamp(datetime.now(UTC)).replace(":", "")
        db.execute("VACUUM INTO ?", [str(path.with_name(f"{path.name}.{moment}.backup"))])
    with writing(db):
        MIGRATIONS.apply(db)


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One read-then-write transaction, or part of the one that is open.

    It begins IMMEDIATE: a deferred one fails at once where another writer came between. Raises Busy where others write for too long.
    """
    if db.conn.in_transaction:
        yield
        return
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        kind = Busy if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY else HistoryError
        raise kind(f"The history cannot be written at the moment: {error}.") from error
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def hurried(db: Database) -> Iterator[None]:
    """Meanwhile, others who write are hardly waited for: an event loop has more to do, and asks again."""
    db.execute(f"PRAGMA busy_timeout = {1000 * _MOMENT:.0f}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA busy_timeout = {1000 * BUSY_SECONDS:.0f}")


def insert(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Add a row, by its columns; its id."""
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    cursor = db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))
    return int(cursor.lastrowid or 0)


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """One consistent view over several queries."""
    if db.conn.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


def stamp(moment: datetime) -> str:
    """A moment as it is stored: UTC, whole seconds, sorted as text. Naive datetimes are refused."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment must know its time zone, got {moment!r}")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fine_stamp(moment: datetime) -> str:
    """The same to the millisecond, for leases and politeness."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


def moment(text: str) -> datetime:
    """Back from stamp() or fine_stamp()."""
    return datetime.fromisoformat(text)


def maybe(text: str | None) -> datetime | None:
    """The same where there may be none."""
    return moment(text) if text else None
