"""The planner: hours a week, goals and the prerequisite graph become dated study, or a verdict that it does not fit.

Pure: the same curriculum and request give the same plan; nothing here reads a clock, a file or a model.
Read in this order: ``plan`` and ``request`` (what goes out and in), ``weekdays`` and ``availability`` (minutes on
days), ``scope`` and ``study_order`` (which topics, in which order), ``units`` (how long they take), ``dropping`` and
``ways_out`` (what fits), ``scheduling`` and ``reviews`` (on which day), ``sessions`` (items, weeks, milestones),
``forecast``, ``rationale``, ``leaving_out`` and ``verdict`` (the finish and the sentences), ``planner`` (the story),
``options`` (taking a way out), then ``contract`` and ``reading`` (JSON), ``checklist`` (Markdown) and ``table`` (CSV).
"""

from assistant.planning.checklist import plan_to_markdown
from assistant.planning.contract import plan_to_json
from assistant.planning.options import WayOut, choose, request_of
from assistant.planning.plan import Activity, Milestone, StudyItem, StudyPlan, StudyWeek, Unscheduled, WaysOut
from assistant.planning.planner import make_plan
from assistant.planning.reading import plan_from_json
from assistant.planning.request import PlanRequest, weekly_minutes
from assistant.planning.table import plan_to_csv

__all__ = [
    "Activity",
    "Milestone",
    "PlanRequest",
    "StudyItem",
    "StudyPlan",
    "StudyWeek",
    "Unscheduled",
    "WayOut",
    "WaysOut",
    "choose",
    "make_plan",
    "plan_from_json",
    "plan_to_csv",
    "plan_to_json",
    "plan_to_markdown",
    "request_of",
    "weekly_minutes",
]
