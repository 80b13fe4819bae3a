"""The story of a new version of a plan: what is done stays, the next days stay, and little else moves.

Owns: the order of the steps. Refuses: every detail of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.curriculum import Curriculum
from assistant.domain import Resource
from assistant.planning.availability import availability_for
from assistant.planning.options import request_of
from assistant.planning.plan import Activity, StudyItem, StudyPlan
from assistant.planning.planner import make_plan
from assistant.planning.request import PACE_LIMITS_PERCENT, PlanRequest
from assistant.planning.scope import scope_of
from assistant.planning.sessions import weeks_of
from assistant.planning.weekdays import week_of
from assistant.replanning.changes import Replan, compare
from assistant.replanning.ledger import LEARNING, Ledger, unit_of
from assistant.replanning.merging import Merged, fitted_in, laid_out_anew
from assistant.replanning.pace import Pace
from assistant.replanning.reasons import Reasons

FROZEN_DAYS = 2
"""Today and tomorrow stay as they are: nobody wants to find this evening's plan changed."""


def replan(
    curriculum: Curriculum,
    plan: StudyPlan,
    ledger: Ledger,
    today: date,
    catalogue: Sequence[Resource] = (),
    *,
    pace: Pace | None = None,
    request: PlanRequest | None = None,
    anew: bool = False,
) -> Replan:
    """A plan for what is left, which differs from ``plan`` as little as may be.

    ``request`` is what is wanted from now on where that changed (its start is ignored); ``pace`` moves the forecast;
    ``anew`` lays everything out again instead of moving little, and so does a request with other minutes on the
    weekdays: more of them are asked for to finish earlier, and with fewer almost every day changes.

    Raises:
        InvalidInput: the deadline is over, or the request cannot be planned.
    """
    late = missed(plan, ledger, today)
    state = _state(curriculum, plan, ledger, today, request)
    if request is None and not anew and not late:
        same = plan if pace is None else _forecast(curriculum, state.request, plan, pace)
        return Replan(same, (), len(plan.items), makes_room=True)
    calendar = availability_for(replace(state.request, start=plan.start, deadline=None))
    fresh = make_plan(curriculum, state.request, catalogue, upcoming=state.upcoming)
    other_week = request is not None and week_of(request) != week_of(request_of(plan))
    merged = None if anew or other_week else fitted_in(curriculum, state.settled, state.open_items, fresh, calendar)
    if merged is None:
        merged = laid_out_anew(state.settled, fresh)
    items = sorted([*state.settled, *merged.items], key=lambda item: item.date)
    result = replace(
        fresh,
        start=plan.start,
        weeks=weeks_of(plan.start, fresh.deadline, items, calendar),
        finish=_finish(fresh, merged),
        # What was spent before this plan began; the rest is in the log of its items.
        done_minutes=plan.done_minutes,
    )
    if pace is not None:
        result = _forecast(curriculum, state.request, result, pace)
    changes = compare(
        {item.key: item for item in (*state.open_items.values(), *state.reviews)},
        {item.key: item for item in merged.items},
        Reasons(curriculum, merged, fresh, frozenset(item.key for item in late)),
    )
    return Replan(result, changes, len(items) - sum(change.after is not None for change in changes), merged.makes_room)


def missed(plan: StudyPlan, ledger: Ledger, today: date) -> tuple[StudyItem, ...]:
    """The items that should have been done before today and were not; a review that was missed is over."""
    return tuple(
        item
        for item in plan.items
        if item.date < today and item.activity is not Activity.REVIEW and item.key not in ledger.done
    )


@dataclass(frozen=True, slots=True)
class _State:
    """What is settled (done, or about to be studied), what is open, and the request for the rest.

    The request takes ``upcoming`` for known, too: topics of the next days, which nobody has studied yet.
    """

    settled: tuple[StudyItem, ...]
    open_items: Mapping[str, StudyItem]
    reviews: tuple[StudyItem, ...]
    request: PlanRequest
    upcoming: frozenset[str]


def _state(
    curriculum: Curriculum, plan: StudyPlan, ledger: Ledger, today: date, request: PlanRequest | None = None
) -> _State:
    request = request or request_of(plan)
    start = today + timedelta(days=FROZEN_DAYS)
    if request.deadline is not None and today <= request.deadline < start:
        start = request.deadline
    open_items = {
        item.key: replace(item, minutes=ledger.minutes_left(item))
        for item in plan.items
        if item.activity is not Activity.REVIEW and item.key not in ledger.done
    }
    unfinished = {item.topic for item in open_items.values() if item.activity in LEARNING}
    late = {item.topic for item in missed(plan, ledger, today)}
    waiting = _with_dependents(curriculum, plan, late)
    wanted = {topic.id for topic in scope_of(curriculum, request).planned} - waiting
    frozen = {key for key, item in open_items.items() if today <= item.date < start and item.topic in wanted}
    settled = tuple(
        # What was done ahead of its day was done by today.
        replace(item, date=min(item.date, today)) if item.key in ledger.done else item
        for item in plan.items
        if item.key in ledger.done
        or item.key in frozen
        or (item.activity is Activity.REVIEW and today <= item.date < start and item.topic not in unfinished)
    )
    left = {key: item for key, item in open_items.items() if key not in frozen}
    kept = {item.key for item in settled}
    reviews = tuple(
        item for item in plan.items if item.activity is Activity.REVIEW and item.date >= today and item.key not in kept
    )
    known = request.known | _finished(settled, left)
    upcoming = frozenset(item.topic for item in settled if item.activity in LEARNING and item.key not in ledger.done)
    done_minutes = _done_minutes(curriculum, plan, settled, ledger, known)
    wanted_now = replace(request, start=start, known=known, done_minutes=done_minutes)
    return _State(settled, left, reviews, wanted_now, (upcoming & known) - request.known)


def _with_dependents(curriculum: Curriculum, plan: StudyPlan, missed: set[str]) -> set[str]:
    """The missed topics and all that build on them; the plan's items stand in study order."""
    found = set(missed)
    for topic in curriculum.study_order({item.topic for item in plan.items} & curriculum.topics.keys()):
        if any(edge.id in found for edge in curriculum.topics[topic].prerequisites):
            found.add(topic)
    return found


def _finished(settled: Sequence[StudyItem], left: Mapping[str, StudyItem]) -> frozenset[str]:
    open_topics = {item.topic for item in left.values() if item.activity in LEARNING}
    return frozenset({item.topic for item in settled if item.activity in LEARNING} - open_topics)


def _done_minutes(
    curriculum: Curriculum, plan: StudyPlan, settled: Sequence[StudyItem], ledger: Ledger, known: frozenset[str]
) -> tuple[tuple[str, int], ...]:
    """Minutes that count as spent on each unit that is not finished, by the plan's own measure."""
    spent = dict(plan.done_minutes)
    for item in settled:
        if item.activity in {*LEARNING, Activity.PROJECT}:
            unit = unit_of(curriculum, item)
            spent[unit] = spent.get(unit, 0) + item.minutes
    for item in plan.items:
        if item.key in ledger.spent and item.activity in {*LEARNING, Activity.PROJECT}:
            unit = unit_of(curriculum, item)
            spent[unit] = spent.get(unit, 0) + item.minutes - ledger.minutes_left(item)
    return tuple(sorted((unit, minutes) for unit, minutes in spent.items() if unit not in known))


def _finish(fresh: StudyPlan, merged: Merged) -> date:
    if not fresh.feasible:
        return fresh.finish
    return max((item.date for item in merged.items if item.activity is not Activity.REVIEW), default=fresh.start)


def _forecast(curriculum: Curriculum, request: PlanRequest, plan: StudyPlan, pace: Pace) -> StudyPlan:
    low, high = PACE_LIMITS_PERCENT
    percent = min(high, max(low, round(request.pace_percent * pace.factor)))
    likely = make_plan(curriculum, replace(request, pace_percent=percent, deadline=None), pace_sd=pace.sd)
    return replace(plan, finish_p50=likely.finish_p50, finish_p80=likely.finish_p80)
