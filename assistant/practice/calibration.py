"""Whether a learner is right when they are sure.

Owns: counting, by confidence and by month. Pure. Refuses: drawing it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from assistant.practice.memory import local_day
from assistant.practice_store import Confidence, PracticeAnswer

CONFIDENCE_WORDS = {
    Confidence.SURE: "sure",
    Confidence.THINK_SO: "think so",
    Confidence.GUESSING: "guessing",
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of ``total`` answers given with this confidence, ``right`` were right; of one month, named by its first day, or
    of all time."""

    confidence: Confidence
    right: int
    total: int
    month: date | None = None

    @property
    def share(self) -> float:
        """The share that was right, 0 to 1."""
        return self.right / self.total


def calibration(
    answers: Iterable[PracticeAnswer], day_of: Callable[[datetime], date] = local_day
) -> tuple[tuple[Calibration, ...], tuple[Calibration, ...]]:
    """Over all answers, and by month: the surest first, only what there are answers of.

    An answer on a day on which the question was answered before says nothing: the learner has just read it.
    """
    totals: dict[tuple[date | None, Confidence], list[bool]] = {}
    answered: set[tuple[str, date]] = set()
    for answer in answers:
        day = day_of(answer.at)
        is_first = (answer.question, day) not in answered
        answered.add((answer.question, day))
        if is_first and answer.confidence is not None:
            for month in (None, day.replace(day=1)):
                totals.setdefault((month, answer.confidence), []).append(answer.was_right)
    order = list(Confidence)
    counted = [Calibration(confidence, sum(each), len(each), month) for (month, confidence), each in totals.items()]
    overall = sorted((each for each in counted if each.month is None), key=lambda each: order.index(each.confidence))
    monthly = sorted(
        (each for each in counted if each.month is not None),
        key=lambda each: (each.month or date.min, order.index(each.confidence)),
    )
    return tuple(overall), tuple(monthly)


def calibration_text(each: Calibration) -> str:
    """A sentence such as ``When you were sure, you were right 82 % of 17 times.``."""
    doing = {
        Confidence.SURE: "When you were sure",
        Confidence.THINK_SO: "When you thought so",
        Confidence.GUESSING: "When you were guessing",
    }[each.confidence]
    times = "the 1 time" if each.total == 1 else f"{each.total} times"
    return f"{doing}, you were right {each.share:.0%} of {times}.".replace("%", " %")
