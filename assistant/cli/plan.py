"""``study plan``: a dated plan, or the verdict that it does not fit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli.options import AsJson
from assistant.console import err, out, print_json
from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput
from assistant.planning import PlanRequest, StudyPlan, plan_to_json, plan_to_markdown, weekly_minutes
from assistant.service import open_assistant
from assistant.settings import load_settings

_DATE = ["%Y-%m-%d"]

HoursPerWeek = Annotated[float, typer.Option("--hours-per-week", help="Time to study, for example 6 or 7.5.")]
Start = Annotated[datetime | None, typer.Option("--start", formats=_DATE, help="First day; today by default.")]
Deadline = Annotated[datetime | None, typer.Option("--deadline", formats=_DATE, help="Last day.")]
Goal = Annotated[str, typer.Option("--goal", help="What to be able to do, in your words; the whole roadmap if empty.")]
Known = Annotated[
    str, typer.Option("--known", metavar="ID,...", help="Topic ids, module ids or module numbers to leave out.")
]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print the plan as a Markdown checklist.")]


def plan(
    hours_per_week: HoursPerWeek,
    start: Start = None,
    deadline: Deadline = None,
    goal: Goal = "",
    known: Known = "",
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
) -> None:
    """Plan dated study sessions that respect prerequisites, hours and a deadline."""
    if as_json and as_markdown:
        raise InvalidInput("Give --json or --markdown, not both.")
    assistant = open_assistant(load_settings(), with_journal=False)
    targets: tuple[str, ...] = ()
    if goal.strip():
        with err.status("Matching the goal …"):
            targets = assistant.topics_for_goal(goal)
    request = PlanRequest(
        start=start.date() if start else date.today(),
        minutes_per_week=weekly_minutes(hours_per_week),
        deadline=deadline.date() if deadline else None,
        targets=targets,
        known=parse_known(assistant.curriculum, known),
        goal=goal,
    )
    made = assistant.plan(request)
    if as_json:
        print_json(plan_to_json(made))
    elif as_markdown:
        typer.echo(plan_to_markdown(made, assistant.catalogue))
    else:
        _print(made)


def parse_known(curriculum: Curriculum, known: str) -> frozenset[str]:
    """The topic ids behind a comma-separated list of references.

    Raises:
        InvalidInput: one of them names nothing in the roadmap.
    """
    references = [reference for reference in known.split(",") if reference.strip()]
    return frozenset(topic for reference in references for topic in curriculum.resolve(reference))


def _print(made: StudyPlan) -> None:
    out.print(made.verdict, style="bold", markup=False)
    if made.targets:
        out.print(f"The goal was read as: {', '.join(made.targets)}", markup=False)
    for week in made.weeks:
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        for item in week.items:
            part = f" ({item.part} of {item.parts})" if item.parts > 1 else ""
            table.add_row(f"{item.date:%a %d %b}", f"{item.minutes} min", item.activity.value, f"{item.title}{part}")
        out.print(f"\nWeek {week.number}, from {week.start:%d %B %Y}: {week.minutes / 60:.1f} h", style="bold")
        out.print(table)
    if made.unscheduled:
        out.print("\nNot scheduled", style="bold")
    for left_out in made.unscheduled:
        out.print(f"- {left_out.title}: {left_out.reason}", markup=False)
