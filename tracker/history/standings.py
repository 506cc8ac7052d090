"""How changes stand in the triage, for lists of them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.history import History

_MARKED = "change IN (SELECT c.id FROM marks m JOIN changes c ON c.document = m.document AND c.digest = m.digest)"
STANDINGS = {
    "open": "triage = 'open' AND muted IS NULL",
    "reviewed": f"{_MARKED} AND triage = 'reviewed'",
    "wrong": f"{_MARKED} AND triage = 'wrong'",
    "noted": f"{_MARKED} AND notes > 0",
    # a list of names is looked up; what rules mute is found by reading all changes, where any rule is muted
    "muted": "(document IN (SELECT document FROM muted) OR EXISTS (SELECT 1 FROM muted WHERE rule IS NOT NULL)) AND muted IS NOT NULL",
}
"""What a list of changes can be restricted to, each with what it asks of `change_log`."""


def said_of(history: History, changes: Collection[int]) -> dict[int, str]:
    """What people said of changes, in a few words, of those of which they said something."""
    rows = history.db.execute(
        """SELECT DISTINCT change, triage, notes, muted FROM change_log
           WHERE change IN (SELECT value FROM json_each(?)) AND (triage <> 'open' OR notes > 0 OR muted IS NOT NULL)""",
        [json.dumps(list(changes))],
    )
    said = {"reviewed": "reviewed", "wrong": "wrong alert", "open": ""}
    return {
        change: ", ".join(
            filter(
                None,
                (said[triage], f"{notes} note{'s' if notes > 1 else ''}" if notes else "", "muted" if muted else ""),
            )
        )
        for change, triage, notes, muted in rows.fetchall()
    }
