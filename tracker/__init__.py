"""Clausewatch's public API: understand a page, compare two policies, remember what was seen.

>>> import tracker
>>> old = tracker.extract(b"# Privacy\\n\\nWe do not sell your data.", tracker.Page("text/markdown"))
>>> new = tracker.extract(b"# Privacy\\n\\nWe may sell your data.", tracker.Page("text/markdown"))
>>> tracker.compare(old, new).kind
'substantive'
"""

from tracker.comparison import compare
from tracker.extraction import doubt, extract
from tracker.history import History, HistoryError
from tracker.model import (
    Change,
    Clause,
    ClauseChange,
    Document,
    Event,
    Hop,
    Observation,
    Outcome,
    Page,
    Policy,
    State,
    StatedDate,
)
from tracker.tracking import observe, observe_async

__all__ = [
    "Change",
    "Clause",
    "ClauseChange",
    "Document",
    "Event",
    "History",
    "HistoryError",
    "Hop",
    "Observation",
    "Outcome",
    "Page",
    "Policy",
    "State",
    "StatedDate",
    "compare",
    "doubt",
    "extract",
    "observe",
    "observe_async",
]
