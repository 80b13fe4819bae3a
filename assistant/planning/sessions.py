"""Units of work and reviews as dated items, weeks and milestones.

Owns: turning what was scheduled into a plan's items, in the order of days. Refuses: choosing, and the sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from assistant.curriculum import Curriculum
from assistant.domain import Resource, Topic
from assistant.planning.availability import Availability
from assistant.planning.plan import Activity, Milestone, StudyItem, StudyWeek
from assistant.planning.rationale import reason_to_review
from assistant.planning.request import DAYS_PER_WEEK
from assistant.planning.resources import best_fitting
from assistant.planning.reviews import Review, plan_reviews
from assistant.planning.scheduling import Sitting, lay_out, sittings_of
from assistant.planning.units import Unit


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Units in the order of study, each with its sittings; a unit whose minutes are all spent has none.

    ``review_changes``: by how many minutes single days' time for review differs from what the calendar keeps.
    """

    units: Sequence[tuple[Unit, Sequence[Sitting]]]
    review_changes: Mapping[date, int]


def schedule(units: Sequence[Unit], availability: Availability) -> Scheduled:
    """Days for all units, one after another from the start."""
    laid_out = lay_out([unit.minutes for unit in units], availability)
    sittings = [(unit, sittings_of(unit, slots)) for unit, slots in zip(units, laid_out.slots, strict=True)]
    return Scheduled(sittings, laid_out.review_changes)


def items_of(
    curriculum: Curriculum,
    scheduled: Scheduled,
    availability: Availability,
    resources: Mapping[str, Sequence[Resource]],
    reason: Callable[[int], str],
) -> list[StudyItem]:
    """Every item in the order of days, each day's reviews first; ``reason`` gives a unit's sentence by its place."""
    items = _reviews(curriculum, scheduled, availability)
    for place, (unit, sittings) in enumerate(scheduled.units):
        if not sittings:
            continue
        reading = sum(one.minutes for one in sittings if one.activity is Activity.READ)
        chosen = best_fitting(resources.get(unit.topic.id, ()), unit.topic, reading) if reading else ()
        title, why = _title(curriculum, unit), reason(place)
        for one in sittings:
            items.append(
                StudyItem(
                    topic=unit.topic.id,
                    module=unit.topic.module,
                    module_title=curriculum.module(unit.topic.module).title,
                    title=title,
                    activity=one.activity,
                    minutes=one.minutes,
                    date=one.date,
                    why=why,
                    part=one.part,
                    parts=one.parts,
                    resources=chosen if one.activity is Activity.READ else (),
                )
            )
    return sorted(items, key=lambda item: item.date)


def weeks_of(
    start: date, deadline: date | None, items: Sequence[StudyItem], days: Availability
) -> tuple[StudyWeek, ...]:
    """The weeks that hold items, counted from the start."""
    by_week = groupby(items, key=lambda item: (item.date - start).days // DAYS_PER_WEEK)
    weeks = []
    for index, group in by_week:
        first = start + timedelta(days=index * DAYS_PER_WEEK)
        last = date.fromordinal(min(first.toordinal() + DAYS_PER_WEEK - 1, date.max.toordinal()))
        minutes = days.cap_between(first, min(last, deadline) if deadline else last)
        weeks.append(StudyWeek(index + 1, first, tuple(group), minutes))
    return tuple(weeks)


def milestones_of(curriculum: Curriculum, scheduled: Scheduled, covered: Collection[str]) -> tuple[Milestone, ...]:
    """The last day of work on each module; ``covered`` are the ids of topics that are planned or known."""
    last: dict[int, date] = {}
    projects: set[int] = set()
    for unit, sittings in scheduled.units:
        if sittings:
            last[unit.topic.module] = sittings[-1].date
            if unit.activity is Activity.PROJECT:
                projects.add(unit.topic.module)
    milestones = []
    for number, day in last.items():
        module = curriculum.module(number)
        whole = all(topic.id in covered for topic in module.topics)
        done = "done" if whole else "done as far as this plan needs it"
        project = " with its project" if number in projects else ""
        milestones.append(Milestone(day, number, f"Module {number}, {module.title}: {done}{project}"))
    return tuple(sorted(milestones, key=lambda one: (one.date, one.module)))


def review_item(curriculum: Curriculum, review: Review) -> StudyItem:
    """A review as an item of the plan."""
    return StudyItem(
        topic=review.topic.id,
        module=review.topic.module,
        module_title=curriculum.module(review.topic.module).title,
        title=review.topic.title,
        activity=Activity.REVIEW,
        minutes=review.minutes,
        date=review.day,
        why=reason_to_review(review),
        part=review.number,
        parts=review.total,
    )


def _reviews(curriculum: Curriculum, scheduled: Scheduled, availability: Availability) -> list[StudyItem]:
    finished: list[tuple[Topic, date]] = []
    last = availability.start
    for unit, sittings in scheduled.units:
        if sittings:
            last = sittings[-1].date
            if unit.activity is Activity.READ:
                finished.append((unit.topic, last))
    reviews = plan_reviews(finished, availability, last, scheduled.review_changes)
    return [review_item(curriculum, review) for review in reviews]


def _title(curriculum: Curriculum, unit: Unit) -> str:
    module = f"module {unit.topic.module}, {curriculum.module(unit.topic.module).title}"
    if unit.activity is Activity.QUIZ:
        return f"Checkpoint quiz of {module}"
    if unit.activity is Activity.PROJECT:
        return f"Project of {module}"
    return unit.topic.title
