"""The browser's only way to the network: a proxy that connects to nothing that the crawler itself may not be sent to.

It listens on loopback while a browser is open, and serves only whoever knows the password that was made for it. It resolves names itself
and connects to the address that it has checked, so no second lookup can lead elsewhere (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from base64 import b64encode
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

from crawler.guard.addresses import SCHEMES, Rules
from crawler.guard.refusals import Verdict
from tracker.model import State

log = logging.getLogger(__name__)

IDLE = 30.0
"""Seconds without a byte after which a connection is closed."""
_HEAD = 64 * 1024
_PART = 64 * 1024


class Forbidden(Exception):
    """What was asked for leads where the browser may not go."""


class Proxy:
    """An HTTP proxy (RFC 9110, CONNECT and absolute-form requests). Use it as an asynchronous context manager.

    `allowance` is how many bytes may still come in; whoever opens a page sets it, and at 0 everything is cut off.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.allowance = 0
        self.refused: list[Verdict] = []
        """What was refused, newest last, for whoever wants to say why a page did not come."""
        self.user, self.password = "clausewatch", secrets.token_urlsafe(24)
        self._expected = b"Basic " + b64encode(f"{self.user}:{self.password}".encode())
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_HEAD)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    @property
    def address(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            await self._serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError) as error:
            log.debug("proxy: %s: %s", type(error).__name__, error)
        finally:
            self._open.discard(task)
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE)).decode("latin-1")
        request, *fields = head.rstrip("\r\n").split("\r\n")
        method, target, _ = request.split(" ", 2)
        if not any(
            name.lower() == "proxy-authorization" and secrets.compare_digest(value.strip().encode(), self._expected)
            for name, _, value in (each.partition(":") for each in fields)
        ):
            writer.write(
                b'HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="clausewatch"\r\nContent-Length: 0\r\n\r\n'
            )
            await writer.drain()
            return
        try:
            host, port, first = _goal(method, target, fields)
            address = await self._resolved(host, port)
        except Forbidden as error:
            self.refused.append(Verdict(State.FORBIDDEN_ADDRESS, str(error)))
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        await self._tunnel(reader, writer, address, port, first)

    async def _resolved(self, host: str, port: int) -> str:
        """The address to connect to. Raises Forbidden."""
        made_up = self.rules.resolve.get(host.lower())
        if made_up is None:
            try:
                found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except OSError as error:
                raise Forbidden(f"there is no address for {host}") from error
            made_up = str(found[0][4][0])
        address = ip_address(made_up.partition("%")[0])
        if not self.rules.allow(address):
            raise Forbidden(f"{host} is {address}, which is not a public address")
        if port not in SCHEMES.values() and not self.rules.exempt(address):
            raise Forbidden(f"port {port} of {host} is not one that pages are served on")
        return str(address)

    async def _tunnel(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str, port: int, first: bytes | None
    ) -> None:
        try:
            far_reader, far_writer = await asyncio.wait_for(asyncio.open_connection(address, port), IDLE)
        except (OSError, TimeoutError):
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        try:
            if first is None:
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                far_writer.write(first)
            outward = asyncio.create_task(self._pipe(reader, far_writer))
            try:
                await self._pipe(far_reader, writer, counted=True)
            finally:
                outward.cancel()
                with suppress(asyncio.CancelledError, OSError):
                    await outward
        finally:
            far_writer.close()

    async def _pipe(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, counted: bool = False) -> None:
        while part := await asyncio.wait_for(source.read(_PART), IDLE):
            if counted:
                self.allowance -= len(part)
                if self.allowance < 0:
                    self.refused.append(Verdict(State.TOO_LARGE, "more bytes than a page may take in a browser"))
                    return
            target.write(part)
            await target.drain()


def _goal(method: str, target: str, fields: list[str]) -> tuple[str, int, bytes | None]:
    """Host, port, and what to send there first: nothing for a tunnel, or else the request as an origin server expects it.

    Raises Forbidden.
    """
    if method == "CONNECT":
        parts = urlsplit(f"//{target}")
        if not parts.hostname or not parts.port:
            raise Forbidden(f"no address: {target[:100]}")
        return parts.hostname, parts.port, None
    parts = urlsplit(target)
    if parts.scheme != "http" or not parts.hostname:
        raise Forbidden(f"no address: {target[:100]}")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    hop = ("proxy-", "connection:", "keep-alive:")
    kept = [each for each in fields if not each.lower().startswith(hop)]
    # one request to a connection: the next one on it might be for another host, and would pass unseen
    lines = [f"{method} {path} HTTP/1.1", *kept, "Connection: close", "", ""]
    return parts.hostname, parts.port or SCHEMES["http"], "\r\n".join(lines).encode("latin-1")
