"""Mail, against an SMTP server on loopback."""

import email
import email.policy
import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tracker.registry.subscribing import digest
from tracker.subscription import Subscription


class Mailbox:
    """Takes every mail, unless `answer` says otherwise."""

    def __init__(self):
        self.mails = []
        self.answer = "250 OK"
        self.logins = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        if self.answer.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return self.answer

    def log_in(self, server, session, envelope, mechanism, data):
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"the password", handled=False)


@pytest.fixture
def mailbox():
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        mailbox.port = free.getsockname()[1]
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=mailbox.port, authenticator=mailbox.log_in, auth_require_tls=False
    )
    controller.start()
    yield mailbox
    controller.stop()


@pytest.fixture
def legal(mailbox):
    def legal(*, settings=None, **more):
        server = {
            "server": f"smtp://127.0.0.1:{mailbox.port}",
            "from": "watch@acme.test",
            "to": ("legal@acme.test", "dpo@acme.test"),
        }
        return Subscription(name="legal", channel="mail", settings=server | (settings or {}), **more)

    return legal


def test_an_event_arrives_as_text_and_html_in_the_thread_of_its_document(outbox, mailbox, legal):
    outbox.subscribe(legal())
    outbox.changes(2)
    outbox.drain()
    first, second = mailbox.mails
    assert first["Subject"].startswith("[high] Lumora, privacy: retention 12 months → 13 months")
    assert first["To"] == "legal@acme.test, dpo@acme.test"
    assert [part.get_content_type() for part in first.iter_parts()] == ["text/plain", "text/html"]
    assert "[+13+] months" in " ".join(first.get_body(("plain",)).get_content().split())
    assert "<ins" in first.get_body(("html",)).get_content()
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["References"] == second["References"]
    assert first["Message-ID"] != second["Message-ID"]


def test_what_is_sent_again_has_the_same_message_id(outbox, mailbox, legal):
    outbox.subscribe(legal())
    [event] = outbox.changes()
    mailbox.answer = "451 later"
    outbox.drain()
    assert "later" in outbox.history.deliveries()[0].why
    mailbox.answer = "250 OK"
    outbox.pass_time(minutes=1)
    outbox.drain()
    outbox.history.replay([event.payload], outbox.subscriptions, outbox.now)
    outbox.drain()
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1 < len(mailbox.mails)


def test_a_digest_is_one_mail_and_what_is_critical_does_not_wait_for_it(outbox, mailbox, legal):
    outbox.subscribe(legal(digest=digest("daily"), at_once="critical"))
    outbox.changes(3)
    outbox.look(("We do not sell your personal data.", "We sell your personal data to advertising partners."))
    outbox.drain()
    [urgent] = mailbox.mails
    assert urgent["Subject"].startswith("[critical]")
    outbox.pass_time(days=1)
    outbox.drain()
    [_, together] = mailbox.mails
    assert together["Subject"] == "3 events at 1 vendor: 3 high"
    assert together["References"] is None
    assert [state for state, _ in outbox.states()] == ["sent"] * 4


def test_a_login_uses_the_secret_that_the_registry_refers_to(outbox, mailbox, legal, monkeypatch):
    monkeypatch.setenv("MAIL_PASSWORD", "the password")
    outbox.subscribe(legal(settings={"user": "watch", "password": "env:MAIL_PASSWORD"}))
    outbox.changes()
    outbox.drain()
    assert (mailbox.logins, len(mailbox.mails)) == ([("watch", "the password")], 1)


def test_a_wrong_password_is_a_failure_that_does_not_repeat_it(outbox, mailbox, legal, monkeypatch):
    monkeypatch.setenv("MAIL_PASSWORD", "another password")
    outbox.subscribe(legal(settings={"user": "watch", "password": "env:MAIL_PASSWORD"}))
    outbox.changes()
    outbox.drain()
    [row] = outbox.history.deliveries(failed=True)
    assert "SMTPAuthenticationError" in row.why
    assert "another password" not in row.why


def test_a_password_does_not_go_over_the_net_in_the_clear(outbox, mailbox, legal, monkeypatch):
    monkeypatch.setenv("MAIL_PASSWORD", "the password")
    monkeypatch.setattr("crawler.sending.mail._is_local", lambda _: False)
    outbox.subscribe(legal(settings={"user": "watch", "password": "env:MAIL_PASSWORD"}))
    outbox.changes()
    outbox.drain()
    assert (mailbox.logins, mailbox.mails) == ([], [])
    assert "no encryption" in outbox.history.deliveries()[0].why


def test_hostile_text_makes_no_headers(outbox, mailbox, legal):
    outbox.subscribe(legal())
    outbox.look()
    outbox.look(("12 months", "13 months\r\nBcc: all@acme.test\r\n\r\n"))
    outbox.drain()
    [mail] = mailbox.mails
    assert mail["Bcc"] is None
