"""Which addresses are anybody's, and which are somebody's own."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.settings import WebSettings
from retrieval.web.addresses import is_allowed, is_public, read_address


@pytest.mark.parametrize(
    "text",
    ["93.184.216.34", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00::1"],
)
def test_what_the_world_can_reach_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "network",
    """0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
    224.0.0.0/4 240.0.0.0/4 ::/128 ::1/128 ::/96 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 2001::/32
    2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8""".split(),
)
def test_no_address_of_a_special_network_is_public(network: str) -> None:
    found = ip_network(network)
    last = found.num_addresses - 1
    for nth in {0, 1, last // 3, last // 2, last}:
        assert not is_public(found[min(nth, last)])


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_by_it_or_refused(address: IPv4Address) -> None:
    embedded = int(address)
    assert is_public(IPv6Address(int(IPv6Address("64:ff9b::")) + embedded)) == is_public(address)
    for base in ("::ffff:0:0", "::", "::ffff:0:0:0", "64:ff9b:1::"):
        assert not is_public(IPv6Address(int(IPv6Address(base)) + embedded))
    assert not is_public(IPv6Address((0x2002 << 112) + (embedded << 80) + 1))


@given(st.ip_addresses())
def test_nothing_is_public_that_the_standard_library_calls_private(
    address: IPv4Address | IPv6Address,
) -> None:
    if is_public(address) and address not in ip_network("64:ff9b::/96"):
        assert address.is_global
        assert not address.is_multicast


def test_the_owner_may_open_a_name_or_a_network_and_opens_no_more() -> None:
    opened = WebSettings(hosts=frozenset({"wiki"}), networks=(ip_network("10.0.3.0/24"),))
    inside, outside = ip_address("10.0.3.7"), ip_address("10.0.4.7")
    assert is_allowed("any.example", inside, opened)
    assert is_allowed("wiki", outside, opened)
    assert not is_allowed("any.example", outside, opened)
    assert not is_allowed("any.example", inside, WebSettings())
    assert is_allowed("any.example", ip_address("1.1.1.1"), WebSettings())


@pytest.mark.parametrize("text", ["127.1", "0x7f000001", "0177.0.0.1", "1.2.3.04", "", "example"])
def test_what_only_some_programs_take_for_an_address_is_none(text: str) -> None:
    assert read_address(text) is None
