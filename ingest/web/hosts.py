"""Host names in their one canonical form: ASCII, lower case, no trailing dot, and never a disguised address.

Owns: IDNA, label rules, numeric forms, names that only mean something inside a network.
Refuses: DNS, and judging addresses (``addresses``).
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address

import idna

from ingest.web.refusals import Refusal, UrlRefused

_LONGEST_NAME = 253
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Reserved (RFC 6761, 6762, 7686, 8375; ICANN for .internal), or delegated to nobody and used inside networks.
_LOCAL_ENDINGS = frozenset(
    {"arpa", "corp", "home", "internal", "intranet", "lan", "local", "localdomain", "localhost", "onion", "private"}
)


def canonical_host(host: str) -> str:
    """A registered name or a dotted IPv4 address in canonical form.

    Raises:
        UrlRefused: the name is invalid, local, or a number in disguise.
    """
    name = (host if host.isascii() else _to_ascii(host)).lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > _LONGEST_NAME or not all(_is_valid(label) for label in labels):
        raise UrlRefused(Refusal.BAD_HOST)
    if _NUMBER.fullmatch(labels[-1]):
        return _canonical_ipv4(name, host)
    if len(labels) == 1 or labels[-1] in _LOCAL_ENDINGS:
        raise UrlRefused(Refusal.LOCAL_NAME)
    return name


def _to_ascii(host: str) -> str:
    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
    except UnicodeError as error:  # IDNAError is one
        raise UrlRefused(Refusal.BAD_HOST) from error


def _is_valid(label: str) -> bool:
    if not _LABEL.fullmatch(label):
        return False
    if not label.startswith("xn--"):
        return True
    try:
        return idna.alabel(idna.ulabel(label)) == label.encode("ascii")
    except UnicodeError:
        return False


def _canonical_ipv4(name: str, as_written: str) -> str:
    """Four decimal numbers as everyone reads them; a name that ends in a number is nothing else (WHATWG URL)."""
    try:
        address = str(IPv4Address(name))
    except AddressValueError as error:
        raise UrlRefused(Refusal.NUMERIC_HOST) from error
    if not as_written.isascii():
        raise UrlRefused(Refusal.NUMERIC_HOST)
    return address
