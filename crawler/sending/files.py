"""Events in files: JSON Lines that others follow, and feeds that a web server publishes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from crawler.sending.message import SENT, Message, Payload, Receipt, Surroundings, failed
from tracker.model import LEVELS, Level
from tracker.rendering.feeds import Feed, atom, event_item, json_feed
from tracker.subscription import wants

ENTRIES = 100
"""Events in a feed."""
LOOKED_THROUGH = 10_000
"""Events that are looked through for those, where a subscription wants few."""


def lines(message: Message, _: Surroundings) -> Receipt:
    """Append each event as a line of JSON to a file, or to standard output where the path is "-"."""
    path = message.subscription.settings["path"]
    whole = "".join(
        json.dumps(payload, ensure_ascii=False, separators=(",", ":")) + "\n" for payload in message.payloads
    )
    try:
        if path == "-":
            sys.stdout.write(whole)
            sys.stdout.flush()
        else:
            _append(Path(path), whole.encode("utf-8", "replace"))
    except OSError as error:
        return failed(f"{path}: {error.strerror or error}")
    return SENT


def _append(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.seek(0, os.SEEK_END) and not _ends_a_line(file):  # somebody was killed in the middle of a line
            content = b"\n" + content
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _ends_a_line(file: IO[bytes]) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def feeds(message: Message, around: Surroundings) -> Receipt:
    """Write the feeds anew that the events belong to: of everything, of their vendors, and of every level up to theirs."""
    folder = Path(message.subscription.settings["folder"])
    try:
        for name, title, newest in _feeds(message, around):
            feed = _feed(message, name, title)
            wanted = islice(filter(_wanted(message), islice(newest, LOOKED_THROUGH)), ENTRIES)
            items = [event_item(payload) for payload in wanted]
            for ending, content in (("atom", atom(feed, items)), ("json", json_feed(feed, items))):
                _replace(folder / f"{name}.{ending}", content)
    except OSError as error:
        return failed(f"{error.filename or folder}: {error.strerror or error}")
    return SENT


def _feeds(message: Message, around: Surroundings) -> Iterator[tuple[str, str, Iterator[Payload]]]:
    """Name, title and events, newest first."""
    yield "all", "What changed in the policies", around.recent(None, "none")
    told = [payload for payload in message.payloads if not payload.get("test")]
    vendors = {payload["document"]["name"].split("/")[0]: payload["document"]["vendor"] for payload in told}
    for key, vendor in vendors.items():
        yield f"vendors/{key}", f"What changed in the policies of {vendor}", around.recent(key, "none")
    for level in _levels_up_to(max((payload["level"] for payload in message.payloads), key=LEVELS.index)):
        yield f"levels/{level}", f"What changed in the policies, from {level} up", around.recent(None, level)


def _levels_up_to(highest: Level) -> tuple[Level, ...]:
    return LEVELS[1 : LEVELS.index(highest) + 1]


def _feed(message: Message, name: str, title: str) -> Feed:
    address = message.subscription.settings.get("address")
    return Feed(message.subscription.name, name, title, f"{address.rstrip('/')}/{name}" if address else None)


def _wanted(message: Message) -> Callable[[Payload], bool]:
    return lambda payload: wants(message.subscription, payload)


def _replace(path: Path, content: bytes) -> None:
    """Write the whole file or nothing: whoever reads it meanwhile reads the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}", delete=False) as new:
        made = Path(new.name)
        try:
            new.write(content)
            new.flush()
            made.chmod(0o644)
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
