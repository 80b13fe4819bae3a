"""Why a topic is in the plan, and why one is not: one sentence each, from the edges of the graph.

Owns: choosing the edge that says most, and the sentence. Refuses: changing what is scheduled.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from itertools import product

from assistant.curriculum import Curriculum
from assistant.domain import Prerequisite, Topic
from assistant.planning.selection import LeftOut, Selection, topic_minutes
from assistant.planning.wording import date_text, duration_text

_GOAL = "A goal of this plan"


def reasons_to_study(curriculum: Curriculum, selection: Selection, targets: Collection[str]) -> Mapping[str, str]:
    """One sentence for each scheduled topic, by id.

    What a topic unlocks says most: the first dependent in the plan, hard edges before soft ones, and only then one
    that did not fit. A chosen target is named as one. A topic that nothing waits for names what it builds on, or
    else its module.
    """
    unlocks: dict[str, tuple[Topic, Prerequisite]] = {}
    unfit = [left_out.topic for left_out in selection.left_out]
    for dependents, hard in product((selection.scheduled, unfit), (True, False)):
        for topic in dependents:
            for edge in topic.prerequisites:
                if edge.hard is hard:
                    unlocks.setdefault(edge.id, (topic, edge))
    planned = {topic.id: place for place, topic in enumerate(selection.scheduled)}
    reasons: dict[str, str] = {}
    for topic in selection.scheduled:
        use = ""
        if topic.id in unlocks:
            dependent, edge = unlocks[topic.id]
            use = _use_sentence(dependent, edge, fits=dependent.id in planned)
        if topic.id in targets:
            reasons[topic.id] = f"{_GOAL}, and {use[0].lower()}{use[1:]}" if use else f"{_GOAL}."
        else:
            reasons[topic.id] = use or _base_sentence(curriculum, topic, planned)
    return reasons


def reason_left_out(left_out: LeftOut, deadline: date) -> str:
    """One sentence on why a needed topic is not scheduled before the deadline."""
    if left_out.missing:
        names = " and ".join(f"“{topic.title}”" for topic in left_out.missing)
        does = "does" if len(left_out.missing) == 1 else "do"
        return f"Needs {names} first, which {does} not fit before the deadline, {date_text(deadline)}."
    need = duration_text(topic_minutes(left_out.topic))
    left = f"only {duration_text(left_out.minutes_left)}" if left_out.minutes_left else "no time"
    return f"Needs {need}, and {left} is left before the deadline, {date_text(deadline)}."


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
