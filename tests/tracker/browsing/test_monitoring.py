"""What a monitor is told: by Prometheus's format, and by one status code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from datasette.app import Datasette
from lumora import DOCUMENT, page

from tracker import Document, History, Observation, observe
from tracker.browsing.metadata import SETTINGS


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    """One document just seen, another that nobody has looked at; no daemon."""
    path = tmp_path / "history.db"
    now = datetime.now(UTC)
    with History(path) as history:
        history.register([DOCUMENT, Document(vendor='Q"uote', kind="privacy", url="https://q.test/")], now)
        headers = {"content-type": "text/html"}
        observe(
            history, DOCUMENT, Observation(url=DOCUMENT.url or "", at=now, status=200, headers=headers, body=page())
        )
    return path


async def ask(path: Path, page: str) -> tuple[int, str]:
    response = await Datasette([str(path)], settings=dict(SETTINGS)).client.get(page)
    return response.status_code, response.text


async def test_the_figures_are_in_the_format_of_prometheus(watched: Path) -> None:
    status, text = await ask(watched, "/-/metrics")
    samples = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert status == 200
    assert samples['clausewatch_documents{standing="in force"}'] == "1"
    assert samples['clausewatch_documents{standing="not seen yet"}'] == "1"
    assert samples["clausewatch_documents_due"] == "1"
    assert samples["clausewatch_documents_overdue"] == "0"
    assert samples["clausewatch_looks_total"] == "1"
    seen = float(samples[f'clausewatch_document_last_success_timestamp_seconds{{document="{DOCUMENT.name}"}}'])
    assert abs(seen - datetime.now(UTC).timestamp()) < 60


async def test_every_figure_is_explained(watched: Path) -> None:
    _, text = await ask(watched, "/-/metrics")
    lines = text.splitlines()
    named = {line.split("{")[0].split()[0] for line in lines if not line.startswith("#")}
    for name in named:
        assert [line.split()[1] for line in lines if line.startswith("#") and line.split()[2] == name] == [
            "HELP",
            "TYPE",
        ]


async def test_without_a_daemon_the_watching_is_not_healthy(watched: Path) -> None:
    status, text = await ask(watched, "/-/health")
    assert (status, "no daemon lives" in text) == (503, True)


async def test_with_a_living_daemon_and_nothing_overdue_it_is(watched: Path) -> None:
    with History(watched) as history:
        history.beat("daemon", datetime.now(UTC))
    assert (await ask(watched, "/-/health"))[0] == 200


async def test_a_document_due_for_a_day_is_named(watched: Path) -> None:
    with History(watched) as history:
        history.beat("daemon", datetime.now(UTC))
        history.register(
            [Document(vendor="Late", kind="privacy", url="https://l.test/")], datetime.now(UTC) - timedelta(days=2)
        )
    status, text = await ask(watched, "/-/health")
    assert (status, "late/privacy" in text) == (503, True)
