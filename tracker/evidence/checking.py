"""Verifying a bundle with nothing but the bundle: its hashes, its chain, and that the texts and the change follow from the bodies.

A bundle is somebody else's input: it is read and compared, and nothing in it is run, opened or written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.comparison import RULESET, compare
from tracker.evidence.layout import NAMES, RECORD, REDLINE, SIDES, SUMS, Files, caption_from, page_from, sha256
from tracker.extraction import EXTRACTOR, extract
from tracker.history.chain import digest, link
from tracker.model import Change, OwnRule, Policy, State
from tracker.rendering.html import html_page
from tracker.rendering.records import change_to_dict

_EARLIER = "an earlier edition"
"""What made a text that this edition reads no policy in: it is kept as the earlier one read it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked. `good` is None where it cannot be told, and `words` say why."""

    what: str
    good: bool | None
    words: str = ""


def check(files: Files, others: list[str]) -> list[Finding]:
    """What holds of a bundle and what does not. `others` are names of what lies beside its files."""
    try:
        return list(_findings(files, others))
    except Exception as error:  # whatever a forged bundle holds, the answer is that it does not hold
        return [Finding("the bundle can be read", False, f"{type(error).__name__}: {error}")]


def _findings(files: Files, others: list[str]) -> Iterator[Finding]:
    missing = [name for name in NAMES if name not in files]
    yield Finding("all files are there", not missing, ", ".join(missing))
    if others:
        yield Finding("nothing else is there", False, ", ".join(others))
    if missing:
        return
    stated = dict(_sums(files[SUMS]))
    packed = {name: sha256(content) for name, content in files.items() if name != SUMS}
    wrong = sorted(name for name in {*stated, *packed} if stated.get(name) != packed.get(name))
    yield Finding(f"files are as {SUMS} says", not wrong, ", ".join(wrong))
    record = json.loads(files[RECORD])
    looks = {side: json.loads(files[f"{side}/look.json"]) for side in SIDES}
    for side in SIDES:
        yield from _side(side, files, record, looks[side])
    window = record["window"]
    times = (looks["old"]["seen"]["at"], looks["new"]["seen"]["at"])
    yield Finding("the looks are those of the record", _same_times(times, window) and times[0] < times[1])
    yield from _derived(files, record, looks)


def _sums(content: bytes) -> Iterator[tuple[str, str]]:
    for line in content.decode().splitlines():
        value, _, name = line.partition("  ")
        yield name, value


def _side(side: str, files: Files, record: Mapping[str, Any], look: Mapping[str, Any]) -> Iterator[Finding]:
    body = sha256(files[f"{side}/body.bin"])
    yield Finding(
        f"the {side} body is the one that was seen", body == look["seen"]["sha256"] == record[side]["body_sha256"]
    )
    text = sha256(files[f"{side}/text.md"])
    yield Finding(f"the {side} text is the one of the record", text == record[side]["text_sha256"])
    chain = look["chain"]
    at = str(chain["before"])
    for said in chain["digests"]:
        at = link(at, said)
    holds = chain["digests"][0] == digest(look["seen"]) and (chain["root"] is None or chain["root"]["hash"] == at)
    told = (json.loads(look["seen"]["headers"] or "{}"), json.loads(look["seen"]["redirects"] or "[]"))
    holds = holds and told == (look["headers"], look["redirects"])
    until = (
        "its day had no root yet"
        if chain["root"] is None
        else f"root of {chain['root']['day']}: {chain['root']['hash']}"
    )
    yield Finding(f"the {side} look stands in the chain over all looks", holds, until if holds else "")


def _same_times(times: tuple[str, str], window: Mapping[str, str]) -> bool:
    stated = (window["last_seen_old"], window["first_seen_new"])
    return [re.sub(r"(\+00:00|Z)$", "", at) for at in times] == [re.sub(r"(\+00:00|Z)$", "", at) for at in stated]


def _derived(files: Files, record: Mapping[str, Any], looks: Mapping[str, Any]) -> Iterator[Finding]:
    """Whether the texts follow from the bodies, and the change and the redline from the texts."""
    policies: dict[str, Policy] = {}
    for side in SIDES:
        policies[side] = extract(files[f"{side}/body.bin"], page_from(looks[side]["page"]))
        same = policies[side].markdown.encode("utf-8", "surrogatepass") == files[f"{side}/text.md"]
        made = str(looks[side]["text_made_by"]).partition(".")[0] if policies[side].state is State.OK else _EARLIER
        yield _by_edition(f"the {side} text follows from the {side} body", same, "extractor", made, EXTRACTOR)
    rules = tuple(OwnRule(**{**rule, "words": tuple(rule["words"])}) for rule in record["rules"])
    change = compare(policies["old"], policies["new"], rules=rules)
    edition, ours = (
        f"{by['extractor']}, {by['ruleset']}"
        for by in (record["made_by"], {"extractor": EXTRACTOR, "ruleset": RULESET})
    )
    if any(policy.state is not State.OK for policy in policies.values()):
        edition = _EARLIER
    same = _plain(change) == record["change"]
    yield _by_edition("the change follows from the two bodies", same, "extractor and rules", edition, ours)
    page = html_page(change, caption_from(record["caption"]), policies["new"]).encode("utf-8", "replace")
    yield _by_edition(f"{REDLINE} shows that change", page == files[REDLINE], "extractor and rules", edition, ours)


def _plain(change: Change) -> Any:
    return json.loads(json.dumps(change_to_dict(change)))


def _by_edition(what: str, same: bool, by: str, made: str, ours: str) -> Finding:
    """A finding that another edition of the program may not be able to make."""
    if same:
        return Finding(what, True)
    if made == ours:
        return Finding(what, False)
    return Finding(what, None, f"made by {by} {made}, and this is {ours}")
