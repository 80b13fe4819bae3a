"""``study replan``: what becomes of the plan after days that went otherwise."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli.opening import open_plans
from assistant.cli.options import AsJson
from assistant.cli.plan_request import Deadline, HoursPerWeek, TakeWayOut, Weekdays, Without, topics_of, with_week
from assistant.console import err, out, print_json
from assistant.planning import Activity, PlanRequest, StudyPlan, choose, request_of
from assistant.replanning import Change, Replan
from assistant.study_plans import StudyPlans

Anew = Annotated[bool, typer.Option("--anew", help="Lay everything out anew instead of moving little.")]
Yes = Annotated[bool, typer.Option("--yes", help="Take the new plan without asking.")]
NoDeadline = Annotated[bool, typer.Option("--no-deadline", help="Give the deadline up.")]


def replan(
    hours_per_week: HoursPerWeek = None,
    on: Weekdays = None,
    deadline: Deadline = None,
    no_deadline: NoDeadline = False,
    without: Without = "",
    way_out: TakeWayOut = None,
    anew: Anew = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Show how your plan would change from today on, with the reasons, and take it."""
    assistant, plans = open_plans()
    plan = plans.must_follow().plan
    wanted = with_week(request_of(plan), hours_per_week, on or ())
    if deadline is not None or no_deadline:
        wanted = replace(wanted, deadline=deadline.date() if deadline else None)
    if without:
        left_out = topics_of(assistant.curriculum, without)
        wanted = replace(wanted, excluded=wanted.excluded | left_out, pinned=wanted.pinned - left_out)
    version = _version(plans, plan, wanted, way_out, anew=anew)
    taken = yes or (not as_json and _asked(version, plan))
    if taken:
        # Before it is printed: whoever reads may go away (`| head`), and what was asked for is done all the same.
        plans.accept(version)
    if as_json:
        print_json({**_record(version, plan), "taken": taken})
    elif yes:
        _print(version, plan)
    if taken:
        err.print("This is your plan now.", style="dim")


def _version(plans: StudyPlans, plan: StudyPlan, wanted: PlanRequest, way_out: TakeWayOut, *, anew: bool) -> Replan:
    version = plans.replan(None if wanted == request_of(plan) else wanted, anew=anew)
    if way_out is not None and not version.plan.feasible:
        version = plans.replan(choose(wanted, version.plan, way_out), anew=anew)
    return version


def _asked(version: Replan, plan: StudyPlan) -> bool:
    _print(version, plan)
    if not version.changes:
        return False
    if not sys.stdin.isatty():
        err.print("Take it with: study replan --yes", style="dim")
        return False
    return typer.confirm("Take this plan?", err=True)


def _print(version: Replan, plan: StudyPlan) -> None:
    if not version.changes:
        out.print("Your plan stays as it is: nothing was missed.")
    else:
        counts = ", ".join(f"{number} {kind.value}" for kind, number in version.counts.items() if number)
        out.print(f"{counts}, {version.unchanged} unchanged", style="bold")
        table = Table("", "session", "was", "is", "why", box=None, pad_edge=False)
        for change in _work(version):
            table.add_row(change.kind.value, change.item.title, *_days(change), change.reason)
        out.print(table)
        reviews = len(version.changes) - len(_work(version))
        if reviews:
            out.print(f"{reviews} reviews follow what you will have finished by then.", style="dim")
    out.print(version.plan.verdict, markup=False)
    if version.plan.finish != plan.finish:
        out.print(f"The finish moves from {plan.finish:%d %B %Y} to {version.plan.finish:%d %B %Y}.")


def _work(version: Replan) -> list[Change]:
    return [change for change in version.changes if change.item.activity is not Activity.REVIEW]


def _days(change: Change) -> tuple[str, str]:
    before, after = change.before, change.after
    return (f"{before.date:%a %d %b}" if before else "", f"{after.date:%a %d %b}" if after else "")


def _record(version: Replan, plan: StudyPlan) -> dict[str, object]:
    return {
        "counts": {kind.value: number for kind, number in version.counts.items()},
        "unchanged": version.unchanged,
        "makes_room": version.makes_room,
        "feasible": version.plan.feasible,
        "verdict": version.plan.verdict,
        "finish_before": plan.finish.isoformat(),
        "finish": version.plan.finish.isoformat(),
        "changes": [
            {
                "kind": change.kind.value,
                "key": change.item.key,
                "title": change.item.title,
                "was": change.before.date.isoformat() if change.before else None,
                "is": change.after.date.isoformat() if change.after else None,
                "reason": change.reason,
            }
            for change in version.changes
        ],
    }
