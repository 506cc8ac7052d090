"""Opening a history: schemas it knows, sentences where it does not, transactions that hold."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from tracker import History, HistoryError
from tracker.history import connection
from tracker.history.connection import connect, writing


def test_a_history_is_made_on_first_use(tmp_path: Path) -> None:
    with History(tmp_path / "new" / "history.db") as history:
        assert history.documents() == []


def test_reading_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="no history at"):
        History(tmp_path / "history.db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    History(path).close()
    with History(path, read_only=True) as history, pytest.raises(sqlite3.OperationalError, match="readonly"):
        history.db.execute("DELETE FROM documents")


@pytest.mark.parametrize(
    "content", [b"this is no database, but it is long enough to be looked at " * 20, b"\x00" * 4096]
)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(content)
    with pytest.raises(HistoryError):
        History(path)
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()
    with pytest.raises(HistoryError, match="no history of Clausewatch"):
        History(path)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with History(path) as history:
        history.db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('clausewatch', 'm999_the_future')"
        )
    for read_only in (True, False):
        with pytest.raises(HistoryError, match="newer Clausewatch"):
            History(path, read_only=read_only)


def test_an_older_schema_is_migrated_by_writers_after_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.db"
    History(path).close()
    newer = Migrations("clausewatch")
    newer()(connection.m001_the_first_schema)
    newer()(connection.m002_deliveries)
    newer()(connection.m003_the_chain_over_all_looks)
    newer()(connection.m004_addresses_that_were_found)
    newer()(connection.m005_triage)
    newer()(connection.m006_who_read_an_imported_text)
    newer()(connection.m007_when_a_version_was_seen)
    newer()(connection.m008_clause_changes_in_a_table_of_rows)
    newer()(connection.m009_who_holds_which_host)
    newer()(connection.m010_what_leaves_people_with_less)
    newer()(connection.m011_changes_that_happened)

    @newer()
    def m900_a_column_more(db: Database) -> None:
        db.execute("ALTER TABLE hosts ADD COLUMN note TEXT")

    monkeypatch.setattr(connection, "MIGRATIONS", newer)
    with pytest.raises(HistoryError, match="older Clausewatch"):
        History(path, read_only=True)
    with History(path) as history:
        history.db.execute("INSERT INTO hosts (host, note) VALUES ('a.example', 'new')")
    [backup] = tmp_path.glob("history.db.*.backup")
    columns = [row[1] for row in sqlite3.connect(backup).execute("PRAGMA table_info(hosts)")]
    assert "note" not in columns


def test_a_migration_that_fails_leaves_the_history_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.db"
    History(path).close()
    broken = Migrations("clausewatch")
    broken()(connection.m001_the_first_schema)
    broken()(connection.m002_deliveries)
    broken()(connection.m003_the_chain_over_all_looks)
    broken()(connection.m004_addresses_that_were_found)
    broken()(connection.m005_triage)

    @broken()
    def m900_breaks(db: Database) -> None:
        db.execute("ALTER TABLE hosts ADD COLUMN note TEXT")
        db.execute("ALTER TABLE nothing ADD COLUMN note TEXT")

    with monkeypatch.context() as patched, pytest.raises(HistoryError):
        patched.setattr(connection, "MIGRATIONS", broken)
        History(path)
    with History(path) as history:
        assert "note" not in [row[1] for row in history.db.execute("PRAGMA table_info(hosts)")]


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    db = connect(tmp_path / "history.db", read_only=False)
    with pytest.raises(RuntimeError), writing(db):
        db.execute("INSERT INTO hosts (host) VALUES ('a.example')")
        raise RuntimeError
    assert db.execute("SELECT count(*) FROM hosts").fetchone() == (0,)
    db.close()


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    History(path).close()
    errors: list[Exception] = []

    def write(name: str) -> None:
        db = connect(path, read_only=False)
        try:
            for _ in range(50):
                with writing(db):
                    count = db.execute("SELECT count(*) FROM hosts").fetchone()[0]
                    db.execute("INSERT INTO hosts (host) VALUES (?)", [f"{name}{count}.example"])
        except Exception as error:
            errors.append(error)
        finally:
            db.close()

    threads = [threading.Thread(target=write, args=(str(n),)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with History(path) as history:
        assert history.db.execute("SELECT count(*) FROM hosts").fetchone() == (200,)


def test_foreign_keys_hold(tmp_path: Path) -> None:
    with History(tmp_path / "history.db") as history, pytest.raises(sqlite3.IntegrityError):
        history.db.execute(
            "INSERT INTO versions (document, number, text_hash, wording_hash, dates, hints, words, extractor) "
            "VALUES (99, 1, 'a', 'b', '[]', '{}', 0, 'x')"
        )
