"""What a bundle tells people: what it shows, how to verify it by hand, and what it does not show."""

from __future__ import annotations

from datetime import datetime
from textwrap import fill
from typing import Any

from tracker.evidence.layout import RECORD, REDLINE, SUMS
from tracker.rendering.caption import minute
from tracker.rendering.picking import visible
from tracker.rendering.records import Record

_INDENTED: Any = {"width": 110, "initial_indent": " " * 10, "subsequent_indent": " " * 10}


def readme(record: Record, old: Record, new: Record) -> str:
    """The text of README.txt."""
    caption, change, window = record["caption"], record["change"], record["window"]
    parts = [
        _title(f"Evidence of a change: {caption['vendor']}, {caption['document']}"),
        f"Address   {old['seen']['url']}\nChange    {change['kind']}, {change['level']}\n{fill(change['summary'], **_INDENTED)}",
        _title("What it shows"),
        _shows(window, old, new),
        _title("The looks around it (UTC)"),
        "\n".join(_look(look) for look in record["looks"]),
        _title("Verify it by hand"),
        _verify(record, old, new),
        _title("What it does not show"),
        _limits(old, new),
    ]
    return visible("\n\n".join(parts)) + "\n"


def _title(text: str) -> str:
    return f"{text}\n{'-' * len(text)}"


def _shows(window: Record, old: Record, new: Record) -> str:
    between = len(window["looks_between"])
    gap = {0: "There was no look between the two.", 1: "One look between the two saw neither text."}.get(
        between, f"{between} looks between the two saw neither text."
    )
    return f"""\
{_when(window["last_seen_old"])}   the last look that saw the old text. {_answer(old)}
{_when(window["first_seen_new"])}   the first look that saw the new text. {_answer(new)}

The text changed between these two moments; when exactly is not known. {gap}
The old text was seen from {_when(old["reign"]["first_seen"])} on, the new one until {_when(new["reign"]["last_seen"])} at least."""


def _answer(side: Record) -> str:
    seen = side["seen"]
    final = f" at {seen['final_url']}" if seen["final_url"] and seen["final_url"] != seen["url"] else ""
    status = f"The server answered {seen['status']}{final}" if seen["status"] else f"It came{final}"
    unchanged = f"; the body is the one it had sent by {_when(side['received']['at'])}" if side["received"] else ""
    return f"{status}{unchanged} (source: {seen['source']})."


def _look(look: Record) -> str:
    body = f"  body {look['sha256'][:16]}…" if look["sha256"] else ""
    return f"{_when(look['at'])}  {look['outcome']:<12} {look['state']:<14} {look['status'] or '-'!s:<4}{body}"


def _verify(record: Record, old: Record, new: Record) -> str:
    made = record["made_by"]
    return f"""\
sha256sum --check {SUMS}
    every file is as it was packed.

sha256sum old/body.bin new/body.bin
    {record["old"]["body_sha256"]}
    {record["new"]["body_sha256"]}
    the bodies are those that "seen" in old/look.json and new/look.json tells, with time, address, status, headers and redirects.

clausewatch evidence --verify .
    does this and more: reads both texts out of the bodies again, compares them again, and finds the same change and the same redline
    (made by Clausewatch {made["clausewatch"]}, extractor {made["extractor"]}, rules {made["ruleset"]}).

{REDLINE} shows the change to people; {RECORD} holds it for machines. old/text.md and new/text.md are the texts that were read out of
the bodies. The bodies are pages from the net, saved as .bin so that nothing opens them by itself: open them in an editor of texts.

{_chain("old", old)}
{_chain("new", new)}"""


def _chain(name: str, side: Record) -> str:
    chain = side["chain"]
    if chain["root"] is None:
        return f"The look of {name}/look.json is in the chain over all looks; its day had no root yet when this was packed."
    links = len(chain["digests"]) - 1
    return (
        f"The look of {name}/look.json is in the chain over all looks, {links} before the root of {chain['root']['day']}:\n"
        f"    {chain['root']['hash']}"
    )


def _limits(old: Record, new: Record) -> str:
    published = (
        "Where a root above was published or\ntimestamped on its day (`clausewatch roots`), that shows that the look was recorded by then, "
        "and not made up or altered\nafterwards."
        if old["chain"]["root"] or new["chain"]["root"]
        else "No root of these days was known when this was packed: pack it again on a later day."
    )
    return f"""\
The hashes show that these files belong together and follow from each other. That the bodies came from that address at that time rests on
the word of whoever recorded them. {published}

A body is what the server sent after its transfer and content encodings (gzip and the like) were taken off. What another reader got at the
same time, in another place or with another browser, may have been something else."""


def _when(text: Any) -> str:
    return minute(datetime.fromisoformat(str(text)))
