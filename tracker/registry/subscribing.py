"""[[subscriptions]]: who wants to be told what, and how; read and checked like the rest of the registry."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from tracker import schedule as schedules
from tracker.model import LEVELS, TOPICS, Document, EventType
from tracker.registry import checks
from tracker.registry.reading import Check, Problem, did_you_mean, join, read_table
from tracker.subscription import DIGESTS, Subscription

_SECRET = re.compile(r"env:[A-Za-z_]\w*|file:.+")
_MAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")


# --- checks -------------------------------------------------------------------------------------------------------------------


def secret(value: object) -> str:
    """Where a secret is to be found. The message does not repeat what stands there: it may be the secret itself."""
    if not isinstance(value, str) or not _SECRET.fullmatch(value):
        raise ValueError(
            'expected where the secret is to be found, "env:NAME" or "file:PATH"; secrets do not belong in the registry'
        )
    return value


def address_or_secret(value: object) -> str:
    return secret(value) if isinstance(value, str) and value.startswith(("env:", "file:")) else checks.url(value)


def mail_address(value: object) -> str:
    if not isinstance(value, str) or not _MAIL.fullmatch(value):
        raise checks.refuse('a mail address such as "privacy@example.org"', value)
    return value


def mail_addresses(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise checks.refuse('a list of mail addresses such as ["privacy@example.org"]', value)
    return tuple(mail_address(item) for item in value)


def mail_server(value: object) -> str:
    expected = (
        'a server such as "smtps://mail.example.org" or "smtp://mail.example.org:587"; the user is a key of its own'
    )
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
        bare = parts.port != 0 and not (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc)
    except ValueError as error:
        raise checks.refuse(expected, value) from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not bare:
        raise checks.refuse(expected, value)
    return str(value)


def digest(value: object) -> str:
    """When digests go out, as five cron fields. Intervals would drift, and a digest comes when people expect it."""
    written = DIGESTS.get(value, value) if isinstance(value, str) else value
    rule = schedules.parse(checks.text(written))
    if isinstance(rule, timedelta):
        raise checks.refuse('"daily", "weekly" or five cron fields such as "0 7 * * mon"', value)
    return checks.text(written)


def one_of(words: Collection[str]) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            hint = did_you_mean(value, words) if isinstance(value, str) else ""
            raise ValueError(f"{checks.refuse(f'one of {join(words)}', value)}{f'; {hint}' if hint else ''}")
        return value

    return check


def some(check: Check) -> Check:
    def check_all(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list) or not value:
            raise checks.refuse("a list with something in it", value)
        return tuple(check(item) for item in value)

    return check_all


# --- the tables ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Channel:
    """What a channel needs to be told; the keys in `required` it cannot do without. `gathers`: it can send digests."""

    settings: Mapping[str, Check]
    required: tuple[str, ...]
    gathers: bool = False


CHANNELS: dict[str, _Channel] = {
    "jsonl": _Channel({"path": checks.text}, ("path",)),
    "feed": _Channel({"folder": checks.text, "address": checks.url}, ("folder",)),
    "webhook": _Channel({"url": address_or_secret, "secret": secret}, ("url", "secret")),
    "mail": _Channel(
        {"to": mail_addresses, "from": mail_address, "server": mail_server, "user": checks.text, "password": secret},
        ("to", "from", "server"),
        gathers=True,
    ),
    "apprise": _Channel({"url": secret}, ("url",), gathers=True),
}
_PATHS = ("path", "folder")

COMMON: dict[str, Check] = {
    "name": checks.identifier,
    "channel": one_of(CHANNELS),
    "vendors": some(checks.text),
    "kinds": some(checks.identifier),
    "topics": some(one_of(TOPICS)),
    "languages": some(checks.language),
    "level": one_of(LEVELS),
    "types": some(one_of(get_args(EventType))),
    "digest": digest,
    "at_once": one_of(LEVELS),
}


def read_subscriptions(
    tables: object, documents: Iterable[Document], folder: Path, problems: list[Problem]
) -> tuple[Subscription, ...]:
    """The subscriptions of a registry in `folder` that watches `documents`; what is wrong goes to `problems`."""
    if not isinstance(tables, list):
        problems.append(Problem("subscriptions", "expected one [[subscriptions]] for each"))
        return ()
    known = list(documents)
    made: dict[str, Subscription] = {}
    for number, table in enumerate(tables, 1):
        where = f"subscriptions[{number}]"
        subscription = _subscription(table, known, folder, where, problems)
        if subscription is None:
            continue
        if subscription.name in made:
            problems.append(Problem(f"{where}.name", f'is "{subscription.name}" again; expected a name of its own'))
        made[subscription.name] = subscription
    return tuple(made.values())


def _subscription(
    table: object, documents: list[Document], folder: Path, where: str, problems: list[Problem]
) -> Subscription | None:
    named = table.get("channel") if isinstance(table, dict) else None
    channel = CHANNELS.get(named) if isinstance(named, str) else None
    settings = channel.settings if channel else {}
    required = ("name", "channel", *(channel.required if channel else ()))
    if isinstance(table, dict) and channel is None:  # its settings cannot be judged
        table = {key: value for key, value in table.items() if key in COMMON}
    before = len(problems)
    values = read_table(table, {**COMMON, **settings}, where, problems, required)
    problems.extend(_problems(values, channel, documents, where))
    if len(problems) > before:
        return None
    for key in _PATHS:
        if values.get(key, "-") != "-":
            values[key] = str(folder / values[key])
    for key, value in values.items():
        if isinstance(value, str) and value.startswith("file:"):
            values[key] = f"file:{folder / value.removeprefix('file:')}"
    own = {key: value for key, value in values.items() if key in settings}
    return Subscription(**{key: value for key, value in values.items() if key not in settings}, settings=own)


def _problems(
    values: Mapping[str, Any], channel: _Channel | None, documents: list[Document], where: str
) -> Iterable[Problem]:
    """What is wrong with values that are right by themselves."""
    if channel is not None and not channel.gathers and "digest" in values:
        can = join([name for name, each in CHANNELS.items() if each.gathers], "or")
        yield Problem(f"{where}.digest", f"programs are told at once; expected no digest, or the channel {can}")
    if "at_once" in values and "digest" not in values:
        yield Problem(f"{where}.at_once", "expected a digest besides: without one everything is told at once")
    if "password" in values and "user" not in values:
        yield Problem(f"{where}.password", "expected a user besides")
    vendors = {document.name.split("/")[0] for document in documents}
    yield from _unmatched(values, "vendors", vendors, fnmatchcase, where)
    yield from _unmatched(values, "kinds", {document.kind for document in documents}, lambda a, b: a == b, where)


def _unmatched(
    values: Mapping[str, Any], key: str, known: set[str], fits: Callable[[str, str], bool], where: str
) -> Iterable[Problem]:
    """A filter that fits nothing which is watched is a slip: it would keep silent for ever."""
    for wanted in values.get(key, ()):
        if not any(fits(each, wanted) for each in known):
            hint = did_you_mean(wanted, known) or "see `clausewatch vendors`"
            yield Problem(f"{where}.{key}", f'expected {key} that are watched, got "{wanted}"; {hint}')
