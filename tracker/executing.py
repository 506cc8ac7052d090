"""Where pure work is done: in processes of this machine, or on a Dask cluster. Whoever hands it out writes down what came of it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

_AHEAD = 2
"""Calls handed to a cluster for each of its threads, so that none waits for the next; more would only fill its memory."""
_CONNECT = "20s"


class ClusterError(Exception):
    """A cluster cannot be used; the message is a sentence for the user."""


@contextmanager
def executor(jobs: int | None = None, cluster: str | None = None) -> Iterator[tuple[Executor, int]]:
    """An executor, and how many calls to hand it at once.

    `cluster` is the address of a Dask scheduler; without one, `jobs` processes do the work, or one for each core that we may use.
    Raises ClusterError.
    """
    with _on_cluster(cluster) if cluster else _in_processes(jobs or len(os.sched_getaffinity(0))) as lent:
        yield lent


@contextmanager
def _in_processes(lanes: int) -> Iterator[tuple[Executor, int]]:
    # spawned: a process that is forked takes open databases and threads' locks along
    with ProcessPoolExecutor(lanes, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            yield pool, lanes
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def _on_cluster(address: str) -> Iterator[tuple[Executor, int]]:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("A cluster needs Dask: pip install 'clausewatch[cluster]'.") from error
    try:
        connect: Any = Client  # which has no types
        client = connect(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"There is no Dask scheduler at {address}: {error}.") from error
    with client:
        _same_everywhere(client.run(version, "clausewatch"))
        threads = sum(client.nthreads().values())
        # pure calls: one whose worker dies is done again by another
        yield client.get_executor(), threads * _AHEAD


def _same_everywhere(versions: dict[str, str]) -> None:
    ours = version("clausewatch")
    if not versions:
        raise ClusterError("The cluster has no workers yet: start some, and try again.")
    if others := {worker: found for worker, found in versions.items() if found != ours}:
        worker, found = next(iter(others.items()))
        raise ClusterError(
            f"The worker {worker} runs Clausewatch {found}, and we run {ours}: what they read may differ."
        )
