"""The plan lint: every promise of the planner that a plan breaks, by name.

Owns: checking a plan against its request and the roadmap. Everything is recomputed from those two; of the planner's
code only its value objects and its JSON are used, so that a mistake there is not repeated here. Refuses: making plans,
and what only a new version of a plan promises (``evals.plans.lives``).
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib import resources
from itertools import pairwise

from jsonschema import Draft202012Validator

from assistant.curriculum import Curriculum
from assistant.domain import Resource
from assistant.planning import Activity, PlanRequest, StudyItem, StudyPlan, plan_from_json, plan_to_json

_DAY = timedelta(days=1)
_WEEK_DAYS = 7
_GRID_MINUTES = 5
_SHORTEST_MINUTES = 10
_STEP_MINUTES = 15
_LONGEST_DAY_MINUTES = 960
_FROZEN_DAYS = 2


class Rule(StrEnum):
    """What a plan promises, named by how it breaks."""

    ORDER = "prerequisite after its dependent"
    BASE = "prerequisite neither planned nor known"
    DAY = "day over its cap"
    WEEK = "week over its hours"
    EARLY = "before the start"
    LATE = "after the deadline"
    CALENDAR = "item outside its week or out of order"
    TOPIC = "unknown topic"
    RESOURCE = "unknown resource"
    MISSING = "needed topic neither planned nor left out with a reason"
    UNWANTED = "topic that the request does not ask for"
    PIN = "pinned topic not planned"
    KEY = "key given twice"
    MINUTES = "minutes do not add up"
    REVIEW = "review outside its lane"
    VERDICT = "verdict that the plan contradicts"
    JSON = "JSON that does not give the plan back"
    SCHEMA = "JSON that breaks its schema"
    DONE = "done work that changed"
    FROZEN = "next two days that changed"
    PAST = "open work left in the past"
    UNTOLD = "change that the diff does not tell"


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that is broken, and where."""

    rule: Rule
    where: str

    def __str__(self) -> str:
        return f"{self.rule.value}: {self.where}"


@dataclass(frozen=True, slots=True)
class Lived:
    """What has become of a plan: ``done`` are keys of its items, ``spent`` minutes of topics begun and not done.

    What is done, and days before ``frozen_until``, are as life had them and keep to no cap.
    """

    today: date
    done: frozenset[str] = frozenset()
    spent: Mapping[str, int] = field(default_factory=dict)

    @property
    def frozen_until(self) -> date:
        """The first day that may change."""
        return self.today + _FROZEN_DAYS * _DAY


def violations(
    plan: StudyPlan,
    request: PlanRequest,
    curriculum: Curriculum,
    catalogue: Sequence[Resource] = (),
    lived: Lived | None = None,
) -> tuple[Violation, ...]:
    """Every promise that the plan breaks; ``lived`` is given for a later version of a plan that is followed."""
    lint = _Lint(plan, request, curriculum, catalogue, lived)
    checks = (
        lint.names,
        lint.calendar,
        lint.caps,
        lint.order,
        lint.contents,
        lint.minutes,
        lint.reviews,
        lint.verdict,
        lint.written_down,
    )
    return tuple(Violation(rule, where) for check in checks for rule, where in check())


def likely_minutes(hours: float, pace_percent: int) -> int:
    """The time of a topic or project at this pace, rounded to five minutes, half up, and never below ten."""
    steps = math.floor(hours * 60 * pace_percent / 100 / _GRID_MINUTES + 0.5)
    return max(_SHORTEST_MINUTES, steps * _GRID_MINUTES)


_Found = Iterator[tuple[Rule, str]]
_LEARNING = frozenset({Activity.READ, Activity.PRACTISE})


@dataclass(frozen=True)
class _Lint:
    plan: StudyPlan
    request: PlanRequest
    curriculum: Curriculum
    catalogue: Sequence[Resource]
    lived: Lived | None

    @cached_property
    def open_items(self) -> tuple[StudyItem, ...]:
        """What is still to be done."""
        done = self.lived.done if self.lived else frozenset[str]()
        return tuple(item for item in self.plan.items if item.key not in done)

    @cached_property
    def studied(self) -> Mapping[str, int]:
        """Topic id -> minutes of reading and practice in the plan."""
        minutes: Counter[str] = Counter()
        for item in self.plan.items:
            if item.activity in _LEARNING:
                minutes[item.topic] += item.minutes
        return minutes

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Topics that the plan says it does not hold, with a reason."""
        return frozenset(one.topic for one in self.plan.unscheduled if one.activity is None and one.reason.strip())

    @cached_property
    def spent_up(self) -> frozenset[str]:
        """Topics of which nothing is left to do."""
        done = dict(self.request.done_minutes)
        return frozenset(one for one in done.keys() & self.curriculum.topics if done[one] >= self._likely(one))

    @cached_property
    def needed(self) -> frozenset[str]:
        """What the wish needs and is not known, exclusions aside."""
        return self._closure({*(self.request.targets or self.curriculum.topics), *self.request.pinned})

    @cached_property
    def kept(self) -> frozenset[str]:
        """What of it is left without the excluded topics, what builds on them, and what only those needed."""
        out = set(self.needed & self.request.excluded)
        while more := {one for one in self.needed - out if self._hard(one) & out}:
            out |= more
        wanted = {*(self.request.targets or self.curriculum.topics), *self.request.pinned}
        return self._closure(wanted - out)

    def names(self) -> _Found:
        """Everything is a real topic or resource, and has a name of its own."""
        known = {one.id: one for one in self.catalogue}
        for key, count in Counter(item.key for item in self.plan.items).items():
            if count > 1:
                yield Rule.KEY, f"{key} {count} times"
        for item in self.plan.items:
            topic = self.curriculum.topics.get(item.topic)
            if topic is None or topic.module != item.module:
                yield Rule.TOPIC, f"{item.topic} in module {item.module}"
            for one in item.resources:
                if one not in known or item.topic not in known[one].topics:
                    yield Rule.RESOURCE, f"{one} for {item.topic}"

    def calendar(self) -> _Found:
        """Nothing before the start or after the deadline, in the order of days, in its week."""
        first = self.request.start if self.lived is None else self.lived.today
        for item in self.open_items:
            if item.date < first:
                yield (Rule.EARLY if self.lived is None else Rule.PAST), f"{item.key} on {item.date}"
            if self.request.deadline is not None and item.date > self.request.deadline:
                yield Rule.LATE, f"{item.key} on {item.date}"
        for before, after in pairwise(self.plan.items):
            if after.date < before.date:
                yield Rule.CALENDAR, f"{after.key} on {after.date} follows {before.date}"
        for week in self.plan.weeks:
            start = self.request.start + (week.number - 1) * _WEEK_DAYS * _DAY
            outside = [one for one in week.items if not start <= one.date < start + _WEEK_DAYS * _DAY]
            if week.start != start or outside:
                yield Rule.CALENDAR, f"week {week.number}"

    def caps(self) -> _Found:
        """No day holds more than the learner gives it, and no week more than its hours."""
        free_from = self.lived.frozen_until if self.lived else date.min
        days: dict[date, int] = defaultdict(int)
        weeks: dict[int, int] = defaultdict(int)
        for item in self.open_items:
            if item.date >= free_from:
                days[item.date] += item.minutes
                weeks[(item.date - self.request.start).days // _WEEK_DAYS] += item.minutes
        for day, minutes in days.items():
            if minutes > self._cap(day):
                yield Rule.DAY, f"{day}: {minutes} of {self._cap(day)} min"
        for number, minutes in weeks.items():
            start = self.request.start + number * _WEEK_DAYS * _DAY
            most = self.request.minutes_per_week + sum(
                extra for day, extra in self.request.exceptions if start <= day < start + _WEEK_DAYS * _DAY
            )
            if minutes > most:
                yield Rule.WEEK, f"week {number + 1}: {minutes} of {most} min"

    def order(self) -> _Found:
        """Every prerequisite is finished before what builds on it begins, and none is simply absent."""
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        for place, item in enumerate(self.open_items):
            if item.activity in _LEARNING:
                first.setdefault(item.topic, place)
                last[item.topic] = place
        held = self.studied.keys() | self.request.known | self.spent_up
        for topic, begins in first.items():
            for edge in sorted(self._edges(topic)):
                if edge in last and last[edge] >= begins:
                    yield Rule.ORDER, f"{edge} after {topic}"
            for edge in sorted(self._hard(topic) - held):
                yield Rule.BASE, f"{edge} of {topic}"
        begun: set[int] = set()
        for item in self.open_items:
            if item.activity is Activity.PROJECT:
                begun.add(item.module)
            elif item.activity in _LEARNING and item.module in begun:
                yield Rule.ORDER, f"{item.topic} after the project of module {item.module}"

    def contents(self) -> _Found:
        """What is needed is there or reported, and nothing else is there."""
        planned = self.studied.keys()
        for topic in sorted(self.needed - planned - self.left_out - self.spent_up):
            yield Rule.MISSING, topic
        for topic in sorted(planned - self.kept):
            yield Rule.UNWANTED, topic
        if self.plan.feasible:
            for topic in sorted((self.kept - planned - self.spent_up) & self.left_out):
                yield Rule.VERDICT, f"feasible without {topic}"
        if self.plan.ways_out is None or self.plan.ways_out.can_drop:
            for topic in sorted(self.request.pinned - self.request.known - planned - self.spent_up):
                yield Rule.PIN, topic

    def minutes(self) -> _Found:
        """The minutes of each topic and of the whole are what the roadmap says, and parts are counted right."""
        done = dict(self.request.done_minutes)
        spent = self.lived.spent if self.lived else {}
        for topic, minutes in self.studied.items():
            if topic in self.curriculum.topics and not (self.lived and topic in self.left_out):
                expected = self._likely(topic) - done.get(topic, 0) - spent.get(topic, 0)
                if minutes != expected:
                    yield Rule.MINUTES, f"{topic}: {minutes}, not {expected}"
        for item in self.plan.items:
            if item.minutes <= 0:
                yield Rule.MINUTES, f"{item.key}: {item.minutes}"
        if self.lived is None:
            yield from self._projects(done)
            yield from self._total()
            yield from self._parts()

    def _projects(self, done: Mapping[str, int]) -> _Found:
        minutes: Counter[int] = Counter()
        for item in self.plan.items:
            if item.activity is Activity.PROJECT:
                minutes[item.module] += item.minutes
        for module in self.curriculum.modules:
            likely = likely_minutes(module.project_hours, self.request.pace_percent)
            expected = likely - done.get(f"project:{module.id}", 0)
            if minutes[module.number] not in (0, expected):
                yield Rule.MINUTES, f"project of module {module.number}: {minutes[module.number]}, not {expected}"

    def _total(self) -> _Found:
        work = sum(item.minutes for item in self.plan.items if item.activity is not Activity.REVIEW)
        dropped = self.plan.ways_out.drop_minutes if self.plan.ways_out else 0
        if work != self.plan.minutes_total - dropped:
            yield Rule.MINUTES, f"work: {work}, not {self.plan.minutes_total - dropped}"

    def _parts(self) -> _Found:
        parts: dict[tuple[str, Activity], list[tuple[int, int]]] = defaultdict(list)
        for item in self.plan.items:
            parts[item.topic, item.activity].append((item.part, item.parts))
        for (topic, activity), numbers in parts.items():
            if numbers != [(place + 1, len(numbers)) for place in range(len(numbers))]:
                yield Rule.MINUTES, f"parts of {topic}:{activity.value}"

    def reviews(self) -> _Found:
        """Only what is finished is reviewed, on later and later days, in no more than its share of the time."""
        learned = {item.topic: item.date for item in self.plan.items if item.activity in _LEARNING}
        reviews = [item for item in self.plan.items if item.activity is Activity.REVIEW]
        last: dict[str, date] = {}
        for item in reviews:
            if self.lived and item.date < self.lived.frozen_until:
                continue
            since = last.get(item.topic, learned.get(item.topic, date.max))
            if item.date <= since:
                yield Rule.REVIEW, f"{item.key} on {item.date}, studied on {since}"
            last[item.topic] = item.date
        if reviews and self.lived is None:
            weeks = (reviews[-1].date - self.request.start).days // _WEEK_DAYS + 1
            given = weeks * self.request.minutes_per_week + sum(minutes for _, minutes in self.request.exceptions)
            # Every day may round up by half a minute, and a crumb of study may change places with a review.
            most = given * self.request.review_percent / 100 + weeks * _WEEK_DAYS / 2 + _SHORTEST_MINUTES
            if sum(item.minutes for item in reviews) > (most if self.request.review_percent else 0):
                yield Rule.REVIEW, f"{sum(item.minutes for item in reviews)} of {most:.0f} min"

    def verdict(self) -> _Found:
        """What the plan says of itself is so."""
        plan, deadline = self.plan, self.request.deadline
        if not plan.verdict.strip():
            yield Rule.VERDICT, "no verdict"
        if plan.feasible != (deadline is None or plan.finish <= deadline):
            yield Rule.VERDICT, f"finish {plan.finish}, deadline {deadline}, feasible {plan.feasible}"
        if plan.feasible != (plan.ways_out is None):
            yield Rule.VERDICT, "ways out are for what does not fit"
        if plan.finish_p50 > plan.finish_p80:
            yield Rule.VERDICT, "half of such plans are done after four fifths of them"
        last = max((one.date for one in self.open_items if one.activity is not Activity.REVIEW), default=None)
        if plan.feasible and last is not None and last != plan.finish:
            yield Rule.VERDICT, f"finish {plan.finish}, last work {last}"

    def written_down(self) -> _Found:
        """JSON keeps to its schema and gives the same plan back."""
        data = json.loads(json.dumps(plan_to_json(self.plan)))
        broken = [error.message for error in _schema().iter_errors(data)]
        yield from ((Rule.SCHEMA, message) for message in broken)
        if not broken and plan_from_json(data) != self.plan:
            yield Rule.JSON, "another plan comes back"

    def _cap(self, day: date) -> int:
        """The most that a day may hold: the learner's own minutes, or a session, or more where seven are too few."""
        request = self.request
        if day in request.days_off:
            return 0
        exceptions = dict(request.exceptions)
        if day in exceptions:
            return exceptions[day]
        if request.weekday_minutes:
            return request.weekday_minutes[day.weekday()]
        over = max(0, request.minutes_per_week - _WEEK_DAYS * request.session_minutes)
        steps = math.ceil(over / (_WEEK_DAYS * _STEP_MINUTES))
        return min(_LONGEST_DAY_MINUTES, request.session_minutes + steps * _STEP_MINUTES)

    def _likely(self, topic: str) -> int:
        return likely_minutes(self.curriculum.topics[topic].hours.likely, self.request.pace_percent)

    def _edges(self, topic: str) -> frozenset[str]:
        found = self.curriculum.topics.get(topic)
        return frozenset(edge.id for edge in found.prerequisites) if found else frozenset()

    def _hard(self, topic: str) -> frozenset[str]:
        found = self.curriculum.topics.get(topic)
        return frozenset(edge.id for edge in found.prerequisites if edge.hard) if found else frozenset()

    def _closure(self, wanted: Collection[str]) -> frozenset[str]:
        needed: set[str] = set()
        stack = list(wanted)
        while stack:
            topic = stack.pop()
            if topic not in needed and topic not in self.request.known:
                needed.add(topic)
                stack += self._hard(topic)
        return frozenset(needed)


@lru_cache(maxsize=1)
def _schema() -> Draft202012Validator:
    text = resources.files("assistant.planning").joinpath("plan.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER)
