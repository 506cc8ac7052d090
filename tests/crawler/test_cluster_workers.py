"""A crawl whose pages are understood on a Dask cluster: fetched and recorded here, the same as without, also where a worker dies."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from dask_cluster import Cluster, a_cluster
from lumora import DOCUMENT, START, page

from crawler.cluster import ClusterWorkers
from tracker import History, Observation, Outcome, Page, State, observe
from tracker.executing import ClusterError

DOCUMENTS = [replace(DOCUMENT, name=f"lumora/{n:02}") for n in range(12)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with a_cluster() as made:
        yield made


def looks() -> list[tuple[int, Observation]]:
    """Two looks at each document, each with words of its own."""
    return [
        (
            number,
            Observation(
                url=DOCUMENT.url or "",
                at=START + timedelta(days=day),
                body=page(("12 months", f"{number + months} months")),
                headers={"content-type": "text/html"},
            ),
        )
        for day, months in enumerate((2, 30))
        for number in range(len(DOCUMENTS))
    ]


def told(path: Path) -> list[tuple[object, ...]]:
    with History(path, read_only=True) as history:
        return history.db.execute(
            """SELECT d.name, o.at, o.outcome, v.text_hash, c.digest FROM observations o JOIN documents d ON d.id = o.document
               JOIN versions v ON v.id = o.version LEFT JOIN reigns r ON r.document = d.id AND r.first_seen = o.at
               LEFT JOIN changes c ON c.id = r.change ORDER BY d.name, o.at"""
        ).fetchall()


def test_looks_come_to_the_same_as_without_a_cluster_also_where_a_worker_is_killed(
    cluster: Cluster, tmp_path: Path
) -> None:
    with History(tmp_path / "local.db") as local:
        for number, look in looks():
            observe(local, DOCUMENTS[number], look)

    async def crawl() -> list[Outcome | None]:
        outcomes: list[Outcome | None] = []
        with History(tmp_path / "cluster.db") as history:
            async with ClusterWorkers(cluster.address) as workers:
                for day in (0, 1):
                    todo = [
                        workers.observe(history, DOCUMENTS[number], look)
                        for number, look in looks()
                        if look.at == START + timedelta(days=day)
                    ]
                    for done in asyncio.as_completed(todo):
                        outcomes.append(await done)
                        if len(outcomes) == 15:
                            cluster.workers[0].send_signal(signal.SIGKILL)
        return outcomes

    outcomes = asyncio.run(crawl())
    assert [outcome and outcome.state for outcome in outcomes] == [State.OK] * 24
    assert told(tmp_path / "cluster.db") == told(tmp_path / "local.db")


def test_a_page_that_is_only_read_is_read_there_too(cluster: Cluster) -> None:
    async def read() -> str:
        async with ClusterWorkers(cluster.address) as workers:
            return (await workers.extract(page(), Page("text/html"))).markdown

    assert "12 months" in asyncio.run(read())


def test_a_page_that_takes_too_long_is_told_so(cluster: Cluster, tmp_path: Path) -> None:
    async def crawl() -> Outcome | None:
        with History(tmp_path / "history.db") as history:
            async with ClusterWorkers(cluster.address, seconds=0.0) as workers:
                return await workers.observe(history, DOCUMENT, looks()[0][1])

    outcome = asyncio.run(crawl())
    assert outcome
    assert outcome.state is State.TOO_SLOW


def test_without_a_cluster_it_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.executing._CONNECT", "1s")

    async def crawl() -> None:
        async with ClusterWorkers("tcp://127.0.0.1:9"):
            pass

    with pytest.raises(ClusterError, match="There is no Dask scheduler"):
        asyncio.run(crawl())


def test_a_crawl_has_its_pages_understood_on_the_cluster(cluster, site, pages, policy, watching):
    watching.watch(
        {"acme/privacy": site.put("cluster.test", page=pages.Reply(policy("We keep your data for one year.")))}
    )
    told = watching("crawl", "--cluster", cluster.address)
    assert (told.code, told.out.strip()) == (0, "Looked at 1: 1 first."), told.err
