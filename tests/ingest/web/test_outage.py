"""Without a network a long list of links fails at once, and with one nothing changes."""

from __future__ import annotations

import pytest

from ingest.web.failures import NO_NETWORK, NO_SUCH_HOST, Unreachable
from ingest.web.outage import OutageAware
from tests.ingest.web.world import Names


def reasons(resolver: OutageAware, hosts: list[str]) -> list[str]:
    found = []
    for host in hosts:
        try:
            found.append(str(resolver(host, 1.0)[0]))
        except Unreachable as error:
            found.append(error.reason)
    return found


def test_eight_lost_hosts_end_the_asking() -> None:
    names = Names()
    hosts = [f"host{number}.invalid" for number in range(12)]
    assert reasons(OutageAware(names), hosts) == [NO_SUCH_HOST] * 8 + [NO_NETWORK] * 4
    assert names.asked == hosts[:8]


def test_one_lost_host_is_asked_for_as_often_as_wanted() -> None:
    names = Names()
    resolver = OutageAware(names)
    assert reasons(resolver, ["gone.invalid"] * 20 + ["one.example.org"]) == [NO_SUCH_HOST] * 20 + ["127.0.0.1"]


def test_one_found_host_proves_the_network() -> None:
    hosts = ["one.example.org", *(f"host{number}.invalid" for number in range(20)), "two.example.org"]
    assert reasons(OutageAware(Names()), hosts) == ["127.0.0.1", *[NO_SUCH_HOST] * 20, "127.0.0.1"]


def test_no_network_may_be_gone_later() -> None:
    with pytest.raises(Unreachable) as caught:
        resolver = OutageAware(Names())
        for number in range(9):
            reasons(resolver, [f"host{number}.invalid"])
        resolver("late.example.org", 1.0)
    assert (caught.value.reason, caught.value.retryable) == (NO_NETWORK, True)
