"""What the URL guard lets through beyond its defaults, and how much a fetch may cost.

Owns: the two value objects that callers set. Refuses: reading settings; a caller passes what it has read.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """Which links may be followed.

    ``ports`` are the allowed ports. ``allowed`` lists exact (address, port) pairs that pass although their address is
    not public: tests reach their loopback server through it, nothing else should.
    """

    ports: frozenset[int] = frozenset({80, 443})
    allowed: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps of one fetch.

    ``body_bytes`` holds on the wire and again after decompression. ``total_s`` is wall-clock time for redirects,
    robots.txt, retries and pauses together; waiting behind another fetch from the same host is not counted.
    ``pause_s`` lies between two requests to one host; Crawl-delay may raise it to ``longest_pause_s``, and a
    Retry-After beyond that is not waited for.
    """

    body_bytes: int = 10_000_000
    header_bytes: int = 32_768
    robots_bytes: int = 512_000
    total_s: float = 30.0
    connect_s: float = 5.0
    pause_s: float = 1.0
    longest_pause_s: float = 10.0
    redirects: int = 5
    retries: int = 2
