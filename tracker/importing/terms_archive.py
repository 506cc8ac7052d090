"""Collections of Open Terms Archive, from local clones: the versions, and where they are at hand the snapshots that they were made from.

A collection keeps, in a git repository, one file for each of a service's documents: the text that it read out of the page by rules written
by hand. A commit is a record: its author date is when the page was fetched, its message links the snapshots. Where a record says that
only the rules changed, its text is another reading of a page seen before: it gets that page's date, and counts as no change. Snapshots,
the pages themselves, are read by our own rules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Literal
from zipfile import BadZipFile, ZipFile

from tracker.importing import LARGEST, ArchiveError
from tracker.importing.git import Commit, commits, name_of, objects
from tracker.model import Document, Observation, slug
from tracker.retelling import Piece, reader_of

_PREFIXES: tuple[tuple[str, Literal["look", "reading"]], ...] = (
    ("First record of ", "look"),
    ("Start tracking ", "look"),
    ("Record new changes of ", "look"),
    ("Update ", "look"),
    ("Apply technical or declaration upgrade on ", "reading"),
    ("Refilter ", "reading"),
)
_TYPES = {".md": "text/markdown", ".html": "text/html", ".pdf": "application/pdf"}
KINDS = {"Privacy Policy": "privacy", "Terms of Service": "terms", "Trackers Policy": "cookies"}
"""The archive's types that have a name of ours; the others keep theirs."""

_LINK = re.compile(r"(?:snapshot |^- )(?:\S*/)?([0-9a-z]+)$", re.MULTILINE)
_TRAILER = re.compile(r"^(x-[a-z-]+): *(\S.*?) *$", re.IGNORECASE | re.MULTILINE)
_LOCATION = "x-source-document-location"
_ENTRY = re.compile(r"(?P<service>[^/]+)/(?P<terms>[^/]+)/(?P<at>\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.md$")
_SHORT, _OBJECT_ID = 7, 24


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a collection: a commit understood."""

    commit: str
    at: datetime
    path: PurePosixPath
    blob: str
    kind: Literal["look", "reading"]
    links: tuple[str, ...]
    """The snapshots that a version was made from, as the message names them."""
    location: str | None
    """The address that a snapshot was declared to be fetched from."""

    @property
    def service(self) -> str:
        return self.path.parts[0]

    @property
    def terms(self) -> str:
        """The type of terms: what the file is named for, without the source document that a combined one was made from."""
        return self.path.stem.partition(" #")[0]


def record(commit: Commit) -> Record | None:
    """What a commit records; None where it is no record."""
    path = PurePosixPath(commit.path)
    subject, _, body = commit.message.partition("\n")
    kind = next((kind for prefix, kind in _PREFIXES if subject.startswith(prefix)), None)
    if kind is None or commit.blob is None or len(path.parts) != 2 or path.suffix not in _TYPES:
        return None
    trailers = {key.lower(): value for key, value in _TRAILER.findall(body)}
    location = trailers.get(_LOCATION)
    links = tuple(link for link in _LINK.findall(body) if link not in ("undefined", "true"))
    return Record(
        commit.sha, commit.at, path, commit.blob, kind, links, location if location and "://" in location else None
    )


def records(clone: Path) -> list[Record]:
    """The records of a repository in the order of its commits. Raises ArchiveError."""
    return [found for commit in commits(clone) if (found := record(commit))]


def collection(versions: Path, snapshots: Path | None = None) -> list[Piece]:
    """The documents of a collection, from the clone of its versions and, where it is at hand, of its snapshots. Raises ArchiveError."""
    pages = records(snapshots) if snapshots else []
    dates = Dates(pages)
    pages_of = _grouped(page for page in pages if " #" not in page.path.stem)
    texts_of = _grouped(records(versions))
    pieces = []
    for service, terms in sorted({*pages_of, *texts_of}):
        texts = texts_of.get((service, terms), [])
        own = pages_of.get((service, terms), [])
        begin = min((page.at for page in own), default=None)
        readings = [text for text in dated(texts, dates) if begin is None or text.at < begin]
        document = _document(service, terms, next((page.location for page in reversed(own) if page.location), None))
        pieces.append(Piece(document, partial(_looks, document, versions, readings, snapshots, own)))
    return pieces


def dataset(file: Path) -> list[Piece]:
    """The documents of a collection's dataset, a ZIP file with a text for each version, named for its time.

    It does not say which versions are only other readings, so those count as changes; a clone says more. Raises ArchiveError.
    """
    found: dict[tuple[str, str], list[tuple[datetime, str]]] = defaultdict(list)
    try:
        with ZipFile(file) as archive:
            for name in archive.namelist():
                if entry := _ENTRY.search(name):
                    at = datetime.strptime(entry["at"], "%Y-%m-%dT%H-%M-%SZ").replace(tzinfo=UTC)
                    found[entry["service"], entry["terms"]].append((at, name))
    except (OSError, BadZipFile, ValueError) as error:
        raise ArchiveError(f"{file} cannot be read as a dataset: {error}.") from error
    return [
        Piece(_document(service, terms, None), partial(_entries, file, sorted(entries)))
        for (service, terms), entries in sorted(found.items())
    ]


def _entries(file: Path, entries: Sequence[tuple[datetime, str]]) -> Iterator[Observation]:
    with ZipFile(file) as archive:
        for at, name in entries:
            place = _ENTRY.search(name)
            assert place
            if archive.getinfo(name).file_size > LARGEST:
                raise ArchiveError(f"{name} is larger than {LARGEST:,} bytes: that is no policy.")
            yield Observation(
                url=place[0],
                at=at,
                body=archive.read(name),
                headers={"content-type": f"{_TYPES['.md']}; charset=utf-8"},
                source=f"dataset@{place[0]}",
                reader=reader_of("dataset", 1),
            )


def _grouped(found: Iterable[Record]) -> Mapping[tuple[str, str], Sequence[Record]]:
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for each in found:
        groups[each.service, each.terms].append(each)
    return groups


def _document(service: str, terms: str, location: str | None) -> Document:
    kind = KINDS.get(terms) or slug(terms)
    return Document(vendor=service, kind=kind, name=f"{slug(service)}/{kind}", url=location)


class Dates:
    """When snapshots were fetched, by the names that messages link them by."""

    def __init__(self, pages: Iterable[Record]) -> None:
        self._full = {page.commit: page.at for page in pages}
        self._short: dict[str, list[str]] = defaultdict(list)
        for commit in self._full:
            self._short[commit[:_SHORT]].append(commit)

    def of(self, link: str) -> datetime | None:
        """The date of a snapshot by its full name, by the unique beginning of one, or by an object id, whose first bytes are a time."""
        if len(link) == _OBJECT_ID and link not in self._full:
            try:
                return datetime.fromtimestamp(int(link[:8], 16), UTC)
            except ValueError:
                return None
        alike = [commit for commit in self._short.get(link[:_SHORT], ()) if commit.startswith(link)]
        return self._full[alike[0]] if len(alike) == 1 else None


def dated(texts: Sequence[Record], dates: Dates) -> list[Record]:
    """The versions of one document in order of time. One that is only another reading gets the date of the page that it was read from: that
    of its snapshot, else of the version made from the same snapshot, else of the version before it."""
    told: list[Record] = []
    seen: dict[tuple[str, ...], datetime] = {}
    for text in sorted(texts, key=lambda text: text.at):
        if text.kind == "reading":
            known = max(filter(None, map(dates.of, text.links)), default=None) or seen.get(text.links)
            at = known or (told[-1].at if told else text.at)
            text = replace(text, at=min(at, text.at))
        elif text.links:
            seen[text.links] = text.at
        told.append(text)
    return sorted(told, key=lambda text: text.at)


def _looks(
    document: Document, versions: Path, readings: Sequence[Record], snapshots: Path | None, own: Sequence[Record]
) -> Iterator[Observation]:
    if readings:
        archive = name_of(versions)
        rules = 1
        with objects(versions) as blobs:
            for text in readings:
                rules += text.kind == "reading"
                yield _look(document, archive, text, blobs.read(text.blob), reader=reader_of(archive, rules))
    if snapshots and own:
        archive = name_of(snapshots)
        with objects(snapshots) as blobs:
            for page in own:
                yield _look(document, archive, page, blobs.read(page.blob))


def _look(document: Document, archive: str, kept: Record, body: bytes, *, reader: str = "") -> Observation:
    return Observation(
        url=kept.location or document.url or str(kept.path),
        at=kept.at,
        body=body,
        headers={"content-type": f"{_TYPES[kept.path.suffix]}; charset=utf-8"},
        source=f"{archive}@{kept.commit}",
        reader=reader,
    )
