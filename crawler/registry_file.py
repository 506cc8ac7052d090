"""The registry file while a daemon runs: people edit it, and a slip of theirs must not end the watching."""

from __future__ import annotations

import logging
from pathlib import Path

from tracker.registry import Registry, RegistryError, load

log = logging.getLogger(__name__)


class RegistryFile:
    """The last good state of a registry file. Raises RegistryError where there is none to begin with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = _mark(path)
        self.registry = load(path)

    def refresh(self) -> bool:
        """Read the file again where it was touched: whether there is a new good state. A bad one is told, once, and left alone."""
        mark = _mark(self.path)
        if mark == self._seen:
            return False
        self._seen = mark
        try:
            fresh = load(self.path)
        except RegistryError as error:
            log.error("The registry is no longer valid; going on with the last good one.\n%s", error)
            return False
        if fresh == self.registry:
            return False
        self.registry = fresh
        return True

    def keep(self, registry: Registry) -> None:
        """Go back to an earlier state until the file is touched again."""
        self.registry = registry


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
