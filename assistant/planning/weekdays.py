"""How a week's minutes lie on its days.

Owns: the days the planner chooses, and stretching the days a learner chose. Refuses: dates (``availability``).

Two promises, tested over random weeks, are what the planner's guarantees rest on: no day's cap shrinks when the week's
minutes grow, and a week's caps never add up to more than its minutes. Without the first, studying more could
finish later.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.planning.request import DAYS_PER_WEEK, MAX_MINUTES_PER_DAY, PlanRequest

SHORTEST_ITEM_MINUTES = 10
"""Less than this is a crumb: sitting down takes longer than what it brings."""
_STEP_MINUTES = 15
_STRETCH_STEP_MINUTES = 5
_PREFERRED_WEEKDAYS = (1, 3, 5, 6, 0, 2, 4)
"""Tuesday, Thursday, Saturday, Sunday, Monday, Wednesday, Friday (Monday is 0): days of rest in between first."""


def week_of(request: PlanRequest, minutes_per_week: int | None = None) -> tuple[int, ...]:
    """The cap of each weekday in minutes, Monday first, at the request's own hours or at others.

    A learner's own weekdays are kept as they are and stretched in proportion for more hours; only more is possible.
    """
    minutes = request.minutes_per_week if minutes_per_week is None else minutes_per_week
    if request.weekday_minutes:
        return stretched(request.weekday_minutes, minutes - request.minutes_per_week)
    return minutes_by_weekday(minutes, request.session_minutes)


def minutes_by_weekday(minutes_per_week: int, session_minutes: int) -> tuple[int, ...]:
    """The cap of each weekday in minutes, Monday first.

    Preferred days fill up to a session one after another; a week with seven full sessions grows on all days in turn
    by a quarter of an hour. What is left for the last day is dropped if it would be a crumb.
    """
    caps = [0] * DAYS_PER_WEEK
    left = minutes_per_week
    for weekday in _PREFERRED_WEEKDAYS:
        caps[weekday] = min(session_minutes, left)
        left -= caps[weekday]
        # The first day is kept however short it is: otherwise a tiny week would hold nothing at all.
        if caps[weekday] < SHORTEST_ITEM_MINUTES and weekday != _PREFERRED_WEEKDAYS[0]:
            caps[weekday] = 0
    rounds, rest = divmod(left, _STEP_MINUTES * DAYS_PER_WEEK)
    for place, weekday in enumerate(_PREFERRED_WEEKDAYS):
        caps[weekday] += rounds * _STEP_MINUTES + min(_STEP_MINUTES, max(0, rest - place * _STEP_MINUTES))
    return tuple(caps)


def stretched(weekday_minutes: Sequence[int], more_minutes: int) -> tuple[int, ...]:
    """The weekdays with so many minutes more a week (0 or more), in proportion; days without study stay free.

    Less is added when every day of study is as long as a day can be. Minutes are handed out in steps to the day that
    has the most for each step it got: rounding shares instead would let a day shrink as the week grows.
    """
    caps = list(weekday_minutes)
    steps = [0] * len(caps)
    left = more_minutes
    while left > 0:
        open_days = [day for day, cap in enumerate(caps) if 0 < cap < MAX_MINUTES_PER_DAY]
        if not open_days:
            break
        day = max(open_days, key=lambda day: (weekday_minutes[day] / (steps[day] + 1), -day))
        step = min(_STRETCH_STEP_MINUTES, left, MAX_MINUTES_PER_DAY - caps[day])
        caps[day] += step
        steps[day] += 1
        left -= step
    return tuple(caps)
