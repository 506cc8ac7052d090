"""Nobody can send the crawler into the operator's own network."""

import socket
from contextlib import suppress
from ipaddress import ip_address
from types import SimpleNamespace

import pytest
from scrapy.resolver import HostResolution, dnscache
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.guard.addresses import GuardedResolver, Rules, public


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "2002:5db8:d822::1"])
def test_public_addresses_are_public(address):
    assert public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
        "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1", "fd00:ec2::254",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1", "2002:a00:1::",
    ],
)  # fmt: skip
def test_all_others_are_not(address):
    assert not public(ip_address(address))


def test_an_allowed_network_is_allowed_and_its_neighbours_are_not():
    rules = Rules.made(["10.1.0.0/16"], {})
    assert rules.allow(ip_address("10.1.2.3"))
    assert not rules.allow(ip_address("10.2.0.1"))


HOSTILE = {
    "address": "http://127.0.0.2:{port}/",
    "number": "http://2130706434:{port}/",
    "hexadecimal": "http://0x7f.2:{port}/",
    "octal": "http://0177.0.0.2:{port}/",
    "short": "http://127.2:{port}/",
    "wide-dots": "http://127。0。0。2:{port}/",
    "name": "http://inside.test:{port}/",
    "upper-case-name": "http://INSIDE.test:{port}/",
    "redirect": "http://outside.test:{own}/redirect",
    "redirect-to-name": "http://outside.test:{own}/redirect-to-name",
    "robots": "http://robots.test:{own}/privacy",
    "login": "http://user:password@outside.test:{own}/privacy",
    "fake-login": "http://outside.test:{own}@127.0.0.2:{port}/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "carrier": "http://100.64.0.1/",
    "private": "http://192.168.0.1/",
    "unspecified": "http://0.0.0.0:{port}/",
    "multicast": "http://224.0.0.1/",
    "ipv6": "http://[::1]:{port}/",
    "mapped": "http://[::ffff:127.0.0.2]:{port}/",
    "nat64": "http://[64:ff9b::7f00:2]:{port}/",
    "ssh": "http://93.184.216.34:22/",
    "wrong-way-round": "http://93.184.216.34:443/",
    "file": "file:///etc/hostname",
    "data": "data:text/html,hello",
    "ftp": "ftp://outside.test/privacy",
    "s3": "s3://bucket/privacy",
    "gopher": "gopher://127.0.0.2:{port}/",
}


@pytest.fixture(scope="module")
def inside(pages):
    """A server that nobody may reach."""
    inside = pages.Site(address="127.0.0.2")
    yield inside
    inside.close()


@pytest.fixture(scope="module")
def attacked(site, inside, pages, fetch):
    reply = pages.Reply
    trap = f"http://127.0.0.2:{inside.port}/"
    site.put("outside.test", "/redirect", reply(b"", 302, headers={"Location": trap}))
    site.put(
        "outside.test", "/redirect-to-name", reply(b"", 302, headers={"Location": f"http://inside.test:{inside.port}/"})
    )
    site.put("robots.test", robots=reply(b"", 302, headers={"Location": trap}))
    site.put("outside.test", "/privacy")
    documents = [
        {"name": name, "url": url.format(port=inside.port, own=site.port)} for name, url in HOSTILE.items()
    ] + [{"name": "harmless", "url": site.url("outside.test")}]
    resolve = {"outside.test": "127.0.0.1", "robots.test": "127.0.0.1", "inside.test": "127.0.0.2"}
    return fetch(documents, resolve=resolve, environment={"http_proxy": trap, "https_proxy": trap, "no_proxy": ""})


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_address_is_refused_by_name(attacked, name):
    observation = attacked.of(name)
    assert (observation["failure"], observation["status"], observation["body"]) == ("forbidden_address", None, None)
    assert observation["detail"]


def test_the_inside_heard_nothing(attacked, inside):
    assert inside.asked == []


def test_what_the_operator_allows_is_fetched_in_spite_of_proxies_in_the_environment(attacked):
    assert attacked.of("harmless")["status"] == 200


def test_refusals_are_no_tracebacks(attacked):
    assert "Traceback" not in attacked.stderr


def test_a_name_without_resolution_is_not_invented(site, fetch):
    """`*.test` has no address but those that the settings give it."""
    site.put("unlisted.test")
    assert fetch([{"name": "unlisted", "url": site.url("unlisted.test")}]).of("unlisted")["failure"] == "dns"


# --- IPv6 --------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def resolver():
    """resolver(addresses, allow=…): the guarded resolver over a system that knows these addresses for every name."""

    def made(*addresses, allow=()):
        class System:
            @staticmethod
            def resolveHostName(receiver, name, port=0, *_):  # noqa: N802 (Twisted's name)
                receiver.resolutionBegan(HostResolution(name))
                for address in addresses:
                    kind = IPv6Address if ":" in address else IPv4Address
                    receiver.addressResolved(kind("TCP", address, port))
                receiver.resolutionComplete()

        resolver = GuardedResolver(SimpleNamespace(nameResolver=System), 100)
        resolver.rules = Rules.made(allow, {})
        return resolver

    dnscache.clear()
    yield made
    dnscache.clear()


def connected_to(resolver, name="six.test"):
    """The addresses that a connection to `name` would try."""
    found = []
    receiver = SimpleNamespace(
        resolutionBegan=lambda _: None,
        addressResolved=lambda address: found.append(address.host),
        resolutionComplete=lambda: None,
    )
    resolver.resolveHostName(receiver, name, 443)
    return found


PUBLIC_6, PRIVATE_6 = "2606:2800:220:1::1", "fd00:ec2::254"


async def test_a_name_that_has_only_an_ipv6_address_is_connected_to(resolver):
    six = resolver(PUBLIC_6)
    assert connected_to(six) == [PUBLIC_6]
    assert await six.addresses("six.test", 1.0) == [ip_address(PUBLIC_6)]


@pytest.mark.parametrize("address", [PRIVATE_6, "::1", "fe80::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_a_name_that_has_a_private_ipv6_address_is_connected_to_nowhere(resolver, address):
    assert connected_to(resolver(address)) == []


def test_of_many_addresses_only_those_that_are_allowed_are_connected_to(resolver):
    addresses = ("10.0.0.1", "93.184.216.34", PRIVATE_6, PUBLIC_6)
    assert connected_to(resolver(*addresses)) == ["93.184.216.34", PUBLIC_6]
    assert connected_to(resolver(*addresses)) == ["93.184.216.34", PUBLIC_6], "the second time, from its memory"
    assert connected_to(resolver(*addresses, allow=["fd00::/8"])) == ["93.184.216.34", PRIVATE_6, PUBLIC_6]


def loopback_6():
    """Whether this machine has an IPv6 loopback: not every container has."""
    with suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False


if loopback_6():

    def test_a_page_is_fetched_over_ipv6(pages, fetch):
        site = pages.Site(address="::1")
        site.put("six.test")
        documents = [{"name": "six", "url": site.url("six.test")}]
        allowed = fetch(documents, allow_networks=["::1/128"], resolve={"six.test": "::1"})
        refused = fetch(documents, allow_networks=["127.0.0.1/32"], resolve={"six.test": "::1"})
        site.close()
        assert (allowed.of("six")["status"], allowed.of("six")["address"]) == (200, "::1")
        assert refused.of("six")["failure"] == "forbidden_address"
        assert len(site.requests("six.test", "/privacy")) == 1
