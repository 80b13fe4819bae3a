"""``study done``: telling what was studied, or is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from assistant.cli.completing import complete_references
from assistant.cli.opening import open_plans
from assistant.cli.options import AsJson
from assistant.console import out, print_json
from assistant.errors import InvalidInput
from assistant.planning.wording import count_text, duration_text
from assistant.progress import EntryStatus, TopicState
from assistant.service import Assistant
from assistant.study_plans import StudyPlans

References = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KEY|TOPIC]...",
        help="Keys of `study today`, or topic ids, module ids or module numbers; without any, what is due next.",
        autocompletion=complete_references,
    ),
]
Minutes = Annotated[int | None, typer.Option("--minutes", metavar="N", help="How long it took; else as planned.")]
Partly = Annotated[bool, typer.Option("--partly", help="It was begun and not finished.")]
Skip = Annotated[bool, typer.Option("--skip", help="It was passed over.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take back: these topics, or without any the last session.")]


def done(
    references: References = None,
    minutes: Minutes = None,
    partly: Partly = False,
    skip: Skip = False,
    undo: Undo = False,
    as_json: AsJson = False,
) -> None:
    """Record a session of your plan, or topics and modules that you know; answers and plans build on it."""
    if partly and skip:
        raise InvalidInput("Give --partly or --skip, not both.")
    assistant, plans = open_plans()
    status = EntryStatus.PARTLY if partly else EntryStatus.SKIPPED if skip else EntryStatus.DONE
    keys = [reference for reference in references or () if ":" in reference]
    if undo and not references:
        _undo(plans, as_json)
    elif keys or not references:
        if len(keys) < len(references or ()):
            raise InvalidInput("Give keys of sessions or topics, not both at once.")
        _log(plans, keys or [_next(plans)], status, minutes, as_json)
    else:
        _mark(assistant, plans, references or (), TopicState.UNKNOWN if undo else TopicState.DONE, as_json)


def _next(plans: StudyPlans) -> str:
    due = plans.today_items() or plans.today_items(minutes=24 * 60)
    if not due:
        raise InvalidInput("Your plan holds nothing more to do.")
    return due[0].item.key


def _log(plans: StudyPlans, keys: Sequence[str], status: EntryStatus, minutes: int | None, as_json: bool) -> None:
    items = [plans.log(key, status, minutes) for key in keys]
    pace = plans.must_follow().pace
    if as_json:
        print_json({
            "logged": [{"key": item.key, "status": status.value, "minutes": minutes} for item in items],
            "pace": round(pace.factor, 3),
        })  # fmt: skip
        return
    for item in items:
        out.print(f"{item.title}, {item.activity.value}: {status.value}.", markup=False)


def _undo(plans: StudyPlans, as_json: bool) -> None:
    last = plans.unlog()
    if as_json:
        print_json({"taken_back": last.item if last else None})
    elif last is None:
        out.print("No session is recorded yet.")
    else:
        out.print(f"Taken back: {last.item}, {duration_text(last.minutes)}.", markup=False)


def _mark(assistant: Assistant, plans: StudyPlans, references: Sequence[str], state: TopicState, as_json: bool) -> None:
    study = plans.study
    topics = [topic for reference in references for topic in assistant.curriculum.resolve(reference)]
    study.mark(topics, state)
    standing = study.standing()
    is_done = state is TopicState.DONE
    if as_json:
        level = standing.level.value if standing.level else None
        print_json({"topics": topics, "done": is_done, "known": len(standing.known), "level": level})
        return
    known = f"you know {len(standing.known)} of {len(assistant.curriculum.topics)}"
    out.print(f"{count_text(len(topics), 'topic')} {'done' if is_done else 'to be learned'}; {known}.", markup=False)
