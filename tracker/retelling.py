"""A document's looks told anew, in order of time: where older looks come to be known, and where better rules read more out of the bytes.

All looks go once more through `observe()`, into a history in memory; what came of them then takes the place of what was derived before.
Nothing is told to anybody, and nothing of the record is altered. `tell` needs no file and no history, so any process may do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.history import MEMORY, History, Unknown
from tracker.history.reading import Bytes
from tracker.history.recording import Outdated
from tracker.history.retelling import Judged, Past, Retold, Shot, shot
from tracker.model import Document, Observation
from tracker.tracking import accept, extractor_of, observe, page_of, reject

__all__ = ["Piece", "Retelling", "gather", "outdated", "retell", "retell_all", "tell"]

_TRIES = 20
_RULES = " rules "
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    """A document, and a way to read the looks at it that an archive has; none where only what the history has is told anew."""

    document: Document
    looks: Callable[[], Iterable[Observation]] = tuple


@dataclass(frozen=True, slots=True)
class Retelling:
    """How it went with one document: what came of it, or why nothing did. `retold` is None too where an archive had nothing new."""

    document: Document
    retold: Retold | None
    trouble: str = ""


def outdated(history: History, name: str) -> bool:
    """Whether a document has texts that other rules than those of today read out of its pages. Raises Unknown."""
    document = history.defined(name)
    today = extractor_of(page_of(document, Bytes(0, None, "", _ANY_DAY)))
    return history.read_otherwise(name, today)


def retell(history: History, document: Document, looks: Iterable[Observation] = ()) -> Retold:
    """Tell a document's looks anew, together with `looks` from elsewhere; those that are known already, by their source, are left out."""
    looks = tuple(looks)
    for _ in range(_TRIES):
        past = gather(history, document, looks)
        try:
            return history.retell(past, tell(past))
        except Outdated:
            continue
    raise RuntimeError(f"{document.name} was written of by others {_TRIES} times in a row while it was told anew")


def gather(history: History, document: Document, looks: Iterable[Observation] = ()) -> Past:
    """What is to be told: the looks that the history has, and those of `looks` that it has not.

    A document not met before is made known, but not watched; of one that is known, what the registry says of it counts.
    """
    looks = tuple(looks)
    if looks:
        history.shelve(document, min(look.at for look in looks))
    known = history.known_sources(document.name)
    fresh = {look.source: look for look in looks if look.source not in known}
    past = history.past(document.name)
    return past.joined(shot(look) for look in fresh.values() if not _covered(look, past))


def reader_of(archive: str, rules: int) -> str:
    """Who read a text out of its page: an archive, by the edition of its rules."""
    return f"{archive}{_RULES}{rules}"


def _covered(look: Observation, past: Past) -> bool:
    """Whether another archive's readings are there for the time of this one: in turns, each would hide what changed in the other."""
    archive = look.reader.partition(_RULES)[0]
    others = [
        part.at
        for part in past.parts
        if isinstance(part, Shot) and part.look.reader and part.look.reader.partition(_RULES)[0] != archive
    ]
    return bool(archive and others) and min(others) <= look.at <= max(others)


def tell(past: Past) -> bytes:
    """The history, as the bytes of a database, in which all that is past was told once more."""
    with History(MEMORY) as scratch:
        for part in past.parts:
            if isinstance(part, Shot):
                observe(scratch, past.document, part.seen())
            else:
                _judge(scratch, past.document, part)
        return scratch.db.conn.serialize()


def _judge(scratch: History, document: Document, judged: Judged) -> None:
    """A verdict on a text that, told anew, is in no doubt decides nothing."""
    try:
        if judged.verdict == "accepted":
            accept(scratch, document.name, judged.at)
        else:
            reject(scratch, document.name, judged.at)
    except Unknown:
        return


def retell_all(history: History, pieces: Iterable[Piece], executor: Executor, at_once: int) -> Iterator[Retelling]:
    """Tell many documents anew, `at_once` of them in `executor` at a time; what came of each is written as soon as it is there.

    So it may be broken off at any time: begun again, it goes on with what is left. One document's trouble is never another's.
    """
    busy: dict[Future[bytes], tuple[Piece, Past]] = {}

    def begin(piece: Piece) -> Retelling | None:
        try:
            looks = tuple(piece.looks())
            past = gather(history, piece.document, looks)
        except (OSError, ValueError, Unknown) as error:
            return Retelling(piece.document, None, str(error))
        if looks and not past.added:
            return Retelling(piece.document, None)
        busy[executor.submit(tell, past)] = piece, past
        return None

    def end(future: Future[bytes]) -> Retelling | None:
        piece, past = busy.pop(future)
        try:
            return Retelling(past.document, history.retell(past, future.result()))
        except Outdated:
            return begin(piece)
        except Exception as error:  # whatever it is: the others go on, and this one is named
            return Retelling(past.document, None, f"{type(error).__name__}: {error}")

    for piece in pieces:
        if settled := begin(piece):
            yield settled
        while len(busy) >= at_once:
            yield from filter(None, map(end, wait(busy, return_when=FIRST_COMPLETED).done))
    while busy:
        yield from filter(None, map(end, wait(busy, return_when=FIRST_COMPLETED).done))
