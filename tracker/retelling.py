"""A document's looks told anew, in order of time: where older looks come to be known, and where better rules read more out of the bytes.

All looks go once more through `observe()`, into a history in memory; what came of them then takes the place of what was derived before.
Nothing is told to anybody, and nothing of the record is altered. `tell` needs no file and no history, so any process may do it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tracker.history import MEMORY, History, Unknown
from tracker.history.recording import Outdated
from tracker.history.retelling import Judged, Past, Retold, Shot, shot
from tracker.model import Document, Observation
from tracker.tracking import accept, observe, reject

__all__ = ["Outdated", "Past", "Retold", "gather", "retell", "tell"]


def retell(history: History, document: Document, looks: Iterable[Observation] = ()) -> Retold:
    """Tell a document's looks anew, together with `looks` from elsewhere; those that are known already, by their source, are left out.

    A document not met before is made known by its first look. Raises Outdated where somebody else wrote of it meanwhile.
    """
    past = gather(history, document, looks)
    return history.retell(document.name, past, tell(document, past))


def gather(history: History, document: Document, looks: Iterable[Observation] = ()) -> Past:
    """What is to be told: the looks that the history has, and those of `looks` that it has not, in order of time."""
    looks = list(looks)
    if looks:
        history.standing(document, min(look.at for look in looks))
    past, known = history.past(document.name), history.known_sources(document.name)
    added = [shot(look) for look in _each_once(looks, known)]
    return Past(past.revision, tuple(sorted((*past.parts, *added), key=lambda part: part.at)))


def _each_once(looks: Iterable[Observation], known: Collection[str]) -> Iterable[Observation]:
    seen = set(known)
    for look in looks:
        if look.source not in seen:
            seen.add(look.source)
            yield look


def tell(document: Document, past: Past) -> bytes:
    """The history, as the bytes of a database, in which all that is past was told of the document once more."""
    with History(MEMORY) as scratch:
        for part in past.parts:
            if isinstance(part, Shot):
                observe(scratch, document, part.seen())
            else:
                _judge(scratch, document, part)
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
