"""The gate for links that learners or pages bring: a link is either taken apart completely or refused.

Owns: the one parser of links. A ``Target`` is made of its own pieces and never parsed again, so that no second
parser can read another host out of the same text.
Refuses: DNS and the network; the address behind a name is judged by ``check_address`` when it is known.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

from ingest.web.addresses import check_address
from ingest.web.hosts import canonical_host
from ingest.web.policy import Policy
from ingest.web.refusals import Refusal, UrlRefused

__all__ = ["Policy", "Refusal", "Target", "UrlRefused", "check_address", "check_reference", "check_url"]

_LONGEST_URL = 2_048
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AFTER_SCHEME = re.compile(r"//(?P<authority>[^/?#]+)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?:#.*)?")
_HOST_AND_PORT = re.compile(r"(?:\[(?P<ipv6>[^\[\]]*)\]|(?P<name>[^\[\]:]+))(?::(?P<port>[0-9]*))?")
_PORT = re.compile(r"[1-9][0-9]{0,4}")
_INVISIBLE = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}  # control, format, surrogate, separators
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_KEPT_IN_PATH = "/%:@!$&'()*+,;=~|[]"
_KEPT_IN_QUERY = _KEPT_IN_PATH + "?{}^`"


@dataclass(frozen=True, slots=True)
class Target:
    """A link that passed: ``host`` is ASCII (an IPv6 address without brackets), ``path`` includes the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as in the URL and in the Host header; the scheme's own port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The normalised link, without a fragment."""
        return self.origin + self.path

    @property
    def address(self) -> str | None:
        """The host if it is an IP address rather than a name."""
        return self.host if ":" in self.host or _is_ipv4(self.host) else None


def check_url(url: str, policy: Policy) -> Target:
    """Take a link apart, or refuse it.

    Raises:
        UrlRefused: the link is not one to follow; nothing about it is repaired, blanks around it included.
    """
    _check_characters(url)
    prefix = _SCHEME.match(url)
    if prefix and prefix[1].lower() not in _DEFAULT_PORTS:
        raise UrlRefused(Refusal.SCHEME)
    parts = prefix and _AFTER_SCHEME.fullmatch(url, prefix.end())
    if not prefix or not parts:
        raise UrlRefused(Refusal.UNREADABLE)
    scheme = prefix[1].lower()
    host, port = _host_and_port(parts["authority"], _DEFAULT_PORTS[scheme])
    target = Target(scheme, host, port, _normal_path(parts["path"]) + _normal_query(parts["query"] or ""))
    if target.address:
        check_address(target.address, policy, port=port)
    if port not in policy.ports:
        raise UrlRefused(Refusal.PORT)
    return target


def check_reference(base: Target, reference: str, policy: Policy) -> Target:
    """Resolve what a redirect names, relative to where it was found, and check it like any link.

    Raises:
        UrlRefused: as for ``check_url``.
    """
    _check_characters(reference)
    try:
        joined = urljoin(base.url, reference)
    except ValueError as error:  # brackets that do not match
        raise UrlRefused(Refusal.UNREADABLE) from error
    return check_url(joined, policy)


def _check_characters(text: str) -> None:
    if len(text) > _LONGEST_URL:
        raise UrlRefused(Refusal.TOO_LONG)
    if any(unicodedata.category(character) in _INVISIBLE for character in text):
        raise UrlRefused(Refusal.HIDDEN_CHARACTERS)
    if "\\" in text:
        raise UrlRefused(Refusal.BACKSLASH)


def _host_and_port(authority: str, default_port: int) -> tuple[str, int]:
    if "@" in authority:
        raise UrlRefused(Refusal.CREDENTIALS)
    parts = _HOST_AND_PORT.fullmatch(authority)
    if not parts:
        raise UrlRefused(Refusal.BAD_HOST)
    if parts["port"] and not _PORT.fullmatch(parts["port"]):
        raise UrlRefused(Refusal.PORT)
    port = int(parts["port"]) if parts["port"] else default_port
    if parts["ipv6"] is None:
        return canonical_host(parts["name"]), port
    if "%" in parts["ipv6"]:
        raise UrlRefused(Refusal.ZONE)
    try:
        return IPv6Address(parts["ipv6"]).compressed, port
    except AddressValueError as error:
        raise UrlRefused(Refusal.BAD_HOST) from error


def _is_ipv4(host: str) -> bool:
    try:
        IPv4Address(host)
    except AddressValueError:
        return False
    return True


def _normal_path(path: str) -> str:
    """Escapes in one spelling, then no dot segments: robots.txt and duplicates must see the path that is asked for."""
    escaped = quote(_STRAY_PERCENT.sub("%25", path), safe=_KEPT_IN_PATH)
    segments = _ESCAPE.sub(_plain_if_unreserved, escaped).split("/")[1:]
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _normal_query(query: str) -> str:
    return quote(query, safe=_KEPT_IN_QUERY)


def _plain_if_unreserved(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()
