"""Mail, over the operator's own server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from crawler.sending.message import SENT, Message, Receipt, Surroundings, failed, revealed
from tracker.model import slug
from tracker.rendering.digest import subject
from tracker.rendering.mail import html, plain

SECONDS = 20.0
"""How long each step of the conversation may take."""


def send(message: Message, _: Surroundings) -> Receipt:
    """Mail events, one or a digest."""
    try:
        with _connected(message) as client:
            refused = client.send_message(composed(message))
    except _NoEncryption as error:
        return failed(str(error))
    except (smtplib.SMTPException, OSError) as error:
        return failed(f"{type(error).__name__}: {error}")
    return Receipt("sent", f"refused for {', '.join(sorted(refused))}") if refused else SENT


def composed(message: Message) -> EmailMessage:
    """The mail: text and HTML, with an id that stays, in one thread for each document."""
    settings, name = message.subscription.settings, message.subscription.name
    domain = settings["from"].rpartition("@")[2]
    mail = EmailMessage()
    mail["Subject"] = subject(message.payloads)
    mail["From"] = f"Clausewatch <{settings['from']}>"
    mail["To"] = ", ".join(settings["to"])
    mail["Date"] = format_datetime(message.at)
    mail["Message-ID"] = f"<{message.id}@{domain}>"
    mail["List-Id"] = f"<{name}.clausewatch.{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    if len(message.payloads) == 1:
        thread = slug(message.payloads[0]["document"]["name"]).encode("ascii", "ignore").decode()
        mail["References"] = f"<{thread}.{name}.clausewatch@{domain}>"
    mail.set_content(plain(message.payloads, name))
    mail.add_alternative(html(message.payloads, name), subtype="html")
    return mail


class _NoEncryption(Exception):
    """A password would go over the net in the clear."""


def _is_local(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _connected(message: Message) -> smtplib.SMTP:
    settings = message.subscription.settings
    server = urlsplit(settings["server"])
    host, user = server.hostname or "", settings.get("user")
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=SECONDS, context=context)
    else:
        client = smtplib.SMTP(host, server.port or (587 if user else 25), timeout=SECONDS)
    try:
        client.ehlo()
        private = server.scheme == "smtps" or _is_local(host)  # a relay on this machine rarely has a certificate
        if not private and client.has_extn("starttls"):
            client.starttls(context=context)
            private = True
        if user:
            if not private:
                raise _NoEncryption("the server offers no encryption, and a password must not go in the clear")
            client.login(user, revealed(settings["password"]) if "password" in settings else "")
    except BaseException:
        client.close()
        raise
    return client
