"""The files of a bundle. Their names are fixed: nothing from the net names a file, and none is saved as something that opens by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from tracker.model import Page
from tracker.rendering.caption import Caption, Side
from tracker.rendering.records import Record, plain

FORMAT = 1
README, RECORD, REDLINE, SUMS = "README.txt", "record.json", "redline.html", "SHA256SUMS"
SIDES = ("old", "new")
NAMES = (
    README,
    RECORD,
    REDLINE,
    *(f"{side}/{name}" for side in SIDES for name in ("body.bin", "look.json", "text.md")),
    SUMS,
)

Files = Mapping[str, bytes]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sums(files: Files) -> bytes:
    """What `sha256sum --check` reads."""
    return "".join(f"{sha256(content)}  {name}\n" for name, content in files.items()).encode()


def written(value: object) -> bytes:
    """A record as its file."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def page_record(page: Page) -> Record:
    return {key: plain(value) for key, value in asdict(page).items()}


def page_from(record: Mapping[str, object]) -> Page:
    """Raises TypeError or ValueError where the record is none of a page."""
    known = dict(record)
    observed = known["observed"]
    known["observed"] = date.fromisoformat(str(observed)) if observed else None
    for key in ("select", "remove"):
        known[key] = tuple(map(str, known[key]))  # type: ignore[call-overload]
    return Page(**known)  # type: ignore[arg-type]


def caption_from(record: Mapping[str, object]) -> Caption:
    """The heading of the redline. Raises KeyError, TypeError or ValueError where the record is none of a caption."""
    known = dict(record)
    for side in SIDES:
        values = dict(known[side])  # type: ignore[call-overload]
        seen = values["first_seen"]
        known[side] = Side(**{**values, "first_seen": datetime.fromisoformat(seen) if seen else None})
    return Caption(**known)  # type: ignore[arg-type]
