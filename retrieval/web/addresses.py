"""Where links may lead: public addresses, and what the owner has opened. Pure."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from retrieval.settings import WebSettings

Address = IPv4Address | IPv6Address

# What IANA lists as special, multicast, and an address at which a large provider's machines find
# what is secret about them. `is_global` knows most of it, but not in all versions of Python.
_SPECIAL_4 = tuple(
    ip_network(text)
    for text in """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24
    198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32
    """.split()
)
_UNICAST_6 = IPv6Network("2000::/3")  # all that is public lies here
_SPECIAL_6 = tuple(
    IPv6Network(text)
    # The first holds Teredo, the fourth 6to4: both embed an IPv4 address to be led to.
    for text in "2001::/23 2001:db8::/32 2620:4f:8000::/48 2002::/16 3fff::/20".split()
)
_NAT64 = IPv6Network("64:ff9b::/96")  # how a network without IPv4 reaches the rest of the world


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the internet at large, and to nobody's own network."""
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return False
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFF_FFFF))
        inside = address in _UNICAST_6 and not any(address in net for net in _SPECIAL_6)
    else:
        inside = not any(address in net for net in _SPECIAL_4)
    return inside and address.is_global


def is_allowed(host: str, address: Address, settings: WebSettings) -> bool:
    """Tell whether a link to ``host``, in lower case, may lead to this address."""
    if is_public(address) or host in settings.hosts:
        return True
    return any(address in network for network in settings.networks)


def read_address(text: str) -> Address | None:
    """Read an address as programs write it, ``None`` where it is none."""
    try:
        return ip_address(text)
    except ValueError:
        return None
