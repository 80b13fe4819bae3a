"""Why something is in the plan, and why something is not: a sentence or two each, from the edges of the graph.

Owns: choosing the edge that says most, and the sentences. Refuses: changing what is scheduled.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import product

from assistant.curriculum import Curriculum
from assistant.domain import Prerequisite, Topic
from assistant.planning.plan import Activity
from assistant.planning.reviews import Review
from assistant.planning.units import Unit
from assistant.planning.wording import count_text, date_text, duration_text, list_text

_GOAL = "A goal of this plan"


def reasons_to_study(
    curriculum: Curriculum, planned: Sequence[Topic], unfit: Sequence[Topic], targets: Collection[str]
) -> Mapping[str, str]:
    """One sentence for each planned topic, by id; ``unfit`` are topics that the goal needs and that do not fit.

    What a topic unlocks says most: the first dependent in the plan, hard edges before soft ones, and only then one
    that did not fit. A chosen target is named as one. A topic that nothing waits for names what it builds on, or
    else its module.
    """
    unlocks: dict[str, tuple[Topic, Prerequisite]] = {}
    for dependents, hard in product((planned, unfit), (True, False)):
        for topic in dependents:
            for edge in topic.prerequisites:
                if edge.hard is hard:
                    unlocks.setdefault(edge.id, (topic, edge))
    places = {topic.id: place for place, topic in enumerate(planned)}
    reasons: dict[str, str] = {}
    for topic in planned:
        use = ""
        if topic.id in unlocks:
            dependent, edge = unlocks[topic.id]
            use = _use_sentence(dependent, edge, fits=dependent.id in places)
        if topic.id in targets:
            reasons[topic.id] = f"{_GOAL}, and {use[0].lower()}{use[1:]}" if use else f"{_GOAL}."
        else:
            reasons[topic.id] = use or _base_sentence(curriculum, topic, places)
    return reasons


def reason_for_unit(unit: Unit, reasons: Mapping[str, str], slack_days: int | None) -> str:
    """Why this unit is where it is; ``slack_days`` is by how many days it could end later, None without a deadline."""
    if unit.activity is Activity.QUIZ:
        why = f"Shows what you have kept of module {unit.topic.module} before you go on."
    elif unit.activity is Activity.PROJECT:
        why = f"Puts module {unit.topic.module} to work as a whole."
    else:
        why = reasons[unit.topic.id]
    if slack_days is None:
        return why
    return f"{why} {count_text(slack_days, 'day')} of slack." if slack_days else f"{why} No slack."


def reason_to_review(review: Review) -> str:
    """One sentence on why this topic is reviewed on this day."""
    late = (review.day - review.due).days
    overdue = f", {count_text(late, 'day')} overdue" if late else ""
    return f"Due for review{overdue}: last studied on {date_text(review.studied)}."


def reason_dropped(
    topic: Topic, minutes: int, missing: Sequence[Topic], served: Sequence[Topic], deadline: date
) -> str:
    """Why a topic is not scheduled before the deadline.

    ``missing``: its hard prerequisites that do not fit. ``served``: what alone needs it and does not fit; empty for a
    topic of the goal itself.
    """
    before = f"fit before the deadline, {date_text(deadline)}"
    if missing:
        return f"Needs {_names(missing)} first, which {_do(missing)} not {before}."
    if served:
        return f"Only needed for {_names(served)}, which {_do(served)} not {before}."
    return f"Takes {duration_text(minutes)}, which do not {before}."


def reason_excluded(topic: Topic, excluded: Sequence[Topic]) -> str:
    """Why a topic is left out at the learner's wish: it is one of ``excluded``, or needs them."""
    if topic in excluded:
        return "You left it out."
    return f"Needs {_names(excluded)}, which you left out."


def reason_orphan(served: Sequence[Topic]) -> str:
    """Why a topic is not needed any more: only these needed it, and they are left out."""
    return f"Only needed for {_names(served)}, which {'is' if len(served) == 1 else 'are'} left out."


def _names(topics: Sequence[Topic]) -> str:
    return list_text([f"“{topic.title}”" for topic in topics])


def _do(topics: Sequence[Topic]) -> str:
    return "does" if len(topics) == 1 else "do"


def _use_sentence(dependent: Topic, edge: Prerequisite, *, fits: bool) -> str:
    verb = "Needed for" if edge.hard else "Helps with"
    return _with_reason(f"{verb} “{dependent.title}”{'' if fits else ', which does not fit yet'}", edge)


def _base_sentence(curriculum: Curriculum, topic: Topic, planned: Mapping[str, int]) -> str:
    bases = [edge for edge in topic.prerequisites if edge.id in planned]
    if not bases:
        return f"Part of module {topic.module}, {curriculum.module(topic.module).title}."
    # The hard prerequisite studied last is the one freshest in mind.
    nearest = max(bases, key=lambda edge: (edge.hard, planned[edge.id]))
    return _with_reason(f"Builds on “{curriculum.topics[nearest.id].title}”", nearest)


def _with_reason(claim: str, edge: Prerequisite) -> str:
    reason = " ".join(edge.reason.split()).rstrip(".")
    return f"{claim}: {reason}." if reason else f"{claim}."
