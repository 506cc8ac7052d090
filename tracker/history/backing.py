"""A consistent copy of the history while others write, and the way back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from tracker.history.connection import HistoryError


def backup(source: Path, target: Path) -> None:
    """Copy the history at `source` to `target`, as it is at one moment. The copy appears when it is whole and found sound.

    Raises HistoryError where there is something at `target` already, or the copy is not sound.
    """
    if target.exists():
        raise HistoryError(f"{target} is there already: name a file that is not.")
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        _copy(source, partial)
        os.link(partial, target)  # unlike a rename, it replaces nothing that came meanwhile
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: Path, partial: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(partial)) as copy,
    ):
        live.backup(copy)  # in one step: done in several, every write of others would make it begin anew
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        said = [row[0] for row in copy.execute("PRAGMA quick_check")]
    if said != ["ok"]:
        raise HistoryError(f"The copy of {source} is damaged, and so may be the history: {said[0]}.")
    with partial.open("rb") as file:
        os.fsync(file.fileno())


def restore(source: Path, target: Path, aside: Path) -> None:
    """Put the backup `source` in the place of the history at `target`, which is kept at `aside`, be it damaged.

    Raises HistoryError where the backup is not sound, or somebody has the history open.
    """
    incoming = target.with_name(f"{target.name}.incoming")
    incoming.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(source, incoming)
        if target.exists():
            _fold_log(target)
            for rest in ("", "-wal", "-shm"):
                if (present := target.with_name(target.name + rest)).exists():
                    present.rename(aside.with_name(aside.name + rest))
        incoming.rename(target)
    finally:
        incoming.unlink(missing_ok=True)


def _fold_log(target: Path) -> None:
    """Put what is in the log beside a history into its file. SQLite does so only where nobody else has it open."""
    try:
        with closing(sqlite3.connect(target, timeout=1)) as present:
            present.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise HistoryError(f"Somebody has {target} open: stop what writes or shows it first.") from error
        # damaged, which may be why it is replaced: it is kept as it is, and its log too
