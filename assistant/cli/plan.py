"""``study plan``: a dated plan, or the verdict that it does not fit."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from assistant.cli.opening import open_plans
from assistant.cli.options import AsJson
from assistant.cli.plan_printing import Form, print_plan
from assistant.cli.plan_request import (
    DaysOff,
    Deadline,
    Goal,
    HoursPerWeek,
    Known,
    Pace,
    Pinned,
    Projects,
    Review,
    Role,
    Session,
    Start,
    TakeWayOut,
    Topics,
    Weekdays,
    Without,
    days_off,
    topics_of,
    with_week,
)
from assistant.console import err
from assistant.errors import InvalidInput
from assistant.plan_store import DEFAULT_PLAN_NAME
from assistant.planning import PlanRequest, choose
from assistant.planning.request import DEFAULT_PACE_PERCENT, DEFAULT_REVIEW_PERCENT, DEFAULT_SESSION_MINUTES
from assistant.ready_goals import named_goal
from assistant.service import Assistant

AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print the plan as a Markdown checklist.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print the plan as a table in CSV.")]
Follow = Annotated[bool, typer.Option("--follow", help="Keep the plan and follow it from now on.")]
Name = Annotated[str, typer.Option("--name", help="What to call a plan that you follow.")]


Text = Annotated[
    str | None,
    typer.Argument(metavar="[TEXT]", help="What you want, in your words: 6h a week until March, I know Docker."),
]


def plan(
    text: Text = None,
    hours_per_week: HoursPerWeek = None,
    on: Weekdays = None,
    start: Start = None,
    deadline: Deadline = None,
    goal: Goal = "",
    role: Role = "",
    topics: Topics = "",
    known: Known = "",
    without: Without = "",
    pin: Pinned = "",
    off: DaysOff = None,
    session: Session = DEFAULT_SESSION_MINUTES,
    review: Review = DEFAULT_REVIEW_PERCENT,
    pace: Pace = DEFAULT_PACE_PERCENT,
    projects: Projects = True,
    way_out: TakeWayOut = None,
    follow: Follow = False,
    name: Name = DEFAULT_PLAN_NAME,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    as_csv: AsCsv = False,
) -> None:
    """Plan dated study sessions that respect prerequisites, hours and a deadline; without hours, show the plan."""
    form = _form(as_json, as_markdown, as_csv)
    assistant, plans = open_plans()
    if text is None and hours_per_week is None and not on:
        print_plan(plans.must_follow().plan, form, assistant.catalogue)
        return
    curriculum = assistant.curriculum
    options = PlanRequest(
        start=start.date() if start else date.today(),
        minutes_per_week=1,  # replaced by the week below
        deadline=deadline.date() if deadline else None,
        targets=_targets(assistant, goal, role, topics),
        known=topics_of(curriculum, known),
        excluded=topics_of(curriculum, without),
        pinned=topics_of(curriculum, pin),
        days_off=days_off(off or ()),
        session_minutes=session,
        review_percent=review,
        pace_percent=pace,
        projects=projects,
        goal=goal,
    )
    request = with_week(options, hours_per_week, on or ())
    if text is not None:
        if request != PlanRequest(start=date.today(), minutes_per_week=1):
            raise InvalidInput("Say what you want in words or with options, not both.")
        request = _in_words(assistant, text)
    made = plans.make(request)
    if way_out is not None and not made.feasible:
        made = plans.make(choose(request, made, way_out))
    if follow:
        plans.follow(made, name)
        err.print(f"You follow “{name}” now. What to do today: study today", style="dim", markup=False)
    print_plan(made, form, assistant.catalogue)


def _in_words(assistant: Assistant, text: str) -> PlanRequest:
    with err.status("Reading your wishes …"):
        wished = assistant.wishing().read(text, date.today())
    err.print(wished.form, style="dim", markup=False, soft_wrap=True)
    return wished.request


def _form(as_json: bool, as_markdown: bool, as_csv: bool) -> Form:
    chosen = [
        form
        for form, is_chosen in zip((Form.JSON, Form.MARKDOWN, Form.CSV), (as_json, as_markdown, as_csv), strict=True)
        if is_chosen
    ]
    if len(chosen) > 1:
        raise InvalidInput("Give one of --json, --markdown and --csv.")
    return chosen[0] if chosen else Form.TEXT


def _targets(assistant: Assistant, goal: str, role: str, topics: str) -> tuple[str, ...]:
    named = topics_of(assistant.curriculum, topics)
    if role.strip():
        by_id = {each.id: each for each in assistant.ready_goals}
        ready = by_id.get(role.strip().lower()) or named_goal(assistant.ready_goals, role)
        if ready is None:
            offered = ", ".join(by_id)
            raise InvalidInput(f"No ready-made goal is called {role.strip()!r}. There are: {offered}.")
        named |= frozenset(ready.topics)
    if goal.strip() and not named:
        with err.status("Matching the goal …"):
            return assistant.topics_for_goal(goal)
    return tuple(topic for topic in assistant.curriculum.topics if topic in named)
