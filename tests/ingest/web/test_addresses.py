from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.web.addresses import check_address
from ingest.web.policy import Policy
from ingest.web.refusals import Refusal, UrlRefused

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.215.14",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "168.63.129.15",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2003::1",
    "2606:4700:4700::1111",
    "2a00:1450:4001:81b::200e",
    "2606:2800:220:1:0:5eff:5db8:d70e",
]
REFUSED = {
    Refusal.METADATA: [
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "fd00:ec2::254",
        "fd00:ec2:0:0:0:0:0:254",
        "fd00:ec2::23",
        "fd20:ce::254",
    ],
    Refusal.PLACEHOLDER: ["0.0.0.0", "0.0.0.1", "0.255.255.255", "::"],  # noqa: S104
    Refusal.LOOPBACK: ["127.0.0.1", "127.0.0.2", "127.255.255.255", "::1", "0:0:0:0:0:0:0:1"],
    Refusal.PRIVATE: [
        "10.0.0.0",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "192.168.255.255",
        "fc00::1",
        "fd12:3456:789a::1",
        "fec0::1",
    ],
    Refusal.LINK_LOCAL: ["169.254.0.1", "169.254.255.255", "fe80::1", "febf::1"],
    Refusal.SHARED: ["100.64.0.0", "100.100.100.100", "100.127.255.255"],
    Refusal.DOCUMENTATION: ["192.0.2.1", "198.51.100.7", "203.0.113.255", "2001:db8::1", "3fff::1", "3fff:fff::1"],
    Refusal.BENCHMARKING: ["198.18.0.1", "198.19.255.255", "2001:2::1"],
    Refusal.MULTICAST: ["224.0.0.1", "239.255.255.250", "ff02::1", "ff0e::1"],
    Refusal.BROADCAST: ["255.255.255.255"],
    Refusal.RESERVED: [
        "192.0.0.1",
        "192.0.0.9",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.99.1",
        "192.175.48.6",
        "240.0.0.1",
        "255.255.255.254",
        "100::1",
        "200::1",
        "1fff:ffff::1",
        "2001:1::1",
        "2001:10::1",
        "2001:20::1",
        "2620:4f:8000::1",
        "4000::1",
        "5f00::1",
    ],
    Refusal.HIDDEN_IPV4: [
        "::ffff:8.8.8.8",
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "::8.8.8.8",
        "::7f00:1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::8.8.8.8",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2606:4700::5efe:127.0.0.1",
        "2606:4700::200:5efe:10.0.0.1",
        "fe80::5efe:192.168.0.1",
    ],
    Refusal.ZONE: ["fe80::1%eth0", "2606:4700::1%1"],
    Refusal.NOT_AN_ADDRESS: [
        "",
        "localhost",
        "127.1",
        "0x7f.0.0.1",
        "010.8.8.8",
        "2130706433",
        "1.1.1.1 ",
        "[::1]",
        "::g",
    ],
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    check_address(address, Policy())


@pytest.mark.parametrize(
    ("address", "reason"), [(address, reason) for reason, many in REFUSED.items() for address in many]
)
def test_refused(address: str, reason: Refusal) -> None:
    with pytest.raises(UrlRefused) as caught:
        check_address(address, Policy())
    assert caught.value.reason == reason
    assert caught.value.user_message == f"The link was refused: {reason}."


def test_allow_list_is_exact() -> None:
    policy = Policy(allowed=frozenset({("127.0.0.1", 8123)}))
    check_address("127.0.0.1", policy, port=8123)
    for address, port in [("127.0.0.1", 80), ("127.0.0.2", 8123), ("::1", 8123), ("127.0.0.1", None)]:
        with pytest.raises(UrlRefused, match="loopback address"):
            check_address(address, policy, port=port)


def test_every_reason_takes_the_article_a() -> None:
    assert [reason for reason in Refusal if reason[0] in "aeiou"] == []


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_never_wider_than_the_standard_library(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    try:
        check_address(str(address), Policy())
    except UrlRefused:
        return
    assert address.is_global
