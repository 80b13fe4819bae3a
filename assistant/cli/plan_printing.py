"""A plan in the terminal, and in the formats that files have.

Owns: how it is printed. Refuses: making it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import typer
from rich.table import Table

from assistant.console import out, print_json
from assistant.domain import Resource
from assistant.planning import Activity, StudyPlan, plan_to_csv, plan_to_json, plan_to_markdown
from assistant.planning.wording import duration_text


class Form(StrEnum):
    """How a plan is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"


def print_plan(plan: StudyPlan, form: Form, catalogue: Sequence[Resource]) -> None:
    """The plan on stdout, in this form."""
    match form:
        case Form.JSON:
            print_json(plan_to_json(plan))
        case Form.MARKDOWN:
            typer.echo(plan_to_markdown(plan, catalogue))
        case Form.CSV:
            typer.echo(plan_to_csv(plan), nl=False)
        case Form.TEXT:
            _print(plan)


def _print(plan: StudyPlan) -> None:
    out.print(plan.verdict, style="bold", markup=False)
    if plan.targets:
        read_as = "The goal was read as" if plan.goal else "Aimed at"
        out.print(f"{read_as}: {', '.join(plan.targets)}", markup=False)
    for week in plan.weeks:
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        for item in week.items:
            part = f" ({item.part} of {item.parts})" if item.parts > 1 and item.activity is not Activity.REVIEW else ""
            table.add_row(f"{item.date:%a %d %b}", f"{item.minutes} min", item.activity.value, f"{item.title}{part}")
        slack = f", {duration_text(week.slack_minutes)} free" if week.slack_minutes else ""
        out.print(f"\nWeek {week.number}, from {week.start:%d %B %Y}: {week.minutes / 60:.1f} h{slack}", style="bold")
        out.print(table)
    if plan.milestones:
        out.print("\nMilestones", style="bold")
    for milestone in plan.milestones:
        out.print(f"- {milestone.date:%a %d %b %Y}: {milestone.title}", markup=False)
    if plan.unscheduled:
        out.print("\nNot scheduled", style="bold")
    for left_out in plan.unscheduled:
        out.print(f"- {left_out.title}: {left_out.reason}", markup=False)
