"""The same work on a Dask cluster: a real scheduler and three worker processes on loopback, one of which is killed in the midst of it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from dask_cluster import WORKERS, Cluster, a_cluster
from lumora import DOCUMENT, START, page

from tracker import History, Observation, executing
from tracker.executing import ClusterError, executor
from tracker.retelling import Piece, retell, retell_all

DOCUMENTS = 10


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with a_cluster() as made:
        yield made


def pieces() -> list[Piece]:
    """Two looks at each of some documents, each with words of its own."""
    return [Piece(replace(DOCUMENT, name=f"lumora/{n:02}"), lambda n=n: looks(n)) for n in range(DOCUMENTS)]


def looks(number: int) -> list[Observation]:
    bodies = [page(("12 months", f"{number + months} months")) for months in (2, 30)]
    return [
        Observation(
            url="https://lumora.example/privacy",
            at=START + timedelta(days=day),
            body=body,
            headers={"content-type": "text/html"},
            source=f"made@{number}.{day}",
        )
        for day, body in enumerate(bodies)
    ]


def told(history: History) -> list[tuple[object, ...]]:
    return history.db.execute(
        """SELECT d.name, v.number, v.text_hash, r.first_seen, c.digest, c.summary FROM reigns r JOIN versions v ON v.id = r.version
           JOIN documents d ON d.id = r.document LEFT JOIN changes c ON c.id = r.change ORDER BY d.name, r.first_seen"""
    ).fetchall()


def test_no_more_is_handed_out_than_the_cluster_works_on(cluster: Cluster, tmp_path: Path) -> None:
    waiting: list[int] = []

    class Counting(Executor):
        def __init__(self, pool: Executor) -> None:
            self.pool, self.open = pool, 0

        def submit(self, *arguments: object, **keywords: object):  # type: ignore[no-untyped-def]
            future = self.pool.submit(*arguments, **keywords)  # type: ignore[arg-type]
            self.open += 1
            future.add_done_callback(lambda _: setattr(self, "open", self.open - 1))
            waiting.append(self.open)
            return future

    with History(tmp_path / "history.db") as history, executor(cluster=cluster.address) as (pool, at_once):
        assert at_once == 2 * WORKERS
        list(retell_all(history, pieces(), Counting(pool), at_once))
    assert max(waiting) <= at_once


def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_recorded_twice(cluster: Cluster, tmp_path: Path) -> None:
    with History(tmp_path / "local.db") as local, History(tmp_path / "cluster.db") as history:
        for piece in pieces():
            retell(local, piece.document, piece.looks())
        with executor(cluster=cluster.address) as (pool, at_once):
            went = []
            for each in retell_all(history, pieces(), pool, at_once):
                went.append(each)
                if len(went) == 2:
                    cluster.workers[0].send_signal(signal.SIGKILL)
        assert [each.trouble for each in went] == [""] * DOCUMENTS
        assert told(history) == told(local)
        assert history.db.execute("SELECT count(*), count(DISTINCT source) FROM observations").fetchone() == (
            2 * DOCUMENTS,
            2 * DOCUMENTS,
        )


def test_a_scheduler_that_is_not_there_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing, "_CONNECT", "1s")
    with pytest.raises(ClusterError, match="There is no Dask scheduler at"), executor(cluster="tcp://127.0.0.1:9"):
        pass
