"""Values of the model as JSON columns, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from tracker.model import (
    Clause,
    DateChange,
    Document,
    Fact,
    FactChange,
    Hop,
    Link,
    OwnRule,
    Reason,
    StatedDate,
    WordEdit,
)


def dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    names: Iterable[str] = getattr(type(value), "__dataclass_fields__", ())
    if not names:
        raise TypeError(f"{value!r} has no place in a JSON column")
    return {name: getattr(value, name) for name in names}


def document_from(text: str) -> Document:
    row = json.loads(text)
    rules = tuple(OwnRule(**{**rule, "words": tuple(rule["words"])}) for rule in row.get("rules", ()))
    return Document(**{**row, "select": tuple(row["select"]), "remove": tuple(row["remove"]), "rules": rules})


def dates_from(text: str) -> tuple[StatedDate, ...]:
    return tuple(StatedDate(**row) for row in json.loads(text))


def date_changes_from(text: str) -> tuple[DateChange, ...]:
    return tuple(DateChange(**{**row, "notes": tuple(row["notes"])}) for row in json.loads(text))


def reasons_from(text: str) -> tuple[Reason, ...]:
    return tuple(Reason(**row) for row in json.loads(text))


def fact_changes_from(text: str) -> tuple[FactChange, ...]:
    return tuple(
        FactChange(*(Fact(**row[side]) if row[side] else None for side in ("old", "new"))) for row in json.loads(text)
    )


def words_from(text: str) -> tuple[WordEdit, ...]:
    return tuple((op, run) for op, run in json.loads(text))


def links_to(links: Sequence[Link]) -> str | None:
    return dumps([[link.text, link.url] for link in links]) if links else None


def links_from(text: str | None) -> tuple[Link, ...]:
    return tuple(Link(*row) for row in json.loads(text)) if text else ()


def hops_to(hops: Sequence[Hop]) -> str | None:
    return dumps([[hop.url, hop.status] for hop in hops]) if hops else None


def hops_from(text: str | None) -> tuple[Hop, ...]:
    return tuple(Hop(*row) for row in json.loads(text)) if text else ()


def runs_to(kept: Sequence[tuple[int, int]]) -> str:
    """Pairs of positions as runs [old, new, length]: most of a policy stands unchanged, in few runs."""
    runs: list[list[int]] = []
    for old, new in kept:
        if runs and (old, new) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1][2] += 1
        else:
            runs.append([old, new, 1])
    return dumps(runs)


def runs_from(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        chain.from_iterable(((old + k, new + k) for k in range(length)) for old, new, length in json.loads(text))
    )


def clause_hash(clause: Clause) -> str:
    return hashlib.sha256("\x1f".join((clause.kind, clause.label or "", clause.text)).encode()).hexdigest()
