"""One HTTP/1.1 exchange with an address that was vetted before, within limits.

Owns: httpcore2 and everything it raises. The connection goes to the given addresses while Host header, SNI and the
certificate check keep the name; a socket never sees a name, so nothing is resolved twice. Each exchange has its own
connection: no pool can carry one host's connection into another's fetch. httpcore2 itself knows no redirects,
cookies, credentials or proxies.
Refuses: DNS, the guard, retries, and what a status means.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import httpcore2
from httpcore2 import SOCKET_OPTION, NetworkBackend, NetworkStream

from ingest.web.failures import (
    BROKEN_OFF,
    EXPIRED_CERTIFICATE,
    NO_ANSWER,
    NO_CONNECTION,
    NO_TLS,
    NOT_HTTP,
    OTHER_CERTIFICATE,
    TIMED_OUT,
    UNTRUSTED_CERTIFICATE,
    FailedForNow,
    FetchFailed,
    Hiccup,
    Unconnected,
    Unreachable,
)
from ingest.web.head import Head, read_head
from ingest.web.meter import Meter
from ingest.web.urlguard import Target

_MOST_ADDRESSES = 4
_OTHER_HOST = {62, 64}  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED


def system_tls() -> ssl.SSLContext:
    """Trust what the operating system trusts. Reading its certificates takes a moment; a context can be shared."""
    return httpcore2.default_ssl_context()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose body is still on the wire."""

    head: Head
    chunks: Iterator[bytes]


@contextmanager
def exchange(
    target: Target, addresses: Sequence[str], headers: Mapping[str, str], meter: Meter, tls: ssl.SSLContext
) -> Iterator[Answer]:
    """Send a GET request and hand over the answer as soon as its headers are complete.

    Raises:
        FetchFailed: here or while the chunks are read; the connection is closed in any case.
    """
    connection = httpcore2.HTTPConnection(
        origin=httpcore2.Origin(target.scheme.encode(), target.host.encode(), target.port),
        ssl_context=tls,
        network_backend=_VettedAddresses(addresses, meter),
    )
    request = httpcore2.Request(
        "GET",
        httpcore2.URL(
            scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
        ),
        headers=[(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
    )
    with closing(connection):
        with _translated(meter):
            response = connection.handle_request(request)
        meter.head_received()
        yield Answer(read_head(response.status, response.headers), _chunks(response, meter))


def _chunks(response: httpcore2.Response, meter: Meter) -> Iterator[bytes]:
    with _translated(meter):
        yield from response.iter_stream()


@contextmanager
def _translated(meter: Meter) -> Iterator[None]:
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise FailedForNow(TIMED_OUT) from error
    except httpcore2.NetworkError as error:
        raise Hiccup(BROKEN_OFF) from error
    except httpcore2.ProtocolError as error:
        raise (Hiccup(BROKEN_OFF) if meter.at_end else FetchFailed(NOT_HTTP)) from error


class _VettedAddresses(NetworkBackend):
    """Connects to the addresses it was given, whatever host it is asked for."""

    def __init__(self, addresses: Sequence[str], meter: Meter) -> None:
        self._addresses = addresses[:_MOST_ADDRESSES]
        self._meter = meter
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """Try one address after the other."""
        failure = Unreachable(NO_CONNECTION)
        for address in self._addresses:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self._meter.connect_timeout_s(), local_address, socket_options
                )
            except httpcore2.ConnectTimeout:
                failure = Unreachable(NO_ANSWER)
            except httpcore2.ConnectError:
                failure = Unconnected(NO_CONNECTION)
            else:
                return _MeteredStream(stream, self._meter)
        raise failure


class _MeteredStream(NetworkStream):
    """A connection on which every byte and every second is counted."""

    def __init__(self, stream: NetworkStream, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(self._meter.may_read(max_bytes), self._meter.timeout_s())
        self._meter.count(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._meter.timeout_s())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """Secure the connection; the certificate must be valid for ``server_hostname``."""
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, self._meter.connect_timeout_s())
        except httpcore2.ConnectTimeout as error:
            raise Unreachable(NO_ANSWER) from error
        except httpcore2.ConnectError as error:
            raise _tls_failure(error.__cause__) from error
        except FetchFailed:
            self.close()
            raise
        return _MeteredStream(secured, self._meter)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _tls_failure(cause: BaseException | None) -> Unreachable:
    if not isinstance(cause, ssl.SSLCertVerificationError):
        return Unreachable(NO_TLS)
    code = getattr(cause, "verify_code", None)  # missing where the system rather than OpenSSL has verified
    if code in _OTHER_HOST:
        return Unreachable(OTHER_CERTIFICATE)
    return Unreachable(EXPIRED_CERTIFICATE if code == _EXPIRED else UNTRUSTED_CERTIFICATE)
