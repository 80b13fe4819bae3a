"""The plan as a table.

Owns: its rows. Pure. Refuses: Streamlit, and the CSV file (``assistant.planning.table``).
"""

from __future__ import annotations

from assistant.planning import Activity, StudyPlan
from assistant.planning.wording import count_text, duration_text
from assistant.replanning import Ledger
from assistant.ui.charts import Figure, Row
from assistant.ui.plan.sittings import ACTIVITY_WORDS, title_of


def figure(plan: StudyPlan, ledger: Ledger) -> Figure:
    """Every session with its state; what a learner looks for first is at the left, where a phone shows it."""
    rows: list[Row] = [
        {
            "Date": item.date,
            "Topic": title_of(item),
            "Activity": ACTIVITY_WORDS[item.activity],
            "Minutes": item.minutes,
            "State": state_of(ledger, item.key),
            "Module": item.module,
            "Week": week.number,
            "Why now": item.why,
        }
        for week in plan.weeks
        for item in week.items
    ]
    minutes = sum(item.minutes for item in plan.items)
    # "Sessions" are counted without reviews wherever progress is told.
    reviews = sum(item.activity is Activity.REVIEW for item in plan.items)
    counts = count_text(len(rows) - reviews, "session") + (f" and {count_text(reviews, 'review')}" if reviews else "")
    caption = f"{counts} in {count_text(len(plan.weeks), 'week')}, {duration_text(minutes)}."
    return Figure(caption, rows)


def state_of(ledger: Ledger, key: str) -> str:
    """What became of an item, in a word."""
    if key in ledger.done:
        return "Done"
    if key in ledger.skipped:
        return "Skipped"
    return "Begun" if key in ledger.spent else "Open"
