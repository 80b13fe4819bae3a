"""Today in words: what an item is, what became of the last one, and what was missed.

Owns: these sentences. Pure. Refuses: Markdown and Streamlit (``assistant.ui.today``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.planning import Activity, StudyItem, StudyPlan
from assistant.planning.wording import count_text, day_text, duration_text
from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import Ledger, Pace, Proposal

ACTIVITY_WORDS = {
    Activity.READ: "Read",
    Activity.PRACTISE: "Practise",
    Activity.PROJECT: "Project",
    Activity.REVIEW: "Review",
    Activity.QUIZ: "Quiz",
}
_START_WORDS = {
    Activity.READ: "Start reading",
    Activity.PRACTISE: "Start practising",
    Activity.PROJECT: "Open the project's topic",
    Activity.REVIEW: "Start the review",
    Activity.QUIZ: "Start the quiz",
}
BY_QUESTIONS = frozenset({Activity.PRACTISE, Activity.REVIEW, Activity.QUIZ})
"""Sessions that are a matter of answering questions, so that they begin there and not at the notes."""
_STATUS_WORDS = {EntryStatus.DONE: "done", EntryStatus.PARTLY: "partly done", EntryStatus.SKIPPED: "skipped"}
_A_WEEK = 7
_LEAST_MINUTES_FOR_PACE = 60


def title_of(item: StudyItem) -> str:
    """``Queues (2 of 3)``."""
    is_counted = item.parts > 1 and item.activity is not Activity.REVIEW
    return f"{item.title} ({item.part} of {item.parts})" if is_counted else item.title


def session_text(item: StudyItem) -> str:
    """``Read: Queues (2 of 3)``; a project and a quiz say themselves what they are."""
    title = title_of(item)
    says_it = item.activity in {Activity.PROJECT, Activity.QUIZ}
    return title if says_it else f"{ACTIVITY_WORDS[item.activity]}: {title}"


def start_text(proposal: Proposal) -> str:
    """What the button that leads to a session says: ``Start reading``."""
    return _START_WORDS[proposal.item.activity]


def facts_of(proposal: Proposal) -> str:
    """``Read · 45 min · due since Tue 1 December``."""
    facts = [ACTIVITY_WORDS[proposal.item.activity], duration_text(proposal.minutes)]
    if not proposal.is_whole:
        facts.append("the beginning of it")
    if proposal.is_shortened:
        facts.append("short, because its questions say that you know it")
    if proposal.is_late:
        facts.append(f"due since {day_text(proposal.item.date)}")
    return " · ".join(facts)


def last_entry_text(entry: LogEntry, plan: StudyPlan) -> str:
    """``Last recorded: Queues, done, 45 min.``"""
    item = next((each for each in plan.items if each.key == entry.item), None)
    name = title_of(item) if item else entry.item
    minutes = f", {duration_text(entry.minutes)}" if entry.minutes else ""
    return f"Last recorded: {name}, {_STATUS_WORDS[entry.status]}{minutes}, on {day_text(entry.day)}."


def missed_text(missed: Sequence[StudyItem]) -> str:
    """``3 sessions were missed since Tue 1 December: 4.5 h.``"""
    verb = "was" if len(missed) == 1 else "were"
    since = day_text(min(item.date for item in missed))
    study = duration_text(sum(item.minutes for item in missed))
    return f"{count_text(len(missed), 'session')} {verb} missed since {since}, {study} of study."


def known_by_now_text(topics: Sequence[str]) -> str:
    """``You know 2 topics by now that the plan still holds.``"""
    return f"You know {count_text(len(topics), 'topic')} by now that the plan still holds."


def nothing_today_text(plan: StudyPlan, ledger: Ledger, today: date) -> str:
    """Why there is nothing to do today, and when there will be."""
    waiting = [item for item in plan.items if item.key not in ledger.done | ledger.skipped and item.date > today]
    learning = [item for item in plan.items if item.activity is not Activity.REVIEW]
    if learning and all(item.key in ledger.done for item in learning):
        return "Everything in this plan is done. Make a new plan for what comes next."
    if not waiting:
        return "Nothing is left in this plan from today on."
    item = min(waiting, key=lambda each: each.date)
    days = (item.date - today).days
    when = f"on {day_text(item.date)}" if days > 1 else "tomorrow"
    far = f", in {count_text(days, 'day')}" if days >= _A_WEEK else ""
    if today < plan.start:
        return f"The plan begins {when}{far}, with {item.title}."
    stop = "" if item.title.endswith(("?", "!")) else "."
    return f"Nothing is planned for today. The next session is {when}{far}: {item.title}{stop}"


def progress_text(plan: StudyPlan, ledger: Ledger, studied_minutes: int, pace: Pace) -> tuple[float, str]:
    """How much of the plan's items is done, 0..1, and the same in words."""
    items = [item for item in plan.items if item.activity is not Activity.REVIEW]
    done = sum(item.key in ledger.done for item in items)
    parts = [f"{done} of {count_text(len(items), 'session')} done"]
    if studied_minutes:
        parts.append(f"{duration_text(studied_minutes)} studied")
    if pace.minutes >= _LEAST_MINUTES_FOR_PACE:
        parts.append(f"your pace: {pace.percent} % of the estimated time")
    return done / len(items) if items else 0.0, " · ".join(parts)
