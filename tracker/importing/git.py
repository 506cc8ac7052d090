"""A local git clone, read with git itself: the commits that each changed one file, and the contents of files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from tracker.importing import ArchiveError

_BETWEEN, _WITHIN = "\x1e", "\x1f"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that changed one file: when its author made it, what it says, the file and the object that it became (None: deleted)."""

    sha: str
    at: datetime
    message: str
    path: str
    blob: str | None


def commits(clone: Path) -> Iterator[Commit]:
    """The commits of the branch that is checked out, merges and those of several files left out, oldest first in git's own order.

    Raises ArchiveError where there is no git, no repository at `clone`, or one without its history.
    """
    if _said(clone, "rev-parse", "--is-shallow-repository") == "true":
        raise ArchiveError(f"{clone} lacks most of its history: fetch it with `git -C {clone} fetch --unshallow`.")
    form = f"--format={_BETWEEN}%H{_WITHIN}%at{_WITHIN}%B{_WITHIN}"
    arguments = ["log", "--reverse", "--no-merges", "--raw", "--no-renames", "--no-abbrev", "-z", form]
    with _git(clone, *arguments) as process:
        assert process.stdout
        for record in _records(process.stdout):
            sha, at, message, rest = record.split(_WITHIN, 3)
            files = _files(rest)
            if len(files) == 1:
                [(path, blob)] = files
                yield Commit(sha, datetime.fromtimestamp(int(at), UTC), message.strip(), path, blob)


def _records(stream: IO[bytes]) -> Iterator[str]:
    left = b""
    while chunk := stream.read(_CHUNK):
        *whole, left = (left + chunk).split(_BETWEEN.encode())
        yield from (record.decode("utf-8", "replace") for record in whole if record.strip())
    if left.strip():
        yield left.decode("utf-8", "replace")


def _files(raw: str) -> list[tuple[str, str | None]]:
    """Path and new object of each entry of git's raw diff: ":mode mode old new status", NUL, path."""
    fields = [field for field in raw.strip("\n").split("\0") if field.strip()]
    entries = zip(fields[::2], fields[1::2], strict=False)
    return [(path, None if entry.endswith("D") else entry.split(" ")[3]) for entry, path in entries]


def name_of(clone: Path) -> str:
    """What the repository is called where it was cloned from; a clone of nowhere is called as its folder is."""
    said = _said(clone, "config", "--default", str(clone.resolve()), "--get", "remote.origin.url")
    return PurePosixPath(said).name.removesuffix(".git")


def _said(clone: Path, *arguments: str) -> str:
    with _git(clone, *arguments) as process:
        assert process.stdout
        return process.stdout.read().decode("utf-8", "replace").strip()


@contextmanager
def objects(clone: Path) -> Iterator[Objects]:
    """The objects of a clone, for as long as the context lasts."""
    with _git(clone, "cat-file", "--batch") as process:
        yield Objects(process)


class Objects:
    """Reads objects by their names, through one process of git."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def read(self, name: str) -> bytes:
        """Raises ArchiveError where the clone has not the object."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{name}\n".encode())
        self._process.stdin.flush()
        head = self._process.stdout.readline().split()
        if len(head) != 3:
            raise ArchiveError(f"The clone lacks the object {name}: clone the whole repository, with its history.")
        content = self._process.stdout.read(int(head[2]))
        self._process.stdout.read(1)
        return content


@contextmanager
def _git(clone: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    git = shutil.which("git")
    if git is None:
        raise ArchiveError("git is needed to read a clone, and is not installed.")
    # an object that a partial clone lacks is not fetched, and no configuration of the user's changes what is printed
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**ours, "GIT_NO_LAZY_FETCH": "1", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    command = [git, "-c", "safe.directory=*", "-C", str(clone), *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        try:
            yield process
        finally:
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()
            said = process.stderr.read().decode("utf-8", "replace").strip() if process.stderr else ""
            process.wait()
        if process.returncode not in (0, -signal.SIGPIPE):
            why = said.splitlines()[-1].removeprefix("fatal: ") if said else f"it ended with {process.returncode}"
            raise ArchiveError(f"git cannot read {clone}: {why}.")
