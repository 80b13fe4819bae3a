"""When: days, weeks and their caps, and what comes before what.

Owns: the promises about time. Refuses: working out what they are measured against (``facts``).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

from assistant.planning import Activity
from evals.plans.lint.facts import DAY, LEARNING, WEEK_DAYS, Facts
from evals.plans.lint.rules import Found, Rule


def calendar(facts: Facts) -> Found:
    """Nothing before the start or after the deadline, in the order of days, in its week."""
    first = facts.request.start if facts.lived is None else facts.lived.today
    for item in facts.open_items:
        if item.date < first:
            yield (Rule.EARLY if facts.lived is None else Rule.PAST), f"{item.key} on {item.date}"
        if facts.request.deadline is not None and item.date > facts.request.deadline:
            yield Rule.LATE, f"{item.key} on {item.date}"
    for before, after in pairwise(facts.plan.items):
        if after.date < before.date:
            yield Rule.CALENDAR, f"{after.key} on {after.date} follows {before.date}"
    for week in facts.plan.weeks:
        start = facts.request.start + (week.number - 1) * WEEK_DAYS * DAY
        outside = [one for one in week.items if not start <= one.date < start + WEEK_DAYS * DAY]
        if week.start != start or outside:
            yield Rule.CALENDAR, f"week {week.number}"


def caps(facts: Facts) -> Found:
    """No day holds more than the learner gives it, and no week more than its hours."""
    free_from = facts.lived.frozen_until if facts.lived else date.min
    days: dict[date, int] = defaultdict(int)
    weeks: dict[int, int] = defaultdict(int)
    for item in facts.open_items:
        if item.date >= free_from:
            days[item.date] += item.minutes
            weeks[(item.date - facts.request.start).days // WEEK_DAYS] += item.minutes
    for day, minutes in days.items():
        if minutes > facts.cap(day):
            yield Rule.DAY, f"{day}: {minutes} of {facts.cap(day)} min"
    for number, minutes in weeks.items():
        start = facts.request.start + number * WEEK_DAYS * DAY
        most = facts.request.minutes_per_week + sum(
            extra for day, extra in facts.request.exceptions if start <= day < start + WEEK_DAYS * DAY
        )
        if minutes > most:
            yield Rule.WEEK, f"week {number + 1}: {minutes} of {most} min"


def order(facts: Facts) -> Found:
    """Every prerequisite is finished before what builds on it begins, and none is simply absent."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, item in enumerate(facts.open_items):
        if item.activity in LEARNING:
            first.setdefault(item.topic, place)
            last[item.topic] = place
    held = facts.studied.keys() | facts.request.known | facts.spent_up
    for topic, begins in first.items():
        for edge in sorted(facts.edges(topic)):
            if edge in last and last[edge] >= begins:
                yield Rule.ORDER, f"{edge} after {topic}"
        for edge in sorted(facts.hard(topic) - held):
            yield Rule.BASE, f"{edge} of {topic}"
    begun: set[int] = set()
    for item in facts.open_items:
        if item.activity is Activity.PROJECT:
            begun.add(item.module)
        elif item.activity in LEARNING and item.module in begun:
            yield Rule.ORDER, f"{item.topic} after the project of module {item.module}"
