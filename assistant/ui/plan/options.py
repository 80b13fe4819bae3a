"""The three ways out of a plan that does not fit, in words.

Owns: each way's heading, sentence and button. Pure. Refuses: finding the ways out (``assistant.planning.ways_out``).
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.curriculum import Curriculum
from assistant.planning import StudyPlan, WayOut, WaysOut
from assistant.planning.wording import count_text, date_text, duration_text, list_text

_NAMED = 6


@dataclass(frozen=True, slots=True)
class Option:
    """A way out as a card; without a ``button`` it is none, and ``text`` says why."""

    way: WayOut
    heading: str
    text: str
    button: str = ""
    names: tuple[str, ...] = ()
    """What would be dropped, the first few named; ``rest`` more are not."""
    rest: tuple[str, ...] = ()


def options_of(plan: StudyPlan, curriculum: Curriculum) -> tuple[Option, ...]:
    """The three cards, always in the same order; none where the plan fits."""
    if plan.ways_out is None:
        return ()
    return _later(plan, plan.ways_out), _more(plan, plan.ways_out), _drop(plan.ways_out, curriculum)


def _later(plan: StudyPlan, ways_out: WaysOut) -> Option:
    days = (ways_out.finish - plan.deadline).days if plan.deadline else 0
    text = f"Everything is done on {date_text(ways_out.finish)}"
    text += f", {count_text(days, 'day')} after your deadline" if days > 0 else ""
    return Option(
        WayOut.FINISH_LATER,
        "Finish later",
        f"{text}, at {duration_text(plan.minutes_per_week)} a week.",
        f"Finish by {date_text(ways_out.finish)}",
    )


def _more(plan: StudyPlan, ways_out: WaysOut) -> Option:
    if ways_out.minutes_per_week is None:
        return Option(WayOut.STUDY_MORE, "Study more", "No number of hours a week would be enough by your deadline.")
    hours = duration_text(ways_out.minutes_per_week)
    more = duration_text(ways_out.minutes_per_week - plan.minutes_per_week)
    return Option(
        WayOut.STUDY_MORE,
        "Study more",
        f"Everything fits at {hours} a week, {more} more than now.",
        f"Study {hours} a week",
    )


def _drop(ways_out: WaysOut, curriculum: Curriculum) -> Option:
    if not ways_out.can_drop:
        return Option(WayOut.DROP, "Drop topics", "Dropping topics is no way out: too little would be left.")
    parts = []
    if ways_out.drop:
        parts.append(count_text(len(ways_out.drop), "topic"))
    if ways_out.drop_projects:
        parts.append(count_text(len(ways_out.drop_projects), "project"))
    dropped = list_text(parts)
    if not ways_out.proven:
        proof = f"Perhaps up to {ways_out.gap:.1%} more topics could be kept; the search ended before the proof."
    elif ways_out.drop_lost:
        proof = "Proven: no other choice loses fewer topics of your goal."
    else:
        proof = "Proven: no topic that you asked for is lost."
    names = _names(ways_out, curriculum)
    return Option(
        WayOut.DROP,
        "Drop topics" if ways_out.drop else "Drop projects",
        f"{dropped[0].upper()}{dropped[1:]} fewer, {duration_text(ways_out.drop_minutes)} of work. {proof}",
        f"Drop {dropped}",
        names[:_NAMED],
        names[_NAMED:],
    )


def _names(ways_out: WaysOut, curriculum: Curriculum) -> tuple[str, ...]:
    titles = [curriculum.topics[topic].title for topic in ways_out.drop if topic in curriculum.topics]
    projects = [
        f"Project of module {module.number}, {module.title}"
        for module in curriculum.modules
        if module.id in ways_out.drop_projects
    ]
    return (*titles, *projects)
