"""What the form holds, and the request it makes.

Owns: the way from a request to the form's fields and back. Pure. Refuses: drawing them (``form``) and judging a request
(``assistant.planning.request``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from assistant.curriculum import Curriculum
from assistant.plan_store import DEFAULT_PLAN_NAME
from assistant.planning import PlanRequest, weekly_minutes
from assistant.planning.weekdays import week_of
from assistant.ui.plan.days_off import days_of, text_of

DEFAULT_HOURS = 6.0
_NAME_CHARS = 40


@dataclass(frozen=True, slots=True)
class Wishes:
    """The fields as they are filled in; ``weekdays`` is None where the planner chooses the days."""

    hours: float
    start: date
    deadline: date | None = None
    goal: str = ""
    targets: tuple[str, ...] = ()
    known_modules: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    weekdays: tuple[int, ...] | None = None
    days_off: str = ""
    session_minutes: int = 90
    review_percent: int = 17
    projects: bool = True


def fresh_request(today: date) -> PlanRequest:
    """What is asked for when nothing is filled in."""
    return PlanRequest(start=today, minutes_per_week=weekly_minutes(DEFAULT_HOURS))


def wishes_of(request: PlanRequest, curriculum: Curriculum) -> Wishes:
    """The form's fields for a request."""
    return Wishes(
        hours=request.minutes_per_week / 60,
        start=request.start,
        deadline=request.deadline,
        goal=request.goal,
        targets=request.targets,
        known_modules=known_modules(request.known, curriculum),
        left_out=tuple(topic for topic in curriculum.topics if topic in request.excluded),
        pinned=tuple(topic for topic in curriculum.topics if topic in request.pinned),
        weekdays=request.weekday_minutes or None,
        days_off=text_of(request.days_off),
        session_minutes=request.session_minutes,
        review_percent=request.review_percent,
        projects=request.projects,
    )


def request_from(wishes: Wishes, base: PlanRequest, curriculum: Curriculum) -> PlanRequest:
    """``base`` with the form's fields; what the form does not show stays.

    Raises:
        InvalidInput: a field cannot be used; the message says which and how to fill it in.
    """
    modules = set(known_modules(base.known, curriculum))
    single = base.known - _topics(modules, curriculum)
    return replace(
        base,
        start=wishes.start,
        minutes_per_week=weekly_minutes(wishes.hours) if wishes.weekdays is None else sum(wishes.weekdays),
        weekday_minutes=wishes.weekdays or (),
        deadline=wishes.deadline,
        goal=wishes.goal.strip(),
        targets=wishes.targets,
        known=single | _topics(wishes.known_modules, curriculum),
        excluded=frozenset(wishes.left_out),
        pinned=frozenset(wishes.pinned),
        days_off=days_of(wishes.days_off),
        session_minutes=wishes.session_minutes,
        review_percent=wishes.review_percent,
        projects=wishes.projects,
    )


def known_modules(known: Collection[str], curriculum: Curriculum) -> tuple[int, ...]:
    """The numbers of the modules of which every topic is known."""
    return tuple(module.number for module in curriculum.modules if all(topic.id in known for topic in module.topics))


def usual_weekdays(hours: float, session_minutes: int) -> tuple[int, ...]:
    """The minutes of Monday to Sunday that the planner would choose, to begin with.

    Raises:
        InvalidInput: no week can have so many hours.
    """
    request = PlanRequest(date.min, weekly_minutes(hours), session_minutes=session_minutes)
    return week_of(request)


def plan_name(goal: str, taken: Collection[str]) -> str:
    """A name for a new plan that no other has: its goal, or "My plan"."""
    words = " ".join(goal.split())
    name = words if len(words) <= _NAME_CHARS else words[:_NAME_CHARS].rsplit(" ", 1)[0] + " …"
    name = name or DEFAULT_PLAN_NAME
    number = 1
    while (found := name if number == 1 else f"{name} {number}") in taken:
        number += 1
    return found


def _topics(modules: Collection[int], curriculum: Curriculum) -> frozenset[str]:
    return frozenset(topic.id for number in modules for topic in curriculum.module(number).topics)
