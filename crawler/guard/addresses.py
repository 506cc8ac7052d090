"""Which addresses the crawler may go to.

A watched page, or whoever writes its redirects, must not be able to make us fetch from inside the operator's network. So every hop,
robots.txt included, is checked twice: by a middleware, which names the refusal, and by the resolver that every connection uses, which
leaves no second lookup in which a name could have moved (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import CachingHostnameResolver, HostResolution, dnscache
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.guard.refusals import ForbiddenAddress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.internet.base import ReactorBase
    from twisted.internet.interfaces import IAddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = IPv4Network | IPv6Network

SCHEMES = {"http": 80, "https": 443}
NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Rules:
    """The networks that are allowed besides the public one, and made-up host names with the addresses they stand for."""

    networks: tuple[Network, ...] = ()
    resolve: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def made(cls, networks: Iterable[str], resolve: Mapping[str, str]) -> Rules:
        return cls(tuple(map(ip_network, networks)), {name.lower(): address for name, address in resolve.items()})

    @classmethod
    def of(cls, settings: BaseSettings) -> Rules:
        return cls.made(settings.getlist("ALLOW_NETWORKS"), settings.getdict("RESOLVE"))

    def exempt(self, address: Address) -> bool:
        """The operator allows the network that `address` is in."""
        return any(address in network for network in self.networks)

    def allow(self, address: Address) -> bool:
        return self.exempt(address) or public(address)


def public(address: Address) -> bool:
    """`address` is one of the public Internet, and does not lead to another one that is not.

    Python's `is_global` follows IANA's special-purpose registries, but calls multicast global, and does not look into the IPv6
    forms that carry an IPv4 address.
    """
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return all(public(inner) for inner in _carried(address))


def _carried(address: Address) -> list[ipaddress.IPv4Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    teredo = address.teredo
    nat64 = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
    inner = (address.ipv4_mapped, address.sixtofour, teredo[1] if teredo else None, nat64)
    return [each for each in inner if each is not None]


class _Addresses:
    """Receives the addresses of a name; `found` has them when they are all there."""

    def __init__(self) -> None:
        self.found: asyncio.Future[list[Address]] = asyncio.get_running_loop().create_future()
        self._sofar: list[Address] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802 (Twisted's names)
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self._sofar.append(ip_address(address.host))

    def resolutionComplete(self) -> None:  # noqa: N802
        if not self.found.done():
            self.found.set_result(self._sofar)


class _Allowed:
    """Passes on what the rules allow."""

    def __init__(self, receiver: Any, rules: Rules) -> None:
        self.resolutionBegan = receiver.resolutionBegan
        self.resolutionComplete = receiver.resolutionComplete
        self._receiver = receiver
        self._rules = rules

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._rules.allow(ip_address(address.host)):
            self._receiver.addressResolved(address)


class GuardedResolver(CachingHostnameResolver):
    """Scrapy's resolver of IPv4 and IPv6, which every connection goes through, answering only with addresses that the rules allow.

    A name that has none of these is to a connection as if it did not exist.
    """

    rules = Rules()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        resolver = super().from_crawler(crawler, reactor)
        resolver.rules = Rules.of(crawler.settings)
        return resolver

    def resolveHostName(  # noqa: N802 (Twisted's name)
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        return self._look_up(
            _Allowed(resolutionReceiver, self.rules), hostName, portNumber, addressTypes, transportSemantics
        )

    async def addresses(self, host: str, seconds: float) -> list[Address]:
        """All that a name stands for, allowed or not; none where that is not known in time."""
        receiver = _Addresses()
        self._look_up(receiver, host)
        try:
            return await asyncio.wait_for(receiver.found, seconds)
        except TimeoutError:
            return []

    def _look_up(self, receiver: Any, host: str, port: int = 0, *kinds: Any) -> Any:
        made_up = self.rules.resolve.get(host.lower())
        if made_up is None:
            return super().resolveHostName(receiver, host, port, *kinds)
        resolution = HostResolution(host)
        receiver.resolutionBegan(resolution)
        kind = IPv6Address if ip_address(made_up).version == 6 else IPv4Address
        receiver.addressResolved(kind("TCP", made_up, port))
        receiver.resolutionComplete()
        return resolution


def refresh(rules: Rules) -> None:
    """Before each crawl: forget what names stood for (Scrapy's cache never expires) and take the rules of now."""
    dnscache.clear()
    _resolver().rules = rules


def _resolver() -> GuardedResolver:
    from twisted.internet import reactor

    resolver = reactor.nameResolver
    if not isinstance(resolver, GuardedResolver):
        raise RuntimeError("The guarded resolver is not installed; TWISTED_DNS_RESOLVER must name it")
    return resolver


class AddressGuard:
    """Downloader middleware, before all others: http and https on their own ports, to public addresses, with no login in the URL.

    Other ports are open in the networks that the operator allows.
    """

    def __init__(self, rules: Rules, seconds: float) -> None:
        self.rules = rules
        self.seconds = seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        return cls(Rules.of(crawler.settings), crawler.settings.getfloat("DNS_TIMEOUT"))

    async def process_request(self, request: Request) -> None:
        scheme, host, port = _parts(request.url)
        literal = _literal(host)
        addresses = [literal] if literal else await _resolver().addresses(host, self.seconds)
        if not addresses:
            raise CannotResolveHostError(f"there is no address for {host}")
        allowed = list(filter(self.rules.allow, addresses))  # only these are connected to
        if not allowed:
            raise ForbiddenAddress(f"{host} is {addresses[0]}, which is not a public address")
        if port not in (None, SCHEMES[scheme]) and not all(map(self.rules.exempt, allowed)):
            raise ForbiddenAddress(f"port {port} is not one that pages are served on")

    def process_response(self, request: Request, response: Response) -> Response:
        if response.ip_address is not None and not self.rules.allow(response.ip_address):
            raise ForbiddenAddress(f"{request.url} was answered by {response.ip_address}")
        return response


def _parts(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ForbiddenAddress(f"not an address: {error}") from error
    if parts.scheme not in SCHEMES:
        raise ForbiddenAddress(f"{parts.scheme or 'nothing'}: is not fetched, only http: and https:")
    if "@" in parts.netloc:
        raise ForbiddenAddress("the address carries a login")
    if not host:
        raise ForbiddenAddress("the address names no host")
    return parts.scheme, host, port


@lru_cache(maxsize=1024)
def _literal(host: str) -> Address | None:
    """The address that `host` spells out; forms that only old C libraries read (127.1, 0x7f000001) are left to the resolver."""
    try:
        return ip_address(host)
    except ValueError:
        return None
