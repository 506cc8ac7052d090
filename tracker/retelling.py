"""A document's looks told anew, in order of time: where older looks come to be known, and where better rules read more out of the bytes.

All looks go once more through `observe()`, into a history in memory; what came of them then takes the place of what was derived before.
Nothing is told to anybody, and nothing of the record is altered. `tell` needs no file and no history, so any process may do it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.history import MEMORY, History, Unknown
from tracker.history.reading import Bytes
from tracker.history.recording import Outdated
from tracker.history.retelling import Retold
from tracker.history.seen import Judged, Past, Shot, shot
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

    @property
    def archived(self) -> bool:
        return self.looks is not tuple


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
    past = gather(history, document, looks)
    for _ in range(_TRIES):
        try:
            return history.retell(past, tell(past))
        except Outdated:
            past = _again(history, past)
    raise RuntimeError(f"{document.name} was written of by others {_TRIES} times in a row while it was told anew")


def gather(history: History, document: Document, looks: Iterable[Observation] = ()) -> Past:
    """What is to be told: the looks that the history has, and those of `looks` that it has not.

    A document not met before is made known, but not watched; of one that is known, what the registry says of it counts.
    """
    known = history.known_sources(document.name)
    fresh: dict[str, Shot] = {}
    for look in looks:  # one by one: together their bodies may be more than memory holds
        if look.source not in known and look.source not in fresh:
            fresh[look.source] = shot(look)
    if fresh:
        history.shelve(document, min(each.at for each in fresh.values()))
    return _joined(history.past(document.name), fresh.values())


def _again(history: History, past: Past) -> Past:
    """The same where somebody wrote of the document meanwhile."""
    known = history.known_sources(past.document.name)
    return _joined(history.past(past.document.name), [each for each in past.fresh if each.look.source not in known])


def _joined(past: Past, fresh: Iterable[Shot]) -> Past:
    return past.joined(each for each in fresh if not _covered(each.look, past))


def reader_of(archive: str, rules: int) -> str:
    """Who read a text out of its page: an archive, by the edition of its rules."""
    return f"{archive}{_RULES}{rules}"


def _covered(look: Observation, past: Past) -> bool:
    """Whether another archive's readings are there for the time of this one: in turns, each would hide what changed in the other."""
    archive = look.reader.partition(_RULES)[0]
    readers = ((each.at, each.look.reader.partition(_RULES)[0]) for each in past.shots)
    others = [at for at, reader in readers if reader and reader != archive]
    return bool(archive and others) and min(others) <= look.at <= max(others)


def tell(past: Past) -> bytes:
    """The history, as the bytes of a database, in which all that is past was told once more."""
    looks: dict[int | None, int] = {}
    with History(MEMORY) as scratch:
        for part in past.parts:
            if isinstance(part, Shot):
                looks[part.row] = observe(scratch, past.document, part.seen()).observation
            elif part.row in looks:
                _judge(scratch, past.document.name, part, looks[part.row])
        return scratch.db.conn.serialize()


def _judge(scratch: History, name: str, judged: Judged, look: int) -> None:
    """A verdict is of the text that it was given on: where that does not wait now, it counts when the text is seen again."""
    if not scratch.waits(look):
        scratch.remember(look, judged)
    elif judged.verdict == "accepted":
        accept(scratch, name, judged.at)
    else:
        reject(scratch, name, judged.at)


def retell_all(history: History, pieces: Iterable[Piece], executor: Executor, at_once: int) -> Iterator[Retelling]:
    """Tell many documents anew, `at_once` of them in `executor` at a time; what came of each is written as soon as it is there.

    So it may be broken off at any time: begun again, it goes on with what is left. One document's trouble is never another's: where a
    process dies, the documents that were being told are told once more at the end, each alone.
    """
    busy: dict[Future[bytes], Past] = {}
    dropped: list[Past] = []

    def begin(piece: Piece) -> Retelling | None:
        try:
            past = gather(history, piece.document, piece.looks())
            if piece.archived and not past.added:
                return Retelling(piece.document, None)
            busy[executor.submit(tell, past)] = past
        except Exception as error:  # whatever it is: the others go on, and this one is named
            return Retelling(piece.document, None, _said(error))
        return None

    def end(future: Future[bytes]) -> Retelling | None:
        past = busy.pop(future)
        try:
            return Retelling(past.document, history.retell(past, future.result()))
        except BrokenExecutor:
            dropped.append(past)
        except Outdated:
            past = _again(history, past)
            busy[executor.submit(tell, past)] = past
        except Exception as error:
            return Retelling(past.document, None, _said(error))
        return None

    for piece in pieces:
        if settled := begin(piece):
            yield settled
        while len(busy) >= at_once:
            yield from filter(None, map(end, wait(busy, return_when=FIRST_COMPLETED).done))
    while busy:
        yield from filter(None, map(end, wait(busy, return_when=FIRST_COMPLETED).done))
    for past in dropped:
        yield _alone(history, past, executor)


def _alone(history: History, past: Past, executor: Executor) -> Retelling:
    for _ in range(_TRIES):
        try:
            return Retelling(past.document, history.retell(past, executor.submit(tell, past).result()))
        except Outdated:
            past = _again(history, past)
        except BrokenExecutor:
            return Retelling(
                past.document, None, "the process that read it died, twice: it may take more memory than there is"
            )
        except Exception as error:
            return Retelling(past.document, None, _said(error))
    return Retelling(past.document, None, "others wrote of it time and again")


def _said(error: Exception) -> str:
    """What an error says for people: our own sentences as they are, others with their kind."""
    said = " ".join(str(error).split())
    return said if said and isinstance(error, (OSError, ValueError, Unknown)) else f"{type(error).__name__}: {said}"
