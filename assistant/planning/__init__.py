"""The planner: hours a week, goals and the prerequisite graph become dated study, or a verdict that it does not fit.

Pure: the same curriculum and request give the same plan; nothing here reads a clock, a file or a model.
Read in this order: ``plan`` and ``request`` (what goes out and in), ``availability`` (minutes on days), ``selection``
(what and in which order), ``scheduling`` (on which day), ``rationale`` and ``verdict`` (the sentences), ``planner``
(the story), then ``contract`` (JSON) and ``checklist`` (Markdown).
"""

from assistant.planning.checklist import plan_to_markdown
from assistant.planning.contract import plan_from_json, plan_to_json
from assistant.planning.plan import Activity, StudyItem, StudyPlan, StudyWeek, Unscheduled, WaysOut
from assistant.planning.planner import make_plan
from assistant.planning.request import PlanRequest, weekly_minutes

__all__ = [
    "Activity",
    "PlanRequest",
    "StudyItem",
    "StudyPlan",
    "StudyWeek",
    "Unscheduled",
    "WaysOut",
    "make_plan",
    "plan_from_json",
    "plan_to_json",
    "plan_to_markdown",
    "weekly_minutes",
]
