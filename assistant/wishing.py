"""From a learner's sentence to a request for a plan.

Owns: bringing the reader of wishes, the ready-made goals and the matching of goals together. Refuses: reading text
(``assistant.wishes``) and planning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.errors import InvalidInput
from assistant.llm import StreamingModel
from assistant.planning import PlanRequest, weekly_minutes
from assistant.ready_goals import ReadyGoal
from assistant.wishes import Subjects, Wishes, read_wishes, read_wishes_with_model, request_fields, wishes_text

DEFAULT_HOURS_PER_WEEK = 6
_EVERYTHING = re.compile(
    r"\W*(learn |study |want |do )?(everything|all of it|(all|every)( the| of the)? (modules?|topics?)"
    r"|(the )?(whole|entire|full|complete) (roadmap|course|thing))\W*",
    re.IGNORECASE,
)
"""Goals that mean the whole roadmap, which needs no matching."""


@dataclass(frozen=True, slots=True)
class Wished:
    """A request, the form it was read from, and that form in lines for the learner."""

    request: PlanRequest
    wishes: Wishes
    form: str


@dataclass(frozen=True, slots=True)
class Wishing:
    """Reads sentences; ``model`` is None without a language model, ``match_goal`` gives the topics of a goal."""

    subjects: Subjects
    goals: Sequence[ReadyGoal]
    model: StreamingModel | None
    match_goal: Callable[[str], tuple[str, ...]]

    def read(self, text: str, today: date) -> Wished:
        """The request that a sentence makes; what it leaves open has its default, and the form says so.

        Raises:
            InvalidInput: nothing in it was understood, a value cannot be planned with, or its goal is not on the
                roadmap.
            IndexMissing, IndexStale, IndexBroken: the goal needs the index, and there is none to use.
        """
        if self.model is None:
            wishes = read_wishes(text, today, self.subjects, self.goals)
        else:
            wishes = read_wishes_with_model(self.model, text, today, self.subjects, self.goals)
        if not wishes.readings and not wishes.goal and not wishes.ready_goal:
            example = "Say, for example: 6h a week until March, I know Docker, want MLOps."
            raise InvalidInput(f"{' '.join(wishes.notes) or 'Nothing in that could be read as a wish.'} {example}")
        fields: dict[str, Any] = dict(request_fields(wishes, today))
        form = wishes_text(wishes, self.subjects, self.goals)
        if "minutes_per_week" not in fields:
            fields["minutes_per_week"] = weekly_minutes(DEFAULT_HOURS_PER_WEEK)
            form = f"{form}\nNote: no time was named, so {DEFAULT_HOURS_PER_WEEK} h a week are taken.".strip()
        return Wished(PlanRequest(targets=self._targets(wishes), **fields), wishes, form)

    def _targets(self, wishes: Wishes) -> tuple[str, ...]:
        for goal in self.goals:
            if goal.id == wishes.ready_goal:
                return goal.topics
        words = wishes.goal.strip()
        return self.match_goal(words) if words and not _EVERYTHING.fullmatch(words) else ()
