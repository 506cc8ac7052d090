"""Events as a mail: plain text, HTML that needs no style sheet, and a short form for chats. Reads the payloads alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from tracker.rendering import caption as words
from tracker.rendering.digest import Payload, Section, sections, subject
from tracker.rendering.event_block import event_block
from tracker.rendering.inks import PLAIN, written
from tracker.rendering.markup import Markup, element, joined
from tracker.rendering.picking import clipped, operation, visible

WIDTH = 76
CHAT_EVENTS = 20
"""Events that a chat message lists; the others are counted."""

_LEVEL_COLOURS = {"critical": "#a40000", "high": "#c0392b", "medium": "#9a6700", "low": "#0b6a8a", "none": "#666666"}
_EDITS = {
    "-": ("del", "color:#a40000;text-decoration:line-through"),
    "+": ("ins", "color:#0a4fb3;text-decoration:underline"),
}
_MARKS = {"-": ("[-", "-]"), "+": ("[+", "+]")}


def plain(payloads: Sequence[Payload], subscription: str) -> str:
    """The whole as plain text."""
    found = sections(payloads)
    parts = [part for section in found for part in _plain(section, titled=len(payloads) > 1)]
    return "\n".join([*parts, "-- ", _footer(subscription)]) + "\n"


def html(payloads: Sequence[Payload], subscription: str) -> str:
    """The whole as HTML, styled inline because mail programs drop style sheets; marks say what colours say."""
    body = element(
        "body",
        *(_section(section, titled=len(payloads) > 1) for section in sections(payloads)),
        element("hr"),
        element("p", _footer(subscription), style="color:#666666"),
        style="font-family:sans-serif;max-width:45em",
    )
    head = element("head", element("meta", charset="utf-8"), element("title", subject(payloads)))
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def event_html(payload: Payload) -> Markup:
    """One event as a piece of HTML: what a feed's entry holds."""
    document, change = payload["document"], payload["change"]
    link = web_link(payload)
    facts = [change["kind"], words.of_silence(change["kind"], change["silent"])] if change else []
    return element(
        "div",
        element(
            "h3",
            element("span", payload["level"].upper(), style=f"color:{_LEVEL_COLOURS[payload['level']]}"),
            f" {document['vendor']}, {document['kind']}: {payload['summary']}",
        ),
        element("p", "; ".join([*filter(None, facts), _seen(payload)])),
        *([element("p", element("a", link, href=link))] if link else []),
        *_dates(payload),
        *(_clause(clause) for clause in payload["clauses"]),
        *(
            [element("p", f"Not shown: {payload['not_shown']} more.")]
            if payload["not_shown"] and payload["clauses"]
            else []
        ),
    )


def chat(payloads: Sequence[Payload]) -> str:
    """A line for each event, without what a chat would take for a mention or a command."""
    ordered = [payload for section in sections(payloads) for payload in section.payloads]
    lines = [
        f"• {payload['level'].upper()} {payload['document']['name']}: {payload['summary']}"
        + (f" {link}" if (link := web_link(payload)) else "")
        for payload in ordered[:CHAT_EVENTS]
    ]
    if len(ordered) > CHAT_EVENTS:
        lines.append(f"and {len(ordered) - CHAT_EVENTS} more")
    return "\n".join(_no_mention(" ".join(visible(line).split())) for line in lines)


def chat_title(payloads: Sequence[Payload]) -> str:
    """What stands above a chat message."""
    return _no_mention(subject(payloads))


def web_link(payload: Payload) -> str | None:
    """The live page, where it is one of the web: a link is never anything else."""
    url = payload["document"]["url"] or ""
    return url if url.startswith(("https://", "http://")) else None


def _no_mention(text: str) -> str:
    return re.sub(r"(?<!\w)@|<", lambda found: f"{found[0]}\u2060", text)


def _plain(section: Section, *, titled: bool) -> Iterator[str]:
    if titled:
        title = visible(section.title)
        yield f"{title}\n{'=' * min(len(title), WIDTH)}\n"
    for payload in section.payloads:
        yield written(event_block(payload, PLAIN), WIDTH, PLAIN)


def _section(section: Section, *, titled: bool) -> Markup:
    title = [element("h2", section.title)] if titled else []
    return joined(*title, *(event_html(payload) for payload in section.payloads))


def _seen(payload: Payload) -> str:
    first_seen = words.minute(datetime.fromisoformat(payload["window"]["first_seen"]))
    last_seen = payload["window"]["last_seen_unchanged"]
    if payload["type"] == "first" or not last_seen:
        return f"seen {first_seen}"
    return f"between {words.minute(datetime.fromisoformat(last_seen))} and {first_seen}"


def _dates(payload: Payload) -> Iterator[Markup]:
    if payload["type"] in ("broken", "recovered"):
        return
    for role, pair in payload["dates"].items():
        if pair["old"] or pair["new"]:
            same = pair["old"] == pair["new"]
            said = pair["new"] if same else f"{pair['old'] or 'not stated'} → {pair['new'] or 'not stated'}"
            yield element("p", f"{role}: {said}")


def _clause(clause: Payload) -> Markup:
    stays = clause["before"] is not None and clause["after"] is not None
    op = operation(clause["op"], stays=stays, moved=clause["moved"])
    trail = " › ".join(clipped(heading, 60) for heading in clause["trail"]) or "(no heading)"
    return element(
        "div",
        element("p", element("b", op), "  ", element("i", trail)),
        element("blockquote", *(_edit(op, text) for op, text in clause["words"] if text)),
        *([element("p", "; ".join(clause["reasons"]), style="color:#666666")] if clause["reasons"] else []),
    )


def _edit(op: str, text: str) -> str:
    if op not in _EDITS:
        return text
    (name, style), (opening, closing) = _EDITS[op], _MARKS[op]
    return element(name, opening, text, closing, style=style)


def _footer(subscription: str) -> str:
    return f"Clausewatch, subscription {subscription}. To hear less, edit the registry."
