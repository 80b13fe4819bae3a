"""``study today``: what to do now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Column, Table

from assistant.cli.opening import open_plans
from assistant.cli.options import AsJson
from assistant.console import err, out, print_json
from assistant.domain import Resource
from assistant.planning.wording import count_text, duration_text
from assistant.practice.rounds import Round
from assistant.replanning import Proposal
from assistant.replanning.replanner import missed
from assistant.service import Assistant

_MOST_SHAKY = 3
Minutes = Annotated[
    int | None, typer.Option("--minutes", metavar="N", help="You have only this long: the best use of it.")
]


def today(minutes: Minutes = None, as_json: AsJson = False) -> None:
    """Show what your plan has for today, or the best use of the minutes you have."""
    assistant, plans = open_plans()
    followed = plans.must_follow()
    proposals = plans.today_items(minutes)
    shaky = plans.shaky()[:_MOST_SHAKY]
    practice = _practice(assistant)
    late = missed(followed.plan, followed.ledger, plans.today)
    if gone := plans.study.gone():
        err.print(f"No longer on the roadmap, and kept on record: {', '.join(gone)}", style="yellow", markup=False)
    if as_json:
        print_json({
            "date": plans.today.isoformat(), "plan": followed.name, "missed": len(late),
            "minutes": sum(each.minutes for each in proposals), "items": [_record(each) for each in proposals],
            "practice": {"cards": len(practice.cards), "minutes": practice.minutes} if practice else None,
            "shaky": [{"topic": each.topic, "known": round(each.share, 3)} for each in shaky],
        })  # fmt: skip
        return
    if not proposals:
        out.print("Nothing is planned for today. With `study today --minutes 25` you can go on all the same.")
    _print(proposals, {resource.id: resource for resource in assistant.catalogue})
    if proposals:
        err.print("When done: study done, or study done KEY --minutes N", style="dim")
    for each in shaky:
        title = assistant.curriculum.topics[each.topic].title
        out.print(
            f"Shaky: {title}, {each.share:.0%} known by its questions. study quiz --topic {each.topic}",
            markup=False,
            soft_wrap=True,
        )
    if practice and practice.cards:
        questions = count_text(len(practice.cards), "question")
        out.print(f"To practise: {questions}, about {practice.minutes} min. study quiz", markup=False)
    if late and minutes is None:
        err.print(f"{count_text(len(late), 'session')} from before today: study replan", style="yellow")


def _practice(assistant: Assistant) -> Round | None:
    practising = assistant.practising()
    return practising.round(practising.look()) if practising else None


def _print(proposals: Sequence[Proposal], catalogue: dict[str, Resource]) -> None:
    total = sum(each.minutes for each in proposals)
    if proposals:
        out.print(f"{duration_text(total)} of study", style="bold")
    key = Column("key", overflow="fold")
    table = Table("", "", "", key, box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    for each in proposals:
        item = each.item
        note = " (missed)" if each.is_late else "" if each.is_whole else " (begin it)"
        note += " (short: well known)" if each.is_shortened else ""
        table.add_row(f"{each.minutes} min", item.activity.value, f"{item.title}{note}", item.key)
    out.print(table)
    told: set[str] = set()
    for each in proposals:
        if each.item.why not in told:
            out.print(f"\n{each.item.title}: {each.item.why}", style="dim", markup=False)
        told.add(each.item.why)
        for resource in (catalogue[one] for one in each.item.resources if one in catalogue):
            out.print(f"  {resource.title}, {duration_text(resource.minutes)}: {resource.url}", markup=False)


def _record(each: Proposal) -> dict[str, object]:
    item = each.item
    return {
        "key": item.key, "topic": item.topic, "module": item.module, "title": item.title,
        "activity": item.activity.value, "minutes": each.minutes, "whole": each.is_whole, "missed": each.is_late,
        "shortened": each.is_shortened,
        "why": item.why, "resources": list(item.resources),
    }  # fmt: skip
