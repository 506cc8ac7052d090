"""Webhooks as Standard Webhooks 1.0 wants them: signed, with an id by which receivers know a repetition."""

from __future__ import annotations

import asyncio
import binascii
import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from crawler.guard.addresses import Rules
from crawler.guard.limits import pause
from crawler.guard.refusals import ForbiddenAddress
from crawler.sending.message import SENT, Message, Receipt, Surroundings, failed, revealed
from tracker.rendering.webhook import webhook_body

SECONDS = 15.0
"""How long a receiver has, for everything."""


def send(message: Message, around: Surroundings) -> Receipt:
    """Post an event."""
    [payload] = message.payloads
    settings = message.subscription.settings
    url = revealed(settings["url"])
    if urlsplit(url).scheme not in ("http", "https"):
        return failed("the address is none of the web")
    body = webhook_body(payload).decode()
    try:
        signatures = [Webhook(key).sign(message.id, message.at, body) for key in revealed(settings["secret"]).split()]
    except (binascii.Error, ValueError, EmptyWebhookSecretError):
        return failed(
            'the secret is none: expected "whsec_" and base64, or several of them to change from one to the next'
        )
    headers = {
        "content-type": "application/json",
        "user-agent": around.user_agent,
        "webhook-id": message.id,
        "webhook-timestamp": str(int(message.at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
    rules = Rules.made(around.allow_networks, around.resolve or {})
    try:
        status, said = asyncio.run(_post(url, body, headers, rules))
    except TimeoutError:
        return failed(f"no answer in {SECONDS:g} s")
    except ForbiddenAddress as error:
        return failed(f"{error}; allow_networks in the registry allows private networks")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return failed(f"{type(error).__name__}: {error}".replace(url, "its address"))
    return _receipt(status, said, message)


def _receipt(status: int, headers: dict[str, str], message: Message) -> Receipt:
    if 200 <= status < 300:
        return SENT
    if status == 410:
        return Receipt("gone", "the receiver answered 410 Gone")
    if 300 <= status < 400:
        return failed(f"the receiver answered {status}, and redirects are not followed")
    until = pause(headers, message.at)
    return failed(f"the receiver answered {status}", until - message.at if until else None)


async def _post(url: str, body: str, headers: dict[str, str], rules: Rules) -> tuple[int, dict[str, str]]:
    """Status and headers of the answer; its body is of no interest and is not read."""
    _refuse_literal(url, rules)
    connector = aiohttp.TCPConnector(resolver=_Guarded(rules), force_close=True, use_dns_cache=False)
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    async with (
        aiohttp.ClientSession(
            connector=connector, timeout=timeout, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
        ) as session,
        session.post(url, data=body.encode(), headers=headers, allow_redirects=False) as answer,
    ):
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}


def _refuse_literal(url: str, rules: Rules) -> None:
    """aiohttp does not ask the resolver for an address that is spelled out."""
    host = urlsplit(url).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:
        return
    if not rules.allow(address):
        raise ForbiddenAddress(f"{host} is not a public address")


class _Guarded(AbstractResolver):
    """Answers with addresses that the rules allow, and every connection uses what it answers: a name cannot move between two lookups."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        made_up = self._rules.resolve.get(host.lower())
        found = await self._names.resolve(made_up or host, port, family)
        allowed = [each for each in found if self._rules.allow(ip_address(each["host"]))]
        if not allowed:
            raise ForbiddenAddress(f"{host} is not a public address")
        return [{**each, "hostname": host} for each in allowed]

    async def close(self) -> None:
        await self._names.close()
