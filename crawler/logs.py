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


def set_up(style: str) -> None:
    """Write the log to standard error in one of FORMATS."""
    handler = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)s %(levelname)-7s %(message)s")
    handler.setFormatter(_JsonLine() if style == "json" else plain)
    logging.basicConfig(level=logging.INFO, handlers=[handler])
