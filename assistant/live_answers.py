"""Answers that are being written, each in a thread of its own, for as many pages to follow as like to.

A page of the app is a script that every click anywhere on it ends and begins anew, and a reload ends for good. So no
page writes an answer: it follows one, and finds it again.

Owns: the threads, what each has written so far, and stopping one. Refuses: the steps of an answer, recording it
(``assistant.service`` does both), and words for the screen.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from assistant.domain import Answer, AnswerEvent, Finished, TextDelta, Waiting
from assistant.errors import StudyError

_SHORTEST_S = 0.05
"""Text that comes faster is shown together: a page that is drawn more often only flickers."""
_LONGEST_S = 0.5
"""A page hears at least so often, also of nothing new: that is when it can be told to end."""
_STOP_TIMEOUT_S = 10.0
_BROKE_OFF = "The answer broke off because of a fault in the program. Ask again; should that not help, see its log."
_log = logging.getLogger(__name__)


Place = tuple[str, str]
"""A learner's name and a conversation's id: nobody follows or stops another learner's answer."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """How far an answer is. ``answer`` and ``error`` are None until it is over, and both after it was stopped."""

    text: str = ""
    is_waiting: bool = False
    is_over: bool = False
    answer: Answer | None = None
    error: StudyError | None = None


class LiveAnswer:
    """One answer; ``instead_of`` is the id of the turn that it replaces, if it does."""

    def __init__(self, question: str, instead_of: int | None = None) -> None:
        self.question = question
        self.instead_of = instead_of
        self._so_far = SoFar()
        self._changed = threading.Condition()
        self._stopping = threading.Event()

    def follow(self) -> Iterator[SoFar]:
        """How far it is, again and again, until it is over. Any number may follow, from the beginning or later."""
        seen: SoFar | None = None
        while seen is None or not seen.is_over:
            seen = self._newer(seen)
            yield seen
            if not seen.is_over:
                time.sleep(_SHORTEST_S)

    @property
    def was_stopped(self) -> bool:
        """Whether somebody asked it to end before its time."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Have it end soon; what has come until then is kept."""
        self._stopping.set()

    def wait(self, timeout_s: float) -> bool:
        """Wait until it is over and recorded; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._so_far.is_over, timeout_s)

    def listen(self, events: Generator[AnswerEvent]) -> None:
        """Write it: in the thread that calls."""
        last = SoFar()
        try:
            # Closing it records what came, also where it was stopped midway.
            with closing(events):
                for event in events:
                    last = self._become(_after(last, event))
                    if self._stopping.is_set():
                        break
        except StudyError as error:
            last = replace(last, error=error)
        except Exception:  # noqa: BLE001 - whoever follows must not wait for ever
            _log.exception("an answer broke off")
            last = replace(last, error=StudyError(_BROKE_OFF))
        finally:
            self._become(replace(last, is_over=True))

    def _newer(self, seen: SoFar | None) -> SoFar:
        """What is new since then; the same again if it takes too long."""
        with self._changed:
            self._changed.wait_for(lambda: self._so_far is not seen, _LONGEST_S)
            return self._so_far

    def _become(self, so_far: SoFar) -> SoFar:
        with self._changed:
            self._so_far = so_far
            self._changed.notify_all()
        return so_far


def _after(last: SoFar, event: AnswerEvent) -> SoFar:
    match event:
        case TextDelta(text=delta):
            return replace(last, text=last.text + delta, is_waiting=False)
        case Finished(answer=answer):
            return replace(last, answer=answer)
        case Waiting():
            return last if last.is_waiting else replace(last, is_waiting=True)
        case _:
            return last


class LiveAnswers:
    """The answers of this process, at most one for each conversation. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[Place, LiveAnswer] = {}

    def running(self, place: Place) -> LiveAnswer | None:
        """The answer that is being written in a conversation."""
        with self._lock:
            return self._running.get(place)

    def start(
        self, place: Place, question: str, events: Generator[AnswerEvent], instead_of: int | None = None
    ) -> LiveAnswer:
        """Begin to write an answer; one that is being written in the same conversation is stopped and kept first."""
        live = LiveAnswer(question, instead_of)
        with self._lock:
            before = self._running.get(place)
            self._running[place] = live
        if before is not None:
            before.stop()
            before.wait(_STOP_TIMEOUT_S)
        threading.Thread(target=self._listen, args=(place, live, events), name="answer", daemon=True).start()
        return live

    def _listen(self, place: Place, live: LiveAnswer, events: Generator[AnswerEvent]) -> None:
        try:
            live.listen(events)
        finally:
            with self._lock:
                if self._running.get(place) is live:
                    del self._running[place]
