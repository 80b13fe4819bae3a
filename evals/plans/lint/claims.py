"""What the plan says of itself: its reviews, its verdict, and its JSON.

Owns: the promises that need nothing but the plan. Refuses: when and what is studied (``times``, ``contents``).
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from importlib import resources

from jsonschema import Draft202012Validator

from assistant.planning import Activity, plan_from_json, plan_to_json
from evals.plans.lint.facts import LEARNING, SHORTEST_MINUTES, WEEK_DAYS, Facts
from evals.plans.lint.rules import Found, Rule


def reviews(facts: Facts) -> Found:
    """Only what is finished is reviewed, on later and later days, in no more than its share of the time."""
    learned = {item.topic: item.date for item in facts.plan.items if item.activity in LEARNING}
    reviews = [item for item in facts.plan.items if item.activity is Activity.REVIEW]
    last: dict[str, date] = {}
    for item in reviews:
        if facts.lived and item.date < facts.lived.frozen_until:
            continue
        since = last.get(item.topic, learned.get(item.topic, date.max))
        if item.date <= since:
            yield Rule.REVIEW, f"{item.key} on {item.date}, studied on {since}"
        last[item.topic] = item.date
    if reviews and facts.lived is None:
        weeks = (reviews[-1].date - facts.request.start).days // WEEK_DAYS + 1
        given = weeks * facts.request.minutes_per_week + sum(minutes for _, minutes in facts.request.exceptions)
        # Every day may round up by half a minute, and a crumb of study may change places with a review.
        most = given * facts.request.review_percent / 100 + weeks * WEEK_DAYS / 2 + SHORTEST_MINUTES
        if sum(item.minutes for item in reviews) > (most if facts.request.review_percent else 0):
            yield Rule.REVIEW, f"{sum(item.minutes for item in reviews)} of {most:.0f} min"


def verdict(facts: Facts) -> Found:
    """What the plan says of itself is so."""
    plan, deadline = facts.plan, facts.request.deadline
    if not plan.verdict.strip():
        yield Rule.VERDICT, "no verdict"
    if plan.feasible != (deadline is None or plan.finish <= deadline):
        yield Rule.VERDICT, f"finish {plan.finish}, deadline {deadline}, feasible {plan.feasible}"
    if plan.feasible != (plan.ways_out is None):
        yield Rule.VERDICT, "ways out are for what does not fit"
    if plan.finish_p50 > plan.finish_p80:
        yield Rule.VERDICT, "half of such plans are done after four fifths of them"
    last = max((one.date for one in facts.open_items if one.activity is not Activity.REVIEW), default=None)
    if plan.feasible and last is not None and last != plan.finish:
        yield Rule.VERDICT, f"finish {plan.finish}, last work {last}"


def written_down(facts: Facts) -> Found:
    """JSON keeps to its schema and gives the same plan back."""
    data = json.loads(json.dumps(plan_to_json(facts.plan)))
    broken = [error.message for error in _schema().iter_errors(data)]
    yield from ((Rule.SCHEMA, message) for message in broken)
    if not broken and plan_from_json(data) != facts.plan:
        yield Rule.JSON, "another plan comes back"


@lru_cache(maxsize=1)
def _schema() -> Draft202012Validator:
    text = resources.files("assistant.planning").joinpath("plan.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text), format_checker=Draft202012Validator.FORMAT_CHECKER)
