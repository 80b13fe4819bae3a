"""``study plans``: the plans you keep, and the one you follow as a calendar file."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli.opening import open_plans
from assistant.cli.options import AsJson
from assistant.console import err, make_app, out, print_json
from assistant.errors import InvalidInput
from assistant.plan_store import SavedPlan
from assistant.planning.calendar_file import DEFAULT_TIME, time_zone
from assistant.study_plans import StudyPlans

app = make_app("The plans you keep.", needs_command=False)

PlanId = Annotated[int, typer.Argument(metavar="ID", help="The plan's number in `study plans`.")]
NewName = Annotated[str, typer.Argument(metavar="NAME")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask back.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]
At = Annotated[datetime, typer.Option("--at", formats=["%H:%M"], help="When a day's study begins.")]
Zone = Annotated[str, typer.Option("--timezone", metavar="NAME", help="Such as Europe/Berlin; this machine's else.")]


@app.callback(invoke_without_command=True)
def plans(context: typer.Context, as_json: AsJson = False) -> None:
    """List your plans, the one you follow first."""
    if context.invoked_subcommand is None:
        _list(_open(), as_json)


@app.command("open")
def open_plan(plan_id: PlanId, as_json: AsJson = False) -> None:
    """Follow another of your plans."""
    kept = _open()
    kept.study.journal.plans.open(kept.study.learner.id, plan_id, kept.study.now())
    _list(kept, as_json)


@app.command()
def rename(plan_id: PlanId, name: NewName, as_json: AsJson = False) -> None:
    """Give a plan another name."""
    kept = _open()
    kept.study.journal.plans.rename(kept.study.learner.id, plan_id, name)
    _list(kept, as_json)


@app.command()
def delete(plan_id: PlanId, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete a plan with all its versions; what you studied by it stays done."""
    kept = _open()
    if as_json and not yes:
        raise InvalidInput("With --json nothing can be asked back. Add --yes to delete the plan.")
    if not yes:
        typer.confirm(f"Delete plan {plan_id} for good?", abort=True, err=True)
    kept.study.journal.plans.delete(kept.study.learner.id, plan_id)
    _list(kept, as_json)


@app.command()
def calendar(
    output: Output = None,
    at: At = datetime.combine(datetime.min, DEFAULT_TIME),  # noqa: B008 - a constant
    timezone: Zone = "",
) -> None:
    """Print the plan you follow as an iCalendar file; importing it again later updates what you imported."""
    content = _open().ical(time_zone(timezone or _local_zone()), at.time())
    if output is None:
        sys.stdout.write(content.decode())
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise InvalidInput(f"{output} cannot be written: {error.strerror}. Name another file.") from error
    err.print(f"Wrote {output}.", markup=False, soft_wrap=True)


def _local_zone() -> str:
    from tzlocal import get_localzone_name  # noqa: PLC0415 - only a calendar file needs it

    return str(get_localzone_name() or "UTC")


def _open() -> StudyPlans:
    return open_plans()[1]


def _list(kept: StudyPlans, as_json: bool) -> None:
    found = kept.study.journal.learners.find(kept.study.name)
    saved = kept.study.journal.plans.all(found.id) if found else ()
    if as_json:
        print_json({"plans": [_record(each, is_followed=not place) for place, each in enumerate(saved)]})
        return
    if not saved:
        err.print("No plans yet. Make one with: study plan --hours-per-week 6 --follow")
        return
    table = Table("id", "name", "changed", "", box=None, pad_edge=False)
    for place, each in enumerate(saved):
        table.add_row(str(each.id), each.name, f"{each.made_at.astimezone():%Y-%m-%d}", "" if place else "followed")
    out.print(table)


def _record(saved: SavedPlan, *, is_followed: bool) -> dict[str, object]:
    return {
        "id": saved.id, "name": saved.name, "followed": is_followed, "reason": saved.reason,
        "made_at": saved.made_at.isoformat(), "finish": saved.plan.get("finish"), "verdict": saved.plan.get("verdict"),
    }  # fmt: skip
