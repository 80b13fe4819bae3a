"""Which topics are reviewed in the minutes that each day keeps for it.

Owns: the ladder of growing gaps and whose turn it is. Refuses: how many minutes a day keeps (``availability``).

That practice is spaced matters more than the exact gaps, so the ladder is fixed; remembered facts have a schedule of
their own elsewhere. Reviews alternate between modules, because mixing kinds of problems is what makes recall work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush

from assistant.domain import Topic
from assistant.planning.availability import SHORTEST_REVIEW_MINUTES, Availability

_LADDER_DAYS = (1, 3, 7, 16, 35, 80)
"""Days after a topic is finished on which it is due, if no review is late."""
_GAPS_DAYS = tuple(after - before for before, after in zip((0, *_LADDER_DAYS), _LADDER_DAYS, strict=False))
_USUAL_MINUTES = 15
_LOOK_AHEAD = 16
"""So many overdue topics of one module are passed over for one of another module, at most."""


@dataclass(frozen=True, slots=True)
class Review:
    """One review: the topic's ``number``-th of ``total``, due on ``due``, last studied or reviewed on ``studied``."""

    day: date
    topic: Topic
    minutes: int
    number: int
    total: int
    studied: date
    due: date


@dataclass(frozen=True, slots=True, order=True)
class _Waiting:
    due: int
    place: int
    step: int
    studied: int


def plan_reviews(
    finished: Sequence[tuple[Topic, date]], availability: Availability, last: date, changes: Mapping[date, int]
) -> list[Review]:
    """Reviews until ``last`` of topics with the day each was finished, in the order of days.

    The most overdue topic is next, unless one of another module than before is overdue too. A late review moves the
    ones after it, so that the gaps keep growing. Minutes for which nothing is due stay free. ``changes`` is by how
    many minutes single days' time for review differs from what the calendar keeps.
    """
    if not finished:
        return []
    waiting = [
        _Waiting(day.toordinal() + _GAPS_DAYS[0], place, 0, day.toordinal()) for place, (_, day) in enumerate(finished)
    ]
    heapify(waiting)
    reviews: list[tuple[_Waiting, date, int]] = []
    module: int | None = None
    modules = [topic.module for topic, _ in finished]
    for ordinal in range(waiting[0].due, last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        for minutes in _pieces(availability.review(day) + changes.get(day, 0)):
            turn = _next(waiting, ordinal, modules, module)
            if turn is None:
                break
            module = modules[turn.place]
            reviews.append((turn, day, minutes))
            if turn.step + 1 < len(_GAPS_DAYS):
                heappush(waiting, _Waiting(ordinal + _GAPS_DAYS[turn.step + 1], turn.place, turn.step + 1, ordinal))
    totals = {turn.place: turn.step + 1 for turn, _, _ in reviews}
    return [
        Review(
            day=day,
            topic=finished[turn.place][0],
            minutes=minutes,
            number=turn.step + 1,
            total=totals[turn.place],
            studied=date.fromordinal(turn.studied),
            due=date.fromordinal(turn.due),
        )
        for turn, day, minutes in reviews
    ]


def _pieces(minutes: int) -> Iterator[int]:
    """The minutes of a day in about equal reviews of about a quarter of an hour."""
    if minutes < SHORTEST_REVIEW_MINUTES:
        return
    count = max(1, (minutes + _USUAL_MINUTES // 2) // _USUAL_MINUTES)
    for piece in range(count):
        yield minutes * (piece + 1) // count - minutes * piece // count


def _next(waiting: list[_Waiting], today: int, modules: Sequence[int], module: int | None) -> _Waiting | None:
    passed: list[_Waiting] = []
    found: _Waiting | None = None
    while found is None and waiting and waiting[0].due <= today and len(passed) < _LOOK_AHEAD:
        turn = heappop(waiting)
        if modules[turn.place] == module:
            passed.append(turn)
        else:
            found = turn
    if found is None and passed:
        found = passed.pop(0)
    for turn in passed:
        heappush(waiting, turn)
    return found
