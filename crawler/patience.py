"""How an event loop waits for a history that others write: without standing still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from tracker.history import Busy

T = TypeVar("T")

PATIENCE = 20.0
"""Seconds for which it is asked again: less than a lease lasts, so that who waits loses none."""
PAUSE = 0.02


async def patiently(act: Callable[[], T]) -> T:
    """Do something with a history that is `hurried`, as soon as nobody else writes it. What fails for that has changed nothing.

    Raises Busy where they go on for too long.
    """
    until = monotonic() + PATIENCE
    while True:
        try:
            return act()
        except Busy:
            if monotonic() > until:
                raise
        await asyncio.sleep(PAUSE)
