"""May this page be fetched, and how fast: robots.txt by RFC 9309.

Owns: what an answer to /robots.txt means, its cache, and the reading of its rules (Protego knows the wildcards and
the longest match, which ``urllib.robotparser`` does not).
Refuses: fetching; the reader it is given brings the text through the same guard as any page.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from protego import Protego

from ingest.web.courier import PRODUCT, Trip
from ingest.web.deadline import Clock
from ingest.web.failures import ROBOTS_FORBID, FetchFailed
from ingest.web.urlguard import Target

_KEPT_S, _FAILURE_KEPT_S = 3_600.0, 300.0
_AGENT_LINE = re.compile(r"\s*user(?:-|\s*)agent(?:\s*:|\s|$)\s*([^#]*)", re.IGNORECASE)

ReadRobots = Callable[[Target, Trip], str]
"""The text of a robots.txt, empty where there is none; raises ``FetchFailed`` where nobody can know."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin: ``unavailable`` says why none could be read, in which case nothing may be fetched."""

    parsed: Protego | None = None
    unavailable: FetchFailed | None = None

    def check(self, target: Target) -> None:
        """Raise ``FetchFailed`` if the page is off limits."""
        if self.unavailable is not None:
            # A new one of its kind each time: threads must not share a traceback.
            raise type(self.unavailable)(self.unavailable.reason) from self.unavailable
        if self.parsed is not None and not self.parsed.can_fetch(target.url, PRODUCT):
            raise FetchFailed(ROBOTS_FORBID)


def parse(text: str) -> Rules:
    """Read a robots.txt.

    Groups for other robots are merged under one name first. Their rules do not concern us, and many groups times
    many rules would take memory without bound: 300 KB of text can mean 200 million rules.
    """
    return Rules(Protego.parse("\n".join(_merge_others(line) for line in text.splitlines())))


def _merge_others(line: str) -> str:
    match = _AGENT_LINE.match(line)
    if not match:
        return line
    name = match[1].strip().lower().partition("/")[0]
    return f"User-agent: {name if name in {'*', PRODUCT.lower()} else 'another'}"


@dataclass(slots=True)
class _Entry:
    rules: Rules | None = None
    until: float = 0.0
    reading: threading.Lock = field(default_factory=threading.Lock)


class Robots:
    """Rules for every origin, read once and kept for an hour, failures for five minutes.

    A failure is kept only if the fetch that met it had ``fair_chance_s`` left to read the file: one that came here
    late must not close the site for others.
    """

    def __init__(
        self, read: ReadRobots, pace: Callable[[str, float], None], clock: Clock, fair_chance_s: float
    ) -> None:
        self._read = read
        self._fair_chance_s = fair_chance_s
        self._pace = pace
        self._clock = clock
        self._entries: dict[str, _Entry] = {}
        self._guard = threading.Lock()

    def check(self, target: Target, trip: Trip) -> None:
        """Let a page through that its site lets us fetch.

        Raises:
            UrlRefused: the host is not one to speak to.
            FetchFailed: the rules forbid it, or cannot be read.
        """
        with self._guard:
            entry = self._entries.setdefault(target.origin, _Entry())
        asked_at = self._clock()
        with entry.reading:
            trip.deadline.excuse(self._clock() - asked_at)  # another fetch was reading the same file
            if entry.rules is None or self._clock() >= entry.until:
                fair = trip.deadline.has(self._fair_chance_s)
                entry.rules = self._load(target, trip)
                entry.until = self._clock() + self._kept_s(entry.rules, fair)
            rules = entry.rules
        rules.check(target)

    @staticmethod
    def _kept_s(rules: Rules, fair: bool) -> float:
        if rules.unavailable is None:
            return _KEPT_S
        return _FAILURE_KEPT_S if fair else 0.0

    def _load(self, target: Target, trip: Trip) -> Rules:
        try:
            rules = parse(self._read(Target(target.scheme, target.host, target.port, "/robots.txt"), trip))
        except FetchFailed as failure:
            return Rules(unavailable=failure)
        delay_s = rules.parsed.crawl_delay(PRODUCT) if rules.parsed else None
        if delay_s is not None:
            self._pace(target.host, delay_s)
        return rules
