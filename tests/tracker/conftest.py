"""A history on disk, and looks at a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from lumora import DOCUMENT, START

from tracker import Document, History, Observation, Outcome, State, observe


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with History(tmp_path / "history.db") as opened:
        yield opened


Look = Callable[..., Outcome]


@pytest.fixture
def look(history: History) -> Look:
    """Look at DOCUMENT: `look(day, body)`, or `look(day, failure=State.DNS)`, or `look(day, status=304)`."""

    def _look(
        day: float,
        body: bytes | None = None,
        *,
        status: int | None = 200,
        failure: State | None = None,
        document: Document = DOCUMENT,
        **headers: str,
    ) -> Outcome:
        seen = Observation(
            url=document.url or "",
            at=START + timedelta(days=day),
            status=None if failure else status,
            headers={
                "content-type": "text/html; charset=utf-8",
                **{k.replace("_", "-"): v for k, v in headers.items()},
            },
            body=body,
            failure=failure,
        )
        return observe(history, document, seen)

    return _look
