"""Chats, telephones, ticket systems and a hundred other services, through Apprise."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What Apprise complains of on this thread: it answers yes or no, and logs the rest."""
    said: list[str] = []
    me = threading.get_ident()

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == me:
                said.append(record.getMessage())

    logger, ear = logging.getLogger("apprise"), Ear(logging.WARNING)
    logger.propagate = False  # its lines may hold addresses, and addresses hold secrets
    logger.addHandler(ear)
    try:
        yield said
    finally:
        logger.removeHandler(ear)


def _unsaid(text: str, address: str) -> str:
    """Without any part of an address that could be a secret."""
    for part in sorted(re.split(r"[/:@?&=,\s]+", address), key=len, reverse=True):
        if len(part) > 3:
            text = text.replace(part, "…")
    return text
