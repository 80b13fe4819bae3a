"""Which IP addresses are public: ``check_address`` lets public unicast through and names what it refuses.

Owns: the table of special-purpose networks (the IANA registries for IPv4 and IPv6, RFC 6890 and its successors, and
the metadata addresses of cloud providers). It is our own because ``ipaddress.is_global`` changes between Python
releases and knows neither metadata services nor IPv4 hidden in IPv6.
Refuses: names and DNS.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from ingest.web.policy import Policy
from ingest.web.refusals import Refusal, UrlRefused

_SPECIAL: dict[str, Refusal] = {
    # Metadata services first: some lie inside networks that follow, and their name says more.
    "169.254.169.254": Refusal.METADATA,  # most clouds
    "169.254.170.2": Refusal.METADATA,  # AWS containers
    "169.254.170.23": Refusal.METADATA,  # AWS pods
    "100.100.100.200": Refusal.METADATA,  # Alibaba
    "192.0.0.192": Refusal.METADATA,  # Oracle
    "168.63.129.16": Refusal.METADATA,  # Azure
    "fd00:ec2::254": Refusal.METADATA,  # AWS
    "fd00:ec2::23": Refusal.METADATA,  # AWS pods
    "fd20:ce::254": Refusal.METADATA,  # Google
    "0.0.0.0/8": Refusal.PLACEHOLDER,
    "10.0.0.0/8": Refusal.PRIVATE,
    "100.64.0.0/10": Refusal.SHARED,
    "127.0.0.0/8": Refusal.LOOPBACK,
    "169.254.0.0/16": Refusal.LINK_LOCAL,
    "172.16.0.0/12": Refusal.PRIVATE,
    "192.0.0.0/24": Refusal.RESERVED,  # protocol assignments
    "192.0.2.0/24": Refusal.DOCUMENTATION,
    "192.31.196.0/24": Refusal.RESERVED,  # AS112
    "192.52.193.0/24": Refusal.RESERVED,  # automatic multicast tunnels
    "192.88.99.0/24": Refusal.RESERVED,  # 6to4 relays
    "192.168.0.0/16": Refusal.PRIVATE,
    "192.175.48.0/24": Refusal.RESERVED,  # AS112
    "198.18.0.0/15": Refusal.BENCHMARKING,
    "198.51.100.0/24": Refusal.DOCUMENTATION,
    "203.0.113.0/24": Refusal.DOCUMENTATION,
    "224.0.0.0/4": Refusal.MULTICAST,
    "255.255.255.255": Refusal.BROADCAST,
    "240.0.0.0/4": Refusal.RESERVED,
    "::": Refusal.PLACEHOLDER,
    "::1": Refusal.LOOPBACK,
    "::ffff:0:0/96": Refusal.HIDDEN_IPV4,  # mapped
    "::/96": Refusal.HIDDEN_IPV4,  # compatible
    "::ffff:0:0:0/96": Refusal.HIDDEN_IPV4,  # translated (SIIT)
    "64:ff9b::/96": Refusal.HIDDEN_IPV4,  # NAT64
    "64:ff9b:1::/48": Refusal.HIDDEN_IPV4,  # NAT64 of a local network
    "2001::/32": Refusal.HIDDEN_IPV4,  # Teredo
    "2002::/16": Refusal.HIDDEN_IPV4,  # 6to4
    "2001:2::/48": Refusal.BENCHMARKING,
    "2001::/23": Refusal.RESERVED,  # protocol assignments, ORCHID
    "2001:db8::/32": Refusal.DOCUMENTATION,
    "3fff::/20": Refusal.DOCUMENTATION,
    "2620:4f:8000::/48": Refusal.RESERVED,  # AS112
    "fc00::/7": Refusal.PRIVATE,
    "fec0::/10": Refusal.PRIVATE,  # site-local, deprecated
    "fe80::/10": Refusal.LINK_LOCAL,
    "ff00::/8": Refusal.MULTICAST,
}
_NETWORKS: tuple[tuple[IPv4Network | IPv6Network, Refusal], ...] = tuple(
    (ip_network(network), reason) for network, reason in _SPECIAL.items()
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_ISATAP_MASK, _ISATAP = 0xFCFFFFFF, 0x00005EFE


def check_address(address: str, policy: Policy, *, port: int | None = None) -> None:
    """Let a public unicast address through, or the exact pair of address and port that the policy allows.

    Raises:
        UrlRefused: the address is not public, or not an address.
    """
    parsed = _parse(address)
    if port is not None and (str(parsed), port) in policy.allowed:
        return
    if isinstance(parsed, IPv6Address) and _is_isatap(parsed):
        raise UrlRefused(Refusal.HIDDEN_IPV4)
    for network, reason in _NETWORKS:
        if parsed.version == network.version and parsed in network:
            raise UrlRefused(reason)
    if isinstance(parsed, IPv6Address) and parsed not in _GLOBAL_UNICAST:
        raise UrlRefused(Refusal.RESERVED)


def _parse(address: str) -> IPv4Address | IPv6Address:
    if "%" in address:
        raise UrlRefused(Refusal.ZONE)
    try:
        return ip_address(address)
    except ValueError as error:
        raise UrlRefused(Refusal.NOT_AN_ADDRESS) from error


def _is_isatap(address: IPv6Address) -> bool:
    """Whether the interface part is 0:5efe or 200:5efe followed by an IPv4 address (RFC 5214), under any prefix."""
    return (int(address) >> 32) & _ISATAP_MASK == _ISATAP
