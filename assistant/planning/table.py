"""A plan as a table in CSV, one row for each item, to open in a spreadsheet.

Owns: the columns and the quoting. Refuses: computing anything about the plan.
"""

from __future__ import annotations

import csv
import io

from assistant.planning.plan import StudyItem, StudyPlan, StudyWeek

COLUMNS = (
    *("date", "week", "module", "module_title", "topic", "title", "activity"),
    *("part", "parts", "minutes", "why", "resources", "key"),
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula at the start of a cell, fullwidth forms included."""


def plan_to_csv(plan: StudyPlan) -> str:
    """A header and one row per item in the order of study; RFC 4180, so lines end in CR LF.

    A text that a spreadsheet could run as a formula gets an apostrophe in front, which shows it as text.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(_row(week, item) for week in plan.weeks for item in week.items)
    return file.getvalue()


def _row(week: StudyWeek, item: StudyItem) -> list[str]:
    cells = (
        *(item.date.isoformat(), week.number, item.module, item.module_title, item.topic, item.title),
        *(item.activity.value, item.part, item.parts, item.minutes, item.why, " ".join(item.resources), item.key),
    )
    return [text_cell(str(cell)) for cell in cells]


def text_cell(cell: str) -> str:
    """A cell that a spreadsheet shows as it is, whatever it begins with."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA_STARTS) else cell
