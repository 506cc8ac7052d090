"""A process of its own that does one piece of work at a time, and may be killed in the midst of it.

Work goes to it over a socket that the event loop itself reads and writes: threads in between, as process pools have them, would make
every page wait for its turn at the interpreter twice.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import pickle
import signal
import socket
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from threading import Thread
from typing import TypeVar, cast
from weakref import finalize

from tracker.history import HistoryError

log = logging.getLogger(__name__)

T = TypeVar("T")

ENDS = 2.0
"""Seconds that are waited for the end of a process that was killed."""
SIZE = 8
"""Bytes of the number that says how long an answer is."""


class ProcessDied(Exception):
    """The process ended before it answered."""


class WorkFailed(Exception):
    """What the work raised: its type and its message, for not every exception can be sent."""


class Lane:
    """One process, started when there is work for it at the latest. It does `prepare` before all work, so as to have loaded what that
    needs."""

    def __init__(self, prepare: Callable[[], object]) -> None:
        self.prepare = prepare
        self.process: SpawnProcess | None = None
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def start(self) -> None:
        """Start the process, where there is none. It takes a second or two until it is ready."""
        if self.process is not None:
            return
        self._ours, theirs = socket.socketpair()
        with theirs:
            process = multiprocessing.get_context("spawn").Process(
                target=_work, args=(theirs, self.prepare), daemon=True
            )
            process.start()
        self.process = process
        self._forgotten = finalize(self, process.kill)  # at the interpreter's end, it would be waited for

    async def ask(self, work: Callable[..., T], *given: object) -> T:
        """Have some work done there.

        Raises:
            TimeoutError: it had a time limit (`within`), which has passed.
            ProcessDied: it broke down, or was killed.
            HistoryError: as the work raised it.
            WorkFailed: the work raised something else.
        """
        answered = False
        try:
            self.start()
            if self._streams is None:
                self._streams = await asyncio.open_connection(sock=self._ours)
            reader, writer = self._streams
            writer.write(pickle.dumps((work, given), pickle.HIGHEST_PROTOCOL))
            await writer.drain()
            size = int.from_bytes(await reader.readexactly(SIZE))
            result = pickle.loads(await reader.readexactly(size))  # noqa: S301  from a process of our own
            answered = True
        except (asyncio.IncompleteReadError, OSError) as error:
            if self.end() == -signal.SIGALRM:
                raise TimeoutError from error
            raise ProcessDied from error
        finally:
            if not answered:  # it may answer yet, and nobody is to take that for the answer to the next question
                self.end()
        if isinstance(result, (HistoryError, WorkFailed)):
            raise result
        return cast("T", result)

    def end(self) -> int | None:
        """Kill the process; its exit code, where there was one. The next work starts another."""
        process, streams = self.process, self._streams
        self.process = self._streams = None
        if streams is not None:
            streams[1].transport.abort()
        elif process is not None:
            self._ours.close()
        if process is None:
            return None
        self._forgotten()
        process.join(ENDS)
        return process.exitcode


def within(seconds: float, work: Callable[[], T]) -> T:
    """Do some work in a lane's process, which ends where that takes longer: native code heeds nothing gentler."""
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))
    try:
        return work()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _work(theirs: socket.socket, prepare: Callable[[], object]) -> None:
    """In the process: leave signals to the parent, which drains; but do not outlive it where it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    Thread(target=_die_with_parent, daemon=True).start()
    prepare()
    with theirs.makefile("rwb") as stream:
        while True:
            try:
                work, given = pickle.load(stream)  # noqa: S301  from our parent
            except (EOFError, OSError):
                return
            answer = _answer(work, given)
            stream.write(len(answer).to_bytes(SIZE))
            stream.write(answer)
            stream.flush()


def _answer(work: Callable[..., object], given: tuple[object, ...]) -> bytes:
    try:
        return pickle.dumps(work(*given), pickle.HIGHEST_PROTOCOL)
    except HistoryError as error:
        return pickle.dumps(error)
    except Exception as error:
        log.debug("in a worker process", exc_info=error)
        return pickle.dumps(WorkFailed(f"{type(error).__name__}: {error}"))


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
