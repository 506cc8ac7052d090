"""Where pure work is done: in processes of this machine, or on a Dask cluster. Whoever hands it out writes down what came of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

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


class _Processes(Executor):
    """Processes of this machine. Where one dies, what was in hand fails, and what comes next is done by others."""

    def __init__(self, lanes: int) -> None:
        self._lanes = lanes
        self._pool = self._made()

    def _made(self) -> ProcessPoolExecutor:
        # spawned: a process that is forked takes open databases and threads' locks along; interrupted, each ends without a word
        context = multiprocessing.get_context("spawn")
        quiet = (signal.SIGINT, signal.SIG_DFL)
        return ProcessPoolExecutor(self._lanes, mp_context=context, initializer=signal.signal, initargs=quiet)

    def submit(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        try:
            return self._pool.submit(call, *args, **kwargs)
        except BrokenExecutor:
            self._pool.shutdown(wait=False)
            self._pool = self._made()
            return self._pool.submit(call, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def _in_processes(lanes: int) -> Iterator[tuple[Executor, int]]:
    others = set(multiprocessing.active_children())
    pool = _Processes(lanes)
    try:
        yield pool, lanes
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()  # what they are busy with nobody waits for any more
        raise
    pool.shutdown()


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
