"""Attempts: what is asked next when a request has failed.

Owns: the reasons to ask again, each used once, so that one question costs three requests at most.
Refuses: asking, waiting, and naming failures (``mapping``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.errors import ModelContextTooLong

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

    from assistant.llm.deadlines import Deadlines
    from assistant.llm.mapping import Failure


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request. ``shorter`` is what to ask if these messages are too long, None if there is nothing shorter."""

    messages: Sequence[BaseMessage]
    shorter: Sequence[BaseMessage] | None
    with_usage: bool
    shortened: bool = False
    is_retry: bool = False
    wait_s: float = 0.0

    def following(self, failure: Failure, deadlines: Deadlines) -> Attempt | None:
        """The next request after this one failed without a word shown; None to give up."""
        if isinstance(failure.error, ModelContextTooLong) and self.shorter is not None:
            return replace(self, messages=self.shorter, shorter=None, shortened=True, wait_s=0.0)
        if self.is_retry:
            return None
        if failure.may_mind_usage and self.with_usage:
            return replace(self, with_usage=False, is_retry=True, wait_s=0.0)
        if failure.retry_in_s is not None and deadlines.leave_time_for(failure.retry_in_s):
            return replace(self, is_retry=True, wait_s=failure.retry_in_s)
        return None
