"""What: real topics and resources, all that is needed and nothing else, and minutes that add up.

Owns: the promises about contents. Refuses: working out what they are measured against (``facts``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from assistant.planning import Activity
from evals.plans.lint.facts import Facts, likely_minutes
from evals.plans.lint.rules import Found, Rule


def names(facts: Facts) -> Found:
    """Everything is a real topic or resource, and has a name of its own."""
    known = {one.id: one for one in facts.catalogue}
    for key, count in Counter(item.key for item in facts.plan.items).items():
        if count > 1:
            yield Rule.KEY, f"{key} {count} times"
    for item in facts.plan.items:
        topic = facts.curriculum.topics.get(item.topic)
        if topic is None or topic.module != item.module:
            yield Rule.TOPIC, f"{item.topic} in module {item.module}"
        for one in item.resources:
            if one not in known or item.topic not in known[one].topics:
                yield Rule.RESOURCE, f"{one} for {item.topic}"


def contents(facts: Facts) -> Found:
    """What is needed is there or reported, and nothing else is there."""
    planned = facts.studied.keys()
    for topic in sorted(facts.needed - planned - facts.left_out - facts.spent_up):
        yield Rule.MISSING, topic
    for topic in sorted(planned - facts.kept):
        yield Rule.UNWANTED, topic
    if facts.plan.feasible:
        for topic in sorted((facts.kept - planned - facts.spent_up) & facts.left_out):
            yield Rule.VERDICT, f"feasible without {topic}"
    if facts.plan.ways_out is None or facts.plan.ways_out.can_drop:
        for topic in sorted(facts.request.pinned - facts.request.known - planned - facts.spent_up):
            yield Rule.PIN, topic


def minutes(facts: Facts) -> Found:
    """The minutes of each topic and of the whole are what the roadmap says, and parts are counted right."""
    done = dict(facts.request.done_minutes)
    spent = facts.lived.spent if facts.lived else {}
    for topic, minutes in facts.studied.items():
        if topic in facts.curriculum.topics and not (facts.lived and topic in facts.left_out):
            expected = facts.likely(topic) - done.get(topic, 0) - spent.get(topic, 0)
            if minutes != expected:
                yield Rule.MINUTES, f"{topic}: {minutes}, not {expected}"
    for item in facts.plan.items:
        if item.minutes <= 0:
            yield Rule.MINUTES, f"{item.key}: {item.minutes}"
    if facts.lived is None:
        yield from _projects(facts, done)
        yield from _total(facts)
        yield from _parts(facts)


def _projects(facts: Facts, done: Mapping[str, int]) -> Found:
    minutes: Counter[int] = Counter()
    for item in facts.plan.items:
        if item.activity is Activity.PROJECT:
            minutes[item.module] += item.minutes
    for module in facts.curriculum.modules:
        likely = likely_minutes(module.project_hours, facts.request.pace_percent)
        expected = likely - done.get(f"project:{module.id}", 0)
        if minutes[module.number] not in (0, expected):
            yield Rule.MINUTES, f"project of module {module.number}: {minutes[module.number]}, not {expected}"


def _total(facts: Facts) -> Found:
    work = sum(item.minutes for item in facts.plan.items if item.activity is not Activity.REVIEW)
    dropped = facts.plan.ways_out.drop_minutes if facts.plan.ways_out else 0
    if work != facts.plan.minutes_total - dropped:
        yield Rule.MINUTES, f"work: {work}, not {facts.plan.minutes_total - dropped}"


def _parts(facts: Facts) -> Found:
    parts: dict[tuple[str, Activity], list[tuple[int, int]]] = defaultdict(list)
    for item in facts.plan.items:
        parts[item.topic, item.activity].append((item.part, item.parts))
    for (topic, activity), numbers in parts.items():
        if numbers != [(place + 1, len(numbers)) for place in range(len(numbers))]:
            yield Rule.MINUTES, f"parts of {topic}:{activity.value}"
