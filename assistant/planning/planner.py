"""The story of one plan, from request to dated items.

Owns: the order of the steps. Refuses: every detail of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput
from assistant.planning.plan import StudyItem, StudyPlan, StudyWeek, Unscheduled
from assistant.planning.rationale import reason_left_out, reasons_to_study
from assistant.planning.request import PlanRequest
from assistant.planning.scheduling import lay_out, split_activities
from assistant.planning.selection import LeftOut, Selection, study_order, topic_minutes, what_fits
from assistant.planning.verdict import assess, availability_for, verdict_text

_DAYS_PER_WEEK = 7


def make_plan(curriculum: Curriculum, request: PlanRequest) -> StudyPlan:
    """Plan the request over the curriculum; the same input gives the same plan.

    Raises:
        InvalidInput: a target or known id is not in the curriculum, or the plan would run past the year 9999.
    """
    _check_ids(curriculum, (*request.targets, *request.known))
    targets = tuple(topic_id for topic_id in curriculum.topics if topic_id in set(request.targets))
    wanted = targets or tuple(curriculum.topics)
    order = study_order(curriculum, frozenset(curriculum.closure(wanted, request.known)))
    skipped = request.known.intersection(curriculum.closure(wanted))

    assessment = assess(request, sum(topic_minutes(topic) for topic in order))
    selection = what_fits(order, assessment.minutes_available)
    return StudyPlan(
        feasible=assessment.ways_out is None,
        verdict=verdict_text(
            request, assessment, topics=len(order), scheduled=len(selection.scheduled), known=len(skipped)
        ),
        start=request.start,
        finish=assessment.finish,
        deadline=request.deadline,
        goal=request.goal,
        targets=targets,
        known=tuple(topic_id for topic_id in curriculum.topics if topic_id in request.known),
        minutes_per_week=request.minutes_per_week,
        minutes_total=assessment.minutes_needed,
        minutes_available=assessment.minutes_available,
        weeks=_weeks(request, _items(curriculum, request, selection)),
        unscheduled=tuple(_unscheduled(request, left_out) for left_out in selection.left_out),
        ways_out=assessment.ways_out,
    )


def _check_ids(curriculum: Curriculum, topic_ids: Iterable[str]) -> None:
    unknown = sorted(set(topic_ids) - curriculum.topics.keys())
    if unknown:
        raise InvalidInput(f"The roadmap has no topic called {', '.join(map(repr, unknown))}.")


def _items(curriculum: Curriculum, request: PlanRequest, selection: Selection) -> list[StudyItem]:
    topics = selection.scheduled
    why = reasons_to_study(curriculum, selection, frozenset(request.targets))
    laid_out = lay_out([topic_minutes(topic) for topic in topics], availability_for(request))
    return [
        StudyItem(
            topic=topic.id,
            module=topic.module,
            module_title=curriculum.module(topic.module).title,
            title=topic.title,
            activity=sitting.activity,
            minutes=sitting.minutes,
            date=sitting.date,
            why=why[topic.id],
            part=sitting.part,
            parts=sitting.parts,
        )
        for topic, slots in zip(topics, laid_out, strict=True)
        for sitting in split_activities(slots)
    ]


def _weeks(request: PlanRequest, items: Sequence[StudyItem]) -> tuple[StudyWeek, ...]:
    by_week = groupby(items, key=lambda item: (item.date - request.start).days // _DAYS_PER_WEEK)
    return tuple(
        StudyWeek(number=index + 1, start=request.start + timedelta(days=index * _DAYS_PER_WEEK), items=tuple(group))
        for index, group in by_week
    )


def _unscheduled(request: PlanRequest, left_out: LeftOut) -> Unscheduled:
    # Only a deadline leaves topics out; the fallback keeps the types honest.
    deadline = request.deadline or request.start
    return Unscheduled(left_out.topic.id, left_out.topic.title, reason_left_out(left_out, deadline))
