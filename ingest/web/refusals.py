"""What the URL guard refuses, and in which words.

Owns: the closed list of reasons. Each is a noun phrase that takes "a", so that "redirects to a private address" can
be made of it.
Refuses: deciding which one applies (``urlguard``, ``hosts``, ``addresses``).
"""

from __future__ import annotations

from enum import StrEnum

from assistant.errors import InvalidInput


class Refusal(StrEnum):
    """Why a link is not followed."""

    # The link itself
    UNREADABLE = "link that cannot be read"
    TOO_LONG = "link that is too long"
    HIDDEN_CHARACTERS = "link with spaces or control characters"
    BACKSLASH = "link with a backslash"
    SCHEME = "link that is not http or https"
    CREDENTIALS = "link with a user name or password"
    PORT = "port that is not allowed"
    # Its host
    BAD_HOST = "host name that is not valid"
    NUMERIC_HOST = "host written as a number"
    ZONE = "host with a network zone"
    LOCAL_NAME = "name of a local network"
    # The address behind the host
    NOT_AN_ADDRESS = "malformed address"
    PLACEHOLDER = "placeholder address"
    LOOPBACK = "loopback address"
    PRIVATE = "private address"
    LINK_LOCAL = "link-local address"
    SHARED = "carrier-shared address"
    METADATA = "cloud metadata address"
    DOCUMENTATION = "documentation address"
    BENCHMARKING = "benchmarking address"
    MULTICAST = "multicast address"
    BROADCAST = "broadcast address"
    RESERVED = "reserved address"
    HIDDEN_IPV4 = "hidden IPv4 address"


class UrlRefused(InvalidInput):
    """A link or an address that the guard does not let through; ``reason`` is one of ``Refusal``."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(f"The link was refused: {reason}.")
        self.reason: str = str(reason)
