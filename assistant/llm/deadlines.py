"""Deadlines: the moments at which one question stops waiting.

Owns: which deadline counts in which phase of a stream, and whether there is still time to ask once more.
Refuses: waiting. The moments are on the clock of ``time.monotonic``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.llm.transcript import Transcript

# After the server has said why it stopped only the token count is missing, which is not worth more waiting.
_TRAILER_TIMEOUT_S = 0.5
# A server that asks for more is not obeyed in silence: the learner is told how long to wait.
_LONGEST_RETRY_WAIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The same for the first request and its retry."""

    first_token_s: float
    answer_s: float

    @classmethod
    def starting_now(cls, first_token_timeout_s: float, timeout_s: float) -> Deadlines:
        """Count both timeouts from now."""
        now_s = time.monotonic()
        return cls(now_s + min(first_token_timeout_s, timeout_s), now_s + timeout_s)

    def at(self, transcript: Transcript) -> float:
        """When to give up waiting for the next chunk."""
        if transcript.finished:
            return min(self.answer_s, time.monotonic() + _TRAILER_TIMEOUT_S)
        return self.answer_s if transcript.alive else self.first_token_s

    def leave_time_for(self, wait_s: float) -> bool:
        """Whether a retry after this wait could still produce a first token in time."""
        return wait_s <= _LONGEST_RETRY_WAIT_S and time.monotonic() + wait_s < self.first_token_s
