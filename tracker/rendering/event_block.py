"""An event as the compact block that a person reads in the terminal after a crawl. Reads the payload alone, as every channel does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from tracker.rendering import caption as words
from tracker.rendering.inks import Ink, Palette
from tracker.rendering.picking import operation, visible
from tracker.rendering.terminal import heading_trail, inked, level_badge

_TITLES = {
    "first": "first seen",
    "changed": "changed",
    "dates": "dates changed",
    "broken": "broken",
    "recovered": "recovered",
}


def event_block(payload: Mapping[str, Any], palette: Palette) -> RenderableType:
    """The block of one event."""
    document = payload["document"]
    title = Text.assemble(
        level_badge(payload["level"]),
        " ",
        (visible(document["vendor"]), "bold"),
        f"  {document['name']}  {_TITLES[payload['type']]}",
    )
    body = Group(
        Text(visible(payload["summary"]), style="bold"),
        *(Text(visible(line), style="dim") for line in _facts(payload)),
        *(line for clause in payload["clauses"] for line in _clause(clause, palette)),
        *(
            [Text(f"not shown: {payload['not_shown']} more", style="dim")]
            if payload["not_shown"] and payload["clauses"]
            else []
        ),
    )
    return Group(title, Padding(body, (0, 0, 0, 4)), Text())


def _facts(payload: Mapping[str, Any]) -> Iterator[str]:
    if payload["document"]["url"]:
        yield payload["document"]["url"]
    change = payload["change"]
    if change:
        yield "; ".join(part for part in (change["kind"], words.of_silence(change["kind"], change["silent"])) if part)
    stated = [_stated(role, pair) for role, pair in payload["dates"].items() if pair["old"] or pair["new"]]
    if stated and payload["type"] not in ("broken", "recovered"):
        yield ", ".join(stated)
    yield _window(payload)
    if change and change["counts"]:
        yield words.of_counts(change["counts"])


def _stated(role: str, pair: Mapping[str, str | None]) -> str:
    old, new = pair["old"], pair["new"]
    if old == new or old is None:
        return f"{role} {new}"
    return f"{role} {old} → {new or 'not stated'}"


def _window(payload: Mapping[str, Any]) -> str:
    first_seen = words.minute(datetime.fromisoformat(payload["window"]["first_seen"]))
    last_seen = payload["window"]["last_seen_unchanged"]
    if payload["type"] == "first" or not last_seen:
        return f"seen {first_seen}"
    return f"between {words.minute(datetime.fromisoformat(last_seen))} and {first_seen}"


def _clause(clause: Mapping[str, Any], palette: Palette) -> Iterator[RenderableType]:
    stays = clause["before"] is not None and clause["after"] is not None
    op = operation(clause["op"], stays=stays, moved=clause["moved"])
    yield Text.assemble(f"{op}  ", (heading_trail(clause["trail"]), "italic"))
    yield Padding(inked(clause["words"], palette, palette.moved_here if clause["moved"] else Ink()), (0, 0, 0, 2))
