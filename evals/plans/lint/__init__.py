"""The plan lint: every promise of the planner that a plan breaks, by name. Start at ``violations``.

Everything is recomputed from the request and the roadmap; of the planner's code only its value objects and its JSON are
used, so that a mistake there is not repeated here. What only a new version of a plan promises is in
``evals.plans.lives``.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.curriculum import Curriculum
from assistant.domain import Resource
from assistant.planning import PlanRequest, StudyPlan
from evals.plans.lint import claims, contents, times
from evals.plans.lint.facts import Facts, Lived, likely_minutes
from evals.plans.lint.rules import Rule, Violation

__all__ = ["Lived", "Rule", "Violation", "likely_minutes", "violations"]


def violations(
    plan: StudyPlan,
    request: PlanRequest,
    curriculum: Curriculum,
    catalogue: Sequence[Resource] = (),
    lived: Lived | None = None,
) -> tuple[Violation, ...]:
    """Every promise that the plan breaks; ``lived`` is given for a later version of a plan that is followed."""
    facts = Facts(plan, request, curriculum, catalogue, lived)
    checks = (
        contents.names,
        times.calendar,
        times.caps,
        times.order,
        contents.contents,
        contents.minutes,
        claims.reviews,
        claims.verdict,
        claims.written_down,
    )
    return tuple(Violation(rule, where) for check in checks for rule, where in check(facts))
