"""Where pure work is done: in processes of this machine, or on a cluster."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager


@contextmanager
def executor(jobs: int | None = None) -> Iterator[tuple[Executor, int]]:
    """An executor, and how many calls it works on at once: `jobs` processes, else one for each core that we may use."""
    lanes = jobs or len(os.sched_getaffinity(0))
    # spawned: a process that is forked takes open databases and threads' locks along
    with ProcessPoolExecutor(lanes, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            yield pool, lanes
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
