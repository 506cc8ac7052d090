"""What the daemon writes to standard error: plain lines for people, or JSON lines for what collects logs."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from tracker.rendering.picking import visible

FORMATS = ("text", "json")


class _JsonLine(logging.Formatter):
    """One object a line: time, level, message, and what the record says in `about` (document, outcome, event…)."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": visible(record.getMessage()),
            **getattr(record, "about", {}),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False, default=str)


class _Line(logging.Formatter):
    """A line for people. What pages and servers say must not steer the terminal that it is read in."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


def set_up(style: str) -> None:
    """Write the log to standard error in one of FORMATS."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLine() if style == "json" else _Line())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
