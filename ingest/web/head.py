"""Status and headers of an answer, and the few header values that matter here, read with suspicion.

Owns: media types, charsets, Retry-After, validators. Every value that leaves this file is short printable text.
Refuses: the body, and deciding what a status means for the fetch.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

_MEDIA_TYPE = re.compile(r"\s*([\w.+-]{1,40}/[\w.+-]{1,60})\s*(?:;|$)", re.ASCII)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]{1,40})["']?\s*(?:;|$)""", re.ASCII | re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")
_VALIDATOR = re.compile(r"[\x20-\x7e\x80-\xff]{1,512}")


@dataclass(frozen=True, slots=True)
class Head:
    """What comes before the body; header names are in lower case, of repeated headers the first counts."""

    status: int
    headers: Mapping[str, str]

    @property
    def media_type(self) -> str | None:
        """For example ``text/html``; None if the server names none that can be read."""
        match = _MEDIA_TYPE.match(self.headers.get("content-type", ""))
        return match[1].lower() if match else None

    @property
    def charset(self) -> str | None:
        """The charset that the server declares, unchecked."""
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match[1].lower() if match else None

    @property
    def length(self) -> int | None:
        """The declared length in bytes on the wire."""
        declared = self.headers.get("content-length", "")
        return int(declared) if declared.isascii() and declared.isdigit() else None

    @property
    def encoding(self) -> str:
        """The content encoding, ``identity`` if there is none."""
        return _UNPRINTABLE.sub("?", self.headers.get("content-encoding", "").strip().lower()[:40]) or "identity"

    @property
    def location(self) -> str | None:
        """Where a redirect leads; servers write UTF-8 there although headers are Latin-1."""
        found = self.headers.get("location")
        if found is None:
            return None
        raw = found.encode("latin-1")
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return found

    @property
    def retry_after_s(self) -> float | None:
        """Seconds the server asks to be left alone; a date is compared with the date of the same answer."""
        asked = self.headers.get("retry-after", "")
        try:
            seconds = float(asked)
        except ValueError:
            seconds = _seconds_between(self.headers.get("date", ""), asked)
        return max(seconds, 0.0) if math.isfinite(seconds) else None

    def validator(self, name: str) -> str | None:
        """``etag`` or ``last-modified`` if it can be sent back later."""
        return usable_validator(self.headers.get(name))


def read_head(status: int, headers: Iterable[tuple[bytes, bytes]]) -> Head:
    """Decode raw headers; Latin-1 loses nothing."""
    found: dict[str, str] = {}
    for name, value in headers:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return Head(status, found)


def usable_validator(value: str | None) -> str | None:
    """The value if it fits into a request header, whatever it says; None otherwise."""
    return value if value and _VALIDATOR.fullmatch(value) else None


def _seconds_between(now: str, then: str) -> float:
    try:
        return (parsedate_to_datetime(then) - parsedate_to_datetime(now)).total_seconds()
    except (ValueError, TypeError):
        return math.nan
