"""The week so far, in words: what was studied of what the plan has for it.

Owns: the figures and their sentence. Pure. Refuses: streaks, which punish a week off; nothing is lost by one here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.planning import StudyPlan
from assistant.planning.wording import count_text, duration_text
from assistant.progress import LogEntry


@dataclass(frozen=True, slots=True)
class WeekSoFar:
    """Minutes studied since Monday, and minutes that the plan has from Monday to Sunday; ``days`` is days studied."""

    studied: int
    planned: int
    days: int

    @property
    def share(self) -> float:
        """How much of the week is done, 0..1; 1 where nothing is planned."""
        return min(1.0, self.studied / self.planned) if self.planned else 1.0


def week_so_far(plan: StudyPlan, entries: Sequence[LogEntry], today: date) -> WeekSoFar:
    """The week of ``today``; entries of other plans count, because study is study."""
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    this_week = [entry for entry in entries if monday <= entry.day <= today and entry.minutes]
    # What an entry did is gone from a plan that was laid out again since, so the plan's own week is the wish.
    planned = sum(item.minutes for item in plan.items if monday <= item.date <= sunday)
    return WeekSoFar(
        studied=sum(entry.minutes for entry in this_week),
        planned=max(planned, plan.minutes_per_week if plan.start <= monday and plan.items else planned),
        days=len({entry.day for entry in this_week}),
    )


def week_text(week: WeekSoFar) -> str:
    """``This week: 1.5 h of 6 h, on 2 days``."""
    if not week.studied:
        return f"This week: nothing yet of {duration_text(week.planned)}" if week.planned else "This week is free"
    of = f" of {duration_text(week.planned)}" if week.planned else ""
    return f"This week: {duration_text(week.studied)}{of}, on {count_text(week.days, 'day')}"
