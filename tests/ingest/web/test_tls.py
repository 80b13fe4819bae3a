"""The connection goes to a vetted address, the certificate must be for the name."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from ingest.web import Fetched, Fetcher, FetchFailed, Limits, Policy
from ingest.web.transport import system_tls
from tests.ingest.web.site import LOOPBACK, Site, page, redirect
from tests.ingest.web.world import Names, fetcher_for


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    """What the default context is, with this authority instead of the system's."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def served_as(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def reason(site: Site, tls: ssl.SSLContext, host: str = "one.example.org") -> str:
    with pytest.raises(FetchFailed) as caught:
        fetcher_for(site, tls=tls).fetch(f"https://{host}:{site.port}/")
    assert (caught.value.retryable, caught.value.unreachable) == (True, True)
    return caught.value.reason


def test_name_kept_in_sni_certificate_and_host_header(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    with Site({"/": page()}, served_as(authority.issue_cert("one.example.org"))) as site:
        names = Names()
        assert isinstance(fetcher_for(site, names=names, tls=trusting).fetch(site.url()), Fetched)
        assert site.names == ["one.example.org"] * 2
        assert [seen.headers["host"] for seen in site.seen] == [f"one.example.org:{site.port}"] * 2
        assert names.asked == ["one.example.org"]


def test_idn_name(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    with Site({"/": page()}, served_as(authority.issue_cert("xn--bcher-kva.example.org"))) as site:
        fetched = fetcher_for(site, tls=trusting).fetch(site.url(host="bücher.example.org"))
        assert fetched.url == site.url(host="xn--bcher-kva.example.org")
        assert site.names == ["xn--bcher-kva.example.org"] * 2


@pytest.mark.parametrize("certified", ["one.example.org", "*.one.example.org", "127.0.0.1"])
def test_certificate_for_another_host(authority: trustme.CA, trusting: ssl.SSLContext, certified: str) -> None:
    """Also when it is valid for the very address that the connection goes to."""
    with Site({"/": page()}, served_as(authority.issue_cert(certified))) as site:
        assert reason(site, trusting, "two.example.org") == "unreachable (certificate is for another host)"
        assert site.seen == []


def test_addresses_in_certificates(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    with Site({"/": page()}, served_as(authority.issue_cert("127.0.0.1"))) as site:
        assert isinstance(fetcher_for(site, tls=trusting).fetch(site.url(host="127.0.0.1")), Fetched)
    with Site({"/": page()}, served_as(authority.issue_cert("127.0.0.2"))) as site:
        assert reason(site, trusting, "127.0.0.1") == "unreachable (certificate is for another host)"


def test_unknown_authority(authority: trustme.CA) -> None:
    """With the certificates that a fetcher trusts by default."""
    with Site({"/": page()}, served_as(authority.issue_cert("one.example.org"))) as site:
        assert reason(site, system_tls()) == "unreachable (certificate is not trusted)"
        assert site.seen == []


def test_expired_certificate(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificate = authority.issue_cert("one.example.org", not_after=yesterday)
    with Site({"/": page()}, served_as(certificate)) as site:
        assert reason(site, trusting) == "unreachable (certificate has expired)"


def test_a_redirect_to_a_host_with_the_wrong_certificate(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    with Site({}, served_as(authority.issue_cert("one.example.org"))) as site:
        site.answers["/"] = redirect(site.url("/", host="two.example.org"))
        assert reason(site, trusting) == "unreachable (certificate is for another host)"


def plain_fetcher(port: int, tls: ssl.SSLContext) -> Fetcher:
    policy = Policy(ports=frozenset({port}), allowed=frozenset({(LOOPBACK, port)}))
    return Fetcher(policy, Limits(connect_s=0.3), resolver=Names(), tls=tls)


def test_no_tls_behind_the_port(trusting: ssl.SSLContext) -> None:
    def speak_plainly() -> None:
        with server.accept()[0] as connection:
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server((LOOPBACK, 0)) as server:
        thread = threading.Thread(target=speak_plainly)
        thread.start()
        port = server.getsockname()[1]
        with pytest.raises(FetchFailed) as caught:
            plain_fetcher(port, trusting).fetch(f"https://one.example.org:{port}/")
        thread.join()
    assert caught.value.reason == "unreachable (secure connection failed)"


def test_a_handshake_that_never_comes(trusting: ssl.SSLContext) -> None:
    """The time to connect ends it, long before the wall clock."""
    with socket.create_server((LOOPBACK, 0)) as silent:  # the system accepts on its own
        port = silent.getsockname()[1]
        with pytest.raises(FetchFailed) as caught:
            plain_fetcher(port, trusting).fetch(f"https://one.example.org:{port}/")
    assert caught.value.reason == "unreachable (no answer)"
