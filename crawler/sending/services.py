"""Chats, telephones, ticket systems and a hundred other services, through Apprise."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from crawler.sending.message import SENT, Message, Receipt, Surroundings, failed, revealed
from tracker.rendering.mail import chat, chat_title


def send(message: Message, _: Surroundings) -> Receipt:
    """Tell a service, in the few words that fit there."""
    try:
        import apprise
    except ImportError:
        return failed("Apprise is not installed: pip install 'clausewatch[apprise]'")
    address = revealed(message.subscription.settings["url"])
    service = apprise.Apprise()
    with _heard() as said:
        if not service.add(address):
            return failed("Apprise does not understand the address")
        taken = service.notify(title=chat_title(message.payloads), body=chat(message.payloads), body_format="text")
    return SENT if taken else failed(_unsaid(f"the service did not take it: {'; '.join(said)}", address))


_said: ContextVar[list[str] | None] = ContextVar("_said", default=None)


class _Ear(logging.Handler):
    """Hears what Apprise complains of, for the message that is being sent: it answers yes or no, and logs the rest."""

    def emit(self, record: logging.LogRecord) -> None:
        said = _said.get()
        if said is not None:
            said.append(record.getMessage())


_LOGGER = logging.getLogger("apprise")
_LOGGER.propagate = False  # its lines may hold addresses, and addresses hold secrets
_LOGGER.addHandler(_Ear(logging.WARNING))


@contextmanager
def _heard() -> Iterator[list[str]]:
    said: list[str] = []
    token = _said.set(said)
    try:
        yield said
    finally:
        _said.reset(token)


def _unsaid(text: str, address: str) -> str:
    """Without any part of an address that could be a secret."""
    for part in sorted(re.split(r"[/:@?&=,\s]+", address), key=len, reverse=True):
        if len(part) > 3:
            text = text.replace(part, "…")
    return text
