"""A change as its page shows it: in which view, which clause changes of it, and where the links on the page lead."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from tracker.browsing.answering import attachment, download
from tracker.compared import Compared
from tracker.model import LEVELS, Change, ClauseChange
from tracker.rendering import caption
from tracker.rendering.folding import Stretch, stretches
from tracker.rendering.html import html_page
from tracker.rendering.layout import in_place, moved
from tracker.rendering.picking import formal, most_material_first, told
from tracker.rendering.records import Record, change_to_dict

_REASONS = 4
"""So many stand above the redline and beside a clause; the others are behind their count."""

VIEWS = {"changes": "Changes only", "in-place": "In place", "side-by-side": "Side by side", "topics": "By topic"}
"""The ways in which a redline is shown, the first where none is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of a change. Empty filters let everything pass."""

    view: str = "changes"
    level: str = ""
    topic: str = ""
    op: str = ""
    formatting: str = ""
    """"shown" where differences of formatting are to be seen too."""
    context: str = ""
    """"all" where the unchanged clauses are not to be folded away."""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Asked:
        """What the query string of an address asks for. What it does not know, it does not ask for."""
        given = {field.name: arguments.get(field.name) or "" for field in fields(cls)}
        known = {
            **given,
            "view": given["view"] if given["view"] in VIEWS else "changes",
            "formatting": "shown" if given["formatting"] else "",
            "context": "all" if given["context"] else "",
        }
        return cls(**known)

    def query(self) -> dict[str, str]:
        """The same as the query string of an address."""
        ours, usual = ({field.name: getattr(a, field.name) for field in fields(self)} for a in (self, Asked()))
        return {key: value for key, value in ours.items() if value != usual[key]}


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause change and its number, from 1, most material first. The number is the same wherever the change is shown."""

    number: int
    change: ClauseChange


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter can have, how many clause changes it leaves, and whether it is the one that was asked for."""

    value: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """What the two texts say on a topic where they differ: the clauses of each in the order of its own text."""

    name: str
    old: list[Entry]
    new: list[Entry]


@dataclass(frozen=True, slots=True)
class Redline:
    """What the page shows."""

    asked: Asked
    filters: dict[str, list[Choice]]
    entries: list[Entry]
    hidden: int
    """How many differences of formatting would pass the filters."""
    quiet: frozenset[int]
    """The numbers of all differences of formatting, where they are not to be seen."""
    stretches: list[Stretch]
    """The whole text, for the views that show it."""
    topics: list[Topic]
    neighbours: dict[int, tuple[int | None, int | None]]
    """For the number of each entry those before and after it, in the order of the page."""


def redline(compared: Compared, asked: Asked) -> Redline:
    """What of a change is shown to somebody who asks so."""
    every = [Entry(number, c) for number, c in enumerate(most_material_first(compared.change.clauses), 1)]
    entries = [entry for entry in every if _passes(entry.change, asked)]
    with_formatting = replace(asked, formatting="shown")
    shown = {entry.number for entry in entries}
    whole = asked.view in ("in-place", "side-by-side")
    rows = in_place(compared.change, compared.new_policy) if whole else []
    placed = [row.number for row in rows if row.number in shown and not row.left]
    return Redline(
        asked=asked,
        filters=filters(compared.change, asked),
        entries=entries,
        hidden=sum(_passes(entry.change, with_formatting) for entry in every) - len(entries),
        quiet=frozenset(entry.number for entry in every if of_formatting(entry.change) and not asked.formatting),
        stretches=stretches(rows, lambda row: row.number in shown or bool(asked.context)),
        topics=by_topic(entries) if asked.view == "topics" else [],
        neighbours=_neighbours(placed or [entry.number for entry in entries]),
    )


def by_topic(entries: Iterable[Entry]) -> list[Topic]:
    """The topics, the one on which most differs first. A clause that is about several stands in each; one about none, last."""
    about: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for topic in entry.change.topics or ("",):
            about[topic].append(entry)
    return [
        Topic(
            name or "No topic",
            sorted((e for e in found if e.change.old), key=lambda e: e.change.old_at),
            sorted((e for e in found if e.change.new), key=lambda e: e.change.new_at),
        )
        for name, found in sorted(about.items(), key=lambda item: (not item[0], -len(item[1]), item[0]))
    ]


def brief(change: Change) -> Record:
    """What is said of a change as a whole."""
    return {name: getattr(change, name) for name in ("kind", "level", "summary", "silent", "complete", "dates")}


def record(change: Change, asked: Asked) -> Record:
    """The change for machines, with the clause changes that pass the filters, and what the filters could be.

    Differences of formatting are told apart by their kind, and never hidden.
    """
    asked = replace(asked, formatting="shown")
    numbers = {number for number, c in enumerate(most_material_first(change.clauses), 1) if _passes(c, asked)}
    whole = change_to_dict(change)
    return {
        **whole,
        "clauses": [clause for clause in whole["clauses"] if clause["number"] in numbers],
        "filters": {
            name: {choice.value: choice.count for choice in choices} for name, choices in filters(change, asked).items()
        },
    }


def of_formatting(change: ClauseChange) -> bool:
    """Whether it is a difference of formatting only, in its place."""
    return formal(change) and not moved(change)


def filters(change: Change, asked: Asked) -> dict[str, list[Choice]]:
    """For each filter its values, with how many clause changes each leaves beside the other filters."""
    return {
        "level": _choices(change, asked, "level", lambda c: [c.level], LEVELS[::-1]),
        "op": _choices(change, asked, "op", operations),
        "topic": _choices(change, asked, "topic", lambda c: c.topics),
    }


def operations(change: ClauseChange) -> list[str]:
    """What became of a clause: what moved may have been edited too."""
    return list(dict.fromkeys((change.op, "moved"))) if moved(change) else [change.op]


def _choices(
    change: Change,
    asked: Asked,
    name: str,
    values: Callable[[ClauseChange], Iterable[str]],
    order: Iterable[str] = (),
) -> list[Choice]:
    others = replace(asked, **{name: ""})
    counts = Counter(value for c in change.clauses if _passes(c, others) for value in values(c))
    known = order or sorted(counts, key=lambda value: (-counts[value], value))
    wanted = getattr(asked, name)
    # what was asked for stands there even where it leaves nothing: it can be taken back
    values_shown = [value for value in dict.fromkeys((*known, wanted)) if counts[value] or (value and value == wanted)]
    return [Choice(value, counts[value], value == wanted) for value in values_shown]


def _passes(change: ClauseChange, asked: Asked) -> bool:
    return (
        (bool(asked.formatting) or not of_formatting(change))
        and asked.level in ("", change.level)
        and (not asked.op or asked.op in operations(change))
        and (not asked.topic or asked.topic in change.topics)
    )


def _neighbours(numbers: list[int]) -> dict[int, tuple[int | None, int | None]]:
    order = [None, *numbers, None]
    return {number: (order[at], order[at + 2]) for at, number in enumerate(numbers)}


def address(path: str, base: Mapping[str, str], asked: Asked, **other: str) -> str:
    """The address of a page with something asked otherwise; `base` is the part of the query that says what is compared."""
    query = urlencode({**base, **replace(asked, **other).query()})
    return f"{path}?{query}" if query else path


def shared(compared: Compared, asked: Asked, path: str, base: Mapping[str, str]) -> dict[str, Any]:
    """What the template of a redline needs."""
    filters_only = replace(asked, view="changes", formatting="", context="")
    sides = (caption.of_which(side) for side in (compared.caption.old, compared.caption.new))
    shown = redline(compared, asked)
    return {
        "compared": compared,
        "redline": shown,
        "main_reasons": told(compared.change.reasons),
        "most_reasons": _REASONS,
        "standing": {r.text: entry.number for entry in reversed(shown.entries) for r in entry.change.reasons},
        "views": VIEWS,
        "to": lambda **other: address(path, base, asked, **other),
        "file": lambda kind: address(f"{path}/redline.{kind}", base, Asked()),
        "json": address(f"{path}.json", base, filters_only),
        "two_documents": bool(compared.caption.old.name),
        "language": compared.new_policy.language,
        "old_language": compared.old["language"],
        **dict(zip(("old_which", "new_which"), sides, strict=True)),
    }


def as_file(compared: Compared, kind: str, name: str) -> Response:
    """The whole redline as one self-contained file, to keep or to send: "html", or "docx" with tracked changes."""
    if kind == "html":
        return attachment(html_page(compared.change, compared.caption, compared.new_policy), f"{name}.html")
    from tracker.rendering.word import word_file  # python-docx is slow to import, and seldom wanted

    return download(word_file(compared.change, compared.caption, compared.new_policy), f"{name}.docx")
