"""A Dask cluster on loopback: a real scheduler, and worker processes that can be killed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

WORKERS = 3


@dataclass(frozen=True)
class Cluster:
    address: str
    workers: list[subprocess.Popen[str]]


@contextmanager
def a_cluster() -> Iterator[Cluster]:
    scheduler = _start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
    address = _said(scheduler, r"Scheduler at:\s+(tcp://\S+)")
    workers = [
        _start("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        for _ in range(WORKERS)
    ]
    for worker in workers:
        _said(worker, r"Registered to:\s+(tcp://\S+)")
    yield Cluster(address, workers)
    for process in (*workers, scheduler):
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


def _start(program: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "DASK_LOGGING__DISTRIBUTED": "info"}
    command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment)


def _said(process: subprocess.Popen[str], pattern: str) -> str:
    """Wait for a line of a process, and go on emptying its pipe."""
    assert process.stderr
    for line in process.stderr:
        if found := re.search(pattern, line):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found[1]
    raise AssertionError(f"it ended without saying {pattern}")
