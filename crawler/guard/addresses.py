"""Which addresses the crawler may go to.

A watched page, or whoever writes its redirects, must not be able to make us fetch from inside the operator's network. So every hop,
robots.txt included, is checked twice: by a middleware, which names the refusal, and by the resolver that every connection uses, which
leaves no second lookup in which a name could have moved (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import CachingThreadedResolver, dnscache
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from crawler.guard.refusals import ForbiddenAddress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

Address = IPv4Address | IPv6Address
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


def _carried(address: Address) -> list[IPv4Address]:
    if isinstance(address, IPv4Address):
        return []
    teredo = address.teredo
    nat64 = IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
    inner = (address.ipv4_mapped, address.sixtofour, teredo[1] if teredo else None, nat64)
    return [each for each in inner if each is not None]


class ForbiddenLookup(DNSLookupError):  # type: ignore[misc,unused-ignore]
    """A name that resolves to an address the rules forbid; connecting to it fails as if there were no such name."""


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, which every connection goes through, answering only with addresses that the rules allow."""

    rules = Rules()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        resolver = super().from_crawler(crawler, reactor)
        resolver.rules = Rules.of(crawler.settings)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 (Twisted's name)
        made_up = self.rules.resolve.get(name.lower())
        found = defer.succeed(made_up) if made_up else super().getHostByName(name, timeout)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if not self.rules.allow(ip_address(address)):
            raise ForbiddenLookup(f"{name} is {address}")
        return address


def refresh(rules: Rules) -> None:
    """Before each crawl: forget what names stood for (Scrapy's cache never expires) and take the rules of now."""
    from twisted.internet import reactor

    dnscache.clear()
    resolver = reactor.resolver
    if not isinstance(resolver, GuardedResolver):
        raise RuntimeError("The guarded resolver is not installed; TWISTED_DNS_RESOLVER must name it")
    resolver.rules = rules


async def _resolved(host: str) -> Address:
    from twisted.internet import reactor

    try:
        found = reactor.resolver.getHostByName(host)
        return ip_address(cast("str", await maybe_deferred_to_future(found)))
    except ForbiddenLookup as error:
        raise ForbiddenAddress(f"{error.args[0]}, which is not a public address") from error
    except DNSLookupError as error:
        raise CannotResolveHostError(f"there is no address for {host}") from error


class AddressGuard:
    """Downloader middleware, before all others: http and https on their own ports, to public addresses, with no login in the URL.

    Other ports are open in the networks that the operator allows.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        return cls(Rules.of(crawler.settings))

    async def process_request(self, request: Request) -> None:
        scheme, host, port = _parts(request.url)
        address = _literal(host) or await _resolved(host)
        if not self.rules.allow(address):
            raise ForbiddenAddress(f"{host} is not a public address")
        if port not in (None, SCHEMES[scheme]) and not self.rules.exempt(address):
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
